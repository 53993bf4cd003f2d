"""Whether a charter from Word is this group's, by what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from charters.word.charter import WordCharter
from charters.word.labels import (
    field_of,
    is_charter_title,
    is_form_of,
    is_kind_word,
    key_of,
    kind_of,
    telling,
)

# What a title says of any group: no word of these tells one from another.
_OF_ANY = re.compile(
    r"(?:kommissori|styregruppe|koordinationsgruppe|faggruppe|arbejdsgruppe|undergruppe|gruppe|udkast|udgave|version"
    r"|vedtage|mød|udfyld|projekt|produkt).*|os2|v?\d+|jan.*|feb.*|mar.*|apr.*|maj|jun.*|jul.*|aug.*|sep.*"
    r"|okt.*|nov.*|dec.*"
)


def others_named(word: WordCharter, *, kind: str, names: Iterable[str]) -> list[str]:
    """The words by which a file says that it is another group's charter; none where it is silent.

    Args:
        word: the charter that was read.
        kind: the group's type.
        names: what the group and its project are called.
    """
    return list(dict.fromkeys(_others(word, kind, [key_of(name) for name in names if name])))


def titles_told(word: WordCharter, *, name: str) -> list[str]:
    """The file's titles, but for those that say no more than whose charter it is."""
    group = key_of(name)
    of_group = {"kommissorium", group, f"kommissorium for {group}", f"kommissorium til {group}"}
    return [words for words in word.titles if key_of(words) not in of_group and not is_kind_word(words)]


def _others(word: WordCharter, kind: str, names: list[str]) -> Iterator[str]:
    for said in (*word.titles, word.members_label):
        is_of_kind = kind_of(said) in ("", kind)
        if not is_of_kind or (_names_somebody(said) and not _may_name(said, names)):
            yield said
    project = word.facts.said.get("project_name", "")
    if project and not _may_name(project, names):
        yield project


def _names_somebody(said: str) -> bool:
    """Whether a title says whose it is; "Kommissorium, foreløbigt" does not."""
    has_name = any(word.startswith("os2") for word in key_of(said).split())
    return has_name or is_charter_title(said) or bool(kind_of(said) and not field_of(said))


def _may_name(said: str, names: list[str]) -> bool:
    """Whether some words may be of what is called so: they share one that tells, or tell of nobody."""
    told = {name for name in telling(key_of(said)) if not _OF_ANY.fullmatch(name)}
    own = {name for key in names for name in telling(key) if not _OF_ANY.fullmatch(name)}
    if not told or not own:
        return True
    whole = key_of(said).replace(" ", "")
    return any(name.replace(" ", "") in whole or whole in name.replace(" ", "") for name in names) or any(
        is_form_of(one, other) for one in told for other in own
    )
