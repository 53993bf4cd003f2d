"""Adopting a charter: the document is made first, then everything is stored in one short transaction."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charters.acts import CharterAct, note_charter
from charters.completeness import Review
from charters.documents.charter_pdf import Address, Places, charter_pdf
from charters.edition import Edition, roster_mark
from charters.finding import keep
from charters.models import Approval, Charter, CharterDocument, CharterMember
from charters.models.given_up import GivenUpError
from charters.models.manuscript import ClosedGroupError, FrozenError, ManuscriptError
from charters.models.reviewed import a_year_after
from charters.obligations.taking_on import take_on
from members.cpr import numbers_in, refusal
from members.models import Membership, User, WorkingGroup


class UnfilledError(ManuscriptError):
    """The charter still has places that the group must fill in."""


class StaleDraftError(ManuscriptError):
    """The draft was changed after it was read by who adopts it."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or _("Udkastet blev ændret, mens det blev vedtaget. Læs det igennem, og vedtag det så igen.")
        )


class StaleRosterError(StaleDraftError):
    """The group's members changed; they are part of what is adopted."""

    def __init__(self) -> None:
        super().__init__(
            _("Gruppens medlemmer blev ændret, mens I vedtog kommissoriet. Se dem efter, og vedtag igen.")
        )


def adopt(
    charter: Charter,
    *,
    by: User,
    on: datetime.date,
    approving: Collection[int] = (),
    base: int | None = None,
    roster: str | None = None,
    reason: str = "",
    address: Address | None = None,
) -> None:
    """Adopt a draft ("Vedtag").

    Args:
        charter: the draft.
        by: who adopts on the group's behalf.
        on: the day it was adopted: not in the future, nor before the group or its former edition.
        approving: ids of the people who approve it in the meeting; they must be in the group and decide.
        base: the draft's revision that was read before pressing the button, None for as it is now.
        roster: likewise the ``roster_mark`` of the members that were shown.
        reason: why there is a new edition, in a sentence; of the first edition nobody asks.
        address: makes whole addresses; without it, the document does not say where it stands.

    Raises:
        FrozenError: it is adopted already.
        StaleDraftError: the draft or the group's members were changed meanwhile.
        UnfilledError: something is still to be filled in.
        ClosedGroupError: the group is closed.
        GivenUpError: the draft was given up.
        ManuscriptError: a next edition has no reason, or one with what looks like a CPR number, or it
            cannot have been that day, or not with those who approve.
        DocumentError: the PDF could not be made; nothing was stored.
    """
    charter.refresh_from_db()
    _refuse_if_over(charter, charter.group)
    refuse_day(charter, on)
    reason = reason or charter.reason
    if charter.follows_another and not reason:
        raise ManuscriptError(_("Skriv i en sætning, hvorfor der kommer en ny udgave."))
    if numbers := numbers_in(reason):
        raise ManuscriptError(refusal(numbers))
    review = Review.of(charter)
    if review.unfilled(dated_on=on):
        raise UnfilledError(_("Kommissoriet er ikke udfyldt endnu. Se listen over det, der mangler."))
    read = charter.revision if base is None else base
    shown = roster_mark(review.roster)
    if roster not in (None, shown):
        raise StaleRosterError
    _refuse_who_came_later(review.roster, on=on, approving=approving)
    edition = Edition.to_adopt(charter, roster=review.roster, on=on, approving=approving, reason=reason)
    pdf = charter_pdf(edition, places=address and Places.of(charter, address))
    with transaction.atomic():
        _refuse_if_stale(charter, base=read, roster=shown)
        take_on(charter)  # while the text is a draft: what it states is frozen with it
        _freeze(charter, edition, pdf=pdf, by=by)
        for member in charter.members.exclude(approved_on=None):
            _record(member, on=on, manner=Approval.Manner.MEETING, by=by)
        charter.attendances.all().delete()  # the approvals say it from now on


def refuse_day(charter: Charter, day: datetime.date) -> None:
    """Stop unless the draft can have been adopted on ``day``.

    Raises:
        ManuscriptError: it cannot; the text says why.
    """
    if day > timezone.localdate():
        raise ManuscriptError(_("Datoen for vedtagelsen kan ikke ligge i fremtiden."))
    earliest = charter.earliest_adoption()
    if earliest is not None and day < earliest:
        raise ManuscriptError(
            _("Kommissoriet kan tidligst være vedtaget den %(day)s. Da blev %(what)s.")
            % {
                "day": date_format(earliest),
                "what": _("gruppen nedsat")
                if earliest == charter.group.established_on
                else _("den forrige udgave vedtaget"),
            }
        )


