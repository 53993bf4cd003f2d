"""A list on its way into the register: read, and kept until somebody has looked it through."""

from __future__ import annotations

import datetime
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from members import cpr
from members.models import RegisterFile, User
from members.package import MAX_FILE
from members.register.reading import read_list
from members.register.table import ListError

KEEP = datetime.timedelta(days=30)  # how long a list waits for its reader


class WhichGroupError(ListError):
    """The file and the form do not say together of which group the rows are."""


def receive(file: IO[bytes], *, name: str, group: str, by: User) -> RegisterFile:
    """Read a list and remember its rows; it takes the place of the person's last one.

    Args:
        file: as it was sent.
        name: the file's.
        group: the address of the group that all rows are about, where the file does not say it.
        by: who sent it.

    Raises:
        ListError: it cannot be read, or its name has what looks like a CPR number; in words for the user.
    """
    if numbers := cpr.numbers_in(name):
        raise ListError(_("Filens navn: %(refusal)s") % {"refusal": cpr.refusal(numbers)})
    read = read_list(file.read(MAX_FILE + 1))
    if read.names_groups and group:
        raise WhichGroupError(_("Filen har selv en kolonne med grupper. Lad feltet stå tomt."))
    if not read.names_groups and not group:
        raise WhichGroupError(_("Filen har ingen kolonne med grupper. Skriv, hvilken gruppe den handler om."))
    RegisterFile.objects.filter(read_at__lt=timezone.now() - KEEP).delete()
    content = cpr.hidden({"rows": read.rows, "group": group, "unread": read.unread})
    found, _created = RegisterFile.objects.update_or_create(
        owner=by, defaults={"name": name[:200], "rows": content}
    )
    return found
