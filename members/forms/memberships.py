"""Becoming a member of a group, changing role, and leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.forms.fields import DateInput, PersonShown
from members.forms.whole import WholeInstanceForm
from members.layout import page_helper
from members.models import Membership, WorkingGroup
from members.models.period import believable
from members.submissions import SubmissionForm

_BESIDE = {
    "membership_one_open_a_person": "person",
    "membership_left_after_joined": "left_on",
    "membership_known_role": "role",
}


class MembershipForm(WholeInstanceForm):
    """A membership as it is: role, organisation and period.

    ``names_board``: whoever fills it in also says who sits in a styregruppe for OS2's board.
    """

    person = PersonShown(label=_("Person"))
    beside = _BESIDE

    class Meta:
        model = Membership
        fields = [
            "person",
            "role",
            "organisation",
            "represents_board",
            "joined_on",
            "left_on",
            "handover_note",
        ]
        widgets = {
            "joined_on": DateInput(),
            "left_on": DateInput(),
            "handover_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self, *args: Any, cancel: str, submit: str = "", names_board: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["person"] = self.instance.person
        if not (names_board and self.instance.group.kind == WorkingGroup.Kind.STEERING):
            del self.fields["represents_board"]
        self.helper = page_helper(*self.fields, submit=submit or _t("Gem"), cancel=cancel)

    def save(self, commit: bool = True) -> Membership:
        """Through the group, whose lock keeps two writers apart."""
        new = self.instance._state.adding
        membership: Membership = self.instance
        return membership.group.keep(membership, update_fields=None if new else self.own_columns)


class NewMembershipForm(SubmissionForm, MembershipForm):
    """Step 2: in what role, from where, from when."""

    class Meta(MembershipForm.Meta):
        fields = ["person", "role", "organisation", "represents_board", "joined_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, submit=_t("Tilføj til gruppen"), **kwargs)
        self.initial["organisation"] = self.instance.person.organisation_id


class ChangeMembershipForm(SubmissionForm, WholeInstanceForm):
    """Another role, or another organisation, from a day; until then the group's history says what was."""

    person = PersonShown(label=_("Person"))
    changes_on = forms.DateField(label=_("Skifter den"), widget=DateInput(), validators=[believable])
    beside = _BESIDE | {"membership_left_after_joined": "changes_on"}

    class Meta:
        model = Membership
        fields = ["person", "role", "organisation"]

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["person"] = self.instance.person
        self.fields["changes_on"].initial = timezone.localdate
        self.helper = page_helper(*self.fields, submit=_t("Gem skiftet"), cancel=cancel)

    def save(self, commit: bool = True) -> Membership:
        """As a membership of its own, after the one that is stored."""
        cleaned = self.cleaned_data
        stored = Membership.objects.select_related("group", "person", "organisation").get(pk=self.instance.pk)
        return stored.become(cleaned["role"], on=cleaned["changes_on"], organisation=cleaned["organisation"])


class EndMembershipForm(WholeInstanceForm):
    """The last day, and who takes over. A day to come is fine: ``sync_access`` takes the rights away then."""

    beside = _BESIDE
    suggested = frozenset({"left_on"})

    class Meta:
        model = Membership
        fields = ["left_on", "handover_note"]
        widgets = {"left_on": DateInput(), "handover_note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["left_on"]
        field.required = True
        field.label = _t("Udtræder den")
        field.help_text = _t("Fra den dag har personen ikke længere gruppens rettigheder.")
        self.initial.setdefault("left_on", None)
        self.initial["left_on"] = self.initial["left_on"] or timezone.localdate()
        self.helper = page_helper(*self.fields, submit=_t("Afslut medlemskabet"), cancel=cancel, danger=True)
