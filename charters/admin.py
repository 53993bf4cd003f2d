"""Charters in the admin, to be found and read. They are written on the application's own pages only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_tasks_db import admin as _tasks_admin  # noqa: F401 - registers what is taken out below
from django_tasks_db.models import DBTaskResult

from charters.models import Approval, Charter, CharterMember, CharterTemplate, Obligation
from members.admin.search import DanishSearchAdmin

# The queue is for whoever runs the site, who reads its log; a bundle's own page says how it goes.
admin.site.unregister(DBTaskResult)


class ReadOnly:
    """Nothing is added, changed or deleted here, not even by a superuser."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, DanishSearchAdmin):
    """Lists and facts, each with its way to the page where the text is."""

    def view_on_site(self, obj: Any) -> str:
        return str(self.page_of(obj))

    def page_of(self, obj: Any) -> str:
        return str(obj.get_absolute_url())

    @admin.display(description=_("side"))
    def page(self, obj: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.page_of(obj), _t("Åbn siden"))


@admin.register(CharterTemplate)
class CharterTemplateAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "state", "published_at", "published_by", "note", "page"]
    list_filter = ["kind", "state"]
    list_select_related = ["published_by"]
    fields = ["kind", "version", "state", "note", "published_at", "published_by", "page"]
    readonly_fields = ["page"]


class CharterMemberInline(ReadOnly, admin.TabularInline):
    """The members as they were at the adoption."""

    model = CharterMember
    extra = 0
    fields = ["name", "role", "organisation", "approved_on"]


@admin.register(Charter)
class CharterAdmin(ReadOnlyAdmin):
    list_display = ["named", "number", "state", "project_name", "level", "dated_on", "review_on", "page"]
    list_filter = ["state", "template__kind", "level"]
    list_select_related = ["group"]
    search_fields = ["group__search_key", "group__project__search_key"]
    ordering = ["group__sort_key", "-number"]
    fields = [
        "page",
        "group",
        "group_name",
        "number",
        "state",
        "template",
        "project_name",
        "level",
        "dated_on",
        "reason",
        "created_by",
        "adopted_at",
        "adopted_by",
        "fingerprint",
        "review_on",
        "superseded_on",
        "retired_on",
    ]
    readonly_fields = ["page"]
    inlines = [CharterMemberInline]

    @admin.display(description=_("gruppe"), ordering="group__sort_key")
    def named(self, charter: Charter) -> str:
        return charter.group_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[Charter]:
        return super().get_queryset(request).select_related("group", "template", "created_by", "adopted_by")


@admin.register(Approval)
class ApprovalAdmin(ReadOnlyAdmin):
    list_display = ["member", "charter", "given_on", "manner", "recorded_by", "page"]
    list_filter = ["manner"]
    search_fields = ["member__person__search_key", "member__charter__group__search_key"]
    ordering = ["-given_on", "-pk"]
    fields = ["page", "member", "charter", "given_on", "manner", "recorded_by", "recorded_at"]
    readonly_fields = ["page", "charter", "recorded_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Approval]:
        return super().get_queryset(request).select_related("member__charter__group", "recorded_by")

    def page_of(self, obj: Approval) -> str:
        return obj.member.charter.get_absolute_url()

    @admin.display(description=_("kommissorium"), ordering="member__charter__group__sort_key")
    def charter(self, approval: Approval) -> Charter:
        return approval.member.charter


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin):
    list_display = ["wording", "area", "group", "introduced_in", "retired_in", "page"]
    list_filter = ["area", ("retired_in", admin.EmptyFieldListFilter)]
    search_fields = ["group__search_key", "group__project__search_key", "wording"]
    ordering = ["group__sort_key", "area", "position", "pk"]
    fields = ["page", "wording", "area", "group", "introduced_in", "retired_in"]
    readonly_fields = ["page"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Obligation]:
        return (
            super().get_queryset(request).select_related("group", "introduced_in__group", "retired_in__group")
        )

    def page_of(self, obj: Obligation) -> str:
        return obj.introduced_in.get_absolute_url()
