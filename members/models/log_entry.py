"""The log: who changed what in the register, and who signed in.

django-auditlog sees the changes and writes them (``members.log.registered`` names what it watches). This
model is the table it writes to. An entry names people by their rows alone, so that it forgets a name
together with the row; what a person's own fields were changed to is the one exception.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from auditlog.models import AbstractLogEntry
from auditlog.models import LogEntryManager as AuditlogManager
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.cpr import hidden
from members.log.acting import acting
from members.log.acts import words_of
from members.models.group import WorkingGroup
from members.models.membership import Membership
from members.models.organisation import Organisation
from members.models.project import Explanation, Project
from members.models.user import User

_DEEDS = {
    AbstractLogEntry.Action.CREATE: _("oprettet"),
    AbstractLogEntry.Action.UPDATE: _("rettet"),
    AbstractLogEntry.Action.DELETE: _("slettet"),
}


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    def newest_first(self) -> LogEntryQuerySet:
        return self.order_by("-pk")

    def with_what_they_name(self) -> LogEntryQuerySet:
        """Fetched along with all that an entry's line says."""
        return self.select_related("actor", "person", "group", "project")


_waiting: ContextVar[list[LogEntry] | None] = ContextVar("entries to write", default=None)


class LogEntryManager(AuditlogManager.from_queryset(LogEntryQuerySet)):  # type: ignore[misc]
    """Writes entries; nothing else does."""

    def log_create(self, instance: models.Model, force_log: bool = False, **said: Any) -> LogEntry | None:
        """What auditlog calls for each change, and ``members.log.noting.note`` for each act."""
        told = {**self.who_and_when(), "object_repr": _shown(instance), **_concerns(instance), **said}
        # A number that is taken out of the register must not be kept here.
        changes = {name: hidden(list(pair)) for name, pair in (said.get("changes") or {}).items()}
        if said.get("action") == LogEntry.Action.CREATE:
            changes = {name: pair for name, pair in changes.items() if pair[1]}
        told["changes"] = changes
        if said.get("action") == LogEntry.Action.DELETE:
            told = {name: None if value == instance else value for name, value in told.items()}
        entry: LogEntry | None = super().log_create(instance, force_log, **told)
        return entry

    def create(self, **fields: Any) -> LogEntry:
        """Written at once, or with the others where many are being ``gathered``."""
        waiting = _waiting.get()
        if waiting is None:
            entry: LogEntry = super().create(**fields)
            return entry
        waiting.append(self.model(**fields))
        return waiting[-1]

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """While it lasts, entries wait, and then are written together: for many changes at once."""
        waiting: list[LogEntry] = []
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        self.bulk_create(waiting, batch_size=500)

    def who_and_when(self) -> dict[str, Any]:
        """What every entry says: who acts, and the mark of all they do at once."""
        now = acting()
        return {"actor": now.user, "cid": now.act}


def _concerns(instance: models.Model) -> dict[str, Any]:
    """The group, the project and the person that a change of ``instance`` is told on the pages of."""
    match instance:
        case Membership():
            group, person = instance.group, instance.person_id
            return {"group": group, "project_id": group.project_id, "person_id": person}
        case WorkingGroup():
            return {"group": instance, "project_id": instance.project_id}
        case Project():
            return {"project": instance}
        case Explanation():
            return {"project_id": instance.project_id}
        case User():
            return {"person": instance}
        case _:
            return {}


def _shown(instance: models.Model) -> str:
    """What a thing is called, once it is gone; never a person's name."""
    return str(instance) if isinstance(instance, Organisation | Project | WorkingGroup) else ""


def _named(model: type[models.Model], label: Any) -> Any:
    """A key to what an entry names; its index is the one that has the newest first."""
    return models.ForeignKey(
        model, verbose_name=label, on_delete=models.SET_NULL, related_name="+", null=True, db_index=False
    )


class LogEntry(AbstractLogEntry):
    """One change, or one act.

    Attributes:
        act: what was done, of the vocabularies that ``members.log.acts`` knows; empty for a change,
            which ``action`` tells.
        changes: of a change, what each field was and became.
        actor: who did it; nobody for the site itself and for whoever is not signed in.
        cid: the id of the request (os2groups.request_log), the same for all that it wrote.
        remote_addr: from where, for signing in only.
    """

    # A second copy of the actor's address, a port, and forms that older versions wrote changes in.
    actor_email = None
    remote_port = None
    changes_text = None

    act = models.CharField(_("handling"), max_length=40, blank=True)
    actor = _named(User, _("hvem"))
    person = _named(User, _("person"))
    group = _named(WorkingGroup, _("gruppe"))
    project = _named(Project, _("projekt"))

    objects = LogEntryManager()

    class Meta:
        verbose_name = _("linje i loggen")
        verbose_name_plural = _("log")
        ordering = ["-pk"]
        indexes = [
            models.Index(F("person"), F("id").desc(), name="log_of_a_person"),
            models.Index(F("group"), F("id").desc(), name="log_of_a_group"),
            models.Index(F("project"), F("id").desc(), name="log_of_a_project"),
            models.Index(F("actor"), F("id").desc(), name="log_by_a_person"),
            models.Index("act", F("id").desc(), condition=~Q(act=""), name="log_of_an_act"),
        ]

    def __str__(self) -> str:
        return f"{self.timestamp:%Y-%m-%d %H:%M} {self.what}"

    @property
    def what(self) -> str:
        """What was done: "Medlemskab rettet", "Hentede en liste ud"."""
        if self.act:
            return capfirst(words_of(self.act))
        thing = self.model._meta.verbose_name if self.model else _("noget, der ikke findes mere,")
        return f"{capfirst(str(thing))} {_DEEDS[self.action]}"

    @property
    def model(self) -> type[models.Model] | None:
        """What kind of thing it is about; none where the site has left that behind."""
        return ContentType.objects.get_for_id(self.content_type_id).model_class()
