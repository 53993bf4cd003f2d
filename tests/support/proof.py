"""The long form of the tests: ``make proof`` asks everything of everybody, ``make test`` enough to notice."""

from __future__ import annotations

import os

IS_PROOF = os.environ.get("PROOF") == "true"
