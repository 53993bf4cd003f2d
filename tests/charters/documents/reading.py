"""Reading a PDF as its users do: the words on each page, and the tags a screen reader follows."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from typing import Any

import page
from pypdf import PdfReader

WORDMARK = "OS2arbejdsgrupper"  # the first of what stands in the margins, which is drawn after the content


def findings(pdf: bytes, *, archive: bool = False) -> list[str]:
    """What the checker has against it as PDF/UA-1, or as PDF/A-3a (``archive``)."""
    profiles = page.ValidationProfile
    report = page.validate_pdf_bytes(pdf, profile=profiles.PDF_A_3A if archive else profiles.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in reader(pdf).pages]


def content_lines(sheet: str) -> list[str]:
    """The lines of a page without what stands in its margins, and without bullets."""
    lines = [line.strip() for line in sheet[: sheet.rindex(WORDMARK)].splitlines()]
    return [line for line in lines if line not in ("", "•", "–")]


def margin_lines(sheet: str) -> list[str]:
    return [line.strip() for line in sheet[sheet.rindex(WORDMARK) :].splitlines()]


def tags(pdf: bytes, kind: str) -> list[Any]:
    """All elements of the tag tree that are of one kind, "/TH" say, in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if not isinstance(node, dict):
            return
        if node.get("/S") == kind:
            found.append(node)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid)

    root: Any = reader(pdf).trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return found


def kinds(element: Any) -> list[str]:
    """The kinds of an element's children."""
    return [str(kid.get_object()["/S"]) for kid in element["/K"] if "/S" in kid.get_object()]


class _Article(HTMLParser):
    """The words of ``<article class="document">``, without what is not for the eye or the paper."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._depth = self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "article" and "document" in classes:
            self._depth = 1
        elif self._depth:
            self._depth += 1
            if self._hidden or {"visually-hidden", "no-print"} & set(classes):
                self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - 1)
        self._hidden = max(0, self._hidden - 1)

    def handle_data(self, data: str) -> None:
        if self._depth and not self._hidden:
            self.words += data.split()


def words_of_page(html: str) -> list[str]:
    article = _Article()
    article.feed(html)
    return article.words


def words_of_pdf(pdf: bytes) -> list[str]:
    return [word for sheet in pages(pdf) for line in content_lines(sheet) for word in line.split()]


def unhyphenated(printed: list[str], *, written: list[str]) -> list[str]:
    """The printed words, those joined again that were parted at the end of a line.

    Args:
        printed: words in the order they were printed.
        written: the words that are expected; only what is one of them is ever joined.
    """
    joined: list[str] = []
    for part in printed:
        expected = written[len(joined) - 1] if 0 < len(joined) <= len(written) else ""
        before = joined[-1] if joined else ""
        if before.endswith("-") and before != expected:
            keeps = expected.startswith(before + part.rstrip("-"))
            joined[-1] = (before if keeps else before[:-1]) + part
        else:
            joined.append(part)
    return joined
