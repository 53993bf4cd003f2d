"""What can be found, as the words it is found by."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.db import connections, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from members.models.group import WorkingGroup
from members.models.user import User

FTS_TABLE = "members_search"
# Of the words as they stand: they are neither translated nor shortened by the database.
VECTOR = "to_tsvector('simple', words)"


class Looking(Protocol):
    """What is looked for, in the language of each database (``members.search.query``)."""

    def for_sqlite(self, kind: str) -> str: ...
    def for_postgresql(self, kind: str) -> str: ...


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: User | AnonymousUser) -> SearchEntryQuerySet:
        """What hangs on a group for those who see the group; people for the secretariat; the rest for all."""
        if user.has_perm("members.manage_group"):
            return self.all()
        seen = WorkingGroup.objects.visible_to(user).filter(pk=OuterRef("group"))
        return self.filter(Q(group=None) | Exists(seen)).exclude(kind=SearchEntry.PERSON)

    def found_by(self, query: Looking, *, kind: str) -> SearchEntryQuerySet:
        """Those of a kind that a query finds, the newest first, by the database's own index."""
        if connections[self.db].vendor == "postgresql":
            found = RawSQL(f"{VECTOR} @@ %s::tsquery", [query.for_postgresql(kind)], models.BooleanField())  # noqa: S611
            # Not by the key alone: the planner would rather read all rows by that than look the words up.
            return self.filter(found, kind=kind).order_by(RawSQL("members_searchentry.id + 0", []).desc())
        joined = self.filter(kind=kind).extra(  # noqa: S610
            tables=[FTS_TABLE],
            where=[f"{FTS_TABLE} MATCH %s", f"{FTS_TABLE}.rowid = members_searchentry.id"],
            params=[query.for_sqlite(kind)],
        )
        ordered: Any = joined.order_by(RawSQL(f"{FTS_TABLE}.rowid", []).desc())  # noqa: S611
        return ordered  # type: ignore[no-any-return]


class SearchEntry(models.Model):
    """One thing that can be found: a row of another table, by its key there.

    Derived from that row, and made anew from it at any time (``manage.py rebuild_search``). Of a person it
    holds the name, and nothing of one who was anonymised.
    """

    PERSON = "person"

    kind = models.CharField(_("slags"), max_length=20)
    key = models.BigIntegerField(_("nøgle"))
    # Who sees the group finds what hangs on it; without one it is for all, or for the secretariat.
    group = models.ForeignKey(
        WorkingGroup,
        verbose_name=_("gruppe"),
        on_delete=models.CASCADE,
        related_name="search_entries",
        null=True,
        blank=True,
    )
    words = models.TextField(_("ord"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("det, der kan søges frem")
        verbose_name_plural = _("det, der kan søges frem")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="searchentry_unique_thing",
                violation_error_message=_("Det kan allerede søges frem."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
