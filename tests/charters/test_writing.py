"""What a draft's page sends by itself: saves that are merged, and the pulse that brings news."""

from __future__ import annotations

import datetime
import uuid
from typing import Any
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from charters.adoption import adopt
from charters.models import Presence, SectionRevision
from members.models import User
from tests import factories
from tests.charters.test_sections import SectionCase
from tests.support.writer import Writer

pytestmark = pytest.mark.no_database

POINTS = "<ul><li><p>Et</p></li><li><p>To</p></li><li><p>Tre</p></li></ul>"


class WritingCase(SectionCase):
    """Karen and Åse have the section "Rolle" open; it has three points."""

    def setUp(self) -> None:
        super().setUp()
        self.section.rewrite(heading="Rolle", body=POINTS, base=0, by=self.cast.karen)
        self.karen, self.aase = self.writer(self.cast.karen), self.writer(self.cast.aase)

    def writer(self, person: User) -> Writer:
        client = self.client_class()
        client.force_login(person)
        return Writer(client, self.stored())


class SaveTests(WritingCase):
    def test_a_save_is_answered_with_the_revision_to_go_on_from_and_the_time(self) -> None:
        with mock.patch("django.utils.timezone.now") as now:
            now.return_value = datetime.datetime(2026, 11, 24, 13, 3, tzinfo=datetime.UTC)
            answer = self.karen.save("<p>Ny rolle</p>")
        assert answer["saved_at"] == "14.03"
        assert answer["revision"] == answer["yours"] == self.stored().revision
        assert answer["body"] == self.stored().body == "<p>Ny rolle</p>"
        assert self.stored().revisions.get(number=answer["revision"]).author == self.cast.karen

    def test_a_save_tells_what_is_still_missing(self) -> None:
        answer = self.karen.save("<p>xyz</p>")
        assert "xyz" in answer["review"]

    def test_changes_to_different_points_both_stand(self) -> None:
        self.aase.save(POINTS.replace("To", "To fra Åse"))
        answer = self.karen.save(POINTS.replace("Tre", "Tre fra Karen"))
        assert answer["body"] == self.stored().body
        assert "To fra Åse" in answer["body"]
        assert "Tre fra Karen" in answer["body"]

    def test_who_typed_on_while_the_answer_was_under_way_goes_on_from_what_was_sent(self) -> None:
        self.aase.save(POINTS.replace("Et", "Et fra Åse"))
        mine = POINTS.replace("Tre", "Tre fra Karen")
        answer = self.karen.save(mine)
        assert answer["yours"] != answer["revision"]
        self.karen.base = answer["yours"]
        answer = self.karen.save(mine.replace("Tre fra Karen", "Tre fra Karen og mere"))
        assert [point in answer["body"] for point in ("Et fra Åse", "Tre fra Karen og mere")] == [True, True]

    def test_changes_to_one_point_are_shown_side_by_side_and_neither_is_dropped(self) -> None:
        self.aase.save(POINTS.replace("To", "To fra Åse").replace("Et", "Et fra Åse"))
        before = self.stored().body
        answer = self.karen.save(POINTS.replace("To", "To fra Karen"))
        assert self.karen.statuses == [409]
        assert self.stored().body == before
        assert ["To fra Karen" in answer[side]["body"] for side in ("mine", "theirs")] == [True, False]
        assert ["Et fra Åse" in answer[side]["body"] for side in ("mine", "theirs")] == [True, True]
        assert "Åse Kildevang" in answer["panel"]
        kept = self.stored().revisions.get(number=answer["yours"])
        assert (kept.aside, kept.author) == (SectionRevision.Aside.CONFLICT, self.cast.karen)
        assert "To fra Karen" in kept.body

    def test_a_conflict_is_settled_by_saving_from_what_was_shown(self) -> None:
        self.aase.save(POINTS.replace("To", "To fra Åse"))
        answer = self.karen.save(POINTS.replace("To", "To fra Karen"))
        self.karen.base = answer["revision"]
        self.karen.save(answer["mine"]["body"])
        assert self.karen.statuses == [409, 200]
        assert "To fra Karen" in self.stored().body

    def test_everybody_is_told_of_a_text_that_waits_for_a_choice_until_its_writer_makes_one(self) -> None:
        waits = "er ikke med. Se historikken."
        self.aase.save(POINTS.replace("To", "To fra Åse"))
        answer = self.karen.save(POINTS.replace("To", "To fra Karen"))
        assert waits in self.aase.save(self.aase.body.replace("Et", "Et fra Åse"))["review"]
        self.karen.base = answer["revision"]
        assert waits not in self.karen.save(answer["mine"]["body"])["review"]

    def test_a_text_that_waits_is_kept_once_however_often_a_page_sends_it(self) -> None:
        self.aase.save(POINTS.replace("To", "To fra Åse"))
        first, second = (self.karen.save(POINTS.replace("To", "To fra Karen")) for _ in range(2))
        assert self.karen.statuses == [409, 409]
        assert first["yours"] == second["yours"]

    def test_two_headings_are_a_conflict_and_one_is_not(self) -> None:
        self.aase.save(POINTS, heading="Åses overskrift")
        assert self.karen.save(POINTS.replace("To", "2"))["heading"] == "Åses overskrift"
        jonas_tab = self.writer(self.cast.karen)
        self.aase.save(self.aase.body, heading="Ny overskrift")
        jonas_tab.save(jonas_tab.body, heading="En tredje")
        assert jonas_tab.statuses == [409]

    def test_the_same_save_sent_twice_is_saved_once(self) -> None:
        key, before = uuid.uuid4(), self.stored().revisions.count()
        sent = {"heading": "Rolle", "body": "<p>Sendt to gange</p>", "base": self.karen.base, "key": key}
        answers = [self.karen.client.post(self.karen.address, sent).json() for _ in range(2)]
        assert answers[0]["revision"] == answers[1]["revision"]
        assert self.stored().revisions.count() == before + 1

    def test_a_late_repeat_does_not_undo_what_another_wrote_since(self) -> None:
        key = uuid.uuid4()
        sent = {"heading": "Rolle", "body": POINTS.replace("To", "To A"), "base": self.karen.base, "key": key}
        first = self.karen.client.post(self.karen.address, sent).json()
        late = self.writer(self.cast.aase)
        late.save(late.body.replace("To A", "To B"))
        again = self.karen.client.post(self.karen.address, sent).json()
        assert "To B" in self.stored().body
        assert (again["yours"], again["body"]) == (first["yours"], self.stored().body)

    def test_saving_what_stands_is_no_news_to_anybody(self) -> None:
        def state() -> tuple[int, int]:
            return self.stored().charter.revision, self.stored().revisions.count()

        before = state()
        self.karen.save(POINTS)
        assert state() == before

    def test_a_text_that_is_too_long_and_a_heading_that_is_missing_are_told_beside_their_fields(self) -> None:
        too_long = self.karen.save("<p>" + "ord " * 10_000 + "</p>")
        assert "for lang" in too_long["errors"]["body"][0]
        assert list(self.karen.save("<p>Tekst</p>", heading=" ")["errors"]) == ["heading"]
        assert self.karen.statuses == [422, 422]

    def test_a_section_taken_out_meanwhile_comes_back_only_when_one_says_so(self) -> None:
        self.stored().take_out()
        answer = self.karen.save("<p>Skrevet imens</p>")
        assert (self.karen.statuses, answer["was_removed"]) == ([409], True)
        self.karen.base = answer["revision"]
        self.karen.save("<p>Skrevet imens</p>", put_back="on")
        assert (self.stored().body, self.stored().is_removed) == ("<p>Skrevet imens</p>", False)


