#!/usr/bin/env python
"""Django's command line for OS2arbejdsgrupper."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "os2groups.settings")
    if sys.argv[1:2] == ["demo"]:
        # The demo runs on one's own machine, over plain HTTP, with a key of its own.
        os.environ.setdefault("DEMO", "true")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after the environment
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a missing setting is said in one line
        sys.exit(str(error))


if __name__ == "__main__":
    main()
