"""An edition as Markdown (CommonMark): for whoever keeps a charter beside the code it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charters import text
from charters.blocks import Block, Run
from charters.edition import Edition
from charters.plain_text import numbered

# What means something within a line, and what means something only where a line begins.
_INLINE = re.compile(r"([\\`*_\[\]<>&])")
_AT_START = re.compile(r"^(\s*\d*)([#+=~.)-])")


def edition_markdown(edition: Edition, *, address: str) -> str:
    """The whole edition.

    Args:
        edition: an adopted one.
        address: of its page.
    """
    with translation.override("da"):
        parts = [f"# {escaped(edition.title)}", _facts(edition)]
        for section in edition.sections:
            parts.append(f"## {escaped(section.heading)}")
            parts.append(body_markdown(text.blocks(section.body)))
        parts.append(f"---\n\n{escaped(edition.standing)} <{address}>")
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(edition: Edition) -> str:
    facts = []
    if edition.concerns_project:
        facts.append((_("Projektets navn"), edition.project_name))
    facts.append((edition.members_label, ""))
    lines = [f"- {escaped(member.shown_name)}, {escaped(member.place)}" for member in edition.members]
    after = [(_("Produktniveau"), edition.level_label)] if edition.concerns_project else []
    if edition.dated_on:
        after.append((_("Dato"), date_format(edition.dated_on)))
    if edition.reason:
        after.append((_("Hvorfor en ny udgave"), edition.reason))
    return "\n".join([*_points(facts), *(f"  {line}" for line in lines), *_points(after)])


def _points(facts: Iterable[tuple[str, str]]) -> list[str]:
    return [f"- **{escaped(name)}:** {escaped(value)}".rstrip() for name, value in facts]


def body_markdown(blocks: Iterable[Block]) -> str:
    """The blocks of a section; an indent of four is nesting to every reader of Markdown."""
    out: list[str] = []
    before: Block | None = None
    for block, number in numbered(blocks):
        mark = "" if not block.is_point else f"{number}. " if number else "- "
        line = "    " * (block.depth - block.is_point) + mark + _inline(block.runs)
        is_list = before is not None and before.is_point and block.is_point
        out.append(line if is_list or before is None else f"\n{line}")
        before = block
    return "\n".join(out)


def _inline(runs: Iterable[Run]) -> str:
    return _AT_START.sub(r"\1\\\2", "".join(_run(run) for run in runs))


def _run(run: Run) -> str:
    words = _INLINE.sub(r"\\\1", run.text)
    core = words.strip()
    if not core:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if run.em:
        core = f"*{core}*"
    if run.strong:
        core = f"**{core}**"
    if run.href:
        core = f"[{core}](<{run.href}>)"
    return f"{before}{core}{after}"


def escaped(words: str) -> str:
    """Words that stand after something else on their line."""
    return _INLINE.sub(r"\\\1", words)
