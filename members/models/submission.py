"""Forms that were already handled: on a bad network a browser sends the same one twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """One handled form, by the key that was drawn when it was shown (members.submissions uses it).

    A key counts for its own user only: whoever sends somebody else's learns nothing and stops nobody.
    """

    key = models.UUIDField(_("nøgle"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="submissions",
    )
    location = models.CharField(_("svar"), max_length=300)
    handled_at = models.DateTimeField(_("behandlet"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("indsendelse")
        verbose_name_plural = _("indsendelser")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="submission_one_a_form",
                violation_error_message=_("Formularen er allerede behandlet."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
