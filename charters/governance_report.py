"""A project's answers to the governance part of OS2's self-evaluation, with the evidence to paste.

Source: OS2 governance checklist 1.1.0: its questions about groups, its four marks and its table. An answer is
read off the register; whoever fills in the report is free to give another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from charters.models import Charter
from members import governance
from members.governance import Finding
from members.models import Explanation, Project, User, WorkingGroup

Requirement, Level, Kind = Explanation.Requirement, Project.Level, WorkingGroup.Kind


class Mark(models.TextChoices):
    """The marks of the checklist; the words are for those who do not see the sign."""

    MET = "✅", _("Opfyldt")
    NOT_MET = "❌", _("Ikke opfyldt")
    NOT_RELEVANT = "➖", _("Ikke relevant")
    DOUBT = "❓", _("Tvivl")

    @property
    def state(self) -> str:
        """The status mark of our own pages, which needs no font with the checklist's signs."""
        states = {Mark.MET: "met", Mark.NOT_MET: "due", Mark.NOT_RELEVANT: "retired"}
        return states.get(self, "missing")


@dataclass(frozen=True)
class Question:
    """A requirement in the checklist's own words."""

    requirement: Explanation.Requirement
    words: Any
    level: Project.Level  # from which it is asked
    kind: str = ""  # the type of group that is the evidence

    @property
    def level_number(self) -> str:
        """ "2", as the checklist writes it."""
        return str(self.level).removeprefix("level_")


QUESTIONS = [
    Question(Requirement.G3, _("Der er udpeget en projektleder/tovholder"), Level.LEVEL_1),
    Question(Requirement.G6, _("Der er nedsat en styregruppe"), Level.LEVEL_2, Kind.STEERING),
    Question(
        Requirement.G7,
        _("Der er nedsat en koordinationsgruppe (anbefaling)"),
        Level.LEVEL_2,
        Kind.COORDINATION,
    ),
    Question(Requirement.G11, _("Bestyrelsen har godkendt styregruppen"), Level.LEVEL_3, Kind.STEERING),
    Question(Requirement.G12, _("Bestyrelsen er repræsenteret i styregruppen"), Level.LEVEL_3, Kind.STEERING),
]
_SHOWN_BY_CHARTER = (Requirement.G6, Requirement.G7)


@dataclass(frozen=True)
class Line:
    """One line of evidence, and where it is to be seen."""

    words: str
    path: str = ""


@dataclass(frozen=True)
class Evidence:
    """A group as evidence: who it is today, and the charter in force."""

    group: WorkingGroup
    members: int
    charter: Charter | None

    def group_line(self) -> Line:
        number = ngettext("%(n)s medlem", "%(n)s medlemmer", self.members) % {"n": self.members}
        words = f"{self.group.name}, {number}"
        if not self.group.is_public:
            words = _t("%(group)s (adressen kan kun læses af gruppen selv)") % {"group": words}
        return Line(words, self.group.get_absolute_url())

    def charter_lines(self) -> Iterator[Line]:
        if self.charter is None:
            yield Line(_t("Gruppen har endnu intet vedtaget kommissorium at henvise til."))
            return
        words = _t("Kommissorium, udgave %(number)s, vedtaget den %(day)s") % {
            "number": self.charter.number,
            "day": date_format(self.charter.dated_on) if self.charter.dated_on else "",
        }
        yield Line(words, self.charter.get_absolute_url())
        yield Line(_t("Fingeraftryk (SHA-256): %(digits)s") % {"digits": self.charter.fingerprint})


@dataclass(frozen=True)
class Answer:
    """What the register answers to one question."""

    question: Question
    mark: Mark
    remark: str
    evidence: Evidence | None = None
    explanation: Explanation | None = None

    @property
    def may_be_explained(self) -> bool:
        return self.mark in (Mark.NOT_MET, Mark.DOUBT)

    def lines(self) -> list[Line]:
        """All that the checklist asks to have described: what the register sees, groups and charters."""
        found = [Line(self.remark)] if self.remark else []
        if self.evidence:
            found.append(self.evidence.group_line())
            if self.question.requirement in _SHOWN_BY_CHARTER:
                found += self.evidence.charter_lines()
        if self.explanation:
            day = date_format(self.explanation.given_on)
            words = {"day": day, "text": self.explanation.text.strip()}
            found.append(Line(_t("Forklaring af %(day)s: %(text)s") % words))
        return found


def answers(project: Project, *, reader: User) -> list[Answer]:
    """An answer to each question, also to those that the project's level does not ask.

    Args:
        project: one asked for with ``governance.with_what_counts`` for the same reader.
        reader: who is shown it; what they may not see is no evidence.
    """
    found = {finding.requirement: finding for finding in governance.findings(project)}
    evidence = _evidence(project, reader)
    return [
        _answer(question, project, found.get(question.requirement), evidence.get(question.kind))
        for question in QUESTIONS
    ]


def _evidence(project: Project, reader: User) -> dict[str, Evidence]:
    groups = {group.pk: group for group in governance.leading_groups(project).values()}
    charters = {}
    for charter in Charter.objects.visible_to(reader).adopted().filter(group__in=groups):
        charter.group = groups[charter.group_id]
        charters[charter.group_id] = charter
    return {
        group.kind: Evidence(group, group.member_count, charters.get(pk))  # type: ignore[attr-defined]
        for pk, group in groups.items()
    }


def _answer(
    question: Question, project: Project, finding: Finding | None, evidence: Evidence | None
) -> Answer:
    if finding is None:
        return Answer(question, Mark.NOT_RELEVANT, _not_asked(question, project))
    if finding.doubt:
        return Answer(question, Mark.DOUBT, finding.remark, evidence)
    mark = Mark.MET if finding.met else Mark.NOT_MET
    return Answer(question, mark, finding.remark, evidence, finding.explanation if not finding.met else None)


def _not_asked(question: Question, project: Project) -> str:
    if project.is_closed:
        return _t("Projektet er afsluttet.")
    return _t("Gælder fra %(level)s.") % {"level": question.level.label}
