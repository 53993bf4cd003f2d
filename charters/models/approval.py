"""Each member's approval of an edition, by name: in the meeting or in writing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charters.models.adopted import CharterMember


class Approval(models.Model):
    class Manner(models.TextChoices):
        MEETING = "meeting", _("på mødet")
        WRITTEN = "written", _("skriftligt")

    member = models.OneToOneField(
        CharterMember, verbose_name=_("medlem"), on_delete=models.PROTECT, related_name="approval"
    )
    given_on = models.DateField(_("dato"), default=timezone.localdate)
    manner = models.CharField(_("måde"), max_length=10, choices=Manner.choices, default=Manner.WRITTEN)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("registreret af"),
        on_delete=models.PROTECT,
        related_name="approvals_recorded",
    )
    recorded_at = models.DateTimeField(_("registreret"), auto_now_add=True)

    class Meta:
        verbose_name = _("godkendelse")
        verbose_name_plural = _("godkendelser")
        ordering = ["member"]
        constraints = [
            models.CheckConstraint(
                condition=Q(manner__in=["meeting", "written"]),
                name="approval_known_manner",
                violation_error_message=_("Vælg, om godkendelsen er givet på mødet eller skriftligt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_manner_display()}"
