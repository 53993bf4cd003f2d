"""Each adopted edition by itself: its text, names and document, what it obliges to and who approved it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.edition import Edition
from charters.fingerprint import canonical_json, commitment_to, fingerprint_of
from charters.models import Approval, Charter, CharterDocument, PointChoice
from charters.obligations.stated import stated
from charters.verifying.fault import Fault, in_parts
from charters.verifying.printed import faults_of_pdf


def faults() -> Iterator[Fault]:
    """What is wrong with any edition that was ever adopted."""
    for part in in_parts(editions()):
        prefetch_related_objects(part, "sections", "members__approval", "statements__obligation", "document")
        obliging = _obliging(part)
        for charter in part:
            for what in _of(charter, obliging):
                yield Fault(str(charter), what)


def _obliging(part: Sequence[Charter]) -> set[int]:
    """The sections whose points may be obligations, with what was said of single points read.

    They are few, and to ask of all the others too is a third of the work.
    """
    said = set(PointChoice.objects.filter(section__charter__in=part).values_list("section_id", flat=True))
    sections = [section for charter in part for section in charter.sections.all()]
    found = [section for section in sections if section.area or section.pk in said]
    prefetch_related_objects(found, "point_choices")
    return {section.pk for section in found}


def editions() -> QuerySet[Charter]:
    return Charter.objects.frozen().select_related("template")


def _of(charter: Charter, obliging: Collection[int]) -> Iterator[str]:
    yield from faults_of_text(charter)
    yield from _of_statements(charter, obliging)
    yield from _of_approvals(charter)


def faults_of_text(charter: Charter) -> Iterator[str]:
    """What is wrong with the text of an edition, the names in it, or its document."""
    document: CharterDocument | None = getattr(charter, "document", None)
    if document is None:
        yield _t("Det vedtagne dokument mangler.")
    else:
        yield from _of_content(charter, document)
        yield from faults_of_pdf(bytes(document.pdf), document, fingerprint=charter.fingerprint)


def _of_content(charter: Charter, document: CharterDocument) -> Iterator[str]:
    """The content that was adopted is what the fingerprint is of, and the rows still say the same."""
    if fingerprint_of(document.content) != charter.fingerprint:
        yield _t("Det gemte indhold har ikke udgavens fingeraftryk.")
    try:
        adopted = json.loads(document.content)
    except ValueError:
        adopted = None
    if not isinstance(adopted, dict):
        yield _t("Det gemte indhold kan ikke læses.")
        return
    now = json.loads(Edition.of(charter, members=charter.members.all()).canonical)
    bound = [member.get("name") for member in adopted.get("members", [])]
    for position, member in enumerate(now["members"][: len(bound)]):
        row = charter.members.all()[position]
        if not row.name and not row.salt:  # taken out; what it was bound to is all there is
            member["name"] = bound[position]
        elif commitment_to(row.name, salt=row.salt) != bound[position]:
            yield _t("Navnet på plads %(place)d er ikke det, der blev vedtaget.") % {"place": row.position}
            member["name"] = bound[position]
    yield from _differences(adopted, now)


def _differences(adopted: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    if canonical_json(adopted) == canonical_json(now):
        return
    for name, words in _HEADING.items():
        if adopted.get(name) != now[name]:
            yield _t("%(what)s er ikke, som det blev vedtaget.") % {"what": words}
    if adopted.get("members") != now["members"]:
        yield _t("Medlemslisten er ikke, som den blev vedtaget.")
    yield from _of_sections(adopted.get("sections", []), now["sections"])


_HEADING = {
    "schema": _("Indholdets form"),
    "kind": _("Gruppens type"),
    "group": _("Gruppens navn"),
    "edition": _("Udgavens nummer"),
    "template_version": _("Standardtekstens version"),
    "project": _("Projektets navn"),
    "level": _("Produktniveauet"),
    "date": _("Datoen"),
    "reason": _("Begrundelsen"),
}


def _of_sections(adopted: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    if len(adopted) != len(now):
        yield _t("Der er %(now)d afsnit; %(adopted)d blev vedtaget.") % {
            "now": len(now),
            "adopted": len(adopted),
        }
        return
    for before, after in zip(adopted, now, strict=True):
        if before != after:
            yield _t("Afsnittet »%(heading)s« er ikke, som det blev vedtaget.") % {
                "heading": before.get("heading", "")
            }


def _of_statements(charter: Charter, obliging: Collection[int]) -> Iterator[str]:
    """The points that are obligations by the text are those that the group took on, and no others."""
    marked = [section for section in charter.standing_sections() if section.pk in obliging]
    by_text = [(point.section.pk, point.wording) for point in stated(marked)]
    taken_on = [(one.section_id, one.wording) for one in charter.statements.all()]
    for _section, wording in sorted(set(by_text) - set(taken_on)):
        yield _t("Teksten nævner en forpligtelse, som gruppen ikke har fået: »%(words)s«") % {
            "words": wording
        }
    for _section, wording in sorted(set(taken_on) - set(by_text)):
        yield _t("Gruppen har fået en forpligtelse, som teksten ikke nævner: »%(words)s«") % {
            "words": wording
        }
    if any(one.obligation.group_id != charter.group_id for one in charter.statements.all()):
        yield _t("En forpligtelse hører til en anden gruppe.")


def _of_approvals(charter: Charter) -> Iterator[str]:
    for member in charter.members.all():
        place = {"place": member.position}
        approval: Approval | None = getattr(member, "approval", None)
        if approval is None:
            if member.approved_on:
                yield _t("Godkendelsen på mødet fra plads %(place)d mangler.") % place
        elif member.approved_on and approval.given_on != member.approved_on:
            yield _t("Godkendelsen på mødet fra plads %(place)d har en anden dato.") % place
        elif charter.dated_on and approval.given_on < charter.dated_on:
            yield _t("Godkendelsen fra plads %(place)d er ældre end udgaven.") % place
