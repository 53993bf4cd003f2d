"""The answers of the governance report to paste: as plain text, and as the checklist's own Markdown table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charters.governance_report import Answer, Line
from charters.markdown import escaped
from members.models import Project

Address = Callable[[str], str]  # the whole address of a path of ours
_COLUMNS = ["🔽", "#", "Krav", "Beskrivelse / Dokumentation", "Produktniveau"]


def report_text(project: Project, answers: Iterable[Answer], *, address: Address) -> str:
    """The report with an answer a paragraph."""
    with translation.override("da"):
        parts = [f"{project.name}, {project.get_level_display()}\n{_read_on(project, address)}"]
        for answer in answers:
            question = answer.question
            first = f"{answer.mark.value} {question.requirement} {question.words}: {answer.mark.label}"
            lines = [f"   {_plain(line, address)}" for line in answer.lines()]
            parts.append("\n".join([first, *lines]))
    return "\n\n".join(parts) + "\n"


def _plain(line: Line, address: Address) -> str:
    words = "\n   ".join(line.words.splitlines())
    return f"{words}: {address(line.path)}" if line.path else words


def report_markdown(project: Project, answers: Iterable[Answer], *, address: Address) -> str:
    """The rows as they stand in a governance report, under a heading of its own."""
    with translation.override("da"):
        rows = [_COLUMNS, ["---"] * len(_COLUMNS), *(_cells(answer, address) for answer in answers)]
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        return f"# {escaped(project.name)}\n\n{_read_on(project, address)}\n\n## GOVERNANCE\n\n{table}\n"


def _cells(answer: Answer, address: Address) -> list[str]:
    question = answer.question
    evidence = "<br>".join(_marked_up(line, address) for line in answer.lines())
    return [
        answer.mark.value,
        str(question.requirement),
        _cell(str(question.words)),
        evidence,
        question.level_number,
    ]


def _marked_up(line: Line, address: Address) -> str:
    words = "<br>".join(_cell(words) for words in line.words.splitlines())
    return f"[{words}](<{address(line.path)}>)" if line.path else words


def _cell(words: str) -> str:
    """Words within a cell, where an upright stroke would end it."""
    return escaped(words).replace("|", "\\|")


def _read_on(project: Project, address: Address) -> str:
    page = address(reverse("charters:governance-report", args=[project.slug]))
    day = date_format(timezone.localdate())
    return _("Læst i registret den %(day)s: %(page)s") % {"day": day, "page": page}
