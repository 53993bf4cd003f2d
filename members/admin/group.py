"""Groups and memberships in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.admin.search import DanishSearchAdmin, Kept, NamedAutocomplete, NamedAutocompletes, OpenFilter
from members.models import Membership, WorkingGroup
from members.models.period import in_force


def _warn(request: HttpRequest, memberships: Iterable[Membership]) -> None:
    for membership in memberships:
        for warning in membership.warnings():
            messages.warning(request, warning)


class MembershipAdminForm(forms.ModelForm):
    """A new member represents the organisation they come from, unless another is chosen."""

    class Meta:
        model = Membership
        fields = [
            "group",
            "person",
            "role",
            "organisation",
            "represents_board",
            "joined_on",
            "left_on",
            "handover_note",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """In a table a field has no label of its own, which a screen reader needs."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("aria-label", field.label)
            loaded = self.instance._state.fields_cache.get(name)
            autocomplete = getattr(field.widget, "widget", None)
            if loaded is not None and isinstance(autocomplete, NamedAutocomplete):
                autocomplete.known = {str(loaded.pk): str(loaded)}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        group_id = getattr(cleaned.get("group"), "pk", self.instance.group_id)
        if group_id and self.has_changed():  # two who save at once take turns, as in WorkingGroup.keep
            held = WorkingGroup.objects.locked().filter(pk=group_id).first()
            if "group" in cleaned:
                cleaned["group"] = held  # as it is by now
        person = cleaned.get("person")
        if person and self.has_changed():
            person.hold()
        if self.instance.pk is None and person and not cleaned.get("organisation"):
            cleaned["organisation"] = person.organisation
        return cleaned


class MembershipFormSet(BaseInlineFormSet):
    """Finds the same person twice among rows sent together, which no single row can."""

    def clean(self) -> None:
        super().clean()
        sound: list[Membership] = []
        for form in self.forms:
            mine = form.instance
            if form.errors or mine.person_id is None:
                continue
            if any(mine.person_id == other.person_id and mine.overlaps(other) for other in sound):
                form.add_error("person", ValidationError(_t("Personen står her to gange.")))
            sound.append(mine)


class MembershipInline(Kept, NamedAutocompletes, admin.TabularInline):
    model = Membership
    form = MembershipAdminForm
    formset = MembershipFormSet
    extra = 0
    fields = ["person", "role", "organisation", "represents_board", "joined_on", "left_on"]
    autocomplete_fields = ["person", "organisation"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("person", "organisation", "group")


@admin.register(WorkingGroup)
class WorkingGroupAdmin(Kept, DanishSearchAdmin):
    list_display = ["named", "kind", "project", "level", "members_now", "visibility", "closed_on"]
    list_filter = [OpenFilter, "kind", "project__level", "visibility"]
    list_select_related = ["project"]
    search_fields = ["search_key", "project__search_key"]
    ordering = ["sort_key", "pk"]
    autocomplete_fields = ["project", "parent", "driven_by"]
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["kind", "project", "parent", "name", "slug"]}),
        (_("Gruppens arbejde"), {"fields": ["driven_by", "visibility"]}),
        (_("Datoer"), {"fields": ["established_on", "first_meeting_on", "board_approved_on", "closed_on"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkingGroup]:
        return super().get_queryset(request).with_member_count()  # type: ignore[attr-defined, no-any-return]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        changed = [membership for membership, _fields in formset.changed_objects]
        _warn(request, [*formset.new_objects, *changed])

    @admin.display(description=_("niveau"), ordering="project__level")
    def level(self, group: WorkingGroup) -> str:
        return group.project.get_level_display() if group.project else ""

    @admin.display(description=_("medlemmer"), ordering="member_count")
    def members_now(self, group: WorkingGroup) -> int:
        return group.member_count  # type: ignore[attr-defined, no-any-return]


class InForceFilter(admin.SimpleListFilter):
    title = _("periode")
    parameter_name = "periode"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("nu", _("Med i dag")), ("ikke", _("Ikke med i dag"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        if self.value() is None:
            return queryset
        return queryset.filter(in_force() if self.value() == "nu" else ~in_force())


@admin.register(Membership)
class MembershipAdmin(Kept, DanishSearchAdmin):
    form = MembershipAdminForm
    list_display = ["whom", "where", "role", "organisation", "joined_on", "left_on"]
    list_filter = [InForceFilter, "role", "group__kind"]
    list_select_related = ["person", "group", "organisation"]
    search_fields = ["person__search_key", "group__search_key", "organisation__search_key"]
    ordering = ["person__sort_key", "group__sort_key", "pk"]
    autocomplete_fields = ["group", "person", "organisation"]

    @admin.display(description=_("person"), ordering="person__sort_key")
    def whom(self, membership: Membership) -> str:
        return membership.person.name

    @admin.display(description=_("gruppe"), ordering="group__sort_key")
    def where(self, membership: Membership) -> str:
        return membership.group.name

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _warn(request, [obj])
