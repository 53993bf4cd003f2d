"""People in the admin: no user name, and no password but the one they choose themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from members import access
from members.admin.search import DanishSearchAdmin, Kept
from members.invitations import InvitationError, invite
from members.models import User


@admin.register(User)
class UserAdmin(Kept, DanishSearchAdmin):
    list_display = ["named", "email", "organisation", "groups_now", "has_login", "is_staff", "is_active"]
    list_filter = ["is_active", "is_staff", "organisation__kind"]
    list_select_related = ["organisation"]
    search_fields = ["search_key", "email", "organisation__search_key"]
    ordering = ["sort_key", "email"]
    autocomplete_fields = ["organisation"]
    actions = ["send_invitation"]
    _person = (None, {"fields": ["name", "email", "organisation", "title", "phone"]})
    _history = (_("Historik"), {"fields": ["invited_at", "last_login", "date_joined"]})

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).with_group_count()  # type: ignore[attr-defined, no-any-return]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [self._person]
        rights = ["is_active", "is_staff"] + (["is_superuser"] if request.user.is_superuser else [])
        return [self._person, (_("Adgang"), {"fields": rights}), self._history]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """History, and one's own rights: nobody locks themselves out, or lifts themselves up."""
        own = ["is_active", "is_staff", "is_superuser"] if obj is not None and obj == request.user else []
        return ["invited_at", "last_login", "date_joined", *own]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_change(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Somebody new has no login until they are invited; being of the secretariat gives its rights."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if "is_staff" in form.changed_data:
            access.place_in_secretariat(obj)

    @admin.display(description=_("grupper"), ordering="group_count")
    def groups_now(self, person: User) -> int:
        return person.group_count  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=_("kan logge ind"), boolean=True)
    def has_login(self, person: User) -> bool:
        return person.has_login

    @admin.action(description=_("Send invitation"), permissions=["change"])
    def send_invitation(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Invite each; say of each that cannot be, why."""
        sent = 0
        for person in people:
            if not _may_change(request, person) and not person.is_anonymised:
                messages.error(
                    request, _("%(name)s kan kun inviteres af en superbruger.") % {"name": person.name}
                )
                continue
            try:
                invite(person, by=request.user)  # type: ignore[arg-type]
            except InvitationError as error:
                messages.error(request, str(error))
            else:
                sent += 1
        if sent:
            said = ngettext("%(n)s invitation er sendt.", "%(n)s invitationer er sendt.", sent)
            messages.success(request, said % {"n": sent})


def _may_change(request: HttpRequest, person: User | None) -> bool:
    return person is None or access.may_change_person(request.user, person)
