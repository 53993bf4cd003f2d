"""Whether a file that somebody holds is the edition it says it is ("Kontrollér dokument").

A PDF is an edition to the byte, or it is not. Of data, the canonical content is put together again: its
SHA-256 is the fingerprint, and each name must be the one that the content is bound to.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import models

from charters.fingerprint import canonical_json, commitment_to, fingerprint_of
from charters.models import Charter
from charters.models.charter_query import CharterQuerySet

LARGEST = 10 << 20  # bytes; the largest document that is printed is smaller
LARGEST_DATA = 2_500_000  # JSON takes many times its size to read, and a whole charter is far below this
_SHORT = re.compile(rb"Fingeraftryk: ([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{4})")
_LONG = re.compile(r"[0-9a-f]{64}")


class Finding(models.TextChoices):
    SAME = "same"
    CHANGED = "changed"  # it says that it is an edition we know, and is not
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Verdict:
    finding: Finding
    edition: Charter | None = None
    is_data: bool = False  # then the content and the names were compared, and nothing else in the file

    @property
    def is_same(self) -> bool:
        return self.finding == Finding.SAME


def check(file: bytes, *, among: CharterQuerySet) -> Verdict:
    """What a file is.

    Args:
        file: a PDF, or JSON as ``open_data`` gives it or as it is attached to the PDF.
        among: the editions that whoever asks may know of; of all others the file is unknown.
    """
    editions = among.frozen().select_related("group")
    if file.lstrip()[:5] == b"%PDF-":
        return _check_pdf(file, editions)
    if len(file) > LARGEST_DATA:
        return Verdict(Finding.UNREADABLE)
    try:
        data = json.loads(file, object_pairs_hook=_said_once)
    except (ValueError, RecursionError):
        return Verdict(Finding.UNREADABLE)
    return _check_data(data, editions) if isinstance(data, dict) else Verdict(Finding.UNREADABLE)


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; of a key that is there twice, a reader may see the one that nobody checked.

    Raises:
        ValueError: one is.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(pairs)
    return found


def _check_pdf(pdf: bytes, editions: CharterQuerySet) -> Verdict:
    digest = hashlib.sha256(pdf).hexdigest()
    if same := editions.filter(document__pdf_sha256=digest).first():
        return Verdict(Finding.SAME, same)
    said = _SHORT.search(pdf)
    return _said_to_be(b"".join(said.groups()).decode() if said else "", editions)


def _check_data(data: dict[str, Any], editions: CharterQuerySet) -> Verdict:
    content = data.get("content", data)
    said = str(data.get("fingerprint", ""))
    if not isinstance(content, dict):
        return Verdict(Finding.UNREADABLE)
    try:
        fingerprint = fingerprint_of(canonical_json(content))
    except (ValueError, TypeError, RecursionError):
        return Verdict(Finding.UNREADABLE)
    same = editions.filter(fingerprint=fingerprint).first()
    if same and said in ("", fingerprint) and _names_are_bound(data, content):
        return Verdict(Finding.SAME, same, is_data=True)
    return Verdict(Finding.CHANGED, same) if same else _said_to_be(said, editions)


def _said_to_be(fingerprint: str, editions: CharterQuerySet) -> Verdict:
    """The file is no edition; tell which one it gives itself out to be."""
    is_whole = _LONG.fullmatch(fingerprint) or len(fingerprint) == 12
    edition = editions.filter(fingerprint__startswith=fingerprint).first() if is_whole else None
    return Verdict(Finding.CHANGED, edition) if edition else Verdict(Finding.UNKNOWN)


def _names_are_bound(data: dict[str, Any], content: dict[str, Any]) -> bool:
    """Whether each name beside the content is the one it is bound to; one that was removed is none."""
    names, members = data.get("names", []), content.get("members", [])
    if not names:
        return True
    if not isinstance(names, list) or len(names) != len(members):
        return False
    return all(_is_bound(one, member) for one, member in zip(names, members, strict=True))


def _is_bound(one: Any, member: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(member, dict):
        return False
    if one.get("removed") is True and not one.get("name"):
        return True
    return commitment_to(one.get("name"), salt=one.get("salt")) == member.get("name")
