"""Texts that are written section by section until they are final: standard texts and charters alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters import text
from charters.wording import Wording
from members import cpr

if TYPE_CHECKING:
    from charters.models.prose import Prose
    from members.models import User

MAX_SECTIONS = 40


class ManuscriptError(Exception):
    """A change that was not made; its text is written for the user."""


class FrozenError(ManuscriptError):
    """The text is final: adopted, published or retired."""

    def __init__(self) -> None:
        super().__init__(_t("Teksten er endelig og kan ikke ændres."))


class ClosedGroupError(ManuscriptError):
    """The group is closed: its draft can be read, but neither written nor adopted."""

    def __init__(self) -> None:
        super().__init__(_t("Gruppen er nedlagt. Udkastet kan læses, men ikke ændres eller vedtages."))


class ConflictError(ManuscriptError):
    """Somebody else changed what was being written: a section, or the whole it stands in."""

    def __init__(self, current: Any) -> None:
        super().__init__(_t("En anden har ændret teksten, siden du åbnede den."))
        self.current = current


class CprError(ManuscriptError):
    """A text from before is not said again: it has what looks like a CPR number."""

    @classmethod
    def refuse(cls, wordings: Iterable[Wording]) -> None:
        """Stop where one of some wordings has what looks like one.

        Raises:
            CprError: with the heading it stands under.
        """
        for wording in wordings:
            if numbers := wording.cpr_numbers:
                raise cls(f"»{cpr.hidden(wording.heading)}«: {cpr.refusal(numbers)}")


class Manuscript(models.Model):
    """A text that is written section by section while it is a draft, and never after."""

    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)

    # Each subclass has a ``state`` whose value "draft" means that it can be written.
    state: Any
    sections: Any
    writable: ClassVar[Q] = Q(state="draft")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.get("force_insert"):
            self.refuse_if_final(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_final(self.pk)
        return super().delete(*args, **kwargs)

    @property
    def is_draft(self) -> bool:
        return bool(self.state == "draft")

    def standing_sections(self) -> list[Any]:
        """The sections of the text, in order, without those that were taken out.

        Both this and ``removed_sections`` read from a prefetched ``sections`` where there is one.
        """
        return [section for section in self.in_order() if not section.is_removed]

    def removed_sections(self) -> list[Any]:
        return [section for section in self.in_order() if section.is_removed]

    def in_order(self) -> list[Any]:
        """All sections, those that were taken out among the others."""
        return sorted(self.sections.all(), key=lambda section: (section.position, section.pk))

    @classmethod
    def refuse_if_final(cls, pk: int) -> None:
        """Stop a save or delete in the model, with words; the database's trigger stops all the others.

        Raises:
            FrozenError: the stored text is a draft no longer.
        """
        stored = cls._base_manager.filter(pk=pk).first()
        if stored is not None and not stored.is_draft:
            raise FrozenError

    def claim(self) -> None:
        """Take the write on this text, inside a transaction, and count the change.

        One statement compares and writes, so a text adopted a moment ago is never written to.

        Raises:
            FrozenError: the text is no longer a draft.
        """
        self._take(F("revision") + 1)
        self.revision += 1

    def hold(self) -> None:
        """Take the write as ``claim`` does, before it is known whether there is a change to count.

        Raises:
            FrozenError: the text is no longer a draft.
        """
        self._take(F("revision"))

    def _take(self, revision: CombinedExpression | F) -> None:
        own = type(self)._base_manager.filter(self.writable, pk=self.pk)
        if not own.update(revision=revision):
            raise FrozenError

    @transaction.atomic
    def add_section(self, heading: str, *, body: str = "", by: User | None = None, **fields: Any) -> Any:
        """Put a new section last.

        Raises:
            FrozenError: the text is final.
            ManuscriptError: there are as many sections as there can be.
            ValidationError: the text is too long, or by field what looks like a CPR number.
        """
        wording = Wording(heading, text.clean(body))
        wording.refuse_cpr()
        self.claim()
        if self.sections.count() >= MAX_SECTIONS:
            raise ManuscriptError(
                _t("Et kommissorium kan højst have %(count)s afsnit.") % {"count": MAX_SECTIONS}
            )
        last = self.sections.aggregate(last=Max("position"))["last"] or 0
        section = self.sections.create(heading=heading, body=wording.body, position=last + 1, **fields)
        section.keep_revision(by=by)
        return section

    @transaction.atomic
    def move_section(self, section: Prose, *, up: bool, seen_at: int | None = None) -> list[Any]:
        """Swap a section with the one above or below; at the end of the text nothing happens.

        Args:
            section: the section to move.
            up: towards the beginning.
            seen_at: the position it had on the page where it was moved; where it has left that since,
                the same press sent twice for one, nothing happens. None for wherever it stands.

        Returns:
            The standing sections, in their order now.

        Raises:
            FrozenError: the text is final.
            ManuscriptError: the section was taken out meanwhile.
        """
        self.claim()
        # Read again now that the text is ours: another may have moved one since it was first read.
        standing = list(self.sections.filter(removed_at=None).order_by("position", "pk"))
        index = next((i for i, s in enumerate(standing) if s.pk == section.pk), None)
        if index is None:
            raise ManuscriptError(
                _t("»%(heading)s« er taget ud og kan ikke flyttes.") % {"heading": section.heading}
            )
        target = index + (-1 if up else 1)
        is_where_seen = seen_at is None or standing[index].position == seen_at
        if is_where_seen and 0 <= target < len(standing):
            standing[index], standing[target] = standing[target], standing[index]
            put_in_order(standing)
        return standing


def put_in_order(sections: Iterable[Any]) -> None:
    """Store the order of the sections."""
    for position, section in enumerate(sections, start=1):
        if section.position != position:
            section.position = position
            section.save(update_fields=["position"])
