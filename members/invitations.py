"""The invitation by which a person in the register gets a login of their own."""

from __future__ import annotations

import datetime
import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from members.accounts import INVITATION_DAYS, password_link
from members.log.acts import Act
from members.log.noting import note
from members.models import User

logger = logging.getLogger(__name__)

# A browser on a bad network sends the same form twice; nobody should have two mails for that.
PAUSE = datetime.timedelta(minutes=1)


class InvitationError(Exception):
    """Why someone cannot be invited, in words for the one who tried."""


def invite(user: User, *, by: User) -> None:
    """Mail ``user`` a link to choose a password, and note when.

    Raises:
        InvitationError: they have a login, are inactive, were invited this very minute, or the mail
            could not be sent.
    """
    if not user.is_active:
        raise InvitationError(_("%(name)s er ikke aktiv og kan ikke inviteres.") % {"name": user.name})
    if user.has_login:
        raise InvitationError(_("%(name)s har allerede en adgang.") % {"name": user.name})
    before, now = user.invited_at, timezone.now()
    noted = (before is None or now - before >= PAUSE) and User.objects.filter(
        pk=user.pk, invited_at=before
    ).update(invited_at=now)
    if not noted:
        raise InvitationError(_("%(name)s er inviteret for et øjeblik siden.") % {"name": user.name})
    try:
        _send(user, by=by)
    except OSError as error:
        User.objects.filter(pk=user.pk, invited_at=now).update(invited_at=before)
        logger.exception("The invitation to person %s could not be sent.", user.pk)
        raise InvitationError(_("Invitationen kunne ikke sendes lige nu. Prøv igen om lidt.")) from error
    user.invited_at = now
    note(Act.INVITED, user)


def _send(user: User, *, by: User) -> None:
    context = {"user": user, "by": by, "link": password_link(user), "days": INVITATION_DAYS}
    send_mail(
        render_to_string("mail/invitation_subject.txt", context).strip(),
        render_to_string("mail/invitation_message.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
