"""What a list of members would make of the register, from the upload until somebody has said yes to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.cpr import without_cpr


class RegisterFile(models.Model):
    """One person's list; a new one takes the place of the last.

    It waits in the database, for the next request may come to another web process on another machine. Nothing
    is kept of the file but the rows that were read in it.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("hentet ind af"),
        on_delete=models.CASCADE,
        related_name="register_file",
    )
    name = models.CharField(_("filnavn"), max_length=200, validators=[without_cpr])
    read_at = models.DateTimeField(_("læst"), auto_now=True)
    rows = models.JSONField(_("rækker"))

    class Meta:
        verbose_name = _("medlemsliste til gennemsyn")
        verbose_name_plural = _("medlemslister til gennemsyn")

    def __str__(self) -> str:
        return self.name
