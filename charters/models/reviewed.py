"""The day on which the group looks at its charter again."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models.manuscript import ManuscriptError

NEAR = datetime.timedelta(days=60)  # a group meets about every other month


class Reviewed(models.Model):
    """What a charter knows of its next review ("Næste gennemgang")."""

    review_on = models.DateField(_("næste gennemgang"), null=True, blank=True)

    # What a charter is besides.
    pk: Any
    state: Any
    objects: Any

    class Meta:
        abstract = True

    def is_due_for_review(self) -> bool:
        """Whether the edition in force should have been looked at by now."""
        return self._is_before(timezone.localdate())

    def is_review_near(self) -> bool:
        """Whether the day is near, and not passed."""
        return self._is_before(timezone.localdate() + NEAR) and not self.is_due_for_review()

    def _is_before(self, day: datetime.date) -> bool:
        return bool(self.state == "adopted" and self.review_on and self.review_on <= day)

    def review_next(self, *, on: datetime.date) -> None:
        """Choose another day; the one thing of an edition in force that a group may change.

        Raises:
            ManuscriptError: the edition is not in force, or the day is not ahead.
        """
        if on <= timezone.localdate():
            raise ManuscriptError(_t("Vælg en dag, der ligger efter i dag."))
        if not type(self).objects.adopted().filter(pk=self.pk).update(review_on=on):
            raise ManuscriptError(_t("Kun det gældende kommissorium skal gennemgås igen."))
        self.review_on = on


def a_year_after(day: datetime.date) -> datetime.date:
    """When an edition is reviewed unless the group says otherwise."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
