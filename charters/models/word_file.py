"""What a Word file would make of a draft, from the upload until somebody has said yes to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charters.models.charter import Charter
from members.cpr import without_cpr


class WordFile(models.Model):
    """One person's Word file for one draft; a new one takes the place of the last.

    It waits in the database, for the next request may come to another web process on another machine. Nothing
    is kept of the file but what was read in it.
    """

    charter = models.ForeignKey(
        Charter, verbose_name=_("kommissorium"), on_delete=models.CASCADE, related_name="word_files"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("hentet ind af"),
        on_delete=models.CASCADE,
        related_name="word_files",
    )
    name = models.CharField(_("filnavn"), max_length=200, validators=[without_cpr])
    read_at = models.DateTimeField(_("læst"), auto_now=True)
    content = models.JSONField(_("indhold"))

    class Meta:
        verbose_name = _("Word-fil til gennemsyn")
        verbose_name_plural = _("Word-filer til gennemsyn")
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "owner"],
                name="wordfile_one_each",
                violation_error_message=_("Der er allerede en fil til gennemsyn."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """Tells this reading from the next, for a page that was opened on one of them."""
        return self.read_at.isoformat()
