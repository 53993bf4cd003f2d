"""What is no charter from Word is refused with a reason, in bounded time and memory."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import docx
import pytest

from charters.word import WordError, read_word

pytestmark = pytest.mark.no_database

SECONDS, BYTES = 5, 50 * 1024 * 1024  # far above what was measured, far below what would hurt
MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def parts() -> dict[str, bytes]:
    """The parts of a good file."""
    file = io.BytesIO()
    document = docx.Document()
    document.add_heading("Rolle", level=1)
    document.add_paragraph("Vi afgør alt.")
    document.save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(**changes: bytes | None) -> bytes:
    """A good file with some parts changed, added or left out; "/" is written "__" in their names."""
    inside: dict[str, bytes | None] = {**parts()}
    inside.update({name.replace("__", "/"): content for name, content in changes.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            if content is not None:
                archive.writestr(name, content)
    return out.getvalue()


def document(body: str, before: str = "") -> bytes:
    return packed(
        **{"word__document.xml": f"{before}<w:document {MAIN}><w:body>{body}</w:body></w:document>".encode()}
    )


def paragraphs(*texts: str) -> bytes:
    return document("".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in texts))


def many_attributes() -> bytes:
    return document("<w:p " + " ".join(f"a{number}=''" for number in range(500_000)) + "/>")


def kinds(old: bytes, new: bytes) -> bytes:
    return packed(**{"[Content_Types].xml": parts()["[Content_Types].xml"].replace(old, new)})


def lying_bomb() -> bytes:
    """A part of 64 MB, of which the directory says that it is small."""
    file = packed(**{"word__document.xml": b" " * (64 * 1024 * 1024)})
    return file.replace(struct.pack("<L", 64 * 1024 * 1024), struct.pack("<L", 4_000))


def many_names() -> bytes:
    return packed(**{f"a{number}": b"" for number in range(3_000)})


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def locked_zip() -> bytes:
    content = bytearray(packed())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    return document("<w:p><w:r><w:t>&a8;</w:t></w:r></w:p>", before=f"<!DOCTYPE x [{entities}]>")


def canary() -> bytes:
    return document("&x;", before='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hosts">]>')


def deep() -> bytes:
    return document("<w:sdt><w:sdtContent>" * 2_000 + "</w:sdtContent></w:sdt>" * 2_000)


def other_encoding() -> bytes:
    hidden = b"<?xml version='1.0' encoding='UTF-7'?>" + "<!DOCTYPE x []><w:document/>".encode("utf-7")
    return packed(**{"word__document.xml": hidden})


def wide() -> bytes:
    """Signs of two bytes, without the mark that says so: a parser may find it out by itself."""
    return packed(**{"word__document.xml": "<!DOCTYPE x []><w:document/>".encode("utf-16-le")})


def astral() -> bytes:
    """Just within what is read, and one sign that would make a string of it four times as large."""
    return document("<w:p><w:r><w:t>𝕏" + "a" * (7 * 1024 * 1024) + "</w:t></w:r></w:p>")


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "tom"),
    "pdf": (lambda: b"%PDF-1.7 ...", "ikke et Word-dokument"),
    "old": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), ".doc"),
    "locked": (locked, "adgangskode"),
    "locked zip": (locked_zip, "adgangskode"),
    "other zip": (lambda: packed(**{"[Content_Types].xml": None}), "ikke et Word-dokument"),
    "spreadsheet": (lambda: kinds(b"wordprocessingml.document", b"spreadsheetml.sheet"), "ikke et Word"),
    "macros": (lambda: kinds(b"document.main+xml", b"document.macroEnabled.main+xml"), "makroer"),
    "macro project": (lambda: packed(word__vbaProject=None, **{"word__vbaProject.bin": b"x"}), "makroer"),
    "no document": (lambda: packed(**{"word__document.xml": None}), "ikke et Word-dokument"),
    "no text": (lambda: document("<w:p/>"), "ingen tekst"),
    "no body": (lambda: packed(**{"word__document.xml": f"<w:document {MAIN}/>".encode()}), "ingen tekst"),
    "torn": (lambda: packed()[:2000], "beskadiget"),
    "no xml": (lambda: packed(**{"word__document.xml": b"<w:document"}), "kan ikke læses"),
    "too large": (lambda: b"PK\x03\x04" + bytes(50 * 1024 * 1024), "10 MB"),
    "bomb": (lambda: packed(**{"word__document.xml": b" " * (64 * 1024 * 1024)}), "mere indhold"),
    "bomb in styles": (lambda: packed(**{"word__styles.xml": b"<" * (50 * 1024 * 1024)}), "mere indhold"),
    "lying bomb": (lying_bomb, "beskadiget"),
    "many names": (many_names, "mere indhold"),
    "many tags": (lambda: document("<w:p/>" * 500_000), "mere indhold"),
    "many attributes": (many_attributes, "mere indhold"),
    "many paragraphs": (lambda: paragraphs(*["a"] * 11_000), "mere tekst"),
    "much text": (lambda: paragraphs("ord " * 200_000), "mere tekst"),
    "deep": (deep, "kan ikke læses"),
    "long section": (lambda: paragraphs("Rolle", "ord " * 9_000), "»Rolle«: Teksten er for lang"),
    "laughs": (laughs, "ikke et Word-dokument"),
    "canary": (canary, "ikke et Word-dokument"),
    "other encoding": (other_encoding, "ikke et Word-dokument"),
    "wide": (wide, "ikke et Word-dokument"),
    "astral": (astral, "mere tekst"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_bad_file_is_refused_with_a_reason_in_bounded_time_and_memory(kind: str) -> None:
    make, reason = BAD[kind]
    content = io.BytesIO(make())
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(WordError, match=reason):
            read_word(content)
        grown = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < SECONDS
    assert grown < BYTES


def test_the_file_these_are_made_of_is_read() -> None:
    (charter,) = read_word(io.BytesIO(packed()))
    assert [(section.heading, section.body) for section in charter.sections] == [
        ("Rolle", "<p>Vi afgør alt.</p>")
    ]
