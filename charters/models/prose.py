"""The sections of a manuscript, and what a section of a standard text says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from charters import text
from charters.wording import Wording
from members.cpr import without_cpr

if TYPE_CHECKING:
    from charters.models.manuscript import Manuscript
    from members.models import User


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


class Prose(models.Model):
    """A section: a heading and the formatted text under it."""

    key = models.SlugField(_("nøgle"), max_length=60, blank=True, editable=False)
    position = models.PositiveIntegerField(_("rækkefølge"), default=0)
    heading = models.CharField(_("overskrift"), max_length=200, validators=[without_cpr])
    body = models.TextField(_("tekst"), blank=True, validators=[text.without_cpr])
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
        _("vejledning"),
        max_length=300,
        blank=True,
        validators=[without_cpr],
        help_text=_("Vises, indtil afsnittet er udfyldt."),
    )
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    removed_at = models.DateTimeField(_("taget ud"), null=True, blank=True, editable=False)

    MOVING: ClassVar[list[str]] = ["heading", "body", "revision", "removed_at"]  # what others may change

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
    def choices(self) -> Mapping[str, Any]:
        """What was said of single points, by their words: nothing in a standard text."""
        return {}

    @property
    def anchor(self) -> str:
        """The id of this section on a page, to link to."""
        return f"afsnit-{self.pk}"

    def keep_revision(self, *, by: User | None) -> None:
        """Remember the text as it now stands; what is kept is for the subclass to say."""

    def rewrite(self, *args: Any, **kwargs: Any) -> Any:
        """Save a new wording; what happens when another did so meanwhile is for the subclass to say."""
        raise NotImplementedError

    @property
    def wording(self) -> Wording:
        return Wording(self.heading, self.body)

    @transaction.atomic
    def take_out(self, *, by: User | None = None) -> None:
        """Remove the section from the text; it can be put back."""
        self._hold()
        if not self.is_removed:
            self._set_removed(to=True, by=by)

    @transaction.atomic
    def put_back(self, *, by: User | None = None) -> None:
        """Undo ``take_out``; the section comes back where it stood."""
        self._hold()
        if self.is_removed:
            self._set_removed(to=False, by=by)

    def _hold(self) -> None:
        """Let nobody else write, and see how the section stands."""
        self.manuscript.hold()
        self.refresh_from_db(fields=self.MOVING)

    def _set_removed(self, *, to: bool, by: User | None) -> None:
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
