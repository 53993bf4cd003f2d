"""How our forms are laid out: one helper for all of them, so that no form looks its own way."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, LayoutObject, Submit
from django.utils.html import format_html
from django.utils.translation import gettext as _


def page_helper(
    *fields: str | LayoutObject, submit: Any, cancel: str = "", action: str = "", danger: bool = False
) -> FormHelper:
    """The layout of a form with its buttons.

    Args:
        fields: field names or layout objects, in order.
        submit: the text on the button.
        cancel: where "Annullér" leads; no such link when empty.
        action: where the form is posted, this page when empty.
        danger: the button ends or removes something.
    """
    helper = FormHelper()
    helper.include_media = False  # base.html writes the media once, with the CSP nonce
    helper.form_action = action
    helper.attrs = {"novalidate": ""}  # our messages are in Danish and beside the field
    css_class = "btn btn-danger" if danger else "btn btn-primary"
    buttons: list[LayoutObject] = [Submit("", submit, css_class=css_class, css_id="")]
    if cancel:
        buttons.append(HTML(format_html('<a class="btn btn-link" href="{}">{}</a>', cancel, _("Annullér"))))
    helper.layout = Layout(*fields, Div(*buttons, css_class="form-buttons"))
    return helper
