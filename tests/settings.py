"""The settings of the tests: those of the demo, with a fast password hasher and a database of their own."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DEMO", "true")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(tempfile.gettempdir()) / 'os2groups.sqlite3'}")

from os2groups.settings import *  # noqa: E402, F403
from os2groups.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: threads and the browser's server need connections of their own.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(tempfile.gettempdir()) / f"os2groups-test-{os.getpid()}.sqlite3"
    }
