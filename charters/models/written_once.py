"""What stands as it was written: looked at again, it becomes a new row."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from charters.models.manuscript import ManuscriptError


class WrittenOnce(models.Model):
    """A row that is neither changed nor deleted; the database's own guard is in ``charters.triggers``."""

    refusal: ClassVar[type[ManuscriptError]]  # what is raised instead

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise self.refusal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise self.refusal
