"""Sending the mails, each once."""

from __future__ import annotations

import email.message
import email.policy
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.policy import Policy

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from charters.models import Reminder
from charters.reminders.awaited import Awaited
from members.accounts import absolute
from members.opting_out import opt_out_link

logger = logging.getLogger(__name__)

# After so many failures in a row it is the mail server that is down: the rest is left to the next run.
MOST_IN_A_ROW = 5
LONGEST_LINE = 998  # characters; RFC 5322, 2.1.1


class WholeLineMessage(EmailMessage):
    """A mail whose headers are not folded: Python would write a long address in one as encoded words
    (RFC 2047), which is not what a mail program looks for in ``List-Unsubscribe``."""

    def message(self, *, policy: Policy | None = email.policy.default) -> email.message.EmailMessage:
        unfolded = (policy or email.policy.default).clone(max_line_length=LONGEST_LINE)
        message: email.message.EmailMessage = super().message(policy=unfolded)
        return message


@dataclass
class Outcome:
    """What a run came to."""

    sent: int = 0
    failed: int = 0
    is_broken_off: bool = False


def send(everyone: Iterable[Awaited]) -> Outcome:
    """Mail each of them unless that was done in their period, or another process is at it.

    No transaction is open while a mail is sent. What fails is kept for the next run.
    """
    outcome, in_a_row = Outcome(), 0
    with _mailer() as mailer:
        for awaited in everyone:
            reminder = Reminder.claim(awaited.person, period_start=awaited.period_start)
            if reminder is None:
                continue
            if _deliver(awaited, reminder, mailer):
                outcome.sent, in_a_row = outcome.sent + 1, 0
                continue
            outcome.failed, in_a_row = outcome.failed + 1, in_a_row + 1
            if in_a_row == MOST_IN_A_ROW:
                outcome.is_broken_off = True
                break
    return outcome


@contextmanager
def _mailer() -> Iterator[BaseEmailBackend]:
    """One connection for all mails; it opens with the first, and again after a failure."""
    mailer = mailers.default
    try:
        yield mailer
    finally:
        mailer.close()


def _deliver(awaited: Awaited, reminder: Reminder, mailer: BaseEmailBackend) -> bool:
    try:
        mailer.open()
        mailer.send_messages([mail_of(awaited)])
    except (OSError, ValueError) as error:  # ValueError: an address that no mail can be sent to
        logger.exception("The reminder to person %s could not be sent.", awaited.person.pk)
        reminder.fail(error=str(error))
        mailer.close()
        return False
    reminder.succeed()
    return True


def mail_of(awaited: Awaited) -> EmailMessage:
    """The mail in plain text, with the headers by which a mail program offers to opt out (RFC 8058)."""
    out = opt_out_link(awaited.person)
    context = {
        "awaited": awaited,
        "groups": [
            (one.mandate.group.name, [(message, absolute(path)) for message, path in one.lines])
            for one in awaited.told
        ],
        "choose": absolute(reverse("members:mails")),
        "opt_out": out,
    }
    return WholeLineMessage(
        render_to_string("mail/reminder_subject.txt", context).strip(),
        render_to_string("mail/reminder_message.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [awaited.person.email],
        headers={
            "List-Unsubscribe": f"<{out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
