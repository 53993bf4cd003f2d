"""The standard texts: one series a group type, each version a draft, then published, then retired."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters import text
from charters.acts import CharterAct
from charters.kinds import KINDS, KindOfGroup
from charters.models.manuscript import ConflictError, CprError, Manuscript
from charters.models.prose import Prose
from charters.wording import Wording
from members.cpr import without_cpr
from members.log import noting
from members.models import User, WorkingGroup


class CharterTemplateQuerySet(models.QuerySet["CharterTemplate"]):
    def published(self) -> CharterTemplateQuerySet:
        return self.filter(state=CharterTemplate.State.PUBLISHED)

    def improved_since(self) -> CharterTemplateQuerySet:
        """Versions after which OS2 has published a newer one."""
        newer = CharterTemplate.objects.published().filter(
            kind=OuterRef("kind"), version__gt=OuterRef("version")
        )
        return self.filter(Exists(newer))

    def of_kind(self, kind: str) -> CharterTemplateQuerySet:
        return self.filter(kind=kind)


class CharterTemplate(Manuscript):
    """One version of a standard text. A published version never changes (a trigger holds that too)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Kladde")
        PUBLISHED = "published", _("Gældende")
        RETIRED = "retired", _("Udgået")

    kind = models.CharField(_("gruppetype"), max_length=20, choices=WorkingGroup.Kind.choices)
    version = models.PositiveIntegerField(_("version"), default=1)
    state = models.CharField(_("tilstand"), max_length=10, choices=State.choices, default=State.DRAFT)
    introduction = models.TextField(_("indledning"), blank=True, validators=[text.without_cpr])
    note = models.CharField(
        _("hvad er ændret?"),
        max_length=500,
        blank=True,
        validators=[without_cpr],
        help_text=_("En sætning til grupperne."),
    )
    published_at = models.DateTimeField(_("udgivet"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("udgivet af"),
        on_delete=models.PROTECT,
        related_name="published_templates",
        null=True,
        blank=True,
    )

    objects = CharterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("standardtekst")
        verbose_name_plural = _("standardtekster")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "version"],
                name="chartertemplate_unique_version",
                violation_error_message=_("Standardteksten har allerede en version med det nummer."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state="published"),
                name="chartertemplate_one_published",
                violation_error_message=_("Gruppetypen har allerede en gældende standardtekst."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(state="draft"),
                name="chartertemplate_one_draft",
                violation_error_message=_("Der er allerede en kladde til en ny version."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["steering", "coordination", "professional"]),
                name="chartertemplate_known_kind",
                violation_error_message=_("Vælg styregruppe, koordinationsgruppe eller faggruppe."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "retired"]),
                name="chartertemplate_known_state",
                violation_error_message=_("Standardtekstens tilstand kendes ikke."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("charters:template-detail", args=[self.kind, self.version])

    @property
    def kind_of_group(self) -> KindOfGroup:
        return KINDS[self.kind]

    @property
    def introduction_html(self) -> SafeString:
        return text.render(self.introduction)

    @property
    def introduction_mark(self) -> str:
        """A short stand-in for the introduction as it is, to be compared."""
        return hashlib.sha256(self.introduction.encode()).hexdigest()[:16]

    @transaction.atomic
    def new_version(self) -> CharterTemplate:
        """A draft of the next version, with this one's text; the draft there is, if there is one.

        This row is locked first: several who begin at once get the same draft.
        """
        CharterTemplate.objects.select_for_update().get(pk=self.pk)
        existing = CharterTemplate.objects.of_kind(self.kind).filter(state=self.State.DRAFT).first()
        if existing:
            return existing
        latest = CharterTemplate.objects.of_kind(self.kind).aggregate(v=Max("version"))["v"]
        draft = CharterTemplate.objects.create(
            kind=self.kind, version=latest + 1, introduction=self.introduction
        )
        TemplateSection.objects.bulk_create(TemplateSection.copies(self.standing_sections(), template=draft))
        return draft

    @transaction.atomic
    def introduce(self, introduction: str, *, base: str | None = None) -> None:
        """Save the introduction of a draft, if nobody saved another since ``base``.

        Args:
            introduction: the new text; it is cleaned here.
            base: ``introduction_mark`` of the text that the writer started from, None for whatever stands.

        Raises:
            FrozenError: the version is published.
            ConflictError: another text was saved meanwhile; it is in ``current``.
            ValidationError: the text is too long, or has what looks like a CPR number.
        """
        new = text.clean(introduction)
        text.without_cpr(new)
        self.claim()
        current = CharterTemplate.objects.get(pk=self.pk)
        if base not in (None, current.introduction_mark) and new != current.introduction:
            raise ConflictError(current)
        self.introduction = new
        self.save(update_fields=["introduction"])

    @transaction.atomic
    def publish(self, *, by: User | None, note: str = "") -> None:
        """Make this draft the text that new charters are made from; the former one is retired.

        Raises:
            FrozenError: it is published already.
            CprError: a text of it is from before numbers were refused, and has one.
            ValidationError: the note has one.
        """
        without_cpr(note)
        introduction = Wording(_t("Indledning"), self.introduction)
        CprError.refuse([introduction, *(section.wording for section in self.standing_sections())])
        self.claim()
        of_kind = CharterTemplate.objects.of_kind(self.kind)
        of_kind.published().update(state=self.State.RETIRED)
        of_kind.filter(pk=self.pk).update(
            state=self.State.PUBLISHED, published_at=timezone.now(), published_by=by, note=note or self.note
        )
        self.refresh_from_db()
        noting.note(CharterAct.PUBLISHED, self, actor=by, additional_data={_t("standardtekst"): str(self)})


class TemplateSection(Prose):
    template = models.ForeignKey(
        CharterTemplate, verbose_name=_("standardtekst"), on_delete=models.CASCADE, related_name="sections"
    )

    class Meta(Prose.Meta):
        verbose_name = _("afsnit i standardtekst")
        verbose_name_plural = _("afsnit i standardtekster")

    @property
    def manuscript(self) -> CharterTemplate:
        return self.template

    def save(self, *args: Any, **kwargs: Any) -> None:
        CharterTemplate.refuse_if_final(self.template_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        CharterTemplate.refuse_if_final(self.template_id)
        return super().delete(*args, **kwargs)

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
            marks: topic, area, prompt, must_be_filled.

        Raises:
            FrozenError: the text is published.
            ConflictError: the section was changed or taken out meanwhile; ``current`` is how it stands.
            ValidationError: the text is too long, or by field what looks like a CPR number.
        """
        mine = Wording(heading.strip(), text.clean(body))
        mine.refuse_cpr()
        without_cpr(marks.get("prompt", ""))
        wording = {**asdict(mine), **marks}
        with transaction.atomic():
            self.template.claim()
            own = TemplateSection.objects.filter(pk=self.pk, revision=base)
            if not put_back:
                own = own.filter(removed_at=None)
            if not own.update(revision=F("revision") + 1, removed_at=None, **wording):
                raise ConflictError(TemplateSection.objects.get(pk=self.pk))
            self.refresh_from_db()
