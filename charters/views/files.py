"""Answers that are files: a charter on paper, for Word, or as data, each with a name that says what it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from charters.models import Charter
from members.danish import danish_slug

LONGEST_NAME = 160  # a comparison's names both its texts


def file_name(charter: Charter) -> str:
    """What a charter's file is called, without its ending."""
    name = f"kommissorium-{charter.group.slug}-udgave-{charter.number}"
    return danish_slug(f"{name}-udkast" if charter.is_draft else name)


def pdf_answer(request: HttpRequest, pdf: bytes, *, name: str) -> HttpResponse:
    """A PDF to be read in the browser, or with ``?hent`` to be kept."""
    kept = "hent" in request.GET
    return file_answer(
        pdf, name=f"{danish_slug(name, longest=LONGEST_NAME)}.pdf", kind="application/pdf", kept=kept
    )


def file_answer(content: bytes | str, *, name: str, kind: str, kept: bool = False) -> HttpResponse:
    """A file of another kind.

    Args:
        content: the file's.
        name: with its ending.
        kind: the content type.
        kept: whether a browser keeps it rather than shows it.
    """
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"attachment" if kept else "inline"}; filename="{name}"'
    return response
