"""Adopt charters without end, for a database that is in use: ``python -m tests.operations.adopting``.

Each adoption is told of on a line of its own, by key, once it is acknowledged.
"""

from __future__ import annotations

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests import factories  # noqa: E402 - after the setup

if __name__ == "__main__":
    first = number = os.getpid() * 1000
    while True:
        person = factories.user(f"Skriver {number}", email=f"skriver{number}@kommune.example")
        group = factories.group(project=factories.project(f"OS2last{number}", slug=f"os2last{number}"))
        factories.membership(group, person, role="chair", organisation=None)
        print(factories.adopted(group, by=person).pk, flush=True)  # noqa: T201 - what the tests read
        if number == first:
            os.nice(10)  # without end from here on, but not at the cost of the tests beside it
        number += 1
