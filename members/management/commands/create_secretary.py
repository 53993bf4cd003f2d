"""The first login of the secretariat, on a database with nobody in it who could invite anybody."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from members import access
from members.accounts import INVITATION_DAYS, password_link
from members.models import User


class Command(BaseCommand):
    help = "Give somebody the secretariat's rights, and print the link at which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", help="the person's full name, in quotation marks")

    @transaction.atomic
    def handle(self, *, email: str, name: str, **_options: Any) -> None:
        """Safe to run again: whoever is in the register keeps their name, and a password they have."""
        person = User.objects.filter(email=email.lower()).first() or User(email=email.lower(), name=name)
        if not person.is_active:
            raise CommandError(_("%(email)s er gjort inaktiv.") % {"email": person.email})
        person.is_staff = True
        if person.pk is None:
            person.set_unusable_password()
        try:
            person.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        person.save()
        access.place_in_secretariat(person)
        who = {"name": person.name, "email": person.email}
        self.stdout.write(_("%(name)s (%(email)s) er i sekretariatet.") % who)
        if not person.has_login:
            link = {"days": INVITATION_DAYS, "link": password_link(person)}
            self.stdout.write(_("Linket virker i %(days)s dage og giver adgang til alt: %(link)s") % link)
