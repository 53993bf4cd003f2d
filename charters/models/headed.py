"""The heading fields of the standard text, as a charter has them."""

from __future__ import annotations

import datetime
from typing import Any, TypedDict, Unpack

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from members.cpr import without_cpr
from members.models import Project
from members.models.period import believable


class Heading(TypedDict, total=False):
    """The heading fields that a group fills in."""

    project_name: str
    level: str
    dated_on: datetime.date | None
    reason: str


class Headed(models.Model):
    """What stands above the sections. A draft's members are the group's; adoption copies them."""

    group_name = models.CharField(_("gruppens navn"), max_length=160, validators=[without_cpr])
    project_name = models.CharField(
        _("projektets navn"), max_length=160, blank=True, validators=[without_cpr]
    )
    level = models.CharField(_("produktniveau"), max_length=10, choices=Project.Level.choices, blank=True)
    dated_on = models.DateField(_("dato"), null=True, blank=True, validators=[believable])
    reason = models.CharField(
        _("begrundelse"),
        max_length=500,
        blank=True,
        validators=[without_cpr],
        help_text=_("Hvorfor kommer der en ny udgave?"),
    )

    # What a charter is besides.
    claim: Any

    class Meta:
        abstract = True

    @transaction.atomic
    def rewrite_heading(self, **changed: Unpack[Heading]) -> None:
        """Save the heading fields that are given; what another has written in the others stays.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
            ValidationError: by field, what cannot stand in it.
        """
        self.claim()
        for name, value in changed.items():
            setattr(self, name, value)
        self.clean_fields(exclude={field.name for field in self._meta.fields} - changed.keys())
        self.save(update_fields=[*changed])
