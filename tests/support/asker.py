"""Somebody signed in who asks a server that runs by itself, as a browser does from elsewhere."""

from __future__ import annotations

import http.client
import subprocess
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from members.models import User

TOKEN = "t" * 32
TIMEOUT = 60  # seconds that an answer may take


class Asker:
    """Each request has a connection of its own, as behind a proxy."""

    def __init__(self, email: str) -> None:
        session = signed_in(email).cookies[settings.SESSION_COOKIE_NAME].value
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def ask(self, port: int, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
        """Get a page, or send a form: the status, and the text or, of a redirect, where it leads.

        Raises:
            OSError: nobody answered to the end.
        """
        line = http.client.HTTPConnection("localhost", port, timeout=TIMEOUT)
        try:
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            body = None if data is None else urlencode({"csrfmiddlewaretoken": TOKEN, **data}, doseq=True)
            line.request("GET" if data is None else "POST", path, body, headers)
            answer = line.getresponse()
            content = answer.read().decode(errors="replace")
            return answer.status, answer.getheader("Location") or content
        except http.client.HTTPException as error:  # cut off in the middle
            raise ConnectionError from error
        finally:
            line.close()


def signed_in(email: str) -> Client:
    """A client of this process, with a session that every server on the same database knows."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    done = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in done.stdout.split()]
