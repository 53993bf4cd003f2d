"""The forms of what is held about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.danish import contains
from members.forms.filters import SearchForm
from members.layout import page_helper
from members.models import Membership
from members.models.membership import MembershipQuerySet
from members.models.user import UserQuerySet


class AnonymiseForm(forms.Form):
    """A tick: there is no way back."""

    is_sure = forms.BooleanField(
        label=_("Jeg har set, hvad der sker, og at det ikke kan fortrydes"),
        error_messages={"required": _("Sæt flueben her først: det kan ikke fortrydes.")},
    )

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_helper("is_sure", submit=_t("Anonymisér personen"), cancel=cancel, danger=True)


class ExpiredFilter(SearchForm):
    """Find among old memberships by person, group and project."""

    def apply(self, memberships: MembershipQuerySet) -> MembershipQuerySet:
        text = self.chosen("q")
        paths = ("person__search_key", "group__search_key", "group__project__search_key")
        return memberships.filter(contains(text, *paths)) if text else memberships


class UnattachedFilter(SearchForm):
    """Find among people without memberships."""

    def apply(self, people: UserQuerySet) -> UserQuerySet:
        text = self.chosen("q")
        return people.matching(text) if text else people


class ClearForm(forms.Form):
    """Old memberships to delete: those that are ticked, or all that were found; and a tick that one is sure.

    Args:
        found: the old memberships that the page lists, on all its pages.
    """

    ELEMENT = "ryd"  # the id of the form, to which the ticks in the table belong

    memberships = forms.ModelMultipleChoiceField(
        queryset=Membership.objects.none(),
        required=False,
        label=_("Medlemskaber"),
        error_messages={
            "invalid_choice": _("Et af dem er slettet i mellemtiden, eller er ikke gammelt nok. Vælg igen."),
        },
    )
    everything = forms.BooleanField(required=False)
    is_sure = forms.BooleanField(
        label=_("Jeg har set, at gruppernes historie mister dem, og at det ikke kan fortrydes"),
        error_messages={"required": _("Sæt flueben her først: det kan ikke fortrydes.")},
    )

    def __init__(self, *args: Any, found: MembershipQuerySet, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        chosen: Any = self.fields["memberships"]
        chosen.queryset = found
        all_of = _t("Slet alle %(count)s, der er fundet")
        self.fields["everything"].label = all_of % {"count": count}
        self.helper = page_helper("everything", "is_sure", submit=_t("Slet medlemskaberne"), danger=True)
        self.helper.form_id = self.ELEMENT

    @property
    def ticked(self) -> set[str]:
        """The ids that were ticked, as they were sent."""
        return set(self.data.getlist("memberships")) if self.is_bound else set()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "memberships" in cleaned and not cleaned["memberships"] and not cleaned.get("everything"):
            self.add_error("memberships", _t("Vælg mindst ét medlemskab, eller slet alle."))
        return cleaned

    def chosen(self) -> MembershipQuerySet:
        """What a valid form asks to have deleted."""
        ticked: MembershipQuerySet = self.cleaned_data["memberships"]
        return self.found if self.cleaned_data["everything"] else ticked
