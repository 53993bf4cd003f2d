#!/usr/bin/env python
"""Django's command line for OS2arbejdsgrupper."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "os2groups.settings")
    if sys.argv[1:2] == ["demo"]:
        # The demo runs on one's own machine, over plain HTTP, with a key of its own.
        os.environ.setdefault("DEMO", "true")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
