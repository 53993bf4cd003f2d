"""The Word document of a charter: the content of its page, with headings, lists and tables of Word's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charters import text
from charters.blocks import Block, Kind, Run
from charters.documents.word_package import INDENT, Links, Lists, core_properties, pack, part, tag, words
from charters.edition import Edition, EditionMember, draft_mark
from charters.plain_text import typed_mark
from charters.word.labels import Headings, may_be_misread, unfilled
from charters.word.lines import AS_WRITTEN

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDTH = 9184  # of the text, in twentieths of a point: A4 less its margins
_MARGIN = 1361
_LABELS, _APPROVALS = (2600, _WIDTH - 2600), (2700, 3684, 2800)
# Word refuses a file in which a link's address is not one by the book; such a one is written as a field.
_ADDRESS = re.compile(
    r"(?:https?://[\w.:-]+(?:[/?][\w.~:/?@!$&'()*+,;=%-]*)?(?:#[\w.~/?=&%-]*)?|mailto:[\w.+-]+@[\w.-]+)",
    re.ASCII,
)


def charter_word(edition: Edition, *, address: str = "", origin: str = "") -> bytes:
    """The edition as a .docx; the same edition always gives the same bytes.

    Args:
        edition: an adopted one or a draft.
        address: of the page where the adopted edition stands.
        origin: which draft it is and how far it had come, for when it comes back (``charters.word_origin``).
    """
    with translation.override("da"):
        return _Writer(edition, address, origin).written()


@dataclass
class _Writer:
    edition: Edition
    address: str
    origin: str = ""
    links: Links = field(default_factory=Links)
    lists: Lists = field(default_factory=Lists)

    def written(self) -> bytes:
        edition = self.edition
        return pack(
            {"document.xml": self._document(), "header1.xml": self._header(), "footer1.xml": self._footer()},
            links=self.links,
            lists=self.lists,
            core=core_properties(
                title=edition.title,
                author=edition.group_name,
                on="" if edition.is_draft or not edition.dated_on else edition.dated_on.isoformat(),
            ),
            origin=self.origin,
        )

    def _document(self) -> str:
        margins: dict[str, Any] = {f"w_{side}": _MARGIN for side in ("top", "right", "bottom", "left")}
        content = (
            self._heading()
            + "".join(self._sections())
            + self._approvals()
            + tag(
                "sectPr",
                tag("headerReference", w_type="default", r_id="header1")
                + tag("footerReference", w_type="default", r_id="footer1")
                + tag("pgSz", w_w=11906, w_h=16838)
                + tag("pgMar", **margins, w_header=709, w_footer=567, w_gutter=0),
            )
        )
        return part("document", tag("body", content))

    def _heading(self) -> str:
        edition = self.edition
        rows = [
            (
                edition.members_label,
                [_named(member) for member in edition.members] or [_("Ingen medlemmer endnu")],
            ),
            (_("Dato"), [date_format(edition.dated_on) if edition.dated_on else unfilled()]),
        ]
        if edition.concerns_project:
            rows.insert(0, (_("Projektets navn"), [edition.project_name or unfilled()]))
            rows.insert(2, (_("Produktniveau"), [edition.level_label or unfilled()]))
        if edition.reason:
            rows.append((_("Hvorfor en ny udgave"), [edition.reason]))
        mark = _paragraph("DraftMark", _run(draft_mark())) if edition.is_draft else ""
        table = "".join(
            tag(
                "tr",
                tag("trPr", tag("cantSplit"))
                + _cell([label], _LABELS[0], style="TableHeading")
                + _cell(said, _LABELS[1]),
            )
            for label, said in rows
        )
        looks = _table_start(_("Kommissoriets hoved"), _LABELS, first_row=False)
        return _paragraph("Title", _run(edition.title)) + mark + tag("tbl", looks + table)

    def _sections(self) -> Iterator[str]:
        headings = Headings.with_standard(section.heading for section in self.edition.sections)
        for section in self.edition.sections:
            yield _paragraph("Heading1", _run(section.heading))
            if section.is_empty:
                yield _paragraph("BodyText", _run(unfilled(), em=True))
            yield from self._blocks(text.blocks(section.body), headings)

    def _blocks(self, blocks: Iterable[Block], headings: Headings) -> Iterator[str]:
        """The paragraphs and points of a section; each numbered list among them is one of its own."""
        open_lists: list[tuple[Kind, int]] = []  # those we are inside: what each is, and its id
        for block in blocks:
            del open_lists[block.depth :]
            mark = AS_WRITTEN if _needs_mark(block, headings) else ""
            content = self._runs(block.runs, mark)
            if block.is_point:
                if len(open_lists) == block.depth and open_lists[-1][0] != block.kind:
                    open_lists.pop()
                if len(open_lists) < block.depth:
                    open_lists.append((block.kind, self._new_list(block)))
                place = tag("ilvl", w_val=block.depth - 1) + tag("numId", w_val=open_lists[-1][1])
                style = "ListBullet" if block.kind == "ul" else "ListNumber"
                yield _paragraph(style, content, tag("numPr", place))
            elif block.depth:
                yield _paragraph("ListContinue", content, tag("ind", w_left=INDENT * block.depth))
            else:
                yield _paragraph("BodyText", content)

    def _new_list(self, block: Block) -> int:
        return Lists.BULLETS if block.kind == "ul" else self.lists.new_numbered(block.depth - 1)

    def _runs(self, runs: Iterable[Run], mark: str) -> str:
        content = _run(mark) if mark else ""
        for href, linked in groupby(runs, key=lambda run: run.href):
            said = "".join(_run(run.text, strong=run.strong, em=run.em, is_link=bool(href)) for run in linked)
            content += self._link(href, said) if href else said
        return content

    def _link(self, href: str, said: str) -> str:
        if _ADDRESS.fullmatch(href):
            return tag("hyperlink", said, r_id=self.links.id_of(href), w_history=1)
        instruction = 'HYPERLINK "{}"'.format(href.replace("\\", "\\\\"))
        return _field(instruction, said)

    def _approvals(self) -> str:
        members = self.edition.deciding_members
        if self.edition.is_draft or not members:
            return ""
        heads = (_("Navn"), _("Rolle og organisation"), _("Godkendelse"))
        head = "".join(
            _cell([words], width, style="TableHeading")
            for words, width in zip(heads, _APPROVALS, strict=True)
        )
        rows = [tag("tr", tag("trPr", tag("cantSplit") + tag("tblHeader")) + head)]
        for member in members:
            said = (member.shown_name, member.place, _approval(member))
            cells = "".join(_cell([each], width) for each, width in zip(said, _APPROVALS, strict=True))
            rows.append(tag("tr", tag("trPr", tag("cantSplit")) + cells))
        title = _("Godkendelser ved vedtagelsen")
        table = tag("tbl", _table_start(title, _APPROVALS, first_row=True) + "".join(rows))
        return _paragraph("Heading1", _run(title)) + table + _paragraph("Normal", "")

    def _header(self) -> str:
        draft = tag("r", tag("tab")) + _run(_("Udkast"), color="7A5500") if self.edition.is_draft else ""
        return part("hdr", _paragraph("StandingHeader", _run("OS2arbejdsgrupper") + draft))

    def _footer(self) -> str:
        page = (
            _run(_("Side") + " ")
            + _field("PAGE", _run("1"))
            + _run(f" {_('af')} ")
            + _field("NUMPAGES", _run("1"))
        )
        lines = [_run(self.edition.title) + tag("r", tag("tab")) + page, _run(self.edition.standing)]
        if self.address and not self.edition.is_draft:
            lines.append(_run(self.address))
        return part("ftr", "".join(_paragraph("Standing", line) for line in lines))


def _needs_mark(block: Block, headings: Headings) -> bool:
    """Whether a block must say that it is no more than it looks (see ``charters.word``)."""
    if not block.is_point and typed_mark(block.text, after=_number_in(block.text) - 1):
        return True
    stands_out = not block.is_point and (block.text.isupper() or block.runs[0].strong)
    return may_be_misread(block.text, stands_out=stands_out, headings=headings)


def _number_in(words: str) -> int:
    found = re.match(r"\d{1,3}", words)
    return int(found[0]) if found else 0


def _named(member: EditionMember) -> str:
    about = [member.shown_name, member.role_label.lower(), member.organisation]
    return ", ".join(part for part in about if part)


def _approval(member: EditionMember) -> str:
    if member.approved_on:
        return _("Godkendt på mødet %(date)s") % {"date": date_format(member.approved_on)}
    return _("Dato og underskrift")


def _paragraph(style: str, content: str, more: str = "") -> str:
    return tag("p", tag("pPr", tag("pStyle", w_val=style) + more) + content)


def _run(said: str, *, strong: bool = False, em: bool = False, is_link: bool = False, color: str = "") -> str:
    properties = (
        (tag("rStyle", w_val="Hyperlink") if is_link else "")
        + (tag("b") + tag("bCs") if strong else "")
        + (tag("i") + tag("iCs") if em else "")
        + (tag("color", w_val=color) if color else "")
    )
    return tag(
        "r",
        (tag("rPr", properties) if properties else "") + f'<w:t xml:space="preserve">{_shown(said)}</w:t>',
    )


def _shown(said: str) -> str:
    return AS_WRITTEN if said == AS_WRITTEN else words(said)


def _field(instruction: str, shown: str) -> str:
    def part_of_field(kind: str) -> str:
        return tag("r", tag("fldChar", w_fldCharType=kind))

    said = tag("r", f'<w:instrText xml:space="preserve"> {words(instruction)} </w:instrText>')
    return part_of_field("begin") + said + part_of_field("separate") + shown + part_of_field("end")


def _table_start(title: str, widths: tuple[int, ...], *, first_row: bool) -> str:
    """How a table looks, what it is called, and whether its first row or its first column is its head."""
    look: dict[str, Any] = {"w_firstRow": int(first_row), "w_firstColumn": int(not first_row)}
    off: dict[str, Any] = {"w_lastRow": 0, "w_lastColumn": 0, "w_noHBand": 1, "w_noVBand": 1}
    properties = (
        tag("tblStyle", w_val="CharterTable")
        + tag("tblW", w_w=sum(widths), w_type="dxa")
        + tag("tblLayout", w_type="fixed")
        + tag("tblLook", w_val="0620" if first_row else "0680", **look, **off)
        + tag("tblCaption", w_val=title)
    )
    return tag("tblPr", properties) + tag("tblGrid", "".join(tag("gridCol", w_w=width) for width in widths))


def _cell(lines: Iterable[str], width: int, *, style: str = "TableText") -> str:
    properties = tag("tcPr", tag("tcW", w_w=width, w_type="dxa"))
    return tag("tc", properties + "".join(_paragraph(style, _run(line)) for line in lines))
