"""A form whose view supplies a field still checks the row as a whole (members.forms.whole)."""

import pytest
from django import forms
from django.db import IntegrityError, transaction

from members.forms.whole import WholeInstanceForm
from members.models import Membership
from tests.cast import CastCase


class NaiveForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["role"]


class WholeForm(WholeInstanceForm):
    beside = {"membership_one_open_a_person": "role"}

    class Meta:
        model = Membership
        fields = ["role"]


class WholeFormTests(CastCase):
    def test_djangos_own_form_lets_the_row_fail_in_the_database(self) -> None:
        form = NaiveForm({"role": "member"}, instance=self.twice())
        assert form.is_valid()
        with pytest.raises(IntegrityError), transaction.atomic():
            form.save()

    def test_ours_says_so_beside_the_field_it_was_told(self) -> None:
        form = WholeForm({"role": "member"}, instance=self.twice())
        assert not form.is_valid()
        assert form.errors == {"role": ["Personen er allerede medlem af gruppen."]}

    def test_a_sound_row_passes(self) -> None:
        form = WholeForm(
            {"role": "member"}, instance=Membership(group=self.cast.steering, person=self.cast.ida)
        )
        assert form.is_valid()

    def test_a_constraint_on_a_field_in_error_is_not_said_on_top(self) -> None:
        form = WholeForm({"role": "king"}, instance=self.twice())
        assert not form.is_valid()
        assert len(form.errors["role"]) == 2  # the choice, and the person; not the role's own constraint

    def test_a_message_without_a_field_stands_at_the_top(self) -> None:
        class Elsewhere(WholeForm):
            beside = {"membership_one_open_a_person": "person"}

        form = Elsewhere({"role": "member"}, instance=self.twice())
        assert form.non_field_errors() == ["Personen er allerede medlem af gruppen."]

    def twice(self) -> Membership:
        return Membership(group=self.cast.steering, person=self.cast.jonas)
