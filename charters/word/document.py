"""Reads the XML of a Word document: what it says now, and what it holds beside its text.

Insertions that were tracked are in, deletions are out, and of two ways to show the same thing the newer is
read. Whatever has no place in a charter's text, a picture, a footnote, is kept as a leftover and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from charters.blocks import safe_link
from charters.word.lines import Line, Liner, Piece, Table
from charters.word.markup import GONE, THROUGH, choice_of, name_of, outermost, said, within, words_of
from charters.word.own import is_standing
from charters.word.package import Package, W, WordError
from charters.word.styles import STRUCK, TITLE, Look, Styles, is_on, value
from members.package import R

MAX_PARAGRAPHS = 10_000
MAX_CHARACTERS = 500_000
MAX_LEFTOVERS = 300
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_PAGE_FIELD = re.compile(r"(?:side|page)?\s*\d*\s*(?:af|of|/)?\s*\d*", re.IGNORECASE)


@dataclass(frozen=True)
class Leftover:
    """Something in the file that has no place in the draft: what it is, and its words if it has any."""

    what: str
    words: str = ""
    is_text: bool = field(
        default=False, compare=False
    )  # somebody's words, which may be a section of their own
    is_kept: bool = False  # it is in the text, in another form than in the file


@dataclass
class _Field:
    """A field: what Word is to compute, then what it last computed."""

    instruction: str = ""
    shows: bool = False

    @property
    def href(self) -> str:
        found = _LINK_FIELD.match(self.instruction)
        return re.sub(r"\\(.)", r"\1", found[1]) if found else ""


@dataclass
class Document:
    """One Word document, read once, from beginning to end; its leftovers are known after that."""

    package: Package
    leftovers: list[Leftover] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._styles = Styles(self.package)
        self._paragraphs = self._characters = 0
        self._fields: list[_Field] = []
        self._held: list[Piece] = []  # of a paragraph whose end was deleted
        self._removed: list[str] = []
        self._struck: list[str] = [""]  # the last is of the paragraph that is being read
        self._titles = {self.package.title}

    def entries(self) -> list[Line | Table]:
        """Lines and tables in reading order.

        Raises:
            WordError: there are more than a charter can have.
        """
        body = self.package.document.find(W + "body")
        found = [] if body is None else list(self._flow(body, Liner()))
        if self._removed:
            self.leave(_("Slettet tekst (sporede ændringer)"), " … ".join(self._removed))
        if struck := [words for words in self._struck if words.strip()]:
            self.leave(_("Overstreget tekst"), " … ".join(struck))
        self._leave_notes()
        return found

    def leave(self, what: str, words: str = "", *, is_text: bool = False) -> None:
        words = " ".join(words.split())
        leftover = Leftover(what, words, is_text)
        if leftover not in self.leftovers[-20:]:
            self.leftovers.append(leftover)
        if len(self.leftovers) > MAX_LEFTOVERS:
            raise WordError(_("Filen har flere billeder, noter og lignende, end et kommissorium kan have."))

    def _flow(self, parent: Any, liner: Liner) -> Iterator[Line | Table]:
        for child in parent.iterchildren(W + "*", "{*}AlternateContent"):
            name = name_of(child)
            if name == "p":
                yield from self._paragraph(child, liner)
            elif name == "tbl":
                yield self._table(child)
            elif name == "sdt":
                yield from self._control(child, liner)
            elif name in THROUGH:
                yield from self._flow(child, liner)
            elif name == "AlternateContent":
                yield from self._flow(choice_of(child), liner)
            elif name in GONE:
                self._removed.append(words_of(child))
            elif name == "altChunk":
                self.leave(_("Indlejret fil"))

    def _control(self, control: Any, liner: Liner) -> Iterator[Line | Table]:
        """What a field of a form holds, if it was filled in."""
        properties, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        if content is None:
            return
        if value(properties.find(W + "docPartObj") if properties is not None else None, "docPartGallery"):
            self.leave(_("Indholdsfortegnelse, forside eller lignende"), words_of(content))
        elif not is_on(properties, "showingPlcHdr"):
            yield from self._flow(content, liner)

    def _paragraph(self, paragraph: Any, liner: Liner) -> Iterator[Line]:
        self._paragraphs += 1
        properties = paragraph.find(W + "pPr")
        look = self._styles.look_of(properties)
        pieces = [*self._held, *self._inside(paragraph, Piece("", strong=look.is_bold), look)]
        self._held = []
        self._struck.append("")
        self._characters += sum(len(piece.text) for piece in pieces)
        self._paragraphs += sum(piece.text.count("\n") for piece in pieces)
        if self._paragraphs > MAX_PARAGRAPHS or self._characters > MAX_CHARACTERS:
            raise WordError(_("Filen har mere tekst, end et kommissorium kan have."))
        end = None if properties is None else properties.find(W + "rPr")
        if end is not None and end.find(W + "del") is not None:
            self._held = pieces
        elif look.style.startswith("toc "):
            self.leave(_("Indholdsfortegnelse"), "".join(piece.text for piece in pieces))
        else:
            if look.level == TITLE:
                self._titles.add(" ".join("".join(piece.text for piece in pieces).split()))
            yield from liner.lines(pieces, look)

    def _inside(self, parent: Any, form: Piece, look: Look) -> Iterator[Piece]:
        for child in parent.iterchildren("{*}*"):
            name = name_of(child)
            if name == "r":
                yield from self._run(child, form, look)
            elif name == "hyperlink":
                href = self.package.links.get(child.get(R + "id", ""), "")
                self._note_lost_link(href)
                yield from self._inside(child, replace(form, href=href), look)
            elif name in THROUGH:
                yield from self._inside(child, form, look)
            elif name == "sdt":
                if not is_on(child.find(W + "sdtPr"), "showingPlcHdr"):
                    yield from self._inside(child, form, look)
            elif name == "AlternateContent":
                yield from self._inside(choice_of(child), form, look)
            elif name in GONE:
                self._removed.append(words_of(child))
            elif name in ("oMath", "oMathPara"):
                yield replace(form, text="".join(child.itertext()))

    def _run(self, run: Any, form: Piece, look: Look) -> Iterator[Piece]:
        form = self._formed(run.find(W + "rPr"), form)
        if is_on(run.find(W + "rPr"), "vanish"):
            self.leave(_("Skjult tekst"), words_of(run))
            return
        is_struck = self._is_struck(run.find(W + "rPr"), look)
        for child in run.iterchildren("{*}*"):
            name = name_of(child)
            if name == "AlternateContent":
                self._leave_object(choice_of(child))
            elif name in ("drawing", "pict", "object"):
                self._leave_object(child)
            elif name == "ruby":
                for base in child.iterchildren(W + "rubyBase"):
                    yield from self._inside(base, form, look)
            elif name in ("fldChar", "instrText"):
                self._follow_field(child)
            elif (words := said(child)) and not any(not opened.shows for opened in self._fields):
                if is_struck:
                    self._struck[-1] += words
                    continue
                href = next((opened.href for opened in self._fields if opened.href), form.href)
                yield replace(form, text=words, href=href)

    def _formed(self, properties: Any, form: Piece) -> Piece:
        style = value(properties, "rStyle")
        bold, italic = is_on(properties, "b"), is_on(properties, "i")
        bold = self._styles.says(style, "b") if bold is None and style else bold
        italic = self._styles.says(style, "i") if italic is None and style else italic
        underline = value(properties, "u")
        return replace(
            form,
            strong=form.strong if bold is None else bold,
            em=form.em if italic is None else italic,
            underlined=underline not in (None, "none"),
        )

    def _is_struck(self, properties: Any, look: Look) -> bool:
        """Whether words are struck through: so people delete who do not track their changes."""
        said = [on for face in STRUCK if (on := is_on(properties, face)) is not None]
        if not said and (style := value(properties, "rStyle")):
            said = [on for face in STRUCK if (on := self._styles.says(style, face)) is not None]
        return any(said) if said else look.is_struck

    def _follow_field(self, part: Any) -> None:
        """A field's instruction is no text; what it shows is."""
        kind = part.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "end":
            del self._fields[-1:]
        elif self._fields and kind == "separate":
            self._fields[-1].shows = True
            self._note_lost_link(self._fields[-1].href)
        elif self._fields and kind is None and len(self._fields[-1].instruction) < 4000:
            self._fields[-1].instruction += part.text or ""

    def _note_lost_link(self, href: str) -> None:
        if href and not safe_link(href):
            self.leave(_("Et link, som ikke kan stå i et kommissorium"), href)

    def _leave_object(self, thing: Any) -> None:
        """Name a picture, a text box or what else floats in the text."""
        boxes = outermost(thing, "txbxContent")
        for box in boxes:
            if words := words_of(box).strip():
                self.leave(_("Tekstboks"), words, is_text=True)
        named = next(iter(thing.iter("{*}docPr")), None)
        name = "" if named is None else named.get("descr") or named.get("name") or ""
        if next(thing.iter("{*}blip", "{*}imagedata"), None) is not None:
            self.leave(_("Billede"), name)
        elif not boxes:
            self.leave(_("Tegning, streg eller indlejret fil"), name)

    def _table(self, table: Any) -> Table:
        rows = []
        for row in within(table, "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self._removed.append(words_of(row))
                continue
            rows.append(tuple(tuple(self._cell(cell)) for cell in within(row, "tc")))
        return Table(tuple(rows))

    def _cell(self, cell: Any) -> Iterator[Line]:
        for entry in self._flow(cell, Liner()):
            if isinstance(entry, Line):
                yield entry
            else:  # a table in a table
                yield from (line for row in entry.rows for inner in row for line in inner)

    def _leave_notes(self) -> None:
        what = {
            "footnotes": _("Fodnote"),
            "endnotes": _("Slutnote"),
            "comments": _("Kommentar"),
            "header": _("Sidehoved"),
            "footer": _("Sidefod"),
        }
        for kind, parts in self.package.notes.items():
            for note in (note for part in parts for note in _notes(part)):
                entries = list(self._flow(note, Liner()))
                lines = [_text_of(entry) for entry in entries if not self._is_standing(entry)]
                words = "\n".join(lines).strip()
                if words and not (kind in ("header", "footer") and _PAGE_FIELD.fullmatch(words)):
                    self.leave(what[kind], words, is_text=True)

    def _is_standing(self, entry: Line | Table) -> bool:
        return isinstance(entry, Line) and is_standing(entry, titles=self._titles)


def _text_of(entry: Line | Table) -> str:
    if isinstance(entry, Line):
        return entry.text
    return "\n".join(line.text for row in entry.rows for cell in row for line in cell)


def _notes(part: Any) -> list[Any]:
    """Each note of its own; a header or footer is one."""
    notes = list(part.iterchildren(W + "footnote", W + "endnote", W + "comment"))
    return notes or [part]
