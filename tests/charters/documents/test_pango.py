"""Whether Pango is there is asked without Django, and answered in one line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from charters.documents import pango


def test_says_nothing_where_pango_is() -> None:
    command = [sys.executable, "-m", "charters.documents.pango"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("linux", "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("darwin", "brew install pango"),
    ],
)
def test_says_what_to_install_where_it_is_not(
    platform: str, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pango, "_LIBRARIES", (("libfindesikke.so.9", "findesikke"),))
    assert pango.main(platform) == 1
    out = capsys.readouterr().out
    assert out.endswith(f"{command}\n")
    assert out.count("\n") == 1


def test_needs_nothing_of_django() -> None:
    code = "import sys, charters.documents.pango; sys.exit('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], check=False)
    assert answer.returncode == 0
