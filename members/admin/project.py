"""Projects in the admin, with their explanations and, to be read, their groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.admin.search import DanishSearchAdmin, OpenFilter
from members.models import Explanation, Project, WorkingGroup


class ExplanationInline(admin.TabularInline):
    model = Explanation
    extra = 0
    fields = ["requirement", "text", "given_on"]


class GroupInline(admin.TabularInline):
    """The project's groups; each is changed on a page of its own."""

    model = WorkingGroup
    extra = 0
    fields = ["name", "kind", "first_meeting_on", "closed_on"]
    readonly_fields = ["name", "kind", "first_meeting_on", "closed_on"]
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ProjectAdminForm(forms.ModelForm):
    """The address may be left empty: it is then made from the name."""

    class Meta:
        model = Project
        fields = ["name", "slug", "kind", "level", "summary", "facilitator", "closed_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # not there for those who may only look
            self.fields["slug"].required = False


@admin.register(Project)
class ProjectAdmin(DanishSearchAdmin):
    form = ProjectAdminForm
    list_display = ["named", "kind", "level", "facilitator", "open_groups", "closed_on"]
    list_filter = [OpenFilter, "kind", "level"]
    list_select_related = ["facilitator"]
    search_fields = ["search_key"]
    ordering = ["sort_key"]
    autocomplete_fields = ["facilitator"]
    inlines = [ExplanationInline, GroupInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Project]:
        still_open = Q(groups__closed_on=None, groups__isnull=False)
        projects: QuerySet[Project] = super().get_queryset(request)
        return projects.annotate(group_count=Count("groups", filter=still_open))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Sign each explanation with whoever wrote it."""
        if formset.model is Explanation:
            for written in formset.forms:
                if written.has_changed():
                    written.instance.given_by = request.user
        super().save_formset(request, form, formset, change)

    @admin.display(description=_("åbne grupper"), ordering="group_count")
    def open_groups(self, project: Project) -> int:
        return project.group_count  # type: ignore[attr-defined, no-any-return]
