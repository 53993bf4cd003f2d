"""Forget forms that were handled long ago; no browser sends one again after a month."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Submission

KEEP = datetime.timedelta(days=30)


class Command(BaseCommand):
    help = "Delete the idempotency keys of forms handled more than 30 days ago."

    def handle(self, **_options: Any) -> None:
        deleted, _by_model = Submission.objects.filter(handled_at__lt=timezone.now() - KEEP).delete()
        self.stdout.write(_("Nøgler slettet: %(number)s") % {"number": deleted})
