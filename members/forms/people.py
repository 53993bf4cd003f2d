"""People and organisations in the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t

from members.forms.whole import WholeInstanceForm
from members.layout import page_helper
from members.models import Organisation, User
from members.submissions import SubmissionForm


class PersonForm(WholeInstanceForm):
    beside = {"user_unique_email": "email"}

    class Meta:
        model = User
        fields = ["name", "email", "organisation", "title", "phone"]
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel"})}

    def __init__(self, *args: Any, cancel: str, submit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.helper = page_helper(*self.fields, submit=submit or _t("Gem"), cancel=cancel)


class NewPersonForm(SubmissionForm, PersonForm):
    """Somebody new; without a login until they are invited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, submit=_t("Opret personen"), **kwargs)
        self.instance.set_unusable_password()


class NewGuestForm(NewPersonForm):
    """Somebody new, on the way into a group: only what the group needs."""

    class Meta(PersonForm.Meta):
        fields = ["name", "email", "organisation"]


class OrganisationForm(WholeInstanceForm):
    beside = {"organisation_unique_name": "name", "organisation_known_kind": "kind"}

    class Meta:
        model = Organisation
        fields = ["name", "kind"]

    def __init__(self, *args: Any, cancel: str, submit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_helper(*self.fields, submit=submit or _t("Gem"), cancel=cancel)


class NewOrganisationForm(SubmissionForm, OrganisationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, submit=_t("Opret organisationen"), **kwargs)
