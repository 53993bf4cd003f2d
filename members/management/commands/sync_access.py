"""Rights made equal to today's memberships. For every night: nobody saves a row at midnight."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from members import access
from members.models import WorkingGroup


class Command(BaseCommand):
    help = "Bring rights in step with memberships and their dates, and the secretariat's with the models."

    def add_arguments(self, parser: CommandParser) -> None:
        told = "Change nothing; list what differs, and end with an error code if anything does."
        parser.add_argument("--check", action="store_true", help=told)

    def handle(self, *, check: bool, **_options: Any) -> None:
        if check:
            self._check()
            return
        access.secretariat()
        self.stdout.write(_("Rettigheder ændret: %(number)s") % {"number": access.sync()})

    def _check(self) -> None:
        groups = access.out_of_step(list(WorkingGroup.objects.order_by("pk")))
        people = list(access.misplaced())
        for group in groups:
            self.stdout.write(_("Rettighederne følger ikke medlemskaberne: %(group)s") % {"group": group})
        for person in people:
            self.stdout.write(
                _("Ansat i sekretariatet, men uden dets rettigheder, eller omvendt: %s") % person
            )
        if groups or people:
            number = len(groups) + len(people)
            raise CommandError(_("Rettigheder, der ikke passer: %(number)s") % {"number": number})
        self.stdout.write(_("Alle rettigheder passer."))
