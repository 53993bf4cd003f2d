"""A mail server in a thread: it speaks SMTP, keeps what it gets, and can be slow with its last word."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class PostOffice(socketserver.ThreadingTCPServer):
    """``to``: whom each mail was for, as it came. From the mail ``held_from`` on, none is answered."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("localhost", 0), _Counter)
        self.to: list[str] = []
        self.held_from: int | None = None
        self.is_holding = threading.Event()

    @property
    def url(self) -> str:
        return f"smtp://localhost:{self.server_address[1]}"

    def keep(self, address: str) -> None:
        self.to.append(address)
        if self.held_from is not None and len(self.to) >= self.held_from:
            self.is_holding.set()
            threading.Event().wait()  # nobody knows whether it was taken


class _Counter(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        self.say("220 her")
        address = ""
        for line in self.rfile:
            match line[:4].upper():
                case b"QUIT":
                    self.say("221 farvel")
                    return
                case b"RCPT":
                    address = line.decode().partition("<")[2].partition(">")[0]
                    self.say("250 ja")
                case b"DATA":
                    self.say("354 og saa")
                    while self.rfile.readline() not in (b".\r\n", b""):
                        pass
                    self.server.keep(address)
                    self.say("250 taget")
                case _:
                    self.say("250 ja")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, daemon=True).start()
        try:
            yield office
        finally:
            office.shutdown()
