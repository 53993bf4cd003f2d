"""What a section knows of the standard text: whose words it holds, and OS2's where both wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models.manuscript import ManuscriptError
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
            wording: what is to stand; one that was taken out stays out.
            offer: the same with OS2's words, where the group must choose.
            by: who took the newer text in.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
        """
        self._hold()
        told = self.origin, self.has_offer
        self.source, self.has_offer = source, False
        marks = _MARKS if source else []
        for name in marks:
            setattr(self, name, getattr(source, name))
        super().save(update_fields=["source", "has_offer", *marks])
        if self.is_removed:
            return
        is_told_anew = told != (self.origin, offer is not None)  # open pages hear of it by the revision
        self._say(wording, act=SectionRevision.Act.TAKEN_IN, author=by, anyway=is_told_anew)
        if offer:
            self._keep(offer, author=by, aside=SectionRevision.Aside.OFFERED)
            self._mark(has_offer=True)

    @transaction.atomic
    def choose(self, *, offered: bool, by: User | None) -> None:
        """Let OS2's words stand, or the group's own; chosen already, nothing happens.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
            ManuscriptError: the section was taken out meanwhile.
        """
        self._hold()
        offer = self.offer
        if offer is None:
            return
        if self.is_removed:
            raise ManuscriptError(_t("Afsnittet er taget ud. Sæt det ind igen, før I vælger."))
        act = SectionRevision.Act.TAKEN_IN if offered else SectionRevision.Act.KEPT
        self._mark(has_offer=False)
        self._say(offer if offered else self.wording, act=act, author=by, anyway=True)

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
