"""Every migration of ours goes forward, back and forward again with rows in the tables."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.databases import another_database
from tests.support.proof import IS_PROOF
from tests.support.restartable import ROOT


@pytest.mark.skipif(not IS_PROOF, reason="a long one: make test-migrations, or make proof")
def test_every_migration_goes_back_and_forward_with_rows_in_the_tables() -> None:
    with another_database() as url:
        command = [sys.executable, "-m", "tests.operations.walk_migrations"]
        on_it = os.environ | {"DATABASE_URL": url}
        done = subprocess.run(command, cwd=ROOT, env=on_it, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "uændret" in done.stdout
