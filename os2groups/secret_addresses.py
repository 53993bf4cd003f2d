"""Keeping secret addresses out of the log."""

from __future__ import annotations

import logging
import re

# Where a calendar program reads without signing in (charters.urls), where mails are stopped so
# (members.urls), and where a forgotten or first password is chosen (members.account_urls): whoever has the
# address reads, stops them, or chooses, with it.
SECRET = re.compile(r"(?<=/kalender/)[\w-]+(?=\.ics)|(?<=/mails/stop/)[\w:%-]+|(?<=/adgangskode/)\w+-[\w-]+")


class SecretAddresses(logging.Filter):
    """Leaves out of each line what whoever reads the log could use as a key."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRET.search(said):
            record.msg, record.args = SECRET.sub("…", said), None
        return True