class WhoWritesTests(WritingCase):
    def test_somebody_signed_out_is_told_so_without_a_page(self) -> None:
        self.karen.client.logout()
        assert self.karen.save("<p>For sent</p>") == {"reason": "signed_out"}
        assert self.karen.statuses == [401]

    def test_what_one_typed_is_not_saved_as_another_who_signed_in_since(self) -> None:
        answer = self.aase.save("<p>Karens ord</p>", writer=self.cast.karen.pk)
        assert (self.aase.statuses, answer) == ([401], {"reason": "another"})
        assert self.stored().body == POINTS

    def test_the_key_to_what_a_browser_keeps_is_ones_own_and_always_the_same(self) -> None:
        def key(person: User) -> str:
            self.client.force_login(person)
            page = self.client.get(self.charter.get_absolute_url())
            return str(page.context["writing"].keep_key)

        assert key(self.cast.karen) == key(self.cast.karen)
        assert key(self.cast.karen) != key(self.cast.aase)

    def test_after_adoption_the_page_is_led_to_the_edition(self) -> None:
        with mock.patch("charters.adoption.charter_pdf", return_value=b"%PDF-"):
            adopt(self.charter, by=self.cast.karen, on=timezone.localdate())
        answer = self.karen.save("<p>For sent</p>")
        self.charter.refresh_from_db()
        assert self.karen.statuses == [410]
        assert answer == {"message": "Kommissoriet er vedtaget.", "url": self.charter.get_absolute_url()}

    def test_a_closed_groups_draft_is_not_written(self) -> None:
        self.cast.steering.close()
        self.client.force_login(self.cast.aase)
        self.aase.save("<p>For sent</p>")
        assert self.aase.statuses == [410]
        assert self.stored().body == POINTS


