"""Texts made of sections that are written until they are final: standard texts and charters alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters import text
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


class Topic(models.TextChoices):
    """Which question on "Mit mandat" a section answers."""

    PURPOSE = "purpose", _("Hvad er gruppen til for?")
    DECIDES = "decides", _("Hvad afgør gruppen?")
    ASKS = "asks", _("Hvad skal gruppen spørge andre om?")
    DOES = "does", _("Hvad skal gruppen gøre?")


class Area(models.TextChoices):
    """Of which kind the obligations are that a section's points state."""

    DEVELOPMENT = "development", _("Forpligtelser i forhold til udvikling")
    ECONOMIC = "economic", _("Økonomiske forpligtelser")


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

    @property
    def is_draft(self) -> bool:
        return bool(self.state == "draft")

    def standing_sections(self) -> list[Any]:
        """The sections of the text, in order, without those that were taken out.

        Both this and ``removed_sections`` read from a prefetched ``sections`` where there is one.
        """
        return [section for section in self._in_order() if not section.is_removed]

    def removed_sections(self) -> list[Any]:
        return [section for section in self._in_order() if section.is_removed]

    def _in_order(self) -> list[Any]:
        return sorted(self.sections.all(), key=lambda section: (section.position, section.pk))

    def claim(self) -> None:
        """Take the write on this text, inside a transaction, and count the change.

        One statement compares and writes, so a text adopted a moment ago is never written to.

        Raises:
            FrozenError: the text is no longer a draft.
        """
        own = type(self)._base_manager.filter(self.writable, pk=self.pk)
        if not own.update(revision=F("revision") + 1):
            raise FrozenError
        self.revision += 1

    @transaction.atomic
    def add_section(self, heading: str, *, body: str = "", by: User | None = None, **fields: Any) -> Any:
        """Put a new section last.

        Raises:
            FrozenError: the text is final.
            ManuscriptError: there are as many sections as there can be.
        """
        self.claim()
        if self.sections.count() >= MAX_SECTIONS:
            raise ManuscriptError(
                _t("Et kommissorium kan højst have %(count)s afsnit.") % {"count": MAX_SECTIONS}
            )
        last = self.sections.aggregate(last=Max("position"))["last"] or 0
        section = self.sections.create(heading=heading, body=text.clean(body), position=last + 1, **fields)
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
            _number(standing)
        return standing


def _number(sections: Iterable[Any]) -> None:
    """Store the order of the sections."""
    for position, section in enumerate(sections, start=1):
        if section.position != position:
            section.position = position
            section.save(update_fields=["position"])


class Prose(models.Model):
    """A section: a heading and the formatted text under it."""

    key = models.SlugField(_("nøgle"), max_length=60, blank=True, editable=False)
    position = models.PositiveIntegerField(_("rækkefølge"), default=0)
    heading = models.CharField(_("overskrift"), max_length=200)
    body = models.TextField(_("tekst"), blank=True)
    topic = models.CharField(
        _("emne på »Mit mandat«"),
        max_length=20,
        choices=Topic.choices,
        blank=True,
        help_text=_("Det spørgsmål, som afsnittet besvarer for gruppens medlemmer."),
    )
    area = models.CharField(
        _("forpligtelser"),
        max_length=20,
        choices=Area.choices,
        blank=True,
        help_text=_("Vælg en type, hvis afsnittets punkter er forpligtelser, som gruppen skal følge op på."),
    )
    must_be_filled = models.BooleanField(
        _("skal udfyldes"),
        default=False,
        help_text=_("Gruppen skal selv skrive afsnittet, før kommissoriet er udfyldt."),
    )
    prompt = models.CharField(
        _("vejledning"), max_length=300, blank=True, help_text=_("Vises, indtil afsnittet er udfyldt.")
    )
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    removed_at = models.DateTimeField(_("taget ud"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading

    @property
    def manuscript(self) -> Manuscript:
        """The text this section stands in."""
        raise NotImplementedError

    @property
    def is_empty(self) -> bool:
        return text.is_empty(self.body)

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    @property
    def html(self) -> SafeString:
        """The body, ready for a template."""
        return text.render(self.body)

    @property
    def anchor(self) -> str:
        """The id of this section on a page, to link to."""
        return f"afsnit-{self.pk}"

    def keep_revision(self, *, by: User | None) -> None:
        """Remember the text as it now stands; what is kept is for the subclass to say."""

    def rewrite(
        self,
        *,
        heading: str,
        body: str,
        base: int,
        by: User | None = None,
        put_back: bool = False,
        **marks: Any,
    ) -> None:
        """Save a new wording, if nobody saved another since ``base``.

        Args:
            heading: the new heading.
            body: the new text; it is cleaned here.
            base: the section's revision that the writer started from.
            by: who wrote it.
            put_back: where the section was taken out meanwhile, put it back with the new wording.
            marks: topic, area, prompt, must_be_filled, where they change too.

        Raises:
            FrozenError: the text is final.
            ConflictError: the section was changed or taken out meanwhile; ``current`` is how it stands.
            ValidationError: the text is too long.
        """
        wording = {"heading": heading.strip(), "body": text.clean(body), **marks}
        with transaction.atomic():
            self.manuscript.claim()
            own = type(self)._base_manager.filter(pk=self.pk, revision=base)
            if not put_back:
                own = own.filter(removed_at=None)
            if not own.update(revision=F("revision") + 1, removed_at=None, **wording):
                raise ConflictError(type(self)._base_manager.get(pk=self.pk))
            self.refresh_from_db()
            self.keep_revision(by=by)

    @transaction.atomic
    def take_out(self) -> None:
        """Remove the section from the text; it can be put back."""
        self._set_removed(to=True)

    @transaction.atomic
    def put_back(self) -> None:
        """Undo ``take_out``; the section comes back where it stood."""
        self._set_removed(to=False)

    def _set_removed(self, *, to: bool) -> None:
        self.manuscript.claim()
        self.removed_at = timezone.now() if to else None
        self.save(update_fields=["removed_at"])

    def as_fields(self) -> dict[str, Any]:
        """What another manuscript's section copies from this one."""
        names = ("key", "position", "heading", "body", "topic", "area", "must_be_filled", "prompt")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def copies(cls, sections: Iterable[Any], **owner: Any) -> list[Self]:
        """Unsaved copies of some sections, for another text."""
        return [cls(**owner, **section.as_fields()) for section in sections]
