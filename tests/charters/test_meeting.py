"""The meeting: one page for the projector, who is there, a member who was missing, and adopting with them."""

from __future__ import annotations

import datetime
import re
import uuid
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from charters.adoption import adopt
from charters.models import Attendance, Charter
from charters.models.manuscript import ClosedGroupError, FrozenError, ManuscriptError
from members.models import Membership, User
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

HTMX = {"HX-Request": "true"}


class MeetingCase(CastCase):
    charter: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.draft(cls.cast.steering, by=cls.cast.karen)

    def address(self, name: str = "draft-meeting") -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug])

    def page(self, person: User) -> str:
        self.client.force_login(person)
        return self.client.get(self.address()).content.decode()

    def present(self) -> set[int]:
        return Attendance.people_at(self.charter)

    def adopt(self, **how: Any) -> None:
        with mock.patch("charters.adoption.charter_pdf", return_value=factories.PDF):
            adopt(self.charter, by=self.cast.karen, on=timezone.localdate(), **how)


class TickTests(MeetingCase):
    def test_a_member_is_ticked_once_however_often(self) -> None:
        for _ in range(2):
            Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        row = self.charter.attendances.get()
        assert (row.person, row.ticked_by) == (self.cast.jonas, self.cast.karen)

    def test_a_tick_is_taken_away_and_one_that_is_not_there_is_no_matter(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        for _ in range(2):
            Attendance.untick(self.charter, self.cast.jonas)
            assert self.present() == set()

    def test_only_members_of_today_can_be_there(self) -> None:
        for outsider in (self.cast.soeren, self.cast.nadia):
            with pytest.raises(ManuscriptError, match="Kun gruppens medlemmer"):
                Attendance.tick(self.charter, outsider, by=self.cast.karen)
        assert self.present() == set()

    def test_a_substitute_can_be_there(self) -> None:
        substitute = factories.membership(self.cast.steering, role=Membership.Role.SUBSTITUTE)
        Attendance.tick(self.charter, substitute.person, by=self.cast.karen)
        assert self.present() == {substitute.person_id}

    def test_a_tick_leaves_the_text_as_it_was_read(self) -> None:
        before = self.charter.revision
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        self.charter.refresh_from_db()
        assert self.charter.revision == before

    def test_an_adopted_charter_takes_no_ticks(self) -> None:
        self.adopt()
        for write in (self.tick, self.untick):
            with pytest.raises(FrozenError):
                write()

    def test_a_closed_group_takes_no_ticks(self) -> None:
        self.cast.steering.close()
        for write in (self.tick, self.untick):
            with pytest.raises(ClosedGroupError):
                write()

    def tick(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)

    def untick(self) -> None:
        Attendance.untick(self.charter, self.cast.jonas)


class PageTests(MeetingCase):
    def test_it_goes_through_the_heading_each_section_and_the_end(self) -> None:
        page = self.page(self.cast.karen)
        anchors = [section.anchor for section in self.charter.standing_sections()]
        nav = page.partition("Mødets trin")[2]
        assert re.findall(r'<li>\s*<a href="#([^"]+)"', nav)[: len(anchors) + 2] == [
            "hoved",
            *anchors,
            "slut",
        ]
        assert "OS2naturkort" in page

    def test_a_step_that_lacks_something_says_so(self) -> None:
        self.charter.add_section("Økonomi", body="xyz kroner")
        nav = self.page(self.cast.karen).partition("Mødets trin")[2]
        assert re.search(r"Økonomi\s*<span[^>]*>mangler</span>", nav)
        assert nav.count("mangler</span>") == 1

    def test_those_who_write_have_the_means_and_a_reader_only_the_text(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        means = ('name="present"', "Tilføj medlem", "Vedtag kommissoriet", reverse(
            "charters:draft-adopt", args=[self.cast.steering.slug]
        ))  # fmt: skip
        written, read = self.page(self.cast.karen), self.page(self.cast.jonas)
        for one in means:
            assert one in written
            assert one not in read
        assert "til stede</span>" in read
        assert "1 af 2" in read

    def test_who_has_left_the_group_is_not_counted(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert "0 af 1" in self.page(self.cast.karen)

    def test_after_the_adoption_it_leads_to_the_edition(self) -> None:
        self.adopt()
        self.client.force_login(self.cast.jonas)
        assert self.client.get(self.address())["Location"] == self.charter.get_absolute_url()

    def test_the_drafts_page_leads_to_it(self) -> None:
        self.client.force_login(self.cast.jonas)
        assert f'href="{self.address()}"' in self.client.get(self.charter.get_absolute_url()).content.decode()

    def test_it_asks_as_often_however_long_text_and_roster_are(self) -> None:
        self.client.force_login(self.cast.karen)
        for size in ("short", "long"):
            if size == "long":
                for number in range(10):
                    self.charter.add_section(f"Afsnit {number}", body="xyz")
                    member = factories.membership(self.cast.steering)
                    Attendance.tick(self.charter, member.person, by=self.cast.karen)
            with self.assertNumQueries(8):
                assert self.client.get(self.address()).status_code == 200
            with self.assertNumQueries(7):
                assert self.client.get(self.address("attendance"), headers=HTMX).status_code == 200


class AttendancePageTests(MeetingCase):
    def send(self, sender: User, *, htmx: bool = True, **data: Any) -> HttpResponse:
        self.client.force_login(sender)
        return self.client.post(  # type: ignore[return-value]
            self.address("attendance"), data, headers=HTMX if htmx else {}
        )

    def test_one_tick_is_saved_and_answered_with_all_that_stand(self) -> None:
        Attendance.tick(self.charter, self.cast.karen, by=self.cast.karen)
        answer = self.send(self.cast.karen, person=self.cast.jonas.pk, present=self.cast.jonas.pk)
        assert answer.status_code == 200
        assert "2 af 2" in answer.content.decode()
        assert self.present() == {self.cast.karen.pk, self.cast.jonas.pk}

    def test_one_tick_is_taken_away_and_the_others_stand(self) -> None:
        for person in (self.cast.karen, self.cast.jonas):
            Attendance.tick(self.charter, person, by=self.cast.karen)
        self.send(self.cast.karen, person=self.cast.jonas.pk)
        assert self.present() == {self.cast.karen.pk}

    def test_the_whole_list_saves_only_what_its_writer_changed(self) -> None:
        """Shown with Jonas ticked; meanwhile somebody ticks a third, who is not on that page."""
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        third = factories.membership(self.cast.steering).person
        Attendance.tick(self.charter, third, by=self.cast.karen)
        answer = self.send(
            self.cast.karen, htmx=False, was=[self.cast.jonas.pk], present=[self.cast.karen.pk]
        )
        assert answer["Location"] == f"{self.address()}#hoved"
        assert self.present() == {self.cast.karen.pk, third.pk}

    def test_a_reader_ticks_nobody(self) -> None:
        answer = self.send(self.cast.jonas, person=self.cast.jonas.pk, present=self.cast.jonas.pk)
        assert answer.status_code == 403
        assert self.present() == set()

    def test_somebody_who_is_no_member_is_refused_in_words_without_a_name(self) -> None:
        answer = self.send(self.cast.karen, person=self.cast.nadia.pk, present=self.cast.nadia.pk)
        assert answer.status_code == 409
        assert answer.content.decode() == "Personen er ikke medlem af gruppen længere."
        assert self.present() == set()

    def test_nonsense_is_refused_in_words(self) -> None:
        for nonsense in ("abc", "-1", "9" * 30, "²"):
            answer = self.send(self.cast.karen, person=nonsense, present=nonsense)
            assert answer.status_code == 409
            assert "Genindlæs siden" in answer.content.decode()

    def test_a_page_that_asks_after_the_adoption_is_told_so(self) -> None:
        self.adopt()
        answer = self.send(self.cast.karen, person=self.cast.jonas.pk, present=self.cast.jonas.pk)
        assert (answer.status_code, answer.content.decode()) == (410, "Kommissoriet er vedtaget.")
        self.client.force_login(self.cast.nadia)
        assert self.client.get(self.address("attendance"), headers=HTMX).status_code == 404

    def test_in_a_closed_group_the_secretariat_is_told_why_not(self) -> None:
        self.cast.steering.close()
        answer = self.send(self.cast.aase, person=self.cast.jonas.pk, present=self.cast.jonas.pk)
        assert answer.status_code == 409
        assert "nedlagt" in answer.content.decode()


class NewcomerTests(MeetingCase):
    def send(self, *, htmx: bool = True, **data: Any) -> HttpResponse:
        data = {
            "name": "Vibeke Strand", "email": "vibeke@odder.example", "role": "member",
            "organisation": self.cast.karen.organisation_id, "submission": str(uuid.uuid4()),
        } | data  # fmt: skip
        self.client.force_login(self.cast.karen)
        return self.client.post(  # type: ignore[return-value]
            self.address("meeting-member"), data, headers=HTMX if htmx else {}
        )

    def test_somebody_new_is_a_member_from_today_and_present(self) -> None:
        answer = self.send()
        assert (answer.status_code, answer["HX-Trigger"]) == (204, '{"meeting:joined": {}}')
        membership = self.cast.steering.memberships.get(person__email="vibeke@odder.example")
        assert (membership.role, membership.joined_on) == ("member", timezone.localdate())
        assert membership.organisation == self.cast.karen.organisation
        assert not membership.person.has_login
        assert self.present() == {membership.person_id}

    def test_without_the_dialog_one_comes_back_to_the_meeting(self) -> None:
        answer = self.send(htmx=False)
        assert answer["Location"] == f"{self.address()}#hoved"
        assert "Vibeke Strand er tilføjet." in self.client.get(self.address()).content.decode()

    def test_who_is_in_the_register_is_found_by_the_address_and_left_as_they_are(self) -> None:
        self.send(name="I. Skov", email="IDA@odder.example", organisation="")
        membership = self.cast.steering.memberships.get(person=self.cast.ida)
        self.cast.ida.refresh_from_db()
        assert self.cast.ida.name == "Ida Skovmark"
        assert membership.organisation == self.cast.ida.organisation
        assert self.present() == {self.cast.ida.pk}

    def test_a_member_is_not_added_again(self) -> None:
        answer = self.send(email=self.cast.jonas.email)
        assert answer.status_code == 422
        assert "Jonas Engtoft er allerede medlem af gruppen." in answer.content.decode()

    def test_somebody_who_left_comes_back(self) -> None:
        self.send(email=self.cast.soeren.email)
        assert self.present() == {self.cast.soeren.pk}

    def test_somebody_deactivated_is_not_added(self) -> None:
        self.cast.ida.deactivate()
        answer = self.send(email=self.cast.ida.email)
        assert answer.status_code == 422
        assert "deaktiveret" in answer.content.decode()
        assert self.cast.ida.memberships.count() == 0

    def test_what_was_typed_stands_beside_what_is_wrong(self) -> None:
        answer = self.send(email="vibeke@")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="Vibeke Strand"' in page
        assert 'id="error_1_medlem_email"' in page
        assert "<html" not in page

    def test_the_same_form_sent_twice_adds_one(self) -> None:
        key = str(uuid.uuid4())
        first, second = self.send(submission=key), self.send(submission=key)
        assert (first.status_code, second.status_code) == (204, 204)
        assert User.objects.filter(email="vibeke@odder.example").count() == 1
        assert len(self.present()) == 1

    def test_nothing_is_saved_where_the_group_was_closed_meanwhile(self) -> None:
        self.client.force_login(self.cast.aase)
        self.cast.steering.close()
        answer = self.client.post(self.address("meeting-member"), {"name": "Vibeke"})
        assert answer["Location"] == self.charter.get_absolute_url()
        assert not User.objects.filter(name="Vibeke").exists()

    def test_a_reader_adds_nobody(self) -> None:
        self.client.force_login(self.cast.jonas)
        assert self.client.get(self.address("meeting-member")).status_code == 403


class AdoptingTests(MeetingCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.karen)

    def form(self) -> Any:
        return self.client.get(self.address("draft-adopt")).context["form"]

    def test_without_ticks_nobody_is_said_to_approve(self) -> None:
        field = self.form()["approving"]
        assert not field.initial
        assert "sat som til stede" not in field.help_text

    def test_those_present_who_decide_are_ticked_and_no_others(self) -> None:
        observer = factories.membership(self.cast.steering, role=Membership.Role.OBSERVER)
        for person in (self.cast.jonas, observer.person):
            Attendance.tick(self.charter, person, by=self.cast.karen)
        field = self.form()["approving"]
        assert field.initial == [self.cast.jonas.pk]
        assert "sat som til stede" in field.help_text

    def test_who_has_left_since_is_not_ticked(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert not self.form()["approving"].initial

    def test_a_meeting_where_people_are_ticked_is_today_and_otherwise_the_day_is_the_headings(self) -> None:
        earlier = timezone.localdate() - datetime.timedelta(days=20)
        self.charter.rewrite_heading(dated_on=earlier)
        assert self.form()["adopted_on"].initial == earlier
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        assert self.form()["adopted_on"].initial == timezone.localdate()

    def test_what_was_unticked_on_the_form_is_what_is_adopted(self) -> None:
        for person in (self.cast.karen, self.cast.jonas):
            Attendance.tick(self.charter, person, by=self.cast.karen)
        with mock.patch("charters.adoption.charter_pdf", return_value=factories.PDF):
            self.client.post(
                self.address("draft-adopt"),
                {
                    "adopted_on": timezone.localdate().isoformat(),
                    "approving": [self.cast.karen.pk],
                    "base": self.charter.revision,
                },
            )
        approved = self.charter.members.exclude(approved_on=None)
        assert [member.person for member in approved] == [self.cast.karen]

    def test_the_ticks_are_gone_when_the_approvals_say_it(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        self.adopt(approving=[self.cast.jonas.pk])
        assert self.present() == set()

    def test_an_adoption_that_fails_keeps_the_ticks(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        with pytest.raises(ManuscriptError):
            self.adopt(base=self.charter.revision + 1)
        assert self.present() == {self.cast.jonas.pk}

    @time_machine.travel("2026-11-24 12:00", tick=False)
    def test_the_ticks_of_one_draft_are_not_the_next_ones(self) -> None:
        Attendance.tick(self.charter, self.cast.jonas, by=self.cast.karen)
        self.adopt()
        following = self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        assert Attendance.people_at(following) == set()
