"""Who is at the meeting that adopts a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models.charter import Charter
from charters.models.manuscript import ManuscriptError
from members.models import Membership, User


@dataclass(frozen=True)
class Attendee:
    """A member of the group, and whether they are at the meeting."""

    membership: Membership
    is_present: bool


class Attendance(models.Model):
    """A person ticked as present at the meeting; those who decide approve there when it adopts."""

    charter = models.ForeignKey(
        Charter, verbose_name=_("kommissorium"), on_delete=models.CASCADE, related_name="attendances"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="attendances",
    )
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sat af"),
        on_delete=models.PROTECT,
        related_name="attendances_ticked",
    )
    ticked_at = models.DateTimeField(_("sat"), auto_now_add=True)

    class Meta:
        verbose_name = _("fremmøde")
        verbose_name_plural = _("fremmøder")
        ordering = ["charter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "person"],
                name="attendance_once",
                violation_error_message=_("Personen er allerede sat som til stede."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.charter}"

    @classmethod
    def people_at(cls, charter: Charter) -> set[int]:
        """The ids of those who are ticked, also of somebody who has left the group since."""
        return set(cls.objects.filter(charter=charter).order_by().values_list("person_id", flat=True))

    @classmethod
    def of(cls, charter: Charter, *, roster: Iterable[Membership]) -> list[Attendee]:
        """The group's members, each with or without a tick."""
        present = cls.people_at(charter)
        return [Attendee(membership, membership.person_id in present) for membership in roster]

    @classmethod
    @transaction.atomic
    def tick(cls, charter: Charter, person: User, *, by: User) -> None:
        """Note that a member is there; a second time changes nothing.

        The text is held, not claimed: whoever is about to adopt it has still read it as it is.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
            ManuscriptError: the person is not in the group today.
        """
        charter.hold()
        if not charter.group.memberships.current().filter(person=person).exists():
            raise ManuscriptError(_t("Kun gruppens medlemmer kan sættes som til stede."))
        cls.objects.get_or_create(charter=charter, person=person, defaults={"ticked_by": by})

    @classmethod
    @transaction.atomic
    def untick(cls, charter: Charter, person: User) -> None:
        """Note that somebody is not there after all; where there is no tick nothing happens.

        Raises:
            FrozenError: the charter is adopted.
            ClosedGroupError: the group is closed.
        """
        charter.hold()
        cls.objects.filter(charter=charter, person=person).delete()
