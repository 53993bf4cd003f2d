"""Every wording that a section had while it was a draft."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charters import text
from charters.wording import Wording
from members.cpr import without_cpr


class SectionRevision(models.Model):
    """A text that was saved for a section: who wrote it, and when. The base for merging and for undoing.

    Every save has one. Most held the section's text until the next; those ``aside`` never did. ``act`` says
    what was done where nobody wrote.
    """

    class Act(models.TextChoices):
        TAKEN_OUT = "taken_out", _("taget ud")
        PUT_BACK = "put_back", _("sat ind igen")
        RESTORED = "restored", _("gendannet")
        STANDARD = "standard", _("sat tilbage til standardteksten")
        TAKEN_IN = "taken_in", _("taget ind fra OS2s nye standardtekst")
        KEPT = "kept", _("jeres ordlyd valgt frem for OS2s")

    class Aside(models.TextChoices):
        MERGED = "merged", _("flettet ind i en andens tekst")
        CONFLICT = "conflict", _("skrevet samtidig med en anden")
        SETTLED = "settled", _("skrevet samtidig med en anden, og siden valgt til eller fra")
        OFFERED = "offered", _("OS2s nye ordlyd")

    section = models.ForeignKey(
        "charters.Section", verbose_name=_("afsnit"), on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("nummer"))
    heading = models.CharField(_("overskrift"), max_length=200, validators=[without_cpr])
    body = models.TextField(_("tekst"), blank=True, validators=[text.without_cpr])
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("skrevet af"),
        on_delete=models.PROTECT,
        related_name="section_revisions",
        null=True,
        blank=True,
    )
    saved_at = models.DateTimeField(_("gemt"), auto_now_add=True)
    act = models.CharField(_("handling"), max_length=12, choices=Act.choices, blank=True)
    aside = models.CharField(_("ved siden af"), max_length=10, choices=Aside.choices, blank=True)
    key = models.UUIDField(_("nøgle"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("revision af afsnit")
        verbose_name_plural = _("revisioner af afsnit")
        ordering = ["section", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"],
                name="sectionrevision_unique_number",
                violation_error_message=_("Afsnittet har allerede en revision med det nummer."),
            ),
            models.UniqueConstraint(
                fields=["section", "author", "key"],
                name="sectionrevision_unique_key",
                violation_error_message=_("Teksten er allerede gemt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} ({self.number})"

    @property
    def wording(self) -> Wording:
        return Wording(self.heading, self.body)
