"""Pango, the library that sets the type, comes with the system and not with Python: is it there?

``python -m charters.documents.pango`` says nothing when it is, and which command installs it when it is not.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys

# What WeasyPrint loads, under the names it has on Linux and macOS; one of each must be there.
_LIBRARIES = (
    ("libgobject-2.0.so.0", "gobject-2.0"),
    ("libpango-1.0.so.0", "pango-1.0"),
    ("libpangoft2-1.0.so.0", "pangoft2-1.0"),
    ("libfontconfig.so.1", "fontconfig"),
    ("libharfbuzz.so.0", "harfbuzz"),
    ("libharfbuzz-subset.so.0", "harfbuzz-subset"),
)
_MISSING = "PDF kræver biblioteket Pango, som mangler her. Installér det med: {command}"
_COMMANDS = {
    "darwin": "brew install pango",
    "linux": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
}


def missing_line(platform: str = sys.platform) -> str:
    """One line that says what to install, whatever is missing."""
    return _MISSING.format(command=_COMMANDS.get(platform, _COMMANDS["linux"]))


def is_installed() -> bool:
    return all(_loads(soname) or _loads(ctypes.util.find_library(name)) for soname, name in _LIBRARIES)


def _loads(library: str | None) -> bool:
    if not library:
        return False
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main(platform: str = sys.platform) -> int:
    if is_installed():
        return 0
    print(missing_line(platform))  # noqa: T201 - this is a command
    return 1


if __name__ == "__main__":
    sys.exit(main())
