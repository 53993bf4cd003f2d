"""What those who lead a group said when they looked it over, once a year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models.manuscript import ManuscriptError
from charters.models.written_once import WrittenOnce
from members.models import WorkingGroup


class AnsweredError(ManuscriptError):
    """A yearly check stands as it was answered."""

    def __init__(self) -> None:
        super().__init__(_t("Et årligt tjek kan ikke rettes eller slettes. Lav et nyt i stedet."))


class YearlyCheck(WrittenOnce):
    """Three answers on a day. Another look is a new row, never an edit."""

    refusal = AnsweredError

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("gruppe"), on_delete=models.PROTECT, related_name="yearly_checks"
    )
    members_right = models.BooleanField(_("Er medlemmerne rigtige?"))
    obligations_right = models.BooleanField(_("Er forpligtelserne rigtige?"))
    charter_right = models.BooleanField(_("Gælder kommissoriet stadig?"))
    made_on = models.DateField(_("dato"), default=timezone.localdate, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("svaret af"),
        on_delete=models.PROTECT,
        related_name="yearly_checks",
    )

    class Meta:
        verbose_name = _("årligt tjek")
        verbose_name_plural = _("årlige tjek")
        ordering = ["group", "-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.group}, {self.made_on}"

    @property
    def answers(self) -> tuple[bool, bool, bool]:
        return self.members_right, self.obligations_right, self.charter_right

    @property
    def is_all_right(self) -> bool:
        return all(self.answers)
