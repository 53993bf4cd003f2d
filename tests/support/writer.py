"""A browser that writes a draft: it saves, goes on from the answer, and settles what it is asked about."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.test import Client
from django.urls import reverse

from charters.models import Section


@dataclass
class Writer:
    """Somebody with a section open; ``shown`` is every conflict that was put before them."""

    client: Client
    section: Section
    base: int = 0
    heading: str = ""
    body: str = ""
    statuses: list[int] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.base, self.heading, self.body = self.section.revision, self.section.heading, self.section.body

    @property
    def address(self) -> str:
        slug = self.section.charter.group.slug
        return reverse("charters:draft-section-save", kwargs={"slug": slug, "pk": self.section.pk})

    def save(self, body: str, *, key: uuid.UUID | None = None, **fields: Any) -> Any:
        """Send the text, and go on from what comes back."""
        sent = {"heading": self.heading, "body": body, "base": self.base, "key": key or uuid.uuid4()}
        response = self.client.post(self.address, sent | fields)
        self.statuses.append(response.status_code)
        answer = response.json()
        if response.status_code == 200:
            self.base, self.heading, self.body = (answer[name] for name in ("revision", "heading", "body"))
        return answer

    def resolve(self, answer: dict[str, Any], *, with_words: str, tries: int = 1000) -> None:
        """Choose what the other wrote, and put one's own words after it; again while others keep writing."""
        while "mine" in answer:
            self.shown += [answer["mine"]["body"], answer["theirs"]["body"]]
            self.base, self.body = answer["revision"], answer["theirs"]["body"]
            if not tries:
                return
            tries -= 1
            answer = self.save(replaced(self.body, f" {with_words}</p>"))


def appended(body: str, words: str, *, after: str) -> str:
    """The text with some words put in behind others."""
    assert after in body, (after, body)
    return body.replace(after, f"{after} {escape(words)}", 1)


def replaced(body: str, end: str) -> str:
    """The text with something written on at the end of its last block."""
    head, _, tail = body.rpartition("</p>")
    return head + end + tail
