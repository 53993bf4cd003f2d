"""A draft that the group gave up: it is no longer the group's draft, and no word of it is lost."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.acts import CharterAct, note_charter
from charters.models.manuscript import FrozenError, ManuscriptError
from members.models import User, WorkingGroup


class GivenUpError(ManuscriptError):
    """The draft was given up: it is not written, nor adopted, until somebody takes it up again."""

    def __init__(self) -> None:
        super().__init__(_t("Udkastet er opgivet. På gruppens side kan det tages op igen."))


class GivenUp(models.Model):
    """What a charter knows of having been given up as a draft.

    It stays a draft among the rows, with every text that was ever saved in it, and is asked for by nothing
    but ``given_up()``: a press made by mistake, with six people in the room, is taken back.
    """

    given_up_at = models.DateTimeField(_("opgivet"), null=True, blank=True, editable=False)
    given_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opgivet af"),
        on_delete=models.PROTECT,
        related_name="charters_given_up",
        null=True,
        blank=True,
        editable=False,
    )

    # What a charter is besides.
    pk: Any
    group: Any
    group_id: int
    number: int
    is_draft: bool
    objects: Any

    class Meta:
        abstract = True

    @property
    def is_given_up(self) -> bool:
        return self.given_up_at is not None

    @transaction.atomic
    def give_up(self, *, by: User) -> None:
        """Let the draft go; given up already, nothing happens.

        Raises:
            FrozenError: it is adopted.
        """
        WorkingGroup.objects.locked().get(pk=self.group_id)  # in turn with who adopts or begins
        drafts = type(self).objects.filter(pk=self.pk, state="draft")
        if not drafts.exists():
            raise FrozenError
        if drafts.filter(given_up_at=None).update(given_up_at=timezone.now(), given_up_by=by):
            note_charter(CharterAct.GIVEN_UP, self, actor=by)
        self.refresh_from_db()

    @transaction.atomic
    def take_up_again(self) -> None:
        """Make it the group's draft again, with the number the next edition has now.

        Raises:
            ManuscriptError: the group is closed, has another draft, or has adopted an edition since.
        """
        group = WorkingGroup.objects.locked().get(pk=self.group_id)
        charters = type(self).objects.filter(group=group)
        self.refresh_from_db()
        if not self.is_given_up:
            return
        if group.is_closed:
            raise ManuscriptError(_t("Gruppen er nedlagt. Udkastet kan ikke tages op igen."))
        if charters.drafts().exists():
            raise ManuscriptError(_t("Gruppen har et andet udkast nu. Opgiv det først."))
        if charters.frozen().filter(adopted_at__gt=self.given_up_at).exists():
            raise ManuscriptError(_t("Gruppen har vedtaget en udgave, siden udkastet blev opgivet."))
        charters.filter(pk=self.pk).update(given_up_at=None, given_up_by=None, number=charters.next_number())
        self.refresh_from_db()
        note_charter(CharterAct.TAKEN_UP, self)
