"""The field that formatted text is written in: an editor where there is JavaScript, plain lines where not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from charters import text


class ProseWidget(forms.Textarea):
    """A textarea of plain lines (``text.plain``) that ``js/editor.js`` turns into an editor.

    The page loads the editor itself once (``components/_editor_media.html``), for sections are opened and
    closed in it without the page being loaded again.
    """

    def __init__(self, *, label: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 12, "lang": "da", "spellcheck": "true", **(attrs or {})})
        self.label = label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        html, lines = _shown(value or "")
        context = super().get_context(name, lines, attrs)
        context["widget"]["attrs"] = {
            "data-editor": html,
            "data-editor-label": self.label,
            "data-editor-paste": reverse("charters:paste"),
            **context["widget"]["attrs"],
        }
        return context


def _shown(value: str) -> tuple[str, str]:
    """The value as it would be stored, and its lines; what is too long for that stays as it was typed."""
    try:
        html = text.clean_typed(value)
    except ValidationError:
        return value, text.plain(value) if text.is_from_the_editor(value) else value
    return html, text.plain(html)
