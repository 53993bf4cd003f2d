"""Who acts just now, so that what is written far from the request still names them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Acting:
    """Someone who does something.

    Attributes:
        who: a person, or whoever a request comes from, who is asked for only when something is written.
        act: the mark of all that is written meanwhile.
    """

    who: Any = None
    act: str | None = None

    @property
    def user(self) -> Any:
        """The person; none when nobody is signed in."""
        return self.who if self.who is not None and self.who.is_authenticated else None


_NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("who acts", default=_NOBODY)


def acting() -> Acting:
    """Who acts now; the site itself where nobody has said."""
    return _acting.get()


@contextmanager
def acting_as(who: Any, *, mark: str | None = None) -> Iterator[None]:
    """While it lasts, ``who`` is the one that the log names.

    Args:
        who: see ``Acting``.
        mark: of all that is written meanwhile; a new one if none is given.
    """
    token = _acting.set(Acting(who, mark or uuid.uuid4().hex))
    try:
        yield
    finally:
        _acting.reset(token)
