"""That a worker lives: it says so twice a minute, and the health address (``os2groups.health``) reads it."""

from __future__ import annotations

import datetime
import logging
import threading

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

logger = logging.getLogger(__name__)

KEY = "worker-sign-of-life"
EVERY = 30.0  # seconds


def give() -> None:
    """Say that a worker lives. The cache is in the database, where every web process finds it."""
    cache.set(KEY, timezone.now(), timeout=None)


def latest() -> datetime.datetime | None:
    """When a worker last said so; never, where none has run."""
    seen: datetime.datetime | None = cache.get(KEY)
    return seen


def keep_giving(every: float = EVERY) -> threading.Event:
    """Give signs of life from a thread beside the work, which may take longer than a sign may wait.

    Returns:
        What ends it, once set; the process' end does too.
    """
    over = threading.Event()

    def go_on() -> None:
        while True:
            try:
                give()
            except (DatabaseError, InterfaceError):  # the work itself says what is wrong
                logger.warning("No sign of life could be given", exc_info=True)
            finally:
                connections.close_all()
            if over.wait(every):
                return

    threading.Thread(target=go_on, name="sign of life", daemon=True).start()
    return over
