"""The PDF of a charter: the same content as its page, on OS2's own paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from charters.documents.renderer import DocumentError, Enclosed, renderer
from charters.edition import Edition
from charters.models import Charter

__all__ = ["CSS", "Address", "DocumentError", "Places", "charter_html", "charter_pdf", "evidence"]

Address = Callable[[str], str]  # the whole address of a path of ours
CSS = Path(__file__).with_name("charter.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Places:
    """Where a reader of the paper finds the edition, and where they see whether a file of it is right."""

    page: str
    check: str

    @classmethod
    def of(cls, charter: Charter, address: Address) -> Places:
        """Those of the edition that a charter is, or is to be.

        Args:
            charter: the charter.
            address: makes whole addresses.
        """
        page = reverse("charters:edition-detail", args=[charter.group.slug, charter.number])
        return cls(address(page), address(reverse("charters:document-check")))


def charter_pdf(edition: Edition, *, places: Places | None = None) -> bytes:
    """The edition as a tagged PDF (PDF/UA-1); the same edition always gives the same bytes.

    An edition that is adopted is evidence too: PDF/A-3a, with the canonical JSON in it that the fingerprint
    is of.

    Raises:
        DocumentError: it could not be made, in words for the user.
    """
    return renderer.print(charter_html(edition, places=places), css=CSS, enclosed=evidence(edition))


def evidence(edition: Edition) -> Enclosed | None:
    """What an adopted edition's PDF carries for programs; a draft's carries nothing."""
    if edition.is_draft or edition.dated_on is None:
        return None
    with translation.override("da"):
        description = _(
            "Kommissoriets indhold som kanonisk JSON. Dets SHA-256 er kommissoriets fingeraftryk."
        )
    return Enclosed("kommissorium.json", description, edition.canonical, edition.dated_on.isoformat())


def charter_html(edition: Edition, *, places: Places | None = None) -> str:
    """The page that becomes the PDF; in Danish, whatever the reader's language."""
    with translation.override("da"):
        return render_to_string("pdf/charter.html", {"edition": edition, "places": places})
