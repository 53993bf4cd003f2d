"""A .docx file is a zip of XML parts; here is what all of ours have in common.

Written part by part, and not from some library's own empty document: that one speaks American English, opens
in a compatibility mode, and carries a picture of another document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from charters.blocks import without_unseen

STYLES = Path(__file__).with_name("word_styles.xml").read_text(encoding="utf-8")
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
INDENT = 360  # twentieths of a point that each level of a list stands in
_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # so that equal parts make equal bytes
_BULLETS = "•–▪"
ORIGIN = "OS2arbejdsgrupper"  # the property of a file that says which text of ours it was made from
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006"


def words(text: str) -> str:
    """Text as XML holds it."""
    return escape(without_unseen(text), {'"': "&quot;"})


def tag(name: str, content: str = "", **attributes: object) -> str:
    """An element of WordprocessingML; an attribute's name is its own with ``w_`` or ``r_`` before it."""
    named = "".join(f' {key.replace("_", ":", 1)}="{words(str(value))}"' for key, value in attributes.items())
    return f"<w:{name}{named}>{content}</w:{name}>" if content else f"<w:{name}{named}/>"


def part(root: str, content: str) -> str:
    """A whole part of WordprocessingML."""
    spaces = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"'
    return f"{_DECLARATION}<w:{root} {spaces}>{content}</w:{root}>"


@dataclass
class Links:
    """The addresses that the text links to, each with the id by which it does."""

    ids: dict[str, str] = field(default_factory=dict)

    def id_of(self, href: str) -> str:
        return self.ids.setdefault(href, f"link{len(self.ids) + 1}")


@dataclass
class Lists:
    """The lists of a document: bullets share one, each numbered list is one of its own and begins at 1."""

    levels: list[int] = field(default_factory=list)  # of each numbered list

    BULLETS = 1

    def new_numbered(self, level: int) -> int:
        """The id of another numbered list, whose points stand at ``level`` (0 is outermost)."""
        self.levels.append(level)
        return self.BULLETS + len(self.levels)

    def part(self) -> str:
        bullets = (("bullet", _BULLETS[min(level, 2)]) for level in range(9))
        numbers = (("decimal", f"%{level + 1}.") for level in range(9))
        return part(
            "numbering",
            _abstract(0, bullets)
            + _abstract(1, numbers)
            + _list(self.BULLETS, of=0)
            + "".join(
                _list(number, of=1, restarts=level)
                for number, level in enumerate(self.levels, start=self.BULLETS + 1)
            ),
        )


def _abstract(number: int, levels: Iterable[tuple[str, str]]) -> str:
    content = "".join(
        tag(
            "lvl",
            tag("start", w_val=1)
            + tag("numFmt", w_val=shape)
            + tag("lvlText", w_val=mark)
            + tag("lvlJc", w_val="left")
            + tag("pPr", tag("ind", w_left=INDENT * (level + 1), w_hanging=INDENT)),
            w_ilvl=level,
        )
        for level, (shape, mark) in enumerate(levels)
    )
    return tag("abstractNum", tag("multiLevelType", w_val="multilevel") + content, w_abstractNumId=number)


def _list(number: int, *, of: int, restarts: int | None = None) -> str:
    restart = "" if restarts is None else tag("lvlOverride", tag("startOverride", w_val=1), w_ilvl=restarts)
    return tag("num", tag("abstractNumId", w_val=of) + restart, w_numId=number)


_SETTINGS = part(
    "settings",
    tag("zoom", w_percent=100)
    + tag("defaultTabStop", w_val=720)
    + tag("autoHyphenation", w_val="true")
    + tag("characterSpacingControl", w_val="doNotCompress")
    + tag(
        "compat",
        tag(
            "compatSetting",
            w_name="compatibilityMode",
            w_uri="http://schemas.microsoft.com/office/word",
            w_val=15,
        ),
    )
    + tag("themeFontLang", w_val="da-DK")
    + tag("decimalSymbol", w_val=",")
    + tag("listSeparator", w_val=";"),
)
_PARTS = {  # in the folder "word": what each is called in the two lists that name the parts
    "document.xml": ("document.main", "officeDocument"),
    "styles.xml": ("styles", "styles"),
    "numbering.xml": ("numbering", "numbering"),
    "settings.xml": ("settings", "settings"),
    "header1.xml": ("header", "header"),
    "footer1.xml": ("footer", "footer"),
}


def pack(parts: Mapping[str, str], *, links: Links, lists: Lists, core: str, origin: str = "") -> bytes:
    """The file; equal parts make equal bytes.

    Args:
        parts: ``document.xml``, ``header1.xml`` and ``footer1.xml``.
        links: the addresses the document links to.
        lists: its lists.
        core: what the file says of itself: title, author, language.
        origin: which text it is made from; Word and LibreOffice keep it, among the properties.
    """
    inside = {**parts, "styles.xml": STYLES, "numbering.xml": lists.part(), "settings.xml": _SETTINGS}
    files = {
        "[Content_Types].xml": _content_types(has_origin=bool(origin)),
        "_rels/.rels": _relations(
            ("document", f"{RELATIONS}/officeDocument", "word/document.xml", ""),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", ""),
            *([("custom", f"{RELATIONS}/custom-properties", "docProps/custom.xml", "")] if origin else []),
        ),
        "docProps/core.xml": core,
        **({"docProps/custom.xml": _custom_properties(origin)} if origin else {}),
        "word/_rels/document.xml.rels": _relations(
            *((_id(name), f"{RELATIONS}/{_PARTS[name][1]}", name, "") for name in list(_PARTS)[1:]),
            *((key, f"{RELATIONS}/hyperlink", href, "External") for href, key in links.ids.items()),
        ),
        **{f"word/{name}": inside[name] for name in _PARTS},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, date_time=_SAME_DAY)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(info, content.encode())
    return out.getvalue()


def core_properties(*, title: str, author: str, on: str) -> str:
    """What the file says of itself; ``on`` is a day as ISO has it, or nothing."""
    day = f'<dcterms:{{0}} xsi:type="dcterms:W3CDTF">{on}T00:00:00Z</dcterms:{{0}}>' if on else ""
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{words(title)}</dc:title><dc:creator>{words(author)}</dc:creator>"
        f"<dc:language>da-DK</dc:language>{day.format('created')}{day.format('modified')}</cp:coreProperties>"
    )


def _custom_properties(origin: str) -> str:
    said = (
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2"'
        f' name="{ORIGIN}"><vt:lpwstr>{words(origin)}</vt:lpwstr></property>'
    )
    return (
        f'{_DECLARATION}<Properties xmlns="{_CUSTOM}/custom-properties" xmlns:vt="{_CUSTOM}/docPropsVTypes">'
        f"{said}</Properties>"
    )


def _id(name: str) -> str:
    return name.removesuffix(".xml")


def _content_types(*, has_origin: bool) -> str:
    named = {f"/word/{name}": f"{_WORD}.{kind}+xml" for name, (kind, _) in _PARTS.items()}
    named["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    if has_origin:
        named["/docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named.items())
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*relations: tuple[str, str, str, str]) -> str:
    content = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{words(target)}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for key, kind, target, mode in relations
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{content}</Relationships>'