def _refuse_who_came_later(
    roster: Iterable[Membership], *, on: datetime.date, approving: Collection[int]
) -> None:
    """A frozen text may not say that somebody approved at a meeting before they were in the group."""
    for membership in roster:
        if membership.person_id in approving and membership.joined_on > on:
            raise ManuscriptError(
                _(
                    "%(name)s er medlem fra den %(day)s og kan ikke have godkendt på mødet. "
                    "Ret datoen, medlemskabet eller fluebenet."
                )
                % {"name": membership.person.name, "day": date_format(membership.joined_on)}
            )


def _refuse_if_over(charter: Charter, group: WorkingGroup) -> None:
    """Stop where there is nothing to adopt any more."""
    if charter.is_frozen:
        raise FrozenError
    if group.is_closed:
        raise ClosedGroupError
    if charter.is_given_up:
        raise GivenUpError


def _refuse_if_stale(charter: Charter, *, base: int, roster: str) -> None:
    """Take the group and the draft, and stop unless both are as they were when the document was made.

    The group's row is locked first, so that two who adopt at once, or adopt and begin or close, take turns.
    """
    group = WorkingGroup.objects.locked().get(pk=charter.group_id)
    stored = Charter.objects.select_for_update().get(pk=charter.pk)
    _refuse_if_over(stored, group)
    if stored.revision != base:
        raise StaleDraftError
    if roster_mark(group.roster()) != roster:
        raise StaleRosterError


def _freeze(charter: Charter, edition: Edition, *, pdf: bytes, by: User) -> None:
    """Store text, members, bytes and hash together; the caller's transaction makes it all or nothing."""
    now = timezone.now()
    Charter.objects.adopted().filter(group_id=charter.group_id).update(
        state=Charter.State.SUPERSEDED, superseded_on=edition.dated_on
    )
    CharterMember.objects.bulk_create(CharterMember.of(edition.members, charter=charter))
    CharterDocument.objects.create(charter=charter, content=edition.canonical, pdf=pdf)
    Charter.objects.filter(pk=charter.pk).update(
        state=Charter.State.ADOPTED,
        group_name=edition.group_name,
        dated_on=edition.dated_on,
        reason=edition.reason,
        adopted_at=now,
        adopted_by=by,
        fingerprint=edition.fingerprint,
        review_on=a_year_after(edition.dated_on or timezone.localdate(now)),
    )
    charter.refresh_from_db()
    keep(charter)
    note_charter(CharterAct.ADOPTED, charter, actor=by)


def approve(
    member: CharterMember, *, by: User, on: datetime.date, manner: str = Approval.Manner.WRITTEN
) -> Approval:
    """Record that a member approves an adopted edition; a second time changes nothing.

    Raises:
        ManuscriptError: the edition is not in force, the member does not decide, or the day lies in the
            future or before the adoption.
    """
    charter = member.charter
    if charter.state != Charter.State.ADOPTED:
        raise ManuscriptError(_("Kun det gældende kommissorium kan godkendes."))
    if not member.decides:
        raise ManuscriptError(_("Suppleanter, observatører og leverandørrepræsentanter godkender ikke."))
    if on > timezone.localdate():
        raise ManuscriptError(_("Datoen for godkendelsen kan ikke ligge i fremtiden."))
    if charter.dated_on and on < charter.dated_on:
        raise ManuscriptError(_("Datoen for godkendelsen kan ikke ligge før vedtagelsen."))
    approval, is_new = _record(member, on=on, manner=manner, by=by)
    if is_new:
        note_charter(CharterAct.APPROVED, charter, actor=by, person_id=member.person_id)
    return approval


def _record(member: CharterMember, *, on: datetime.date, manner: str, by: User) -> tuple[Approval, bool]:
    """The approval, and whether it was not there before."""
    return Approval.objects.get_or_create(
        member=member, defaults={"given_on": on, "manner": manner, "recorded_by": by}
    )