class PulseCase(WritingCase):
    def pulse(self, person: User, **fields: Any) -> Any:
        client = self.client_class()
        client.force_login(person)
        self.charter.refresh_from_db()
        known = ",".join(f"{s.pk}:{s.revision}" for s in self.charter.sections.all())
        sent = {"window": uuid.UUID(int=person.pk), "seen": self.charter.revision, "known": known} | fields
        address = reverse("charters:draft-pulse", args=[self.charter.group.slug])
        response = client.post(address, sent)
        return response.json() if response.content else response.status_code

    def names(self, answer: Any) -> list[str]:
        return [person["name"] for person in answer["people"]]


class PresenceTests(PulseCase):
    def test_each_sees_who_else_has_the_draft_open_and_where_they_write(self) -> None:
        self.pulse(self.cast.karen, section=self.section.pk)
        answer = self.pulse(self.cast.jonas)
        assert self.names(answer) == ["Jonas Engtoft", "Karen Havbirk"]
        assert [person["sections"] for person in answer["people"]] == [[], [self.section.pk]]
        assert [person["is_you"] for person in answer["people"]] == [True, False]
        assert "KH" in answer["presence"]

    def test_who_leaves_is_gone_at_once(self) -> None:
        self.pulse(self.cast.karen)
        assert self.pulse(self.cast.karen, leaving="1") == 204
        assert self.names(self.pulse(self.cast.jonas)) == ["Jonas Engtoft"]

    def test_who_falls_silent_is_gone_after_a_while_and_later_when_out_of_sight(self) -> None:
        self.pulse(self.cast.karen)
        self.pulse(self.cast.aase, hidden="1")
        silent = timezone.now() - datetime.timedelta(seconds=40)
        Presence.objects.update(seen_at=silent)
        assert self.names(self.pulse(self.cast.jonas)) == ["Jonas Engtoft", "Åse Kildevang"]
        Presence.objects.update(seen_at=silent - datetime.timedelta(seconds=120))
        assert self.names(self.pulse(self.cast.jonas)) == ["Jonas Engtoft"]

    def test_two_windows_of_one_person_are_one_person_in_two_sections(self) -> None:
        other = self.charter.standing_sections()[0]
        self.pulse(self.cast.karen, section=self.section.pk)
        self.pulse(self.cast.karen, section=other.pk, window=uuid.uuid4())
        answer = self.pulse(self.cast.jonas)
        assert self.names(answer) == ["Jonas Engtoft", "Karen Havbirk"]
        assert answer["people"][1]["sections"] == [self.section.pk, other.pk]

    def test_a_section_of_another_draft_is_none(self) -> None:
        other = factories.draft(self.cast.professional).standing_sections()[0]
        answer = self.pulse(self.cast.karen, section=other.pk)
        assert answer["people"][0]["sections"] == []

    def test_rows_of_long_ago_are_cleared_away(self) -> None:
        self.pulse(self.cast.karen)
        Presence.objects.update(seen_at=timezone.now() - datetime.timedelta(hours=1))
        self.pulse(self.cast.jonas)
        assert Presence.objects.count() == 1

    def test_a_pulse_that_brings_no_news_writes_nothing(self) -> None:
        self.pulse(self.cast.karen)
        seen_at = Presence.objects.get().seen_at
        self.pulse(self.cast.karen)
        assert Presence.objects.get().seen_at == seen_at


