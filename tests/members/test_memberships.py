"""Who joins a group, changes role and leaves: without JavaScript, with warnings and no stops."""

from __future__ import annotations

import datetime
import uuid
from typing import Any
from unittest import mock

from django.contrib.messages import get_messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

import members.views.answers
from members.forms.memberships import NewMembershipForm
from members.models import Membership, User, WorkingGroup
from members.submissions import handled
from tests import factories
from tests.cast import CastCase

Role = Membership.Role


class MembershipCase(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.karen)
        self.home = self.cast.steering.get_absolute_url()

    def url(self, name: str, *args: int, group: WorkingGroup | None = None) -> str:
        return reverse(f"members:membership-{name}", args=[(group or self.cast.steering).slug, *args])

    def data(self, **fields: object) -> dict[str, object]:
        today = timezone.localdate().isoformat()
        return {"role": "member", "joined_on": today, "submission": str(uuid.uuid4())} | fields

    def said(self, response: HttpResponse) -> list[str]:
        return [str(message) for message in get_messages(response.wsgi_request)]

    def membership(self, person: User) -> Membership:
        return self.cast.steering.memberships.get(person=person)


class SearchTests(MembershipCase):
    def hits(self, q: str) -> list[str]:
        return [
            person.name for person, _inside in self.client.get(self.url("search"), {"q": q}).context["hits"]
        ]

    def test_people_are_found_by_name_address_and_organisation(self) -> None:
        assert self.hits("SKOVMARK") == self.hits("ida@odder") == ["Ida Skovmark"]
        assert self.hits("ærø") == ["Jonas Engtoft", "Nadia Elmark", "Søren Lyngdal"]

    def test_nobody_is_shown_before_one_asks_and_too_little_is_said(self) -> None:
        assert self.client.get(self.url("search")).context["hits"] == []
        response = self.client.get(self.url("search"), {"q": "a"})
        assert response.status_code == 422
        assert response.context["hits"] == []

    def test_hits_name_the_organisation_and_never_the_address(self) -> None:
        page = self.client.get(self.url("search"), {"q": "nadia"})
        self.assertContains(page, "Ærø Kommune")
        self.assertNotContains(page, "nadia@")

    def test_whoever_is_in_already_is_shown_as_such_and_whoever_left_can_come_back(self) -> None:
        page = self.client.get(self.url("search"), {"q": "ærø"})
        self.assertNotContains(page, self.url("create", self.cast.jonas.pk))
        self.assertContains(page, "Er allerede med", count=1)
        self.assertContains(page, self.url("create", self.cast.soeren.pk))

    def test_at_most_twenty_are_shown_and_that_there_are_more_is_said(self) -> None:
        for number in range(20):
            factories.user(f"Bo Ek {number:02}")
        assert len(self.hits("bo ek")) == 20
        self.assertNotContains(self.client.get(self.url("search"), {"q": "bo ek"}), "Der er flere")
        factories.user("Bo Ek 20")
        assert len(self.hits("bo ek")) == 20
        self.assertContains(self.client.get(self.url("search"), {"q": "bo ek"}), "Der er flere")

    def test_inactive_people_are_not_found(self) -> None:
        self.cast.ida.deactivate()
        assert self.hits("skovmark") == []
        assert self.client.get(self.url("create", self.cast.ida.pk)).status_code == 404

    def test_somebody_new_is_one_click_away_with_the_name_filled_in(self) -> None:
        page = self.client.get(self.url("search"), {"q": "Emil Højbro"})
        way = self.url("person") + "?navn=Emil+H%C3%B8jbro"
        self.assertContains(page, f'href="{way}"')
        self.assertContains(self.client.get(way), 'value="Emil Højbro"')


