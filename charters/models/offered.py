"""What a section knows of the standard text: whose words it holds, and OS2's where both wrote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models.manuscript import ConflictError, CprError, ManuscriptError
from charters.models.prose import Prose
from charters.models.revision import SectionRevision
from charters.models.template import TemplateSection
from charters.wording import Wording, join

if TYPE_CHECKING:
    from members.models import User

_MARKS = ["key", "topic", "area", "must_be_filled", "prompt"]  # what OS2 says of a section, beside its text


class Offered(Prose):
    source = models.ForeignKey(
        TemplateSection,
        verbose_name=_("standardtekstens afsnit"),
        on_delete=models.PROTECT,
        related_name="copies_made",
        null=True,
        blank=True,
        help_text=_("Tomt for et afsnit, som gruppen selv har tilføjet."),
    )
    # OS2 and the group changed the same words, and the group has not chosen yet.
    has_offer = models.BooleanField(_("har en ordlyd fra OS2 at vælge"), default=False, editable=False)

    # What a section is besides.
    charter: Any
    source_id: int | None
    revisions: Any
    _say: Any
    _keep: Any

    class Meta(Prose.Meta):
        abstract = True

    @property
    def origin(self) -> str:
        """Whose words these are, for whoever writes them."""
        if self.source is None:
            return _t("Jeres eget afsnit")
        return _t("Standardtekst") if self.source.wording == self.wording else _t("Tilpasset")

    @property
    def offer(self) -> Wording | None:
        """What the section would say with OS2's words, as long as the group has not chosen.

        All that was written in it since they were offered is in it too.
        """
        if not self.has_offer:
            return None
        offered = self.revisions.filter(aside=SectionRevision.Aside.OFFERED).first()
        stood = self.revisions.filter(aside="", number__lt=offered.number).first()
        return join(offered.wording, theirs=self.wording, base=stood.wording).with_mine

    @transaction.atomic
    def follow(
        self,
        source: TemplateSection | None,
        *,
        wording: Wording,
        offer: Wording | None = None,
        by: User | None,
    ) -> None:
        """Stand by a section of a newer standard text.

        Args:
            source: the section; None where the standard text has it no longer.
            wording: what it is to say; one that was taken out stays out.
            offer: the same with OS2's words, where the group must choose.
            by: who took the newer text in.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
        """
        self._hold()
        told = self.origin, self.has_offer
        is_the_groups = self.source_id is None and offer is not None
        self.source, self.has_offer = source, False
        super().save(update_fields=["source", "has_offer"])
        if source:  # of the group's own words OS2 says nothing until the group has chosen OS2's
            self._take_marks(["key"] if is_the_groups else _MARKS)
        if self.is_removed:
            self._say(wording, stays_out=True, act=SectionRevision.Act.TAKEN_IN, author=by)
            return
        is_told_anew = told != (self.origin, offer is not None)  # open pages hear of it by the revision
        self._say(wording, act=SectionRevision.Act.TAKEN_IN, author=by, anyway=is_told_anew)
        if offer:
            self._keep(offer, author=by, aside=SectionRevision.Aside.OFFERED)
            self._mark(has_offer=True)

    def _take_marks(self, names: Iterable[str]) -> None:
        """Be what the section of the standard text is."""
        names = list(names)
        for name in names:
            setattr(self, name, getattr(self.source, name))
        super().save(update_fields=names)

    @transaction.atomic
    def choose(self, *, offered: bool, by: User | None, base: int | None = None) -> bool:
        """Let OS2's words stand, or the group's own.

        Args:
            offered: OS2's.
            by: who chooses.
            base: the revision of the section that the two were read in; None for however it stands.

        Returns:
            Whether there was anything to choose: not where somebody has chosen already.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
            ConflictError: the section was written in after it was read.
            ManuscriptError: the section was taken out meanwhile.
            CprError: OS2's words are from before numbers were refused, and have one.
        """
        self._hold()
        offer = self.offer
        if offer is None:
            return False
        if base not in (None, self.revision):
            raise ConflictError(self)
        if self.is_removed:
            raise ManuscriptError(_t("Afsnittet er taget ud. Sæt det ind igen, før I vælger."))
        if offered:
            CprError.refuse([offer])
        act = SectionRevision.Act.TAKEN_IN if offered else SectionRevision.Act.KEPT
        self._mark(has_offer=False)
        if offered:
            self._take_marks(_MARKS)
        self._say(offer if offered else self.wording, act=act, author=by, anyway=True)
        return True

    def _settle_offer(self) -> None:
        """Whoever has written OS2's words themselves has chosen."""
        if self.has_offer and self.offer == self.wording:
            self._mark(has_offer=False)

    def _mark(self, **marks: bool) -> None:
        """Store what is to be seen to in the section."""
        self.charter.claim()
        for name, is_so in marks.items():
            setattr(self, name, is_so)
        super().save(update_fields=[*marks])
