"""What awaits a person in one of their groups: on "Mit mandat", and in the mails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from charters.mandate import Mandate


@dataclass(frozen=True)
class Awaiting:
    """One thing that awaits a person, and the button that does it."""

    message: str
    action: str
    url: str
    post: bool = False  # the button changes something at once, so it is a form
    is_mailed: bool = True  # worth a mail, not only a line on a page that one opens oneself


def awaiting(mandate: Mandate) -> list[Awaiting]:
    """Most pressing first."""
    return [*_approval(mandate), *_text(mandate), *_follow_ups(mandate), *_review(mandate)]


def _approval(mandate: Mandate) -> Iterator[Awaiting]:
    if mandate.must_approve and mandate.charter:
        url = reverse("charters:edition-approve", args=[mandate.group.slug, mandate.charter.number])
        yield Awaiting(_("Kommissoriet venter på din godkendelse."), _("Godkend"), url)


def _text(mandate: Mandate) -> Iterator[Awaiting]:
    """A text that is not there yet is worth a mail once the first meeting, which is to adopt it, was held."""
    slug = [mandate.group.slug]
    is_late = mandate.charter is None and _has_met(mandate)
    if mandate.draft:
        url = mandate.draft.get_absolute_url()
        if mandate.leads:
            message = _("Udkastet er ikke vedtaget endnu.")
            yield Awaiting(message, _("Arbejd videre"), url, is_mailed=is_late)
        else:
            message = _("Der er et udkast til kommissorium.")
            yield Awaiting(message, _("Læs udkastet"), url, is_mailed=False)
    elif mandate.charter is None and mandate.leads:
        message = _("Gruppen har intet kommissorium endnu.")
        url = reverse("charters:charter-start", args=slug)
        yield Awaiting(message, _("Udfyld kommissorium"), url, post=True, is_mailed=is_late)
    if mandate.leads and mandate.has_newer_text:
        url = reverse("charters:charter-take-in", args=slug)
        yield Awaiting(_("OS2 har forbedret standardteksten."), _("Se ændringerne"), url)


def _has_met(mandate: Mandate) -> bool:
    """By the day of the first meeting, or else the day the group was established."""
    met = mandate.group.first_meeting_on or mandate.group.established_on
    return met is not None and met <= timezone.localdate()


def _follow_ups(mandate: Mandate) -> Iterator[Awaiting]:
    """What is overdue, and what will be within a month, for whoever leads the group or sees to it."""
    url = reverse("charters:obligation-list", args=[mandate.group.slug])
    if number := len(mandate.overdue if mandate.leads else mandate.own_overdue):
        message = (
            ngettext(
                "Opfølgningen på %(n)s forpligtelse er overskredet.",
                "Opfølgningen på %(n)s forpligtelser er overskredet.",
                number,
            )
            if mandate.leads
            else ngettext(
                "Du er ansvarlig for %(n)s forpligtelse, hvor opfølgningen er overskredet.",
                "Du er ansvarlig for %(n)s forpligtelser, hvor opfølgningen er overskredet.",
                number,
            )
        )
        yield Awaiting(message % {"n": number}, _("Følg op"), url)
    if number := len(mandate.soon if mandate.leads else mandate.own_soon):
        message = (
            ngettext(
                "Der skal følges op på %(n)s forpligtelse inden for en måned.",
                "Der skal følges op på %(n)s forpligtelser inden for en måned.",
                number,
            )
            if mandate.leads
            else ngettext(
                "Du skal følge op på %(n)s forpligtelse inden for en måned.",
                "Du skal følge op på %(n)s forpligtelser inden for en måned.",
                number,
            )
        )
        yield Awaiting(message % {"n": number}, _("Følg op"), url)


def _review(mandate: Mandate) -> Iterator[Awaiting]:
    charter = mandate.charter
    if charter is None or not mandate.leads:
        return
    url = charter.get_absolute_url()
    if charter.is_due_for_review():
        yield Awaiting(_("Kommissoriet skal gennemgås."), _("Læs kommissoriet"), url)
    elif charter.is_review_near() and not mandate.draft:
        day = date_format(charter.review_on) if charter.review_on else ""
        message = _("Kommissoriet skal gennemgås senest den %(day)s.") % {"day": day}
        yield Awaiting(message, _("Læs kommissoriet"), url)
    if mandate.is_check_due:
        url = reverse("charters:yearly-check", args=[mandate.group.slug])
        yield Awaiting(_("Det er tid til det årlige tjek. Det tager to minutter."), _("Lav tjekket"), url)
