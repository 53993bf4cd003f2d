"""Secret addresses at which a calendar program fetches what is to be followed up."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import WorkingGroup


def _new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarAddress(models.Model):
    """One person's address, for all their groups or for one of them.

    A calendar program cannot sign in: whoever has the address reads what its owner may read, and no more. It
    is taken back by its owner, and gives nothing any more when the owner may not see the group.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="calendar_addresses",
    )
    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("gruppe"),
        on_delete=models.CASCADE,
        related_name="calendar_addresses",
        null=True,
        blank=True,
    )
    token = models.CharField(_("nøgle"), max_length=60, unique=True, default=_new_token, editable=False)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)

    class Meta:
        verbose_name = _("kalenderadresse")
        verbose_name_plural = _("kalenderadresser")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "group"],
                name="calendaraddress_one_a_group",
                violation_error_message=_("Gruppen har allerede en kalenderadresse."),
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(group=None),
                name="calendaraddress_one_for_all",
                violation_error_message=_("Der er allerede en kalenderadresse."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.group or '*'}"
