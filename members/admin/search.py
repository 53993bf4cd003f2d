"""Search with Danish letters, and filters that several lists share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.danish import contains


def _keys(values: Iterable[Any]) -> list[Any]:
    """Those that can be keys: Django asks the database for whatever stands in an address or a form."""
    return [value for value in values if str(value).isdecimal() and len(str(value)) < 19]


class NamedAutocomplete(AutocompleteSelect):
    """An autocomplete whose empty field says what to choose; select2 gives it no other name to read out.

    ``known``: words for rows that are loaded already, by primary key.
    """

    known: dict[str, str] = {}

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        attrs = super().build_attrs(*args, **kwargs)
        chosen = _t("Vælg %(what)s") % {"what": self.field.verbose_name}
        return attrs | {"data-placeholder": chosen, "aria-label": chosen}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> list[Any]:
        """The chosen row alone; without a query where the form has it already."""
        chosen = next((str(v) for v in value if str(v) in self.known), None)
        if chosen is None:
            return super().optgroups(name, _keys(value), attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options.append(self.create_option(name, chosen, self.known[chosen], True, len(options)))
        return [(None, options, 0)]


class NamedAutocompletes(admin.options.BaseModelAdmin):
    """A mixin: every autocomplete field of this admin is a ``NamedAutocomplete``."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = NamedAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Kept(admin.options.BaseModelAdmin):
    """A mixin: rows that stay. A group is closed, a membership ended, a person made inactive, and what was
    wrongly entered is corrected; deleting would take the register's history along."""

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class DanishSearchAdmin(NamedAutocompletes, admin.ModelAdmin):
    """Every word must be found; in a ``search_key`` field whatever the case of æ, ø and å.

    The fields may only lead along to-one relations, so that no row is found twice.
    """

    show_full_result_count = False
    list_per_page = 50

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, _keys(sent.getlist(ACTION_CHECKBOX_NAME)))
        request.POST = sent  # type: ignore[assignment]
        return super().response_action(request, queryset, *args, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in search_term.split():
            found = Q()
            for field in self.get_search_fields(request):
                if field.endswith("search_key"):
                    found |= contains(word, field)
                else:
                    found |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(found)
        return queryset, False

    @admin.display(description=_("navn"), ordering="sort_key")
    def named(self, obj: Any) -> str:
        """The name, as a column that sorts by the Danish alphabet."""
        return str(obj)


class OpenFilter(admin.SimpleListFilter):
    """Whether a project or group still runs."""

    title = _("tilstand")
    parameter_name = "tilstand"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [("aaben", _("Åben")), ("lukket", _("Nedlagt eller afsluttet"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(closed_on__isnull=self.value() == "aaben")
