"""How obligations are asked for: what is in force, what is due, who sees to it, and how it stood last."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.utils import timezone

from members.models import Membership

if TYPE_CHECKING:
    from charters.models.obligation import Obligation, Statement  # noqa: F401 - of which the querysets are


LAST: str = "last_follow_ups"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def in_force(self) -> ObligationQuerySet:
        """Those of the editions in force; a group that is closed has none."""
        return self.filter(retired_in=None)

    def retired(self) -> ObligationQuerySet:
        return self.exclude(retired_in=None)

    def overdue(self, *, on: datetime.date | None = None) -> ObligationQuerySet:
        """Those in force that should have been followed up before a day, today by default."""
        return self.in_force().filter(next_on__lt=on or timezone.localdate())

    def due_by(self, day: datetime.date) -> ObligationQuerySet:
        """Those in force that are to be followed up on a day or before it, the overdue among them."""
        return self.in_force().filter(next_on__lte=day)

    def manned(self) -> ObligationQuerySet:
        """Those whose responsible is a member of the group today."""
        return self.filter(Exists(self._responsible()))

    def unmanned(self) -> ObligationQuerySet:
        """Those in force without a responsible, or whose responsible is no longer in the group."""
        return self.in_force().filter(~Exists(self._responsible()))

    def with_responsible(self) -> ObligationQuerySet:
        """With the responsible, and ``is_manned``: whether that is a member of the group today."""
        return self.select_related("responsible").annotate(is_manned=Exists(self._responsible()))

    def with_last_follow_up(self) -> ObligationQuerySet:
        """With ``last_follow_up``: one query more for all; and ``last_status`` (or None) to filter by."""
        follow_ups: Any = self.model._meta.get_field("follow_ups").related_model
        last = follow_ups.objects.order_by("-made_on", "-pk")
        of_this = last.filter(obligation=OuterRef("pk"))
        of_that = last.filter(obligation=OuterRef("obligation"))
        the_last = last.filter(pk=Subquery(of_that.values("pk")[:1])).select_related("made_by")
        return self.annotate(last_status=Subquery(of_this.values("status")[:1])).prefetch_related(
            Prefetch("follow_ups", the_last, to_attr=LAST)
        )

    def with_statements(self) -> ObligationQuerySet:
        """With ``statements`` as ``in_order`` has them: one query more for all."""
        statements: Any = self.model._meta.get_field("statements").related_model
        return self.prefetch_related(Prefetch("statements", statements.objects.in_order()))

    def of_responsible(self, person_id: int) -> ObligationQuerySet:
        """Those in force that a person sees to, in the groups where they are a member today."""
        return self.in_force().manned().filter(responsible=person_id)

    def _responsible(self) -> models.QuerySet[Any]:
        return Membership.objects.current().filter(group=OuterRef("group"), person=OuterRef("responsible"))


class StatementQuerySet(models.QuerySet["Statement"]):
    def in_order(self) -> StatementQuerySet:
        """From the edition that first said it to the latest, each with its edition and its section."""
        return self.select_related("charter", "section").order_by("charter__number")
