"""What the log watches. A model of the register stands here, or in ``NOT_WATCHED`` with the reason."""

from __future__ import annotations

from auditlog.registry import auditlog
from django.db import models

from members.models import Explanation, Membership, Organisation, Project, User, WorkingGroup

# The fields of each model whose changes are written down. What the database makes of a name is not, nor
# what an entry says by its own columns.
WATCHED: dict[type[models.Model], list[str]] = {
    Organisation: ["name", "kind"],
    Project: ["name", "slug", "kind", "level", "summary", "facilitator", "closed_on"],
    Explanation: ["requirement", "text", "given_on", "given_by"],
    WorkingGroup: [
        "kind",
        "project",
        "parent",
        "name",
        "slug",
        "driven_by",
        "visibility",
        "established_on",
        "first_meeting_on",
        "board_approved_on",
        "closed_on",
    ],
    Membership: ["role", "organisation", "joined_on", "left_on", "represents_board", "handover_note"],
    User: [
        "email",
        "name",
        "organisation",
        "title",
        "phone",
        "is_active",
        "is_staff",
        "is_superuser",
        "mail_rhythm",
    ],
}

# Models of this app that are not watched, and why.
NOT_WATCHED: dict[str, str] = {
    "LogEntry": "the log itself",
    "WorkingGroupUserGrant": "follows from the memberships",
    "WorkingGroupGroupGrant": "never given: the secretariat holds its rights on the model",
    "SearchEntry": "follows from what can be found",
    "Submission": "forms already handled, forgotten after a while",
    "RegisterFile": "a list that waits; bringing it in is an act",
}


def register() -> None:
    """Let auditlog write each change of what is watched."""
    for model, fields in WATCHED.items():
        auditlog.register(model, include_fields=fields)
