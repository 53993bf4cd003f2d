"""How a group follows its obligations up: who may, what is written, and in which order they are looked at."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models import FollowUp, Obligation
from charters.obligations.rhythm import next_after
from members import access
from members.cpr import without_cpr
from members.models import User, WorkingGroup

SOON = datetime.timedelta(days=30)
READS, EDITS = (name.partition(".")[2] for name in (access.VIEW_DRAFTS, access.EDIT_CHARTER))


class Urgency(models.TextChoices):
    """Why an obligation is looked at before others, most pressing first."""

    OVERDUE = "overdue", _("Overskredet")
    SOON = "soon", _("Opfølgning inden for en måned")
    UNMANNED = "unmanned", _("Uden ansvarlig")
    REST = "rest", _("De øvrige")


@dataclass
class Agenda:
    """A group's obligations as a meeting goes through them."""

    group: WorkingGroup
    retired: list[Obligation]
    by_urgency: dict[Urgency, list[Obligation]] = field(default_factory=dict)

    @classmethod
    def of(cls, group: WorkingGroup) -> Agenda:
        """Two queries, however many there are."""
        found = group.obligations.with_responsible().with_last_follow_up()
        every = list(found.select_related("introduced_in", "retired_in").order_by("position", "pk"))
        for obligation in every:
            obligation.group = group
        agenda = cls(group, [obligation for obligation in every if obligation.retired_in_id])
        agenda.retired.sort(key=lambda o: -o.retired_in.number if o.retired_in else 0)
        agenda.sort(obligation for obligation in every if not obligation.retired_in_id)
        return agenda

    def sort(self, obligations: Iterable[Obligation]) -> None:
        """Most pressing first: by date, then those that somebody left, then in the order of the charter."""
        today = timezone.localdate()
        found: dict[Urgency, list[Obligation]] = {urgency: [] for urgency in Urgency}
        for obligation in obligations:
            found[urgency_of(obligation, today=today)].append(obligation)
        for urgency in (Urgency.OVERDUE, Urgency.SOON):
            found[urgency].sort(key=lambda obligation: obligation.next_on or today)
        found[Urgency.UNMANNED].sort(key=lambda obligation: obligation.responsible_id is None)
        self.by_urgency = {urgency: those for urgency, those in found.items() if those}

    @property
    def has_charter(self) -> bool:
        """Whether there is an edition in force that could name obligations."""
        return self.group.charters.adopted().exists()

    @property
    def sections(self) -> list[tuple[Urgency, list[Obligation]]]:
        return list(self.by_urgency.items())

    @property
    def summary(self) -> str:
        """ "6 forpligtelser, 1 overskredet"; empty when there are none."""
        number = sum(map(len, self.by_urgency.values()))
        overdue = len(self.by_urgency.get(Urgency.OVERDUE, []))
        if not number:
            return ""
        words = _t("1 forpligtelse") if number == 1 else _t("%(n)s forpligtelser") % {"n": number}
        return f"{words}, {_t('%(n)s overskredet') % {'n': overdue}}" if overdue else words


def urgency_of(obligation: Obligation, *, today: datetime.date) -> Urgency:
    """Of an obligation in force, asked for ``with_responsible`` and ``with_last_follow_up``."""
    due = obligation.next_on
    if due is not None and due < today:
        return Urgency.OVERDUE
    if due is not None and due <= today + SOON:
        return Urgency.SOON
    is_settled = due is None and obligation.last_status == FollowUp.Status.MET
    return Urgency.REST if obligation.is_manned or is_settled else Urgency.UNMANNED


def refusal(obligation: Obligation) -> str:
    """Why an obligation is read only, in words for the user; empty when it is followed up."""
    if obligation.group.is_closed:
        return _t("Gruppen er nedlagt. Dens forpligtelser kan læses, men der følges ikke op på dem.")
    if obligation.retired_in_id:
        return _t("Forpligtelsen er udgået. Den kan læses, men der følges ikke op på den.")
    return ""


def may_follow_up(user: User, obligation: Obligation, *, rights: Collection[str]) -> bool:
    """Whether ``user``, with these rights on the group, may write how an obligation stands.

    Those who edit the charter may, and its responsible while they are a member.
    """
    is_own = obligation.responsible_id == user.pk and READS in rights
    return not refusal(obligation) and (EDITS in rights or is_own)


@transaction.atomic
def follow_up(
    obligation: Obligation, follow_up: FollowUp, *, next_on: datetime.date | None = None
) -> FollowUp:
    """Write how an obligation stands, and when it is to be followed up again.

    Args:
        obligation: the obligation.
        follow_up: the new line, not stored yet.
        next_on: the day that was chosen; the rhythm's when none was.

    Raises:
        ValidationError: the obligation was retired, or the group closed, meanwhile; or the note has what
            looks like a CPR number.
    """
    without_cpr(follow_up.note)
    WorkingGroup.objects.locked().get(pk=obligation.group_id)
    obligation.refresh_from_db(fields=["group", "retired_in", "next_on", "every"])
    if said := refusal(obligation):
        raise ValidationError(said)
    follow_up.obligation = obligation
    follow_up.save()
    obligation.next_on = next_on or next_after(
        obligation, status=follow_up.status, on=follow_up.made_on, today=timezone.localdate()
    )
    obligation.save(update_fields=["next_on"])
    return follow_up
