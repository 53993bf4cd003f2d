"""The person as they were called, and what is written in its place when they are made nameless."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _t

from members.models import User

_DOMAIN = "anonym.invalid"  # nobody can have an address there (RFC 2606)
_TRIES = 20  # with a short number, before a longer one is drawn


@dataclass(frozen=True)
class Alias:
    """What the person was called, and the number that is drawn for them."""

    was_named: str
    was_at: str
    number: str

    @classmethod
    def drawn_for(cls, person: User) -> Alias:
        """One that nobody has: by chance, since whatever is made of the person can be made once more."""
        for attempt in range(2 * _TRIES):
            alias = cls(person.name, person.email, secrets.token_hex(2 if attempt < _TRIES else 4))
            if not User.objects.filter(email=alias.email).exists():
                return alias
        raise RuntimeError("No free number was drawn.")

    @property
    def name(self) -> str:
        return _t("Tidligere medlem %(number)s") % {"number": self.number}

    @property
    def email(self) -> str:
        return f"tidligere-{self.number}@{_DOMAIN}"

    @cached_property
    def spelt(self) -> list[str]:
        """The name and the address as they are written, in text and in the JSON of Django's log."""
        words = [word for word in (self.was_named, self.was_at) if word]
        return list(dict.fromkeys([*words, *(json.dumps(word)[1:-1] for word in words)]))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        either = "|".join(re.escape(word) for word in sorted(self.spelt, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{either})(s?)(?!\w)", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def instead_in(self, text: str) -> str:
        """The text with the new name for the old one and for the address; "Karens" becomes "…'s"."""
        return self._pattern.sub(lambda found: self.name + ("'s" if found[1] else ""), text)
