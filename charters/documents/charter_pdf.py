"""The PDF of a charter."""

from __future__ import annotations

from charters.edition import Edition


def charter_pdf(edition: Edition) -> bytes:
    raise NotImplementedError(edition)
