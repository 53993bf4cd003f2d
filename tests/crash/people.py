"""People who use the site while it is being killed: each asks again until there is an answer, as a page does.

What the site said yes to is written down; ``outcome.py`` compares that with what is stored.
"""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections import Counter
from contextlib import suppress
from typing import Any

from django.urls import reverse
from django.utils import timezone

from charters.models import Obligation, Section
from members.models import User, WorkingGroup
from tests.support.asker import Asker

PAUSE = 0.1  # seconds between two acts of a person
ASK_AGAIN_AFTER = 0.05
GIVE_UP_AFTER = 90.0  # seconds without any answer: then the site did not come back


class Person(threading.Thread):
    """Somebody at a computer. ``told``: what the site said yes to; ``wrong``: what it never may answer."""

    def __init__(self, email: str, port: int, stop: threading.Event) -> None:
        super().__init__(name=f"{type(self).__name__} {email}")
        self.asker, self.port, self.stop = Asker(email), port, stop
        self.told: list[str] = []
        self.wrong: list[str] = []
        self.asked_again: Counter[str] = Counter()
        self.number = 0

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                self.number += 1
                self.act()
                time.sleep(PAUSE)
        except Exception as error:
            self.wrong.append(f"{self.name}: {error!r}")

    def act(self) -> None:
        raise NotImplementedError

    def ask(self, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
        """Ask until there is an answer, with the very same form.

        Raises:
            TimeoutError: there was none for longer than any restart takes.
        """
        latest = time.monotonic() + GIVE_UP_AFTER
        while time.monotonic() < latest:
            with suppress(OSError):
                status, content = self.asker.ask(self.port, path, data)
                if status < 500:
                    return status, content
                self.asked_again[str(status)] += 1
                if status == 500:
                    self.wrong.append(f"{self.name}: 500 at {path}")
                continue
            self.asked_again["no answer"] += 1
            time.sleep(ASK_AGAIN_AFTER)
        raise TimeoutError(path)

    def unexpected(self, path: str, status: int, content: str) -> None:
        self.wrong.append(f"{self.name}: {status} at {path}: {content[:200]}")


class Writing(Person):
    """Writes words one by one in a paragraph of one's own; others may have theirs in the same section."""

    def __init__(self, email: str, port: int, stop: threading.Event, *, section: Section, place: int) -> None:
        super().__init__(email, port, stop)
        self.section, self.place = section, place
        self.base, self.body = section.revision, section.body
        self.path = reverse("charters:draft-section-save", args=[section.charter.group.slug, section.pk])

    def act(self) -> None:
        word = f"ord-{self.section.pk}-{self.place}-{self.number}."
        paragraphs = re.findall(r"<p>.*?</p>", self.body)
        paragraphs[self.place] = paragraphs[self.place].replace("</p>", f" {word}</p>")
        sent = {"heading": self.section.heading, "body": "".join(paragraphs), "base": self.base}
        status, content = self.ask(self.path, {**sent, "key": uuid.uuid4()})
        if status != 200:
            self.unexpected(self.path, status, content)
            return
        answer = json.loads(content)
        self.base, self.body = answer["revision"], answer["body"]
        self.told.append(word)


class Adopting(Person):
    """Adopts edition after edition in a group of one's own; ``told`` has the address of each."""

    def __init__(self, email: str, port: int, stop: threading.Event, *, group: WorkingGroup) -> None:
        super().__init__(email, port, stop)
        self.next = reverse("charters:edition-next", args=[group.slug])
        self.adopt = reverse("charters:draft-adopt", args=[group.slug])

    def act(self) -> None:
        if self.number > 1:
            self.ask(self.next, {})
        while not self.stop.is_set():
            status, page = self.ask(self.adopt)
            if status != 200:
                self.unexpected(self.adopt, status, page)
                return
            shown = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
            shown["approving"] = re.findall(r'name="approving"[^>]* value="(\d+)"', page)
            sent = {**shown, "adopted_on": timezone.localdate(), "reason": "Nyt år"}
            status, content = self.ask(self.adopt, sent)
            if status == 302:
                self.told.append(content)
                return
            if "kunne ikke laves" not in content:  # the process that prints was killed, and that is said
                self.unexpected(self.adopt, status, content)
                return
            self.asked_again["no document"] += 1


class Joining(Person):
    """Puts people in a group, one after the other; ``told`` has each one's key."""

    def __init__(
        self, email: str, port: int, stop: threading.Event, *, group: WorkingGroup, people: list[User]
    ) -> None:
        super().__init__(email, port, stop)
        self.group, self.people = group, people

    def act(self) -> None:
        person = self.people[self.number - 1]
        path = reverse("members:membership-create", args=[self.group.slug, person.pk])
        sent = {"role": "member", "organisation": person.organisation_id, "joined_on": timezone.localdate()}
        status, content = self.ask(path, {**sent, "submission": uuid.uuid4()})
        if status == 302:
            self.told.append(str(person.pk))
        else:
            self.unexpected(path, status, content)


class FollowingUp(Person):
    """Tells how an obligation stands, again and again; ``told`` has each note."""

    def __init__(self, email: str, port: int, stop: threading.Event, *, obligation: Obligation) -> None:
        super().__init__(email, port, stop)
        self.path = reverse("charters:obligation-follow-up", args=[obligation.group.slug, obligation.pk])

    def act(self) -> None:
        note = f"note-{self.number}."
        sent = {"status": "under_way", "note": note, "made_on": timezone.localdate()}
        status, content = self.ask(self.path, {**sent, "submission": uuid.uuid4()})
        if status == 302:
            self.told.append(note)
        else:
            self.unexpected(self.path, status, content)


class Ordering(Person):
    """Orders a zip of all charters, and the next when it is there; ``told`` has the address of each order."""

    def act(self) -> None:
        path = reverse("charters:bundle-create")
        status, address = self.ask(path, {"submission": uuid.uuid4()})
        if status != 302:
            self.unexpected(path, status, address)
            return
        self.told.append(address)
        while not self.stop.is_set():
            _status, page = self.ask(address)
            if f"{address}zip/" in page:
                return
            time.sleep(5 * PAUSE)
