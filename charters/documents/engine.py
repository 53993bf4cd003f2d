"""The program that turns HTML into a PDF, as a process of its own that ``renderer.py`` starts and can kill.

It knows nothing of Django, of the database or of any secret. HTML and CSS come in on file descriptor 0 and a
PDF goes back the same way; nothing else is read but Open Sans, and nothing is fetched from anywhere.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import resource
import signal
import struct
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

# What a PDF/A has to say of itself when it is PDF/UA too (ISO 19005-3, 6.6.2.3: other schemas are described).
UA_TOO = b"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>"""

READY, DOCUMENT, FAILED, NO_PANGO = b"R", b"D", b"F", b"P"
NICE = 7
FRAME = struct.Struct("!cQ")  # what it is, and how many bytes follow
FACES = ("Regular", "Italic", "SemiBold", "Bold", "BoldItalic")
FONTS = {f"font:OpenSans-{face}.ttf": f"OpenSans-{face}.ttf" for face in FACES}
# What the program never does by itself; whatever asks for it was led astray.
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.")


def read_exactly(count: int) -> bytes:
    """Bytes from the web process.

    Raises:
        EOFError: it is gone, or has closed its end.
    """
    parts = []
    while count:
        part = os.read(0, min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def answer(kind: bytes, payload: bytes = b"") -> None:
    rest = memoryview(FRAME.pack(kind, len(payload)) + payload)
    while rest:
        rest = rest[os.write(0, rest) :]


def limit_memory(size: int) -> None:
    """Hold this process to ``size`` bytes of its own, and twice that with the libraries mapped into it."""
    for what, most in (
        (resource.RLIMIT_DATA, size),
        (resource.RLIMIT_AS, 2 * size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 16 << 20),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS knows some of them only by name
            resource.setrlimit(what, (most, most))


def stand_back() -> None:
    """Let whoever reads a page go before whoever waits for a document."""
    os.nice(NICE)
    with contextlib.suppress(OSError):  # where Linux weighs sessions, of which this process is one of its own
        Path("/proc/self/autogroup").write_text(str(NICE), encoding="ascii")


def forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)


class Press:
    """WeasyPrint with our fonts, a stylesheet read once, and a fetcher that refuses everything else."""

    def __init__(self) -> None:
        # Loaded by name, and here: it takes seconds, fails without Pango, and the web process must not do it.
        weasyprint = import_module("weasyprint")
        urls = import_module("weasyprint.urls")
        fonts = Path(str(import_module("ttf_opensans").__file__)).parent / "ttf"
        logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
        known = {url: (fonts / name).read_bytes() for url, name in FONTS.items()}

        class OwnFontsOnly(urls.URLFetcher):  # type: ignore[name-defined]
            def fetch(self, url: str, headers: Any = None) -> Any:
                if url not in known:
                    raise PermissionError(url)
                return urls.URLFetcherResponse(url, known[url], {"Content-Type": "font/ttf"})

        end_streams_plainly(import_module("pydyf").Stream)
        self._weasyprint = weasyprint
        self._fetcher = OwnFontsOnly(allowed_protocols=("font",), allow_redirects=False)
        self._new_fonts = import_module("weasyprint.text.fonts").FontConfiguration
        self._css = ""
        self._read: tuple[Any, Any] = (None, None)

    def stylesheet(self, css: str) -> tuple[Any, Any]:
        """The stylesheet with its fonts; kept, since every document is printed with the same one."""
        if css != self._css or self._read[0] is None:
            fonts = self._new_fonts()
            sheet = self._weasyprint.CSS(string=css, font_config=fonts, url_fetcher=self._fetcher)
            self._css, self._read = css, (sheet, fonts)
        return self._read

    def print(self, html: str, css: str, enclosed: dict[str, str] | None = None) -> bytes:
        """The PDF of a page; a character that no font has is shown as the sign for that, �.

        Args:
            html: the page.
            css: its stylesheet.
            enclosed: name, description, content and day of a file to put in; the PDF is then PDF/A-3a too.
        """
        try:
            return self._print(html, css, enclosed)
        except UnknownCharactersError as unknown:
            shown = html.translate(dict.fromkeys(unknown.codepoints, "\N{REPLACEMENT CHARACTER}"))
            return self._print(shown, css, enclosed)

    def _print(self, html: str, css: str, enclosed: dict[str, str] | None) -> bytes:
        sheet, fonts = self.stylesheet(css)
        page = self._weasyprint.HTML(string=html, url_fetcher=self._fetcher, base_url=None)
        pdf: bytes = page.write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/a-3a" if enclosed else "pdf/ua-1",
            attachments=[self._attachment(**enclosed)] if enclosed else None,
            presentational_hints=False,
            finisher=finish,
        )
        return pdf

    def _attachment(self, *, name: str, description: str, content: str, day: str) -> Any:
        made = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(12))
        return self._weasyprint.Attachment(
            string=content,
            url_fetcher=self._fetcher,
            name=name,
            description=description,
            created=made,  # not now: equal input gives equal bytes
            modified=made,
            relationship="Source",
        )


