"""How charters are asked for: by state, and by who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from members.models import User, WorkingGroup

if TYPE_CHECKING:
    from charters.models.charter import Charter  # noqa: F401 - in the type below


class CharterQuerySet(models.QuerySet["Charter"]):
    def drafts(self) -> CharterQuerySet:
        return self.filter(state=self.model.State.DRAFT)

    def adopted(self) -> CharterQuerySet:
        """The editions in force."""
        return self.filter(state=self.model.State.ADOPTED)

    def frozen(self) -> CharterQuerySet:
        """Everything that was ever adopted."""
        return self.exclude(state=self.model.State.DRAFT)

    def visible_to(self, user: User | AnonymousUser) -> CharterQuerySet:
        """Frozen editions of the groups a person sees, and drafts of the groups they are in."""
        groups = WorkingGroup.objects.visible_to(user)
        if user.has_perm("members.manage_group"):
            return self.all()
        own = WorkingGroup.objects.of_member(user) if user.is_authenticated else WorkingGroup.objects.none()
        draft = Q(state=self.model.State.DRAFT)
        return self.filter(Q(group__in=groups.values("pk")) & ~draft | Q(group__in=own.values("pk")) & draft)
