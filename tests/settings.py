"""The settings of the tests: those of the demo, with a fast password hasher and a database of their own."""

import os
from pathlib import Path

os.environ["DEMO"] = "true"
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from os2groups.settings import *  # noqa: F403
from os2groups.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_database = DATABASES["default"]
if "sqlite" in _database["ENGINE"]:
    # A file, not memory: threads and the browser's server need connections of their own.
    _database["TEST"] = {"NAME": str(Path(_database["NAME"]).with_name("test.sqlite3"))}
    # Nothing outlives the tests, so nothing waits for the disk; and a busy machine is no fault of a writer's.
    _options = _database["OPTIONS"]
    _options["timeout"] = 60
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
else:
    # Threads of a test hold what they got until they end, and more of them write than a web process has.
    _database["OPTIONS"]["pool"] |= {"max_size": 24, "timeout": 60}