class UnknownCharactersError(Exception):
    """The text has characters that no font here can draw; PDF/UA allows none of them."""

    def __init__(self, codepoints: set[int]) -> None:
        super().__init__(codepoints)
        self.codepoints = codepoints - {0xFFFD}


def finish(document: Any, pdf: Any) -> None:
    """Mend the tags that WeasyPrint leaves wanting, right before the file is written.

    Raises:
        UnknownCharactersError: see there.
    """
    unknown = {codepoint for font in document.fonts.values() for codepoint in font.missing}
    if unknown - {0xFFFD}:
        raise UnknownCharactersError(unknown)
    for found in pdf.objects:
        if getattr(found, "extra", {}).get("Type") == "/Metadata":
            say_ua_too(found)
    if "AF" in pdf.catalog:  # WeasyPrint names each file once as enclosed and once as found
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    tags = Tags(pdf)
    for element in tags.all("/TH"):
        tags.name_scope(element)
    for element in tags.all("/LI"):
        tags.gather_body(element)
    for element in tags.all("/L"):
        tags.nest(element)


def end_streams_plainly(stream: Any) -> None:
    """Let a stream end with CR and LF: before LF alone, a reader takes a last CR for its end."""
    written = stream.data.fget
    stream.data = property(lambda own: written(own).removesuffix(b"\nendstream") + b"\r\nendstream")


def say_ua_too(metadata: Any) -> None:
    """Let a PDF/A say that it is PDF/UA-1 as well, in metadata that anybody finds without unpacking."""
    metadata.compress = False
    if b"pdfaid:part" in metadata.stream[0]:
        metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", UA_TOO + b"</rdf:RDF>", 1)


class Tags:
    """The structure of a PDF: what a screen reader reads."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf

    def all(self, kind: str) -> list[Any]:
        objects = (found for found in self._pdf.objects if isinstance(found, dict))
        return [found for found in objects if found.get("Type") == "/StructElem" and found["S"] == kind]

    def name_scope(self, header: Any) -> None:
        """Say whether a header heads a column, as those in a table's head do, or a row, as all others do."""
        row = self._at(header["P"])
        if "A" in header:
            header["A"]["Scope"] = "/Column" if self._at(row["P"])["S"] == "/THead" else "/Row"

    def gather_body(self, item: Any) -> None:
        """Put what a list's item says into its body: an item has a label and a body, nothing else."""
        loose = [kid for kid in item["K"] if self._at(kid).get("S") not in ("/Lbl", "/LBody")]
        if loose:
            self._move(loose, item, self._body(item))

    def nest(self, outer: Any) -> None:
        """Put a list within a list into the body of the item it belongs to."""
        item = None
        for kid in list(outer["K"]):
            if self._at(kid).get("S") == "/LI":
                item = self._at(kid)
            elif self._at(kid).get("S") == "/L" and item is not None:
                self._move([kid], outer, self._body(item))

    def _at(self, reference: Any) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _move(self, kids: list[Any], source: Any, target: Any) -> None:
        for kid in kids:
            source["K"].remove(kid)
            target["K"].append(kid)
            self._at(kid)["P"] = target.reference

    def _body(self, item: Any) -> Any:
        for kid in item["K"]:
            if self._at(kid).get("S") == "/LBody":
                return self._at(kid)
        shape, kids = type(item), type(item["K"])
        body = shape(
            {"Type": "/StructElem", "S": "/LBody", "K": kids(), "Pg": item["Pg"], "P": item.reference}
        )
        self._pdf.add_object(body)
        item["K"].append(body.reference)
        return body


def serve(press: Press) -> NoReturn:
    """Print one document after the other until the web process closes its end."""
    while True:
        _kind, length = FRAME.unpack(read_exactly(FRAME.size))
        request = json.loads(read_exactly(length))
        limit_time(*request.pop("limits"))
        try:
            document = press.print(**request)
        except (Exception, MemoryError, RecursionError) as error:
            answer(FAILED, type(error).__name__.encode())
            sys.exit(1)
        limit_time(0, 0)
        answer(DOCUMENT, document)


def limit_time(worked: float, waited: float) -> None:
    """End this process after so many seconds of the processor's time, or of the clock's; 0 is never."""
    signal.setitimer(signal.ITIMER_PROF, worked)
    # The web process kills this one when it has waited long enough; this is for when it is gone itself.
    signal.setitimer(signal.ITIMER_REAL, waited)


def main(memory: int) -> None:
    limit_memory(memory)
    stand_back()
    try:
        press = Press()
    except OSError as error:  # the libraries that WeasyPrint loads are not there
        answer(NO_PANGO, str(error).splitlines()[0].encode())
        sys.exit(1)
    sys.addaudithook(forbid)
    answer(READY)
    with contextlib.suppress(EOFError, BrokenPipeError):
        serve(press)


if __name__ == "__main__":
    main(int(sys.argv[1]))
