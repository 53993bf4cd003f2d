"""Projects and products, their level, and the explanations følg-eller-forklar asks for."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.cpr import without_cpr
from members.danish import contains, free_slug, in_order, search_key_field, sort_key_field
from members.models.period import believable

if TYPE_CHECKING:
    from members.models.group import WorkingGroup
    from members.models.user import User


class ProjectQuerySet(models.QuerySet["Project"]):
    def open(self) -> ProjectQuerySet:
        return self.filter(closed_on=None)

    def matching(self, text: str) -> ProjectQuerySet:
        return self.filter(contains(text, "search_key"))


class Project(models.Model):
    class Kind(models.TextChoices):
        PROJECT = "project", _("Projekt")
        PRODUCT = "product", _("Produkt")

    class Level(models.TextChoices):
        """OS2's four product levels (OS2 governance checklist 1.1.0)."""

        SANDBOX = "sandbox", _("Sandkasse")
        LEVEL_1 = "level_1", _("Niveau 1")
        LEVEL_2 = "level_2", _("Niveau 2")
        LEVEL_3 = "level_3", _("Niveau 3")

    name = models.CharField(_("navn"), max_length=120, validators=[without_cpr])
    slug = models.SlugField(
        _("adresse"),
        max_length=90,
        validators=[without_cpr],
        help_text=_("Del af projektets webadresse. Ændrer du den, holder gamle links op med at virke."),
    )
    kind = models.CharField(
        _("type"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.PROJECT,
        help_text=_("Et projekt er under udvikling eller test; et produkt er i drift hos mindst ét medlem."),
    )
    level = models.CharField(_("produktniveau"), max_length=10, choices=Level.choices, default=Level.SANDBOX)
    summary = models.CharField(_("kort beskrivelse"), max_length=300, blank=True, validators=[without_cpr])
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tovholder"),
        on_delete=models.PROTECT,
        related_name="facilitated_projects",
        null=True,
        blank=True,
        help_text=_("Tovholder eller projektleder. Kræves fra Niveau 1."),
    )
    closed_on = models.DateField(_("afsluttet"), null=True, blank=True, validators=[believable])
    search_key = search_key_field("name")
    sort_key = sort_key_field("name")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("projekt")
        verbose_name_plural = _("projekter")
        ordering = ["sort_key"]
        indexes = [in_order("project")]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="project_unique_name",
                violation_error_message=_("Der findes allerede et projekt med det navn."),
            ),
            models.UniqueConstraint(
                fields=["slug"],
                name="project_unique_slug",
                violation_error_message=_("Der findes allerede et projekt med den adresse."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["project", "product"]),
                name="project_known_kind",
                violation_error_message=_("Vælg projekt eller produkt."),
            ),
            models.CheckConstraint(
                condition=Q(level__in=["sandbox", "level_1", "level_2", "level_3"]),
                name="project_known_level",
                violation_error_message=_("Vælg et af de fire produktniveauer."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic(savepoint=False)  # with what it is found by
    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_in_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("members:project-detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        self._fill_in_slug()
        if self.facilitator and self.facilitator.is_anonymised and not self.is_closed:
            raise ValidationError({"facilitator": _("Personen er anonymiseret og kan ikke være tovholder.")})

    def _fill_in_slug(self) -> None:
        if not self.slug:
            self.slug = free_slug(self.name, Project.objects.exclude(pk=self.pk), fallback="projekt")

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    def open_steering_group(self) -> WorkingGroup | None:
        """The styregruppe in force, or None (then the koordinationsgruppe carries its duties)."""
        return self.groups.open().steering().first()


class Explanation(models.Model):
    """Følg-eller-forklar: why a project does not meet a requirement.

    Source: OS2 governance checklist 1.1.0, G3, G6, G7, G11 and G12.
    """

    class Requirement(models.TextChoices):
        G3 = "G3", _("G3: Projektleder eller tovholder er udpeget")
        G6 = "G6", _("G6: Styregruppe er nedsat")
        G7 = "G7", _("G7: Koordinationsgruppe er nedsat (anbefaling)")
        G11 = "G11", _("G11: Bestyrelsen har godkendt styregruppen")
        G12 = "G12", _("G12: Bestyrelsen er repræsenteret i styregruppen")

    project = models.ForeignKey(
        Project, verbose_name=_("projekt"), on_delete=models.PROTECT, related_name="explanations"
    )
    requirement = models.CharField(_("krav"), max_length=4, choices=Requirement.choices)
    text = models.TextField(_("forklaring"), max_length=2000, validators=[without_cpr])
    given_on = models.DateField(_("dato"), default=timezone.localdate)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("skrevet af"),
        on_delete=models.PROTECT,
        related_name="explanations",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("forklaring")
        verbose_name_plural = _("forklaringer")
        ordering = ["requirement"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "requirement"],
                name="explanation_one_a_requirement",
                violation_error_message=_("Kravet har allerede en forklaring. Ret den i stedet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.requirement}"

    @classmethod
    def give(
        cls, project: Project, requirement: str, *, text: str, by: User, on: datetime.date | None = None
    ) -> None:
        """Write, or write over, what a project says about a requirement; an empty text takes it away.

        Raises:
            ValidationError: the text has what looks like a CPR number.
        """
        without_cpr(text)
        given = cls.objects.filter(project=project, requirement=requirement)
        if not text.strip():
            given.delete()
            return
        cls.objects.update_or_create(
            project=project,
            requirement=requirement,
            defaults={"text": text, "given_by": by, "given_on": on or timezone.localdate()},
        )
