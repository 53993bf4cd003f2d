"""What a group says of a point in its draft: whether it is an obligation, and which one lives on in it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charters.models.obligation import Obligation
from charters.models.prose import Area
from charters.models.section import Section
from members.cpr import without_cpr


class PointChoice(models.Model):
    """One point of a draft, where the group has said something else than is reckoned.

    A point is known by its words, for it has no name: it belongs to text that anybody may be writing in.
    """

    class Marking(models.TextChoices):
        AS_SECTION = "", _("Som afsnittet")
        NONE = "none", _("Ingen forpligtelse")
        DEVELOPMENT = Area.DEVELOPMENT, Area.DEVELOPMENT.label
        ECONOMIC = Area.ECONOMIC, Area.ECONOMIC.label

    section = models.ForeignKey(
        Section, verbose_name=_("afsnit"), on_delete=models.CASCADE, related_name="point_choices"
    )
    wording = models.TextField(_("ordlyd"), validators=[without_cpr])
    digest = models.CharField(max_length=64, editable=False)  # of the wording, which no index has room for
    marking = models.CharField(
        _("forpligtelse"), max_length=20, choices=Marking.choices, blank=True, default=Marking.AS_SECTION
    )
    continues = models.ForeignKey(
        Obligation,
        verbose_name=_("viderefører"),
        on_delete=models.CASCADE,
        related_name="point_choices",
        null=True,
        blank=True,
    )
    is_new = models.BooleanField(_("ny forpligtelse"), default=False)

    class Meta:
        verbose_name = _("valg for et punkt")
        verbose_name_plural = _("valg for punkter")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "digest"],
                name="pointchoice_one_a_point",
                violation_error_message=_("Punktet har allerede et valg."),
            ),
            models.CheckConstraint(
                condition=Q(is_new=False) | Q(continues=None),
                name="pointchoice_new_or_continued",
                violation_error_message=_("En forpligtelse er enten ny eller videreført."),
            ),
            models.CheckConstraint(
                condition=Q(marking__in=["", "none", "development", "economic"]),
                name="pointchoice_known_marking",
                violation_error_message=_("Vælg, om punktet er en forpligtelse."),
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = hashlib.sha256(self.wording.encode()).hexdigest()
        super().save(*args, **kwargs)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing that is not reckoned anyway."""
        return not (self.marking or self.is_new or self.continues_id)

    def area_in(self, area: str) -> str:
        """Of which area the point's obligation is, in a section of ``area``; empty where it states none."""
        if self.marking == self.Marking.AS_SECTION:
            return area
        return "" if self.marking == self.Marking.NONE else self.marking