class NewsTests(PulseCase):
    def test_nothing_new_brings_nothing(self) -> None:
        assert self.pulse(self.cast.jonas)["changes"] is None

    def test_anothers_text_comes_with_its_revision_and_nothing_else_does(self) -> None:
        known = ",".join(f"{s.pk}:{s.revision}" for s in self.charter.sections.all())
        seen = self.charter.revision
        self.karen.save("<p>Nyt fra Karen</p>")
        changes = self.pulse(self.cast.jonas, seen=seen, known=known)["changes"]
        assert list(changes["sections"]) == [str(self.section.pk)]
        new = changes["sections"][str(self.section.pk)]
        assert (new["body"], new["revision"]) == ("<p>Nyt fra Karen</p>", self.stored().revision)
        assert "Nyt fra Karen" in new["html"]

    def test_the_order_and_what_was_taken_out_come_too(self) -> None:
        first, second, *rest = self.charter.standing_sections()
        seen = self.charter.revision
        self.charter.move_section(first, up=False)
        rest[-1].take_out()
        changes = self.pulse(self.cast.aase, seen=seen)["changes"]
        assert changes["order"] == [second.pk, first.pk, *(s.pk for s in rest[:-1])]
        assert rest[-1].heading in changes["removed_html"]
        assert changes["sections"] == {}

    def test_only_those_who_write_are_given_the_tools(self) -> None:
        for person, tools in ((self.cast.karen, True), (self.cast.jonas, False)):
            changes = self.pulse(person, seen=0, known="")["changes"]
            assert len(changes["sections"]) == 5
            assert all(("Rediger" in s["html"]) == tools for s in changes["sections"].values())

    def test_a_page_that_slept_through_an_adoption_is_not_given_the_next_draft(self) -> None:
        old = self.charter.pk
        with mock.patch("charters.adoption.charter_pdf", return_value=b"%PDF-"):
            adopt(self.charter, by=self.cast.karen, on=timezone.localdate())
        self.charter.refresh_from_db()
        self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        assert self.pulse(self.cast.jonas, charter=old)["message"] == "Kommissoriet er vedtaget."

    def test_what_no_page_sends_is_refused(self) -> None:
        for wrong in (
            {"known": "alt"},
            {"known": "1:x"},
            {"window": "her"},
            {"seen": 2**80},
            {"section": "y"},
        ):
            assert "errors" in self.pulse(self.cast.karen, **wrong), wrong

    def test_the_number_of_queries_is_small_and_does_not_grow(self) -> None:
        self.pulse(self.cast.karen)
        address = reverse("charters:draft-pulse", args=[self.charter.group.slug])
        self.charter.refresh_from_db()
        sent = {"window": uuid.UUID(int=self.cast.karen.pk), "seen": self.charter.revision, "known": ""}
        self.client.post(address, sent)
        for _ in range(2):
            with self.assertNumQueries(4):
                self.client.post(address, sent)
            for _ in range(10):
                factories.presence(self.charter)
