"""Which mails about what awaits a person were sent, and which one somebody is sending now.

Everything is in the database, for the command may run on several machines at once. A row is taken in a
short transaction of its own before the mail is sent. Should the process die in between, nobody knows
whether the mail went out: it is sent once more, so a mail may rarely come twice rather than never.
"""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User

# One mail takes seconds, and a mail server that answers no more a minute at most.
LEASE = datetime.timedelta(minutes=10)
KEPT_FOR = datetime.timedelta(days=366)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def unsettled(self) -> ReminderQuerySet:
        """Those that may be sent yet: the delivery failed, or the process that had it has died, once."""
        lapsed = Q(state=self.model.State.CLAIMED, claimed_at__lt=timezone.now() - LEASE)
        return self.filter(Q(state=self.model.State.FAILED) | lapsed & Q(was_taken_up=False))

    def given_up(self) -> ReminderQuerySet:
        """Those that two processes died with: nobody tries them again."""
        return self.filter(
            state=self.model.State.CLAIMED, claimed_at__lt=timezone.now() - LEASE, was_taken_up=True
        )

    def expired(self) -> ReminderQuerySet:
        return self.filter(period_start__lt=timezone.localdate() - KEPT_FOR)


class Reminder(models.Model):
    """One person's mail of one period, a month or a week."""

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Sendes")
        SENT = "sent", _("Sendt")
        FAILED = "failed", _("Mislykkedes")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="reminders"
    )
    period_start = models.DateField(_("periodens første dag"))
    state = models.CharField(_("tilstand"), max_length=10, choices=State.choices, default=State.CLAIMED)
    error = models.CharField(_("fejl"), max_length=200, blank=True)
    # Who sends it, by a number drawn for each claim, and since when.
    run = models.UUIDField(_("kørsel"), default=uuid.uuid4, editable=False)
    claimed_at = models.DateTimeField(_("taget"), default=timezone.now, editable=False)
    was_taken_up = models.BooleanField(_("taget op igen"), default=False, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("påmindelse")
        verbose_name_plural = _("påmindelser")
        ordering = ["-period_start", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "period_start"],
                name="reminder_one_a_period",
                violation_error_message=_("Personen har allerede en påmindelse i perioden."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["claimed", "sent", "failed"]),
                name="reminder_known_state",
                violation_error_message=_("Påmindelsens tilstand kendes ikke."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.period_start}"

    @classmethod
    def claim(cls, person: User, *, period_start: datetime.date) -> Reminder | None:
        """Take a person's mail of a period, to send it now; None when it was sent or another has it."""
        try:
            with transaction.atomic():
                return cls.objects.create(person=person, period_start=period_start)
        except IntegrityError:
            return cls._take_up(person, period_start)

    @classmethod
    def _take_up(cls, person: User, period_start: datetime.date) -> Reminder | None:
        theirs = cls.objects.filter(person=person, period_start=period_start)
        found = theirs.unsettled().first()
        if found is None:
            return None
        was_taken_up = found.was_taken_up or found.state == cls.State.CLAIMED
        run = uuid.uuid4()
        taken = theirs.unsettled().filter(run=found.run, state=found.state)
        if not taken.update(
            run=run, claimed_at=timezone.now(), state=cls.State.CLAIMED, was_taken_up=was_taken_up
        ):
            return None
        found.refresh_from_db()
        return found if found.run == run else None

    def succeed(self) -> None:
        self._end(self.State.SENT)

    def fail(self, *, error: str) -> None:
        """Keep it for the next run."""
        self._end(self.State.FAILED, error=error[:200])

    def _end(self, state: str, *, error: str = "") -> None:
        mine = Reminder.objects.filter(pk=self.pk, run=self.run)
        mine.update(state=state, error=error)
