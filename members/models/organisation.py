"""Organisations: the public bodies, suppliers and the secretariat that people come from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.cpr import without_cpr
from members.danish import contains, search_key_field, sort_key_field
from members.models.counted import how_many


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def matching(self, text: str) -> OrganisationQuerySet:
        """Those whose name contains ``text``, whatever the case of its Danish letters."""
        return self.filter(contains(text, "search_key"))

    def with_people_count(self) -> OrganisationQuerySet:
        """Adds ``people_count``: the active people who come from it."""
        return self.annotate(people_count=how_many(Organisation, "people", when=Q(is_active=True)))


class Organisation(models.Model):
    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Kommune")
        REGION = "region", _("Region")
        STATE = "state", _("Statslig myndighed")
        SUPPLIER = "supplier", _("Leverandør")
        SECRETARIAT = "secretariat", _("OS2s sekretariat")
        OTHER = "other", _("Anden organisation")

    name = models.CharField(_("navn"), max_length=200, validators=[without_cpr])
    kind = models.CharField(_("type"), max_length=20, choices=Kind.choices, default=Kind.MUNICIPALITY)
    search_key = search_key_field("name")
    sort_key = sort_key_field("name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="organisation_unique_name",
                violation_error_message=_("Der findes allerede en organisation med det navn."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=["municipality", "region", "state", "supplier", "secretariat", "other"]
                ),
                name="organisation_known_kind",
                violation_error_message=_("Vælg en af de kendte organisationstyper."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_supplier(self) -> bool:
        return self.kind == self.Kind.SUPPLIER

    @property
    def is_secretariat(self) -> bool:
        return self.kind == self.Kind.SECRETARIAT
