"""The site as production starts it, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PRODUCTION = {
    "SECRET_KEY": "0f4tq1-a-long-and-random-key-that-is-only-for-this-test-x9vkz7m3",
    "ALLOWED_HOSTS": "arbejdsgrupper.os2.example",
    "DATABASE_URL": "sqlite://:memory:",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``manage.py`` in a process of its own, with this environment and no other settings."""
    ours = {"DEBUG", "DEMO", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    ours.add("DJANGO_ALLOW_ASYNC_UNSAFE")  # the browser tests, which may run in this process, set it
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    unset = dict.fromkeys(("DEBUG", "DEMO", "SECRET_KEY", "ALLOWED_HOSTS"), "")  # wins over an .env file
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**inherited, **unset, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
