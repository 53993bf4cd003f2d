"""The worker of production, run by hand: it does what is queued, and stops."""

from __future__ import annotations

import signal
from unittest import mock

from django.core.management import call_command

# As the test client does with a request's: the connection is the test's, in whose transaction all happens.
CLOSES = "django_tasks_db.management.commands.db_worker.close_old_connections"
HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)


def run_worker() -> None:
    """Do everything that is due; the worker's way with signals ends with it."""
    before = {number: signal.getsignal(number) for number in HANDLED}
    try:
        with mock.patch(CLOSES):
            call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
