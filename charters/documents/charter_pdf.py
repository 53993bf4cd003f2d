"""The PDF of a charter: the same content as its page, on OS2's own paper."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from charters.documents.renderer import DocumentError, Enclosed, renderer
from charters.edition import Edition

__all__ = ["CSS", "DocumentError", "charter_html", "charter_pdf", "evidence"]

CSS = Path(__file__).with_name("charter.css").read_text(encoding="utf-8")


def charter_pdf(edition: Edition) -> bytes:
    """The edition as a tagged PDF (PDF/UA-1); the same edition always gives the same bytes.

    An edition that is adopted is evidence too: PDF/A-3a, with the canonical JSON in it that the fingerprint
    is of.

    Raises:
        DocumentError: it could not be made, in words for the user.
    """
    return renderer.print(charter_html(edition), css=CSS, enclosed=evidence(edition))


def evidence(edition: Edition) -> Enclosed | None:
    """What an adopted edition's PDF carries for programs; a draft's carries nothing."""
    if edition.is_draft or edition.dated_on is None:
        return None
    with translation.override("da"):
        description = _(
            "Kommissoriets indhold som kanonisk JSON. Dets SHA-256 er kommissoriets fingeraftryk."
        )
    return Enclosed("kommissorium.json", description, edition.canonical, edition.dated_on.isoformat())


def charter_html(edition: Edition) -> str:
    """The page that becomes the PDF; in Danish, whatever the reader's language."""
    with translation.override("da"):
        return render_to_string("pdf/charter.html", {"edition": edition})
