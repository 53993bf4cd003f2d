"""How charters are asked for: by state, and by who may see them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from charters.models.reviewed import NEAR
from charters.models.template import CharterTemplate
from members.models import User, WorkingGroup

if TYPE_CHECKING:
    from charters.models.charter import Charter


class CharterQuerySet(models.QuerySet["Charter"]):
    def drafts(self) -> CharterQuerySet:
        return self.filter(state=self.model.State.DRAFT, given_up_at=None)

    def given_up(self) -> CharterQuerySet:
        """Drafts that their groups gave up, the last one first."""
        return self.exclude(given_up_at=None).order_by("-given_up_at")

    def living(self) -> CharterQuerySet:
        """What the groups write in or live by: at most a draft and the edition in force of each."""
        return self.drafts() | self.adopted()

    def next_number(self) -> int:
        """The number of the next edition, of the charters of one group."""
        return (self.frozen().aggregate(last=Max("number"))["last"] or 0) + 1

    def adopted(self) -> CharterQuerySet:
        """The editions in force."""
        return self.filter(state=self.model.State.ADOPTED)

    def frozen(self) -> CharterQuerySet:
        """Everything that was ever adopted."""
        return self.exclude(state=self.model.State.DRAFT)

    def of_groups(self, groups: models.QuerySet[WorkingGroup]) -> CharterQuerySet:
        """Those of some groups, asked of one charter after the other: for the first few of many, in order."""
        return self.filter(Exists(groups.filter(pk=OuterRef("group"))))

    def in_force_on(self, day: datetime.date) -> Charter | None:
        """The edition that was in force on a day, of the charters of one group.

        By the days the editions carry: that a later one was written down afterwards changes nothing.
        """
        last = self.frozen().filter(dated_on__lte=day).order_by("-number").first()
        has_ended = last is not None and last.retired_on is not None and last.retired_on <= day
        return None if has_ended else last

    def with_newer_text(self) -> CharterQuerySet:
        """With ``has_newer_text``: whether OS2 has published a newer standard text since."""
        newer = CharterTemplate.objects.published().filter(
            kind=OuterRef("template__kind"), version__gt=OuterRef("template__version")
        )
        return self.annotate(has_newer_text=Exists(newer))

    def due_for_review(self) -> CharterQuerySet:
        """The editions in force that should have been looked at by now."""
        return self.adopted().filter(review_on__lte=timezone.localdate())

    def near_review(self) -> CharterQuerySet:
        """The editions in force whose day is near, and not passed."""
        today = timezone.localdate()
        return self.adopted().filter(review_on__gt=today, review_on__lte=today + NEAR)

    def on_older_text(self) -> CharterQuerySet:
        """Of each group what it works on, a draft before an edition in force, where OS2 has a newer text."""
        drafted = self.model._base_manager.filter(self._is_draft()).values("group")
        text = self.living().exclude(state=self.model.State.ADOPTED, group__in=drafted)
        return text.filter(template__in=CharterTemplate.objects.improved_since().values("pk"))

    def visible_to(self, user: User | AnonymousUser) -> CharterQuerySet:
        """Frozen editions of the groups a person sees, and drafts of the groups they are in."""
        if user.has_perm("members.manage_group"):
            return self.filter(given_up_at=None)
        seen = Q(group__in=WorkingGroup.objects.visible_to(user).values("pk"))
        is_frozen = ~Q(state=self.model.State.DRAFT)
        return self.filter(seen & is_frozen | self._own(user) & self._is_draft())

    def drafts_visible_to(self, user: User | AnonymousUser) -> CharterQuerySet:
        """The drafts among ``visible_to``, asked for more cheaply: a page with a draft asks all the time."""
        drafts = self.drafts()
        return drafts if user.has_perm("members.manage_group") else drafts.filter(self._own(user))

    def _is_draft(self) -> Q:
        return Q(state=self.model.State.DRAFT, given_up_at=None)

    def _own(self, user: User | AnonymousUser) -> Q:
        own = WorkingGroup.objects.of_member(user) if user.is_authenticated else WorkingGroup.objects.none()
        return Q(group__in=own.values("pk"))


def the_text(charters: Iterable[Charter]) -> Charter | None:
    """The one that a group works on: of its charters, the draft, or else the edition in force."""
    living = [charter for charter in charters if charter.is_living]
    return min(living, key=lambda charter: not charter.is_draft, default=None)
