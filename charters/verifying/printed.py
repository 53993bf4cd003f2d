"""The printed document of an edition: the bytes are those that were stored, and they open."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from charters.fingerprint import in_fours
from charters.models import CharterDocument

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ENCLOSED = re.compile(rb"/Type /EmbeddedFile\b[^\n]*?/Length (\d+)>>\s*stream\r?\n")


def faults_of_pdf(pdf: bytes, document: CharterDocument, *, fingerprint: str) -> Iterator[str]:
    """What is wrong with an edition's PDF.

    Args:
        pdf: its bytes.
        document: what else was stored with it.
        fingerprint: of the edition, which stands in the foot of each page.
    """
    if hashlib.sha256(pdf).hexdigest() != document.pdf_sha256:
        yield _("PDF-filen er ikke den, der blev gemt (SHA-256).")
    if not _opens(pdf):
        yield _("PDF-filen kan ikke åbnes.")
    elif f"Fingeraftryk: {in_fours(fingerprint)}".encode() not in pdf:
        yield _("PDF-filen nævner ikke udgavens fingeraftryk.")
    elif (enclosed := _ENCLOSED.search(pdf)) and not _holds(pdf, enclosed, document.content):
        yield _("PDF-filen bærer et andet indhold end udgavens.")


def _opens(pdf: bytes) -> bool:
    """Whether it begins and ends as a PDF, and the list of its objects is where it says."""
    end = _END.search(pdf, max(len(pdf) - 1024, 0))
    if not pdf.startswith(b"%PDF-") or end is None:
        return False
    objects = pdf[int(end[1]) :][:40]
    return objects.startswith(b"xref") or re.match(rb"\d+ \d+ obj\b", objects) is not None


def _holds(pdf: bytes, enclosed: re.Match[bytes], content: str) -> bool:
    try:
        carried = zlib.decompress(pdf[enclosed.end() : enclosed.end() + int(enclosed[1])])
    except zlib.error:
        return False
    return carried == content.encode()
