"""E-mail addresses to paste in a mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote

from members.models import User

LONGEST_LINK = 1_900  # characters; Windows hands no longer link on to a mail program


@dataclass
class Addresses:
    """The addresses of some people, once each.

    Attributes:
        left_out: how many more there are whose login is taken away: they have left their job.
        by_comma: parted as Gmail and Thunderbird want it, not as Outlook does.
    """

    each: list[str]
    left_out: int = 0
    by_comma: bool = False

    @classmethod
    def of(cls, people: Iterable[User], *, by_comma: bool = False) -> Self:
        found = {person.email: person.is_active for person in people}
        active = [email for email, is_active in found.items() if is_active]
        return cls(active, len(found) - len(active), by_comma)

    def __bool__(self) -> bool:
        return bool(self.each)

    @property
    def together(self) -> str:
        return (", " if self.by_comma else "; ").join(self.each)

    @property
    def link(self) -> str:
        """A mail in which nobody sees the others; empty when there are too many for a link."""
        link = "mailto:?bcc=" + ",".join(quote(email, safe="@+") for email in self.each)
        return link if len(link) <= LONGEST_LINK else ""