class AddTests(MembershipCase):
    def test_a_member_is_added_with_role_organisation_and_first_day(self) -> None:
        response = self.client.post(
            self.url("create", self.cast.ida.pk),
            self.data(role="observer", organisation=self.cast.jonas.organisation_id, joined_on="2026-03-01"),
        )
        self.assertRedirects(response, self.home)
        membership = self.membership(self.cast.ida)
        assert (membership.role, membership.organisation) == ("observer", self.cast.jonas.organisation)
        assert membership.joined_on == datetime.date(2026, 3, 1)

    def test_the_persons_own_organisation_is_proposed(self) -> None:
        form = self.client.get(self.url("create", self.cast.ida.pk)).context["form"]
        assert form["organisation"].value() == self.cast.ida.organisation_id

    def test_the_same_person_twice_is_said_beside_the_person(self) -> None:
        response = self.client.post(self.url("create", self.cast.jonas.pk), self.data(role="observer"))
        self.assertContains(response, "Jonas Engtoft (Ærø Kommune)", status_code=422)
        assert response.context["form"].errors == {"person": ["Personen er allerede medlem af gruppen."]}
        assert self.cast.steering.memberships.filter(person=self.cast.jonas).count() == 1

    def test_the_same_form_sent_twice_makes_one_membership_and_the_same_answer(self) -> None:
        data = self.data()
        for _time in range(2):
            response = self.client.post(self.url("create", self.cast.ida.pk), data)
            self.assertRedirects(response, self.home)
        assert self.cast.steering.memberships.filter(person=self.cast.ida).count() == 1

    def test_a_form_whose_first_sending_comes_through_while_its_second_is_checked_gets_the_same_answer(
        self,
    ) -> None:
        """A connection that broke is asked over again, and what it asked for goes on all the same."""
        data, where = self.data(), self.url("create", self.cast.ida.pk)
        answers: list[Any] = []

        def slowly(form: NewMembershipForm, *, user: User) -> str | None:
            seen = handled(form, user=user)
            if not answers:
                answers.append(None)
                answers.append(self.client.post(where, data))
            return seen

        with mock.patch.object(members.views.answers, "handled", slowly):
            self.assertRedirects(self.client.post(where, data), answers[-1].url)
        assert self.cast.steering.memberships.filter(person=self.cast.ida).count() == 1

    def test_a_key_that_somebody_else_has_used_is_as_good_as_new(self) -> None:
        data = self.data(submission=factories.submission(self.cast.jonas).key)
        self.assertRedirects(self.client.post(self.url("create", self.cast.ida.pk), data), self.home)
        assert self.membership(self.cast.ida).is_current
        first = self.client.post(self.url("create", self.cast.ida.pk), data)
        self.assertRedirects(first, self.home)
        assert self.cast.steering.memberships.filter(person=self.cast.ida).count() == 1

    def test_losing_a_race_to_add_the_same_person_is_a_message(self) -> None:
        with mock.patch.object(NewMembershipForm, "save", side_effect=IntegrityError):
            response = self.client.post(self.url("create", self.cast.ida.pk), self.data())
        self.assertContains(response, "En anden har lige gemt det samme", status_code=422)

    def test_what_was_typed_is_kept_when_something_must_be_corrected(self) -> None:
        data = self.data(role="facilitator", joined_on="i morgen")
        response = self.client.post(self.url("create", self.cast.ida.pk), data)
        self.assertContains(response, '<option value="facilitator" selected>', status_code=422)
        self.assertContains(response, "i morgen", status_code=422)
        assert set(response.context["form"].errors) == {"joined_on"}

    def test_what_the_standard_text_advises_against_is_a_warning_and_no_stop(self) -> None:
        response = self.client.post(
            self.url("create", self.cast.tobias.pk), self.data(organisation=self.cast.tobias.organisation_id)
        )
        self.assertRedirects(response, self.home, fetch_redirect_response=False)
        assert any("kommer fra en leverandør" in said for said in self.said(response))
        assert self.membership(self.cast.tobias).is_current


class NewPersonTests(MembershipCase):
    def person(self, **fields: object) -> dict[str, object]:
        return {"name": "Emil Højbro", "email": "Emil@Sorø.example", "submission": str(uuid.uuid4())} | fields

    def test_somebody_new_is_put_in_the_register_and_then_in_the_group(self) -> None:
        response = self.client.post(self.url("person"), self.person(email="Emil@Soroe.example"))
        emil = User.objects.get(email="emil@soroe.example")
        assert not emil.has_login
        self.assertRedirects(response, self.url("create", emil.pk))

    def test_the_same_form_sent_twice_makes_one_person(self) -> None:
        data = self.person(email="emil@soroe.example")
        first, second = (self.client.post(self.url("person"), data) for _time in range(2))
        assert first.url == second.url
        assert User.objects.filter(name="Emil Højbro").count() == 1

    def test_an_address_that_is_taken_is_said_beside_it_whatever_its_case(self) -> None:
        response = self.client.post(self.url("person"), self.person(email="IDA@Odder.example"))
        assert response.status_code == 422
        errors = response.context["form"].errors
        assert errors == {"email": ["Der findes allerede en person med den e-mailadresse."]}

    def test_nobody_can_make_themselves_more_by_adding_fields(self) -> None:
        self.client.post(
            self.url("person"), self.person(email="emil@soroe.example", is_staff="on", is_superuser="on")
        )
        emil = User.objects.get(email="emil@soroe.example")
        assert not emil.is_staff
        assert not emil.is_superuser


