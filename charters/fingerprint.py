"""What binds an edition: one way to write its content, and the SHA-256 over it."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(content: Any) -> str:
    """The one way to write some content: sorted keys, no spaces, UTF-8 as it is.

    Raises:
        ValueError: it holds a number that JSON has not.
    """
    return json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def fingerprint_of(canonical: str) -> str:
    """SHA-256 of some canonical content, in hexadecimal."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def commitment_to(name: Any, *, salt: Any) -> str:
    """What stands for a name in the canonical content: it binds, but does not tell."""
    return fingerprint_of(f"{salt}\x00{name}")


def in_fours(fingerprint: str) -> str:
    """What a reader compares of a fingerprint: the first twelve digits, in fours."""
    return " ".join(fingerprint[i : i + 4] for i in range(0, 12, 4))
