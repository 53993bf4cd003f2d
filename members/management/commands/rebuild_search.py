"""``rebuild_search``: make the index of what can be found anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from members.search.index import rebuild


class Command(BaseCommand):
    help = "Make the index of what can be found anew, from what there is; safe at any time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(_("%(number)d ting kan søges frem.") % {"number": rebuild()})
