"""Organisations in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.admin.search import DanishSearchAdmin
from members.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(DanishSearchAdmin):
    list_display = ["named", "kind", "people"]
    list_filter = ["kind"]
    search_fields = ["search_key"]
    ordering = ["sort_key"]
    fields = ["name", "kind"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return super().get_queryset(request).with_people_count()  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=_("personer"), ordering="people_count")
    def people(self, organisation: Organisation) -> int:
        return organisation.people_count  # type: ignore[attr-defined, no-any-return]
