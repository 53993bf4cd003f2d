"""Take each lock out in turn: a race must be lost for it. On PostgreSQL, which locks rows.

    python -m tests.race.mutate_locks                  # all; exits 1 where one could go unnoticed
    python -m tests.race.mutate_locks members/         # those of the files that begin so

Each run of the races is one of its own, and stops at the first that is lost.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.database import Server
from tests.support.locks import LOCK_OUT, ROOT, sites

TRIES = 3  # a race is not lost each time
# Those that stand for another reason than a race between two writers.
EXCUSED = {
    "members/access.py _differs_still": "asks again before it cries wolf; it writes nothing",
    "charters/take_in.py take_in": "the draft is claimed, and the plan is of the text as it stands then",
}


def main(*beginnings: str) -> int:
    """Try each; say which race was lost, or that none was."""
    before, unnoticed, tried = time.monotonic(), 0, [s for s in sites() if s.startswith(beginnings or "")]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATABASE_URL": Server(Path(folder)).start()}
        if said := lost(environment):
            print(f"Lost as it is: {said}")  # noqa: T201
            return 1
        for site in tried:
            said = EXCUSED.get(f"{site.rpartition(':')[0]} {function_of(site)}", "")
            for _try in range(0 if said else TRIES):
                said = said or lost(environment | {LOCK_OUT: site})
            unnoticed += not said
            print(f"{'noticed  ' if said else 'UNNOTICED'} {site:44} {said}", flush=True)  # noqa: T201
    print(f"{len(tried)} locks, {unnoticed} unnoticed, {time.monotonic() - before:.0f} s")  # noqa: T201
    return 1 if unnoticed else 0


def lost(environment: dict[str, str]) -> str:
    """The first race that is lost; empty where all are won."""
    command = [sys.executable, "-m", "pytest", "--postgres", "-n0", "-x", "-q", "--reuse-db", "tests/race"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    named = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("FAILED ")]
    if done.returncode and not named:
        raise RuntimeError(done.stdout[-3000:] + done.stderr[-3000:])
    return next(iter(named), "")


def function_of(site: str) -> str:
    """The function that a site stands in."""
    path, _, line = site.rpartition(":")
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()[: int(line)]
    return next(
        one.split("def ")[1].split("(")[0] for one in reversed(lines) if one.lstrip().startswith("def ")
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
