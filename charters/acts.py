"""What is done with charters and standard texts, as the log tells it; never what a text says."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.log.acts import add_vocabulary
from members.log.noting import note


class CharterAct(models.TextChoices):
    """The acts of this app."""

    BEGUN = "charter_begun", _("begyndte et udkast")
    ADOPTED = "charter_adopted", _("vedtog kommissoriet")
    APPROVED = "charter_approved", _("noterede en godkendelse")
    RETIRED = "charter_retired", _("kommissoriet ophørte")
    GIVEN_UP = "charter_given_up", _("opgav udkastet")
    TAKEN_UP = "charter_taken_up", _("tog udkastet op igen")
    PUBLISHED = "template_published", _("gjorde en standardtekst gældende")


def note_charter(act: CharterAct, charter: Any, **said: Any) -> None:
    """Write in the log what was done with a charter; its group's page tells of it.

    Args:
        charter: with its group.
        said: as ``members.log.noting.note`` takes it.
    """
    group = charter.group
    details = {_t("udgave"): charter.number}
    note(act, charter, group=group, project_id=group.project_id, additional_data=details, **said)


def connect() -> None:
    """Make the acts known to the log."""
    add_vocabulary(CharterAct)
