"""What a group has taken on by its charter, and in which words each edition says it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charters.models.charter import Charter
from charters.models.obligation_query import ObligationQuerySet, StatementQuerySet
from charters.models.prose import Area
from charters.models.section import Section
from members.cpr import without_cpr
from members.models import WorkingGroup
from members.models.period import believable


class Rhythm(models.IntegerChoices):
    """How many months there are from one follow-up to the next."""

    MONTHLY = 1, _("Hver måned")
    QUARTERLY = 3, _("Hvert kvartal")
    HALF_YEARLY = 6, _("Hvert halve år")
    YEARLY = 12, _("Hvert år")


class Obligation(models.Model):
    """A point that stood in a section marked as obligations when the charter was adopted."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("gruppe"), on_delete=models.PROTECT, related_name="obligations"
    )
    area = models.CharField(_("område"), max_length=20, choices=Area.choices)
    wording = models.TextField(_("ordlyd"), validators=[without_cpr])  # of the latest edition that states it
    position = models.PositiveIntegerField(_("rækkefølge"), default=0)
    introduced_in = models.ForeignKey(
        Charter,
        verbose_name=_("indført i"),
        on_delete=models.PROTECT,
        related_name="obligations_introduced",
    )
    retired_in = models.ForeignKey(
        Charter,
        verbose_name=_("udgået i"),
        on_delete=models.PROTECT,
        related_name="obligations_retired",
        null=True,
        blank=True,
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig"),
        on_delete=models.PROTECT,
        related_name="obligations",
        null=True,
        blank=True,
    )
    next_on = models.DateField(_("næste opfølgning"), null=True, blank=True, validators=[believable])
    every = models.PositiveSmallIntegerField(
        _("gentages"),
        choices=Rhythm.choices,
        null=True,
        blank=True,
        help_text=_("En fast opfølgning kommer igen af sig selv, når der er fulgt op."),
    )

    is_manned: bool  # on those asked for ``with_responsible``
    last_status: str | None  # on those asked for ``with_last_follow_up``
    last_follow_ups: list[Any]  # FollowUp; the same

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("forpligtelse")
        verbose_name_plural = _("forpligtelser")
        ordering = ["group", "area", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(area__in=["development", "economic"]),
                name="obligation_known_area",
                violation_error_message=_("Vælg forpligtelsens område."),
            ),
            models.CheckConstraint(
                condition=Q(every=None) | Q(every__in=[1, 3, 6, 12]),
                name="obligation_known_rhythm",
                violation_error_message=_("Vælg, hvor tit der skal følges op."),
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    def get_absolute_url(self) -> str:
        return reverse("charters:obligation-detail", args=[self.group.slug, self.pk])

    @property
    def anchor(self) -> str:
        """The id of this obligation on the group's page, to link to."""
        return f"forpligtelse-{self.pk}"

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been followed up before today."""
        return self.retired_in_id is None and self.next_on is not None and self.next_on < timezone.localdate()

    @property
    def last_follow_up(self) -> Any:
        """The FollowUp that says how it stood last, or None; of those asked for ``with_last_follow_up``."""
        return next(iter(self.last_follow_ups), None)

    @property
    def last_statement(self) -> Statement | None:
        """Where it stands in the latest edition that states it; of those asked for ``with_statements``."""
        return next(reversed(self.statements.all()), None)


class Statement(models.Model):
    """Where an obligation stands: one row an edition, in that edition's own words.

    The first says where the obligation came from, the others how its wording changed while it lived on.
    """

    obligation = models.ForeignKey(
        Obligation, verbose_name=_("forpligtelse"), on_delete=models.PROTECT, related_name="statements"
    )
    charter = models.ForeignKey(
        Charter, verbose_name=_("udgave"), on_delete=models.PROTECT, related_name="statements"
    )
    section = models.ForeignKey(
        Section, verbose_name=_("afsnit"), on_delete=models.PROTECT, related_name="statements"
    )
    wording = models.TextField(_("ordlyd"), validators=[without_cpr])

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("ordlyd i en udgave")
        verbose_name_plural = _("ordlyde i udgaverne")
        ordering = ["obligation", "charter__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "charter"],
                name="statement_one_an_edition",
                violation_error_message=_("Udgaven nævner allerede forpligtelsen."),
            ),
        ]

    def __str__(self) -> str:
        return self.wording
