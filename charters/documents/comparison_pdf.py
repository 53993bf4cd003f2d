"""A comparison of two texts on paper, for the agenda of the meeting that decides on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from charters.documents.charter_pdf import CSS
from charters.documents.renderer import renderer

_OWN_CSS = Path(__file__).with_name("comparison.css").read_text(encoding="utf-8")


def comparison_pdf(sheet: Any) -> bytes:
    """What the page of a comparison shows, as a tagged PDF.

    Args:
        sheet: what ``charters/_comparison.html`` shows.

    Raises:
        DocumentError: it could not be made, in words for the user.
    """
    with translation.override("da"):
        html = render_to_string("pdf/comparison.html", {"sheet": sheet})
    return renderer.print(html, css=CSS + _OWN_CSS)
