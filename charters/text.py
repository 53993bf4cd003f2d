"""Charter text: the small HTML subset a section's body is written in, and the blocks behind it.

A body is p, ul, ol, nested li, strong, em and a, nothing else. ``clean`` and, for forms, ``clean_typed`` are
the only ways in. ``blocks`` turns a body into a flat tuple of paragraphs and points; ``to_html`` turns blocks
back into the one canonical body for them. Comparison, merging, documents and obligations are made from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charters import plain_text, word_paste
from charters.blocks import BREAKS, MAX_DEPTH, Block, Kind, Run, read, runs_after, tidy, without_unseen, write
from members import cpr

__all__ = [
    "MAX_BLOCKS",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_HTML",
    "Block",
    "Kind",
    "Run",
    "blocks",
    "clean",
    "clean_typed",
    "cpr_numbers",
    "is_empty",
    "is_from_the_editor",
    "plain",
    "points",
    "render",
    "to_html",
    "without_cpr",
]

MAX_CHARACTERS = 20_000
MAX_BLOCKS = 400
MAX_HTML = 10 * MAX_CHARACTERS  # with its tags and addresses
MAX_LAYERS = 2_500  # of elements in elements, far above any page's; cleaning takes the square of them in time

_CLEANER = nh3.Cleaner(
    tags={"ul", "ol", "li", "strong", "b", "em", "i", "a", *BREAKS},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
    clean_content_tags={"script", "style", "title", "template", "svg", "math", "xml"},
)
# Elements that browsers and word processors write. "<minimum>" in somebody's plain text is not one.
_MARKUP = re.compile(
    r"<(?:!--|/?(?:"
    + "|".join(sorted(BREAKS))
    + r"|ul|ol|li|strong|b|em|i|a|u|s|span|font|sub|sup|small|mark|code|img|html|head|body|title|meta|link"
    r"|script|style|template|svg|math|iframe|object|embed|input|textarea|select|button|label|o:p|xml)[\s/>])",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)
_NEVER_CLOSED = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_FROM_THE_EDITOR = re.compile(r"\s*<(?:p|ul|ol)[\s>]")
# A point typed or pasted as text ("• Godkende budget") is a point all the same.
_TYPED_BULLET = re.compile(r"[•·▪◦‣●■\uf0b7]\s*")
# What is remembered stays below some 30 MB even if every text is made to be as heavy as it can be.
_REMEMBERED_TEXTS = 256
_REMEMBERED_LENGTH = 8_000


def clean(html: str) -> str:
    """The canonical, safe body for whatever was typed, pasted or posted.

    Args:
        html: anything at all; text without tags is taken as plain text (see ``plain_text``).

    Returns:
        HTML in the subset; cleaning it again changes nothing.

    Raises:
        ValidationError: the text is longer than a section can be.
    """
    _refuse_if(len(html) > MAX_HTML)
    _refuse_layers(html)
    html = without_unseen(html)
    if _MARKUP.search(html):
        if word_paste.is_from_word(html):
            html = word_paste.with_real_points(html)
        found = list(_typed_points(read(_CLEANER.clean(html))))
    else:
        found = plain_text.read(html)
    return _body(found)


def clean_typed(value: str) -> str:
    """The canonical, safe body for what a form's field sent.

    The editor sends HTML, which begins with a paragraph or a list. A page without JavaScript sends the lines
    that somebody typed, and there "<b" is only what it looks like.

    Raises:
        ValidationError: the text is longer than a section can be.
    """
    if is_from_the_editor(value):
        return clean(value)
    _refuse_if(len(value) > MAX_HTML)
    return _body(plain_text.read(value))


def is_from_the_editor(value: str) -> bool:
    """Whether a form's field was sent as HTML; everything else is lines that somebody typed."""
    return bool(_FROM_THE_EDITOR.match(value))


def blocks(html: str) -> tuple[Block, ...]:
    """The blocks of a body, in reading order."""
    return _remembered(html) if len(html) <= _REMEMBERED_LENGTH else read(html)


_remembered = lru_cache(maxsize=_REMEMBERED_TEXTS)(read)


def to_html(found: Iterable[Block]) -> str:
    """The canonical body of some blocks."""
    return write(found)


def render(html: str) -> SafeString:
    """A stored body, ready for a template. The body is cleaned once more: stored HTML is not trusted."""
    return SafeString(clean(html))  # clean() is what makes it safe


def plain(html: str) -> str:
    """The body as plain text: a line a block, points with a dash or their number, two spaces a level."""
    return plain_text.write(blocks(html))


def without_cpr(html: str) -> None:
    """A validator of bodies: no block, and no address of a link, has what looks like a CPR number.

    Asked of what somebody wrote, where it is saved. ``clean`` lets it pass: what was stored before this was a
    rule must still be read, merged and put right.

    Raises:
        ValidationError: something does; see ``members.cpr``.
    """
    cpr.without_cpr(plain(html))
    if numbers := _numbers_in_links(html):
        said = _("Et link i teksten: %(refusal)s") % {"refusal": cpr.refusal(numbers)}
        raise ValidationError(said, code="cpr")


def cpr_numbers(html: str) -> list[str]:
    """What looks like CPR numbers in a body and its links, as ``members.cpr`` tells them."""
    return [*cpr.numbers_in(plain(html)), *_numbers_in_links(html)]


def _numbers_in_links(html: str) -> list[str]:
    return cpr.numbers_in("\n".join(unquote(run.href) for block in blocks(html) for run in block.runs))


def is_empty(html: str) -> bool:
    return not blocks(html)


def points(html: str) -> list[str]:
    """The text of each outermost point; nested points belong to the one they stand under."""
    found: list[str] = []
    for block in blocks(html):
        if block.is_point and block.depth == 1:
            found.append(block.text)
        elif found and block.depth >= 1:
            found[-1] += " " + block.text
    return found


def _typed_points(found: Iterable[Block]) -> Iterator[Block]:
    for block in found:
        bullet = None if block.is_point else _TYPED_BULLET.match(block.text)
        if not bullet:
            yield block
        elif runs := tidy(runs_after(block.runs, bullet.end())):
            yield Block("ul", max(block.depth, 1), runs)


def _body(found: list[Block]) -> str:
    _refuse_if(len(found) > MAX_BLOCKS or sum(len(block.text) for block in found) > MAX_CHARACTERS)
    body = to_html(found)
    _refuse_if(len(body) > MAX_HTML)
    return body


def _refuse_layers(html: str) -> None:
    if html.count("<") <= MAX_LAYERS:  # as in every text but what somebody made to be slow
        return
    open_ = 0
    for closes, name in _TAG.findall(html):
        if name.lower() not in _NEVER_CLOSED:
            open_ += -1 if closes else 1
        if open_ > MAX_LAYERS:
            raise ValidationError(
                _("Teksten er opbygget i for mange lag inden i hinanden. Indsæt den som ren tekst."),
                code="too_deep",
            )


def _refuse_if(too_long: bool) -> None:
    if not too_long:
        return
    sizes = {"characters": f"{MAX_CHARACTERS:,}".replace(",", "."), "blocks": MAX_BLOCKS}
    message = _("Teksten er for lang. Der er plads til %(characters)s tegn og %(blocks)s punkter og afsnit.")
    raise ValidationError(message % sizes, code="too_long")
