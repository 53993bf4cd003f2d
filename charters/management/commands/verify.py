"""``verify``: is the database what it was when it was last written to?"""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.models import Charter
from charters.verifying import database, editions, register, series, standard_texts


class Command(BaseCommand):
    help = (
        "Check every adopted edition, the standard texts, obligations, rights, log and the database itself. "
        "Nothing is changed; the exit code is 0 only where all is right."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = 0
        for fault in database.missing_migrations() or _all():
            found += 1
            self.stdout.write(str(fault))
        if found:
            raise CommandError(ngettext("%(n)d fejl.", "%(n)d fejl.", found) % {"n": found})
        self.stdout.write(
            _("Alt er, som det skal være: %(editions)d vedtagne udgaver er set efter.")
            % {"editions": Charter.objects.frozen().count()}
        )


def _all() -> chain[Any]:
    return chain(
        database.faults(),
        standard_texts.faults(),
        standard_texts.faults_of_log(),
        editions.faults(),
        series.faults(),
        register.faults(),
    )