class ChangeTests(MembershipCase):
    def test_a_role_and_a_period_are_corrected(self) -> None:
        jonas = self.membership(self.cast.jonas)
        data = {"role": "vice_chair", "joined_on": "2026-02-01", "organisation": jonas.organisation_id}
        self.assertRedirects(self.client.post(self.url("update", jonas.pk), data), self.home)
        jonas.refresh_from_db()
        assert (jonas.role, jonas.joined_on) == ("vice_chair", datetime.date(2026, 2, 1))

    def test_the_person_cannot_be_exchanged(self) -> None:
        jonas = self.membership(self.cast.jonas)
        data = {"role": "member", "joined_on": "2026-02-01", "person": self.cast.ida.pk}
        self.client.post(self.url("update", jonas.pk), data)
        jonas.refresh_from_db()
        assert jonas.person == self.cast.jonas

    def test_an_end_before_the_beginning_is_said_beside_the_field(self) -> None:
        jonas = self.membership(self.cast.jonas)
        data = {"role": "member", "joined_on": "2026-02-01", "left_on": "2026-01-01"}
        response = self.client.post(self.url("update", jonas.pk), data)
        assert response.context["form"].errors == {"left_on": ["Slutdatoen kan ikke ligge før startdatoen."]}

    def test_what_somebody_else_corrected_meanwhile_stays(self) -> None:
        jonas = self.membership(self.cast.jonas)
        stale = self.membership(self.cast.jonas)
        jonas.role = Role.VICE_CHAIR
        jonas.save()
        stale.end(on=timezone.localdate())
        jonas.refresh_from_db()
        assert (jonas.role, jonas.left_on) == ("vice_chair", timezone.localdate())

    def test_a_membership_ends_on_its_day_with_a_note_on_who_takes_over(self) -> None:
        jonas = self.membership(self.cast.jonas)
        form = self.client.get(self.url("end", jonas.pk)).context["form"]
        assert form["left_on"].value() == timezone.localdate()
        data = {"left_on": "2026-06-30", "handover_note": "Karen tager over."}
        self.assertRedirects(self.client.post(self.url("end", jonas.pk), data), self.home)
        jonas.refresh_from_db()
        assert (jonas.left_on, jonas.handover_note) == (datetime.date(2026, 6, 30), "Karen tager over.")
        response = self.client.post(self.url("end", jonas.pk), {"left_on": "2024-01-01"})
        assert response.context["form"].errors == {"left_on": ["Slutdatoen kan ikke ligge før startdatoen."]}

    def test_a_chair_who_leaves_a_hidden_group_is_led_to_a_page_they_can_see(self) -> None:
        nadia = self.cast.professional.memberships.get(person=self.cast.nadia)
        self.client.force_login(self.cast.nadia)
        where = self.url("end", nadia.pk, group=self.cast.professional)
        response = self.client.post(where, {"left_on": timezone.localdate().isoformat()})
        self.assertRedirects(response, reverse("members:group-list"))


class WhoMayTests(MembershipCase):
    def test_only_those_who_manage_the_group_and_the_secretariat_come_to_these_pages(self) -> None:
        jonas = self.membership(self.cast.jonas)
        pages = [
            self.url("search"),
            self.url("person"),
            self.url("create", self.cast.ida.pk),
            self.url("update", jonas.pk),
            self.url("end", jonas.pk),
        ]
        for person, status in (
            (self.cast.karen, 200),
            (self.cast.aase, 200),
            (self.cast.jonas, 403),
            (self.cast.mette, 403),
            (self.cast.soeren, 403),
        ):
            self.client.force_login(person)
            for page in pages:
                assert self.client.get(page).status_code == status, (person, page)
        self.client.force_login(self.cast.jonas)
        assert self.client.post(self.url("end", jonas.pk), {"left_on": "2026-06-30"}).status_code == 403
        assert self.client.post(self.url("create", self.cast.ida.pk), self.data()).status_code == 403
        assert self.cast.steering.roster().count() == 2

    def test_a_membership_is_reached_through_its_own_group_only(self) -> None:
        mettes = self.cast.coordination.memberships.get(person=self.cast.mette)
        for name in ("update", "end"):
            assert self.client.get(self.url(name, mettes.pk)).status_code == 404
