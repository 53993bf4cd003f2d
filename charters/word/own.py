"""What our own documents say beside a charter's text: in the foot of each page, and below an adopted one."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils import translation
from django.utils.translation import gettext as _

from charters.edition import draft_mark
from charters.word.labels import key_of
from charters.word.lines import Line

_STYLES = ("kommissoriets sidehoved", "kommissoriets sidefod")
_APPROVALS = "godkendelser ved vedtagelsen"
_OF_PAGES = re.compile(r"\s*Side \d+ af \d+$")
_STANDING = re.compile(
    r"OS2arbejdsgrupper(?: Udkast)?|Side \d+ af \d+|https?://\S+/grupper/\S+"
    r"|Udgave \d+, vedtaget \d+\. \w+ \d{4}\. Fingeraftryk: [0-9a-f …]+",
    re.IGNORECASE,
)


def is_standing(line: Line, *, titles: Collection[str]) -> bool:
    """Whether a line of a page's head or foot says what ours say, and nothing that somebody wrote there.

    Args:
        line: the line.
        titles: what the document is called.
    """
    if line.style not in _STYLES:
        return False
    return _is_draft_mark(line.text) or bool(
        _STANDING.fullmatch(line.text) or _OF_PAGES.sub("", line.text) in titles
    )


def is_approvals(heading: str) -> bool:
    """Whether this stands above the table of who approved the edition."""
    return key_of(heading) == _APPROVALS


def is_approval(row: str) -> bool:
    """Whether a row of that table says what ours says: its head, or a member of whom nothing was written."""
    with translation.override("da"):
        if row == " | ".join((_("Navn"), _("Rolle og organisation"), _("Godkendelse"))):
            return True
        said = row.rpartition(" | ")[2]
        on_the_day = re.escape(_("Godkendt på mødet %(date)s")).replace(r"%\(date\)s", r"\d+\. \w+ \d{4}")
        return row.count(" | ") == 2 and (
            said == _("Dato og underskrift") or bool(re.fullmatch(on_the_day, said))
        )


def _is_draft_mark(words: str) -> bool:
    with translation.override("da"):
        return words == draft_mark()
