"""The sections of a charter, and every wording they had while it was a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.models.charter import Charter, refuse_if_frozen
from charters.models.manuscript import Prose
from charters.models.template import TemplateSection

if TYPE_CHECKING:
    from members.models import User


class Section(Prose):
    charter = models.ForeignKey(
        Charter, verbose_name=_("kommissorium"), on_delete=models.CASCADE, related_name="sections"
    )
    source = models.ForeignKey(
        TemplateSection,
        verbose_name=_("standardtekstens afsnit"),
        on_delete=models.PROTECT,
        related_name="copies_made",
        null=True,
        blank=True,
        help_text=_("Tomt for et afsnit, som gruppen selv har tilføjet."),
    )

    class Meta(Prose.Meta):
        verbose_name = _("afsnit")
        verbose_name_plural = _("afsnit")

    @property
    def manuscript(self) -> Charter:
        return self.charter

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_if_frozen(self.charter_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_if_frozen(self.charter_id)
        return super().delete(*args, **kwargs)

    def keep_revision(self, *, by: User | None) -> None:
        self.revisions.create(number=self.revision, heading=self.heading, body=self.body, author=by)


class SectionRevision(models.Model):
    """A wording a section had: who wrote it, and when. The base for merging and for undoing."""

    section = models.ForeignKey(
        Section, verbose_name=_("afsnit"), on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("nummer"))
    heading = models.CharField(_("overskrift"), max_length=200)
    body = models.TextField(_("tekst"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("skrevet af"),
        on_delete=models.PROTECT,
        related_name="section_revisions",
        null=True,
        blank=True,
    )
    saved_at = models.DateTimeField(_("gemt"), auto_now_add=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.heading} ({self.number})"
