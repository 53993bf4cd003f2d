"""A form whose view supplies a field still checks the row as a whole (members.forms.whole)."""

import re
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from members.forms.whole import WholeInstanceForm
from members.models import Membership
from tests.cast import CastCase

OURS = ("members.", "charters.", "os2groups.")


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

    def test_every_form_of_a_thing_that_exists_is_one_of_these(self) -> None:
        """Or it may undo, in silence, what somebody else saved while it stood open."""
        import_module("os2groups.urls")
        others = {form for form in _descendants(forms.ModelForm) if form.__module__.startswith(OURS)}
        others -= {WholeInstanceForm, *_descendants(WholeInstanceForm)}
        assert {form.__name__ for form in others} == {
            "IntroductionForm",  # has what it grew from with it, as a section does
            "ProjectAdminForm",  # the administration's own, which is for mending by hand
            "MembershipAdminForm",
        }

    def twice(self) -> Membership:
        return Membership(group=self.cast.steering, person=self.cast.jonas)


class MeanwhileTests(CastCase):
    """A form that stood open while somebody else saved."""

    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)
        self.membership = self.cast.steering.memberships.get(person=self.cast.jonas)
        self.url = reverse("members:membership-update", args=[self.cast.steering.slug, self.membership.pk])
        self.shown = self.opened()

    def opened(self) -> dict[str, Any]:
        """What a browser would send if nothing was changed."""
        return sent_unchanged(self.client.get(self.url).context["form"])

    def save(self, **typed: str) -> HttpResponse:
        return self.client.post(self.url, self.shown | typed)

    def stored(self) -> Membership:
        self.membership.refresh_from_db()
        return self.membership

    def test_a_membership_that_was_ended_meanwhile_stays_ended_and_keeps_its_note(self) -> None:
        today = timezone.localdate()
        self.membership.end(on=today, handover_note="Nøglerne ligger hos Ida.")
        assert self.save(role="observer").status_code == 302
        stored = self.stored()
        assert (stored.role, stored.left_on, stored.handover_note) == (
            "observer",
            today,
            "Nøglerne ligger hos Ida.",
        )

    def test_what_both_changed_is_not_saved_and_said_beside_the_field(self) -> None:
        self.membership.end(on=timezone.localdate(), handover_note="Spørg Ida.")
        answer = self.save(handover_note="Spørg Karen.")
        self.assertContains(answer, "Nu står der »Spørg Ida.«.", status_code=422)
        assert answer.context["form"]["handover_note"].value() == "Spørg Karen."
        assert self.stored().handover_note == "Spørg Ida."

    def test_sent_again_it_is_saved_knowingly_with_the_others_other_changes(self) -> None:
        self.membership.end(on=timezone.localdate(), handover_note="Spørg Ida.")
        answer = self.save(handover_note="Spørg Karen.")
        self.shown = sent_unchanged(answer.context["form"])
        assert self.save().status_code == 302
        stored = self.stored()
        assert (stored.left_on, stored.handover_note) == (timezone.localdate(), "Spørg Karen.")

    def test_the_same_change_by_two_is_no_matter(self) -> None:
        Membership.objects.filter(pk=self.membership.pk).update(role="chair")
        assert self.save(role="chair").status_code == 302

    def test_a_form_without_what_it_showed_changes_what_it_says(self) -> None:
        """An old page, or a program: the last one to save is the one who is right."""
        typed = {name: value for name, value in self.shown.items() if not name.startswith("initial-")}
        assert self.client.post(self.url, typed | {"role": "chair"}).status_code == 302
        assert self.stored().role == "chair"

    def test_nonsense_in_what_it_showed_is_asked_about_once(self) -> None:
        self.shown |= {"initial-role": "\x00[]", "initial-joined_on": "i går"}
        answer = self.save(role="chair")
        self.assertContains(answer, "En anden har rettet feltet imens.", status_code=422)
        self.shown = sent_unchanged(answer.context["form"])
        assert self.save(role="chair").status_code == 302


def sent_unchanged(form: Any) -> dict[str, Any]:
    """What the browser sends of a form that nobody touched: its fields, and what they held."""
    sent = {}
    for bound in form:
        if bound.field.disabled:
            continue
        value = bound.field.prepare_value(bound.value())
        if value not in (None, False):
            sent[bound.html_name] = str(value)
        if bound.field.show_hidden_initial:
            hidden = str(bound.as_hidden(only_initial=True))
            found = re.search(r'value="([^"]*)"', hidden)
            sent[bound.html_initial_name] = unescape(found[1]) if found else ""
    return sent


def _descendants(form: type) -> set[type]:
    below = set(form.__subclasses__())
    return below | {further for one in below for further in _descendants(one)}
