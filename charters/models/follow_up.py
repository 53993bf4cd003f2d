"""How a group follows its obligations up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models.manuscript import ManuscriptError
from charters.models.obligation import Obligation
from charters.models.written_once import WrittenOnce
from members.cpr import without_cpr


class WrittenError(ManuscriptError):
    """A follow-up stands as it was written."""

    def __init__(self) -> None:
        super().__init__(_t("En opfølgning kan ikke rettes eller slettes. Skriv en ny linje i stedet."))


class FollowUp(WrittenOnce):
    """How an obligation stands on a day. A correction is a new line, never an edit."""

    refusal = WrittenError

    class Status(models.TextChoices):
        NOT_BEGUN = "not_begun", _("Ikke begyndt")
        UNDER_WAY = "under_way", _("I gang")
        MET = "met", _("Opfyldt")
        DEVIATES = "deviates", _("Afviger")

    obligation = models.ForeignKey(
        Obligation, verbose_name=_("forpligtelse"), on_delete=models.PROTECT, related_name="follow_ups"
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    note = models.TextField(_("bemærkning"), max_length=2000, blank=True, validators=[without_cpr])
    made_on = models.DateField(_("dato"), default=timezone.localdate)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("skrevet af"),
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )

    class Meta:
        verbose_name = _("opfølgning")
        verbose_name_plural = _("opfølgninger")
        ordering = ["obligation", "-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["not_begun", "under_way", "met", "deviates"]),
                name="followup_known_status",
                violation_error_message=_("Vælg en status."),
            ),
            models.CheckConstraint(
                condition=~Q(status="deviates") | ~Q(note=""),
                name="followup_deviation_explained",
                violation_error_message=_("Når I afviger, skal I forklare hvorfor (følg-eller-forklar)."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.made_on})"
