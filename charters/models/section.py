"""The sections of a charter."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters import text
from charters.models.charter import Charter
from charters.models.manuscript import ConflictError, CprError, ManuscriptError
from charters.models.offered import Offered
from charters.models.prose import Prose
from charters.models.revision import SectionRevision
from charters.obligations.continuing import followed
from charters.obligations.stated import wordings
from charters.wording import Joined, Wording, join

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True)
class Saved:
    """Where a writer goes on from: ``revision`` is the section's text now, ``yours`` what the writer sent.

    They are one unless somebody else wrote meanwhile. Who has typed on since sending starts from ``yours``.
    """

    revision: int
    yours: int


class TwoTextsError(ConflictError):
    """Two people's texts cannot be made one without a choice; nobody's is dropped.

    ``joined`` holds both, each with all that could be merged. ``yours`` is the revision in which the
    writer's own words are kept.
    """

    def __init__(self, current: Section, *, joined: Joined, yours: int) -> None:
        super().__init__(current)
        self.joined = joined
        self.yours = yours


class Section(Offered):
    charter = models.ForeignKey(
        Charter, verbose_name=_("kommissorium"), on_delete=models.CASCADE, related_name="sections"
    )
    # Somebody's text, written at the same time as another's, waits for its writer to choose.
    is_contested = models.BooleanField(_("har en tekst, der ikke er med"), default=False, editable=False)

    MOVING: ClassVar[list[str]] = [*Prose.MOVING, "is_contested", "has_offer"]

    class Meta(Prose.Meta):
        verbose_name = _("afsnit")
        verbose_name_plural = _("afsnit")

    @property
    def manuscript(self) -> Charter:
        return self.charter

    @property
    def last_writer(self) -> User | None:
        """Who wrote the text as it stands."""
        return self.revisions.get(number=self.revision).author

    @property
    def choices(self) -> Mapping[str, Any]:
        """What the group has said of single points, by their words, also of some that are gone."""
        return {choice.wording: choice for choice in self.point_choices.all()}

    def save(self, *args: Any, **kwargs: Any) -> None:
        Charter.refuse_if_final(self.charter_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        Charter.refuse_if_final(self.charter_id)
        return super().delete(*args, **kwargs)

    def keep_revision(self, *, by: User | None) -> None:
        self._keep(self.wording, number=self.revision, author=by)

    def mark_as(self, former: Section) -> None:
        """Say of the points what a former edition said: which are obligations, whatever the section is."""
        for choice in former.point_choices.exclude(marking=""):
            self.point_choices.create(wording=choice.wording, marking=choice.marking)

    def rewrite(
        self,
        *,
        heading: str,
        body: str,
        base: int,
        by: User | None = None,
        key: uuid.UUID | None = None,
        put_back: bool = False,
    ) -> Saved:
        """Save a new wording; what others saved since ``base`` stays in it.

        Args:
            heading: the new heading.
            body: the new text; it is cleaned here.
            base: the number of the revision that the writer started from.
            by: who wrote it.
            key: drawn by the writer's browser for this save; sent again, it is not saved twice.
            put_back: where the section was taken out meanwhile, put it back with the new wording.

        Returns:
            Where the writer goes on from; the instance is as it stands now.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
            TwoTextsError: the two texts cannot both stand, or the section was taken out meanwhile. The
                writer's is kept as a revision all the same.
            ValidationError: the text is too long, or by field what looks like a CPR number.
        """
        mine = Wording(heading.strip(), text.clean(body))
        mine.refuse_cpr()
        with transaction.atomic():
            self._hold()
            saved = self._receive(mine, base=base, by=by, key=key, put_back=put_back)
        if isinstance(saved, TwoTextsError):  # raised only now, so that the revision it tells of is stored
            raise saved
        return saved

    @transaction.atomic
    def restore(self, revision: SectionRevision, *, by: User | None) -> None:
        """Let the section say again what it said in one of its revisions ("Gendan"); nothing is forgotten.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
            CprError: the revision is from before numbers were refused, and has one.
        """
        CprError.refuse([revision.wording])
        self._hold()
        if revision.aside == SectionRevision.Aside.CONFLICT:
            self._settle(by=revision.author)
        self._say(revision.wording, author=by, act=SectionRevision.Act.RESTORED)

    @transaction.atomic
    def restore_standard(self, *, by: User | None) -> None:
        """Let the section say what the standard text says.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
            ManuscriptError: the section is the group's own.
            CprError: the standard text is from before numbers were refused, and has one.
        """
        if self.source is None:
            raise ManuscriptError(_t("Afsnittet er gruppens eget og står ikke i standardteksten."))
        CprError.refuse([self.source.wording])
        self._hold()
        self._say(self.source.wording, author=by, act=SectionRevision.Act.STANDARD)

    def _set_removed(self, *, to: bool, by: User | None) -> None:
        super()._set_removed(to=to, by=by)
        act = SectionRevision.Act.TAKEN_OUT if to else SectionRevision.Act.PUT_BACK
        self._keep(self.wording, author=by, act=act)

    def _receive(
        self, mine: Wording, *, base: int, by: User | None, key: uuid.UUID | None, put_back: bool
    ) -> Saved | TwoTextsError:
        """Decide what becomes of a text that arrives, while nobody else can write."""
        sent = self.revisions.filter(key=key, author=by).first() if key else None
        if sent and sent.aside != SectionRevision.Aside.CONFLICT:
            return Saved(self.revision, yours=sent.number)
        started_from = self._kept(base)
        joined = join(mine, theirs=self.wording, base=started_from)
        if not joined.is_clean or (self.is_removed and not put_back):
            yours = sent.number if sent else self._contest(mine, by=by, key=key)
            return TwoTextsError(self, joined=joined, yours=yours)
        self._settle(by=by)
        if joined.with_mine == mine:
            self._say(mine, author=by, key=None if sent else key)
            return Saved(self.revision, yours=self.revision)
        yours = base
        if mine != started_from:
            merged = SectionRevision.Aside.MERGED
            yours = sent.number if sent else self._keep(mine, aside=merged, author=by, key=key)
        self._say(joined.with_mine, author=by)
        return Saved(self.revision, yours=yours)

    def _contest(self, mine: Wording, *, by: User | None, key: uuid.UUID | None) -> int:
        """Keep a text that cannot be merged, once however often a page sends it, and its number."""
        conflict = SectionRevision.Aside.CONFLICT
        same = {"aside": conflict, "author": by, "heading": mine.heading, "body": mine.body}
        kept = self.revisions.filter(**same).first()
        if not self.is_contested:
            self._mark(is_contested=True)
        return kept.number if kept else self._keep(mine, aside=conflict, author=by, key=key)

    def _settle(self, *, by: User | None) -> None:
        """Whoever saves has chosen between their own texts and the others'."""
        if not self.is_contested:
            return
        waiting = self.revisions.filter(aside=SectionRevision.Aside.CONFLICT)
        waiting.filter(author=by).update(aside=SectionRevision.Aside.SETTLED)
        if not waiting.exists():
            self._mark(is_contested=False)

    def _say(self, wording: Wording, *, anyway: bool = False, stays_out: bool = False, **of_it: Any) -> None:
        """Let the section say this; where it does already, nothing happened that others must hear of.

        Args:
            wording: what it says from now on.
            anyway: others must hear of it, whatever it said.
            stays_out: one that was taken out is not put back by it.
            of_it: what is kept of it.
        """
        removed_at = self.removed_at if stays_out else None
        if wording == self.wording and self.removed_at == removed_at and not anyway:
            return
        self.charter.claim()
        before = self.body
        self.heading, self.body, self.removed_at = wording.heading, wording.body, removed_at
        self.revision = self._keep(wording, **of_it)
        super().save(update_fields=["heading", "body", "revision", "removed_at"])  # the claim stands for ours
        self._settle_offer()
        self._let_choices_follow(before)

    def _let_choices_follow(self, before: str) -> None:
        """A point is known by its words: what was said of it goes with them, where they stay close."""
        choices = self.choices
        if not choices:
            return
        moved = followed(choices, before=wordings(before), after=wordings(self.body))
        for old, new in moved.items():
            choices[old].wording = new
            choices[old].save(update_fields=["wording", "digest"])

    def _keep(self, wording: Wording, *, number: int | None = None, **of_it: Any) -> int:
        """Remember a text under the next number, and return it."""
        if number is None:
            number = 1 + (self.revisions.aggregate(last=Max("number"))["last"] or 0)
        self.revisions.create(number=number, heading=wording.heading, body=wording.body, **of_it)
        return number

    def _kept(self, number: int) -> Wording | None:
        if number == self.revision:
            return self.wording
        revision = self.revisions.filter(number=number).first()
        return revision.wording if revision else None
