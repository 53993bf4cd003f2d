"""The standard texts that were published, and what adoptions left in the log."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from charters.acts import CharterAct
from charters.models import Charter, CharterTemplate
from charters.verifying.fault import Fault
from members.models import LogEntry


def faults() -> Iterator[Fault]:
    published = CharterTemplate.objects.exclude(state=CharterTemplate.State.DRAFT)
    for text in published.prefetch_related("sections").order_by("kind", "version"):
        if text.published_at is None:
            yield Fault(str(text), _("Standardteksten gælder, men er ikke udgivet."))
        if not text.standing_sections():
            yield Fault(str(text), _("Standardteksten har ingen afsnit."))


def faults_of_log() -> Iterator[Fault]:
    """Each adoption stands in the log."""
    kind = ContentType.objects.get_for_model(Charter)
    noted = LogEntry.objects.filter(act=CharterAct.ADOPTED, content_type=kind, object_id__isnull=False)
    # Read once and looked up: asked of each edition, as many lines would be gone through for each.
    untold = Charter.objects.frozen().exclude(pk__in=noted.order_by().values("object_id"))
    for charter in untold.order_by("pk").iterator():
        yield Fault(str(charter), _("Vedtagelsen står ikke i loggen."))
