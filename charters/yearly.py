"""The yearly check: two minutes in which those who lead a group look it over."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from charters.models import Charter, YearlyCheck
from charters.models.reviewed import a_year_after
from members.models import WorkingGroup


def last_checks(group: OuterRef) -> QuerySet[YearlyCheck]:
    """For a subquery: a group's checks, the latest first."""
    return YearlyCheck.objects.filter(group=group).order_by("-made_on", "-pk")


def due_on(charter: Charter, *, checked_on: datetime.date | None) -> datetime.date | None:
    """A year after the last check, or after the edition in force was adopted if that came later."""
    days = [day for day in (charter.dated_on, checked_on) if day]
    return a_year_after(max(days)) if days else None


def is_due(charter: Charter, *, checked_on: datetime.date | None) -> bool:
    due = due_on(charter, checked_on=checked_on)
    return due is not None and due <= timezone.localdate()


def refusal(group: WorkingGroup, charter: Charter | None) -> str:
    """Why there is nothing to check, in words for the user; empty when there is."""
    if group.is_closed:
        return _("Gruppen er nedlagt og skal ikke tjekkes.")
    if charter is None:
        return _("Tjekket begynder et år efter, at gruppens kommissorium er vedtaget.")
    return ""


@transaction.atomic
def check(made: YearlyCheck) -> None:
    """Store the answers; a charter that still holds is reviewed a year later, if its review is near.

    A no counts as an answer too: it is the group's own to mend, and is not asked for again before next year.

    Args:
        made: with its answers, not stored yet.

    Raises:
        ValidationError: the group was closed, or its charter retired, meanwhile; or today's last answers are
            the same.
    """
    group = WorkingGroup.objects.locked().get(pk=made.group_id)
    charter = Charter.objects.adopted().filter(group=group).first()
    if said := refusal(group, charter):
        raise ValidationError(said)
    last = group.yearly_checks.order_by("-made_on", "-pk").first()
    if last and (last.made_on, last.answers) == (made.made_on, made.answers):
        raise ValidationError(_("De samme svar er allerede gemt i dag."))
    made.save()
    if charter and made.charter_right and (charter.is_due_for_review() or charter.is_review_near()):
        charter.review_next(on=a_year_after(timezone.localdate()))
