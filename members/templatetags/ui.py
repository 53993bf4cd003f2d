"""What the templates of both apps share: menu links, status marks, and the errors of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members.search.query import Piece

register = template.Library()

# The marks components.css draws, each with a shape of its own.
STATES = frozenset(
    {"missing", "draft", "adopted", "superseded", "retired", "due"}
    | {"not_begun", "under_way", "met", "deviates"}  # how an obligation stands
)


@register.inclusion_tag("components/_nav_item.html", takes_context=True)
def nav_item(context: RequestContext, name: str, label: str) -> dict[str, Any]:
    """A link of the menu; it says so when it is this page, or the part of the site this page is in."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {"url": ""}
    request = context.get("request")
    here = request.path if request else ""
    current = "page" if here == url else "true" if here.startswith(url) else ""
    return {"url": url, "label": label, "current": current}


@register.simple_tag
def status(state: str, label: str) -> SafeString:
    """How something stands, in shape, colour and words.

    Raises:
        ValueError: there is no such mark.
    """
    if state not in STATES:
        raise ValueError(f"No status mark is drawn for {state!r}.")
    # No template of its own: the overview has hundreds of them.
    return format_html('<span class="status status-{}">{}</span>', state, label)


@register.filter
def fields_in_error(form: forms.BaseForm) -> list[forms.BoundField]:
    """The fields that have errors, in the form's order."""
    return [field for field in form if field.errors]


@register.filter
def has_required(form: forms.BaseForm) -> bool:
    """Whether any field one sees must be filled in."""
    return any(field.field.required for field in form.visible_fields())


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A text in which what was looked for is marked (``members.search.query``)."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p.text) if p.is_found else p.text,) for p in pieces)
    )
