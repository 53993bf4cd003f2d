"""The demo's worker ends with the demo's server, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.no_database
ROOT = Path(__file__).resolve().parents[2]
# As the demo does it: start the worker, then become the server, which forks. This worker only waits.
WAIT = "import time; time.sleep(60)"
WORKER = f"from charters.demo import worker; worker.end_with_the_server(); print('up', flush=True); {WAIT}"
SERVER = f"""
import os, signal, sys
from charters.demo.worker import start_beside
signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests in the background may have it ignored
print(start_beside(["-c", {WORKER!r}]), flush=True)
os.execv(sys.executable, [sys.executable, "-c", {WAIT!r}])
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_the_worker_ends_with_the_server(how: signal.Signals) -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    worker = int(server.stdout.readline())
    assert server.stdout.readline().strip() == "up"
    os.kill(worker, 0)  # it is there
    server.send_signal(how)
    server.wait()
    assert server.stdout.read() == ""  # comes to an end when the worker, the last to hold it, has ended
