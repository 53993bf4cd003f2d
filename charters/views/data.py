"""What is public, as data: an edition as JSON and Markdown, the list of groups, and a feed of what is new."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from charters.edition import Edition
from charters.markdown import edition_markdown as markdown_of
from charters.models import Charter, CharterDocument
from charters.open_data import COLUMNS, EDITION_SCHEMA, LIST_SCHEMA, edition_data, groups_csv, groups_data
from charters.views.editions import edition_detail, edition_of
from charters.views.files import file_answer, file_name
from members.models import WorkingGroup

JSON, MARKDOWN = "application/json", "text/markdown"
NEWEST = 30  # entries in the feed


def mark_of(charter: Charter, form: str) -> str:
    """An ETag: an edition's text never changes, but it may end, and a name may be taken out of it.

    Each form has its own, for they share an address (RFC 9110, 8.8.3.3).
    """
    named = charter.members.exclude(name="").count()
    return f'"{charter.fingerprint}-{charter.state}-{named}-{form}"'


def _json_mark(request: HttpRequest, slug: str, number: int | None = None) -> str:
    return mark_of(edition_of(request, slug, number), "json")


def _markdown_mark(request: HttpRequest, slug: str, number: int | None = None) -> str:
    return mark_of(edition_of(request, slug, number), "md")


@require_safe
@condition(etag_func=_json_mark)
def edition_json(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """An edition as JSON. Public where the group is."""
    charter = edition_of(request, slug, number)
    content = CharterDocument.objects.values_list("content", flat=True).get(charter=charter)
    data = edition_data(charter, Edition.of(charter), content=content, address=request.build_absolute_uri)
    return file_answer(_json(data), name=f"{file_name(charter)}.json", kind=JSON)


@require_safe
@condition(etag_func=_markdown_mark)
def edition_markdown(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """An edition as Markdown. Public where the group is."""
    charter = edition_of(request, slug, number)
    address = request.build_absolute_uri(charter.get_absolute_url())
    content = markdown_of(Edition.of(charter), address=address)
    return file_answer(content, name=f"{file_name(charter)}.md", kind=f"{MARKDOWN}; charset=utf-8")


BY_TYPE: dict[str, Callable[..., HttpResponse]] = {
    "text/html": edition_detail,  # first: what a browser gets, and whoever does not care
    JSON: edition_json,
    MARKDOWN: edition_markdown,
}


@vary_on_headers("Accept")
def edition(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """An edition at its own address, in the form that is asked for. Public where the group is."""
    try:
        wanted = request.get_preferred_type(list(BY_TYPE)) or "text/html"
    except ValueError:  # longer than any list of types is: whoever sends it does not care
        wanted = "text/html"
    return BY_TYPE[wanted](request, slug=slug, number=number)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    """What there is as data, and how it is read. Public."""
    example = Charter.objects.adopted().filter(group__in=WorkingGroup.objects.public().open())
    context = {
        "example": example.select_related("group").order_by("pk").first(),
        "columns": COLUMNS,
        "edition_schema": EDITION_SCHEMA,
        "list_schema": LIST_SCHEMA,
    }
    return render(request, "charters/data.html", context)


@require_safe
@conditional_page
def groups_json(request: HttpRequest) -> HttpResponse:
    """All public groups and the charter of each. Public."""
    groups = groups_data(request.build_absolute_uri)
    content = _json({"schema": LIST_SCHEMA, "groups": groups})
    return file_answer(content, name="os2-grupper.json", kind=JSON)


@require_safe
@conditional_page
def groups_spreadsheet(request: HttpRequest) -> HttpResponse:
    """The same list for a spreadsheet. Public."""
    content = groups_csv(groups_data(request.build_absolute_uri))
    return file_answer(content, name="os2-grupper.csv", kind="text/csv; charset=utf-8", kept=True)


class NewestCharters(Feed):
    """The charters of public groups that were adopted last, as Atom. Public."""

    feed_type = Atom1Feed
    title = _("Nye kommissorier i OS2")
    subtitle = _("Kommissorier, som OS2s arbejdsgrupper har vedtaget.")
    link = reverse_lazy("members:group-list")
    author_name = _("OS2s arbejdsgrupper")

    def items(self) -> list[Charter]:
        public = Charter.objects.of_groups(WorkingGroup.objects.public())
        adopted = public.filter(adopted_at__isnull=False)  # all that is frozen, as an index knows it
        return list(adopted.select_related("group", "template").order_by("-adopted_at")[:NEWEST])

    def item_title(self, item: Any) -> str:
        return str(item)

    def item_description(self, item: Any) -> str:
        return escape(item.reason)  # the feed says that it is HTML

    def item_link(self, item: Any) -> str:
        return reverse("charters:edition-detail", args=[item.group.slug, item.number])

    def item_pubdate(self, item: Any) -> datetime.datetime:
        return timezone.localtime(item.adopted_at)

    item_updateddate = item_pubdate


newest_charters = require_safe(conditional_page(NewestCharters()))
