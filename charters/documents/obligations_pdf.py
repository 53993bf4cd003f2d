"""A group's obligations on paper, for the agenda of its next meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from charters.documents.charter_pdf import CSS
from charters.documents.renderer import renderer
from charters.kinds import kind_of

_OWN_CSS = Path(__file__).with_name("obligations.css").read_text(encoding="utf-8")


def obligations_pdf(agenda: Any) -> bytes:
    """What "Vores forpligtelser" shows, as a tagged PDF.

    Args:
        agenda: a group's, as ``charters.obligations.following`` makes it.

    Raises:
        DocumentError: it could not be made, in words for the user.
    """
    context = {
        "agenda": agenda,
        "group": agenda.group,
        "kind": kind_of(agenda.group),
        "today": timezone.localdate(),
    }
    with translation.override("da"):
        html = render_to_string("pdf/obligations.html", context)
    return renderer.print(html, css=CSS + _OWN_CSS)
