"""The forms of the meeting: who is there, and somebody whom the group lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models import Attendance, Charter
from charters.models.manuscript import ManuscriptError
from members.forms.people import NewGuestForm
from members.layout import page_helper
from members.models import Membership, User

_LONGEST_ID = 18  # digits; more than that no database has


class PeopleField(forms.MultipleChoiceField):
    """The ids of people, whoever they are: the list of members may be another since the page was shown."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdecimal() and len(value) <= _LONGEST_ID

    def clean(self, value: Any) -> set[int]:
        return {int(pk) for pk in super().clean(value)}


class AttendanceForm(forms.Form):
    """Ticks as one page shows them: only those that this writer changed are saved.

    ``person`` is the one who was ticked just now; without it the whole list was sent by its button.
    """

    present = PeopleField()
    was = PeopleField()
    person = PeopleField()

    def save(self, charter: Charter, *, roster: Sequence[Membership], by: User) -> None:
        """
        Raises:
            ManuscriptError: it cannot be; the text says why.
        """
        sent = self.cleaned_data
        known = {membership.person_id: membership.person for membership in roster}
        if sent["person"] - known.keys():
            raise ManuscriptError(_t("Personen er ikke medlem af gruppen længere."))
        changed = sent["person"] or sent["present"] ^ sent["was"]
        for pk in sorted(changed & known.keys()):
            if pk in sent["present"]:
                Attendance.tick(charter, known[pk], by=by)
            else:
                Attendance.untick(charter, known[pk])


class NewcomerForm(NewGuestForm):
    """A member who was missing, added in the meeting; somebody who is in the register is found by e-mail."""

    role = forms.ChoiceField(
        label=_("Rolle"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER
    )

    def __init__(
        self, *args: Any, charter: Charter, action: str, cancel: str, in_dialog: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, cancel=cancel, auto_id="medlem_%s", **kwargs)
        self.charter = charter
        self.known: User | None = None
        self.fields["email"].help_text = _t("Står personen i registret i forvejen, bruges oplysningerne der.")
        self.helper = page_helper(
            "name", "email", "organisation", "role", "submission",
            submit=_t("Tilføj medlem"), cancel=cancel, action=action,
        )  # fmt: skip
        if in_dialog:
            self.helper.attrs |= {"hx-post": action, "hx-target": "#nyt-medlem", "hx-sync": "this:drop"}

    def clean_email(self) -> str:
        """Whoever is in the register already is not made anew; one who cannot be added is told of here."""
        email = str(self.cleaned_data["email"]).lower()
        self.known = User.objects.filter(email=email).first()
        if self.known is None:
            return email
        if not self.known.is_active:
            raise ValidationError(_t("Personen er deaktiveret i registret. Spørg OS2s sekretariat."))
        if self.charter.group.memberships.current().filter(person=self.known).exists():
            raise ValidationError(_t("%(name)s er allerede medlem af gruppen.") % {"name": self.known.name})
        return email

    def validate_unique(self) -> None:
        if self.known is None:
            super().validate_unique()

    def validate_constraints(self) -> None:
        if self.known is None:
            super().validate_constraints()

    def welcome(self, *, by: User) -> Membership:
        """Make the person a member from today, and tick them as present.

        Raises:
            ValidationError: they cannot be one; nothing is saved when the caller is in a transaction.
        """
        person = self.known or self.save()
        membership = self.charter.group.add(
            person, role=self.cleaned_data["role"], organisation=self.cleaned_data["organisation"]
        )
        try:
            Attendance.tick(self.charter, person, by=by)
        except ManuscriptError as error:
            raise ValidationError(str(error)) from error
        return membership
