"""A day when everyone meets: 200 open drafts ask for news and 50 people type.

``python -m tests.bench.meeting``, with ``--postgres`` on PostgreSQL. With ``--usual`` 30 people type, and 20
ask for news each second.

The server is production's (gunicorn, two processes of four threads) on this machine, and so is who asks. The
same number of requests for a bare page of somebody signed in is measured in turn with it, in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from tests.support.database import address_in

DRAFTS, WINDOWS_EACH, TYPISTS = 50, 4, 50
USUAL_DRAFTS, USUAL_WINDOWS_EACH, USUAL_TYPISTS = 30, 2, 30  # twenty ask for news a second
PULSE_EVERY, SAVE_EVERY = 3.0, 2.0  # seconds, as the page does
SECONDS = 15
ROUNDS = 2
TOKEN = "t" * 32


@dataclass
class Window:
    """A browser window with a draft open, and a section of it if somebody types there."""

    host: tuple[str, int]
    cookie: str
    draft: str
    section: int
    base: int
    words: list[str] = field(default_factory=list)
    name: str = field(default_factory=lambda: str(uuid.uuid4()))
    seen: int = 0
    known: dict[int, int] = field(default_factory=dict)
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)  # one save under way at a time, as in the page

    async def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> tuple[int, bytes]:
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **data}) if data is not None else ""
        reader, writer = await asyncio.open_connection(*self.host)
        head = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host[0]}:{self.host[1]}",
            f"Cookie: sessionid={self.cookie}; csrftoken={TOKEN}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        answer = await reader.read()
        writer.close()
        top, _, content = answer.partition(b"\r\n\r\n")
        return int(top.split(b" ", 2)[1]), content

    async def pulse(self) -> int:
        sent = {
            "window": self.name,
            "section": self.section if self.words else "",
            "seen": self.seen,
            "known": ",".join(f"{pk}:{revision}" for pk, revision in self.known.items()),
        }
        status, content = await self.ask("POST", f"{self.draft}puls/", sent)
        if status == 200:
            answer = json.loads(content)
            self.seen = answer["revision"]
            for pk, news in (answer["changes"] or {"sections": {}})["sections"].items():
                self.known[int(pk)] = news["revision"]
        return status

    async def save(self) -> int:
        async with self.busy:
            return await self._save()

    async def _save(self) -> int:
        self.words.append(random.choice(["mødes", "beslutter", "drøfter", "aftaler"]))
        words = " ".join(self.words[-200:])
        sent = {"heading": "Rolle", "body": f"<p>{words}</p>", "base": self.base, "key": str(uuid.uuid4())}
        status, content = await self.ask("POST", f"{self.draft}afsnit/{self.section}/gem/", sent)
        if status == 200:
            answer = json.loads(content)
            self.base = self.known[self.section] = answer["revision"]
            if answer["seen"]["before"] == self.seen:
                self.seen = answer["seen"]["now"]
        return status

    async def bare(self) -> int:
        status, _content = await self.ask("GET", "/was/")
        return status


@dataclass
class Tally:
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    async def count(self, asking: Awaitable[int]) -> None:
        started = time.perf_counter()
        self.statuses[await asking] += 1
        self.times.append(time.perf_counter() - started)

    def line(self, name: str, seconds: float) -> str:
        cuts = statistics.quantiles(self.times, n=100)
        errors = sum(n for status, n in self.statuses.items() if status != 200)
        return (
            f"  {name:34} {len(self.times) / seconds:6.1f} requests/s   p50 {cuts[49] * 1000:6.1f} ms   "
            f"p95 {cuts[94] * 1000:6.1f} ms   p99 {cuts[98] * 1000:6.1f} ms   errors {errors}"
        )


async def every(pause: float, act: Callable[[], Awaitable[int]], tally: Tally, *, until: float) -> None:
    """Do something at a steady pace, whether or not the last one was quick."""
    await asyncio.sleep(random.uniform(0, pause))
    asked: list[asyncio.Task[None]] = []
    while time.perf_counter() < until:
        asked.append(asyncio.create_task(tally.count(act())))
        await asyncio.sleep(pause)
    await asyncio.gather(*asked)


async def meeting(windows: list[Window], typists: list[Window], pulses: Tally, saves: Tally) -> None:
    until = time.perf_counter() + SECONDS
    await asyncio.gather(
        *(every(PULSE_EVERY, window.pulse, pulses, until=until) for window in windows),
        *(every(SAVE_EVERY, window.save, saves, until=until) for window in typists),
    )


async def bare_page(windows: list[Window], typists: list[Window], bare: Tally) -> None:
    """As many requests as the meeting makes, for a page that only asks who is signed in."""
    until = time.perf_counter() + SECONDS
    rate = len(windows) / PULSE_EVERY + len(typists) / SAVE_EVERY
    await asyncio.gather(*(every(len(windows) / rate, w.bare, bare, until=until) for w in windows))


async def in_turn(
    windows: list[Window], typists: list[Window], pulses: Tally, saves: Tally, bare: Tally
) -> None:
    """Both by turns, so that the machine's mood hits them alike."""
    for _ in range(ROUNDS):
        await meeting(windows, typists, pulses, saves)
        await bare_page(windows, typists, bare)


def open_drafts(host: tuple[str, int], drafts: int, windows_each: int) -> list[Window]:
    """Groups with a draft each, and people signed in who have it open."""
    factories = import_module("tests.factories")
    membership = import_module("members.models").Membership
    windows = []
    for _ in range(drafts):
        group = factories.group()
        members = [factories.membership(group, role=membership.Role.CHAIR) for _ in range(windows_each)]
        draft = factories.draft(group)
        for member, section in zip(members, draft.standing_sections(), strict=False):
            cookie = sign_in(member.person)
            windows.append(Window(host, cookie, draft.get_absolute_url(), section.pk, section.revision))
    return windows


def sign_in(person: Any) -> str:
    client = import_module("django.test").Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--usual", action="store_true")
    given = parser.parse_args()
    on_postgres = given.postgres
    drafts, windows_each, number = DRAFTS, WINDOWS_EACH, TYPISTS
    if given.usual:
        drafts, windows_each, number = USUAL_DRAFTS, USUAL_WINDOWS_EACH, USUAL_TYPISTS
    os.environ["DJANGO_SETTINGS_MODULE"] = "os2groups.settings"
    os.environ["DEMO"] = "true"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = address_in(folder, postgres=on_postgres)
        import_module("django").setup()
        call = import_module("django.core.management").call_command
        call("migrate", verbosity=0)
        server = import_module("tests.support.restartable").Restartable(
            workers=2, threads=4, environment=os.environ
        )
        server.start()
        try:
            windows = open_drafts(("127.0.0.1", server.port), drafts, windows_each)
            typists = windows[:: len(windows) // number][:number]
            pulses, saves, bare = Tally(), Tally(), Tally()
            asyncio.run(in_turn(windows, typists, pulses, saves, bare))
        finally:
            server.kill()
        import_module("django.db").connections.close_all()
    both = Tally(pulses.times + saves.times, pulses.statuses + saves.statuses)
    seconds = SECONDS * ROUNDS
    name = "PostgreSQL" if on_postgres else "SQLite"
    lines = [
        f"{name}: {len(windows)} open drafts, {len(typists)} people typing, {seconds} s",
        both.line("all of it", seconds),
        pulses.line("asking for news", seconds),
        saves.line("saving", seconds),
        bare.line("a bare page, signed in", seconds),
        f"  ratio of p50 {statistics.median(both.times) / statistics.median(bare.times):.2f}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
