"""What the files of a bundle are called: readable, each once, and possible on Windows, macOS and Linux."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from charters.models import Charter

OVERVIEW = "oversigt.csv"
# A Windows path may have 260 characters in all, of which the folder that somebody unpacks in takes its share.
LONGEST_FOLDER, LONGEST_FILE = 50, 110

_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*]'
)  # on Windows; learn.microsoft.com, "Naming Files, Paths, and Namespaces"
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def names_of(charters: Iterable[Charter]) -> Iterator[str]:
    """The name of each edition's file, in order, with a folder for its project.

    Windows and macOS take names for the same that differ in case only, so those count as the same here too.
    """
    taken: set[str] = set()
    for charter in charters:
        project = charter.group.project
        folder = possible(project.name if project else _("Uden projekt"), longest=LONGEST_FOLDER)
        kind, number = charter.group.get_kind_display(), charter.number
        ending, again = "", 1
        while True:
            tail = f", {_('udgave')} {number}{ending}"
            stem = possible(f"{kind} - {charter.group.name}", longest=LONGEST_FILE - len(tail))
            name = f"{folder}/{stem}{tail}.pdf"
            if name.casefold() not in taken:
                break
            again += 1
            ending = f" ({again})"
        taken.add(name.casefold())
        yield name


def possible(name: str, *, longest: int) -> str:
    """The name as a file or a folder can have it."""
    composed = unicodedata.normalize("NFC", name)
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in composed)
    allowed = " ".join(_FORBIDDEN.sub("-", visible).split())
    cut = allowed[:longest].strip(" .") or "_"  # Windows drops a dot or a space at the end
    return f"_{cut}"[:longest] if _RESERVED.match(cut) else cut
