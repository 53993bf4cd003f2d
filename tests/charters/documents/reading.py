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


def told(pdf: bytes) -> list[str]:
    """What a screen reader says of a PDF: the tag tree, each tag with the words it holds, and how deep."""
    document = reader(pdf)
    words = [_marked(sheet) for sheet in document.pages]
    number = {sheet.indirect_reference.idnum: at for at, sheet in enumerate(document.pages)}  # type: ignore[union-attr]
    lines: list[str] = []

    def tell(node: Any, depth: int, sheet: int) -> None:
        node = node.get_object()
        if "/Pg" in node:
            sheet = number[node.raw_get("/Pg").idnum]
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        own = " ".join(
            "".join(words[sheet].get(int(kid), "") for kid in kids if isinstance(kid, int)).split()
        )
        said = own or str(node.get("/Alt", ""))
        if "/S" in node:
            lines.append(f"{'  ' * depth}{node['/S'][1:]}{f': {said}' if said else ''}")
        for kid in kids:
            if not isinstance(kid, int) and "/S" in kid.get_object():
                tell(kid, depth + 1, sheet)
            elif not isinstance(kid, int) and "/MCID" in kid.get_object():
                mark = kid.get_object()
                at = number[mark.raw_get("/Pg").idnum] if "/Pg" in mark else sheet
                lines[-1] += f" {words[at].get(int(mark['/MCID']), '')}".rstrip()

    for kid in document.trailer["/Root"]["/StructTreeRoot"]["/K"]:
        tell(kid, 0, 0)
    return lines


def _marked(sheet: Any) -> dict[int, str]:
    """The words of a page by the number of the mark they stand in."""
    found: dict[int, str] = {}
    now: list[int | None] = []

    def before(operator: bytes, operands: Any, *_: Any) -> None:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            now.append(properties.get("/MCID") if isinstance(properties, dict) else None)
        elif operator == b"EMC" and now:
            now.pop()

    def text(said: str, *_: Any) -> None:
        if now and now[-1] is not None:
            found[int(now[-1])] = found.get(int(now[-1]), "") + said

    sheet.extract_text(visitor_operand_before=before, visitor_text=text)
    return found
