"""Several people at the same moment, on both databases: nothing doubled, nothing lost, a polite answer."""

from __future__ import annotations

import threading
import uuid
from functools import partial
from typing import Any
from unittest import mock

from django.test import Client, TransactionTestCase
from django.urls import reverse
from django.utils import timezone

from charters import text
from charters.adoption import StaleDraftError, adopt
from charters.models import Approval, Attendance, Charter, CharterDocument, CharterMember, Obligation, Section
from charters.models.manuscript import ConflictError, FrozenError
from members.models import Submission, User, WorkingGroup
from tests.cast import Cast
from tests.support.at_once import TIMEOUT, at_once

PDF = "charters.adoption.charter_pdf"


class RaceCase(TransactionTestCase):
    def setUp(self) -> None:
        self.cast = Cast.create()

    def client_of(self, person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client


class AdoptTests(RaceCase):
    def setUp(self) -> None:
        super().setUp()
        self.charter = Charter.start(self.cast.steering, by=self.cast.karen)

    def both_have_read(self, people: int = 2) -> Any:
        """The document's making, in which everyone waits until all have read the same draft."""
        barrier = threading.Barrier(people, timeout=TIMEOUT)

        def made(_edition: Any, **_places: Any) -> bytes:
            barrier.wait()
            return b"%PDF-"

        return mock.patch(PDF, side_effect=made)

    def adopt(self, by: User) -> None:
        adopt(Charter.objects.get(pk=self.charter.pk), by=by, on=timezone.localdate(), approving=[by.pk])

    def test_two_who_adopt_at_once_make_one_edition(self) -> None:
        with self.both_have_read():
            answers = at_once([lambda: self.adopt(self.cast.karen), lambda: self.adopt(self.cast.aase)])
        assert sorted(map(type, answers), key=str) == sorted([type(None), FrozenError], key=str)
        assert Charter.objects.get().state == "adopted"
        assert CharterDocument.objects.count() == 1
        assert CharterMember.objects.count() == 2
        assert Obligation.objects.count() == 6
        winner = self.cast.karen if answers[0] is None else self.cast.aase
        assert Charter.objects.get().adopted_by == winner
        assert {a.member.person for a in Approval.objects.all()} <= {winner}

    def test_twenty_who_adopt_at_once_make_one_edition(self) -> None:
        with self.both_have_read(20):
            answers = at_once([lambda: self.adopt(self.cast.karen)] * 20)
        assert answers.count(None) == 1
        assert sum(isinstance(answer, FrozenError) for answer in answers) == 19
        assert Charter.objects.adopted().count() == 1

    def test_nobody_is_ticked_as_present_at_a_meeting_that_has_adopted(self) -> None:
        def tick() -> None:
            Attendance.tick(Charter.objects.get(pk=self.charter.pk), self.cast.jonas, by=self.cast.karen)

        with mock.patch(PDF, return_value=b"%PDF-"):
            answers = at_once([lambda: self.adopt(self.cast.karen), *[tick] * 5])
        assert answers[0] is None
        assert all(answer is None or isinstance(answer, FrozenError) for answer in answers)
        assert not Attendance.objects.exists()

    def test_both_who_press_vedtag_are_led_to_the_adopted_charter(self) -> None:
        url = reverse("charters:draft-adopt", args=[self.cast.steering.slug])
        form = {"adopted_on": timezone.localdate().isoformat(), "base": self.charter.revision}
        clients = [self.client_of(person) for person in (self.cast.karen, self.cast.aase)]
        with self.both_have_read():
            answers = at_once([partial(c.post, url, form) for c in clients])
        edition = reverse("charters:edition-detail", args=[self.cast.steering.slug, 1])
        assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, edition)] * 2
        said = [str(m) for c in clients for m in c.get(edition).context["messages"]]
        won = "Karen" if said[0] == "Kommissoriet er vedtaget." else "Åse"
        assert "Kommissoriet er vedtaget." in said
        [other] = [words for words in said if words != "Kommissoriet er vedtaget."]
        assert other.startswith(won)
        assert other.endswith("Det, du skrev og satte hak ved, er ikke brugt.")

    def test_a_wording_saved_while_the_document_is_made_is_in_the_edition_or_stops_it(self) -> None:
        read, written = threading.Event(), threading.Event()

        def made(_edition: Any, **_places: Any) -> bytes:
            read.set()
            assert written.wait(TIMEOUT)
            return b"%PDF-"

        def write() -> None:
            assert read.wait(TIMEOUT)
            section = Section.objects.get(charter=self.charter, key="rolle")
            section.rewrite(heading="Rolle", body="Skrevet imens.", base=section.revision)
            written.set()

        with mock.patch(PDF, side_effect=made):
            adopted, wrote = at_once([lambda: self.adopt(self.cast.karen), write])
        assert wrote is None
        assert isinstance(adopted, StaleDraftError)
        assert Charter.objects.get().is_draft
        assert not CharterDocument.objects.exists()


class StartTests(RaceCase):
    def start(self) -> Charter:
        return Charter.start(WorkingGroup.objects.get(pk=self.cast.steering.pk), by=None)

    def test_all_who_start_at_once_get_the_same_draft(self) -> None:
        answers = at_once([self.start] * 4)
        draft = Charter.objects.get()
        assert answers == [draft] * 4
        assert draft.sections.count() == 5

    def test_all_who_begin_the_next_edition_at_once_get_the_same_draft(self) -> None:
        first = self.start()
        with mock.patch(PDF, return_value=b"%PDF-"):
            adopt(first, by=self.cast.karen, on=timezone.localdate())
        answers = at_once(
            [lambda: Charter.objects.adopted().get().next_edition(by=None, reason="Nye opgaver.")] * 4
        )
        assert answers == [Charter.objects.drafts().get()] * 4


class WriteTests(RaceCase):
    """Karen and Åse write the same section, both from the wording that they opened."""

    def setUp(self) -> None:
        super().setUp()
        charter = Charter.start(self.cast.steering, by=None)
        self.section = charter.sections.get(key="rolle")

    def write(self, words: str, *, base: int) -> None:
        mine = Section.objects.select_related("charter").get(pk=self.section.pk)
        mine.rewrite(heading="Rolle", body=words, base=base)

    def test_one_is_saved_and_the_other_is_told_with_both_texts_at_hand(self) -> None:
        opened = self.section.revision
        words = ["Karens ord.", "Åses ord."]
        answers = at_once([partial(self.write, w, base=opened) for w in words])
        conflicts = [answer for answer in answers if isinstance(answer, ConflictError)]
        assert (answers.count(None), len(conflicts)) == (1, 1)
        saved = words[answers.index(None)]
        self.section.refresh_from_db()
        assert text.plain(self.section.body) == saved
        assert text.plain(conflicts[0].current.body) == saved
        kept = self.section.revisions.get(aside="conflict")
        assert text.plain(kept.body) in words
        assert text.plain(kept.body) != saved

    def test_saved_plainly_both_would_be_told_all_is_well_and_one_text_be_gone(self) -> None:
        """The control: the race is real, and the comparison with ``base`` is what decides it."""
        words = ["Karens ord.", "Åses ord."]
        opened = [Section.objects.get(pk=self.section.pk) for _ in words]

        def save(mine: Section, body: str) -> None:
            mine.body = body
            mine.save()

        answers = at_once([partial(save, m, w) for m, w in zip(opened, words, strict=True)])
        assert answers == [None, None]
        kept = " ".join([Section.objects.get(pk=self.section.pk).body, *self._history()])
        assert sum(w in kept for w in words) == 1

    def _history(self) -> list[str]:
        return list(self.section.revisions.values_list("body", flat=True))

    def test_writers_of_different_sections_do_not_disturb_each_other(self) -> None:
        sections = list(Section.objects.filter(charter=self.section.charter_id))

        def write(pk: int) -> None:
            mine = Section.objects.select_related("charter").get(pk=pk)
            mine.rewrite(heading=mine.heading, body=f"Ord i {pk}.", base=0)

        answers = at_once([partial(write, s.pk) for s in sections])
        assert answers == [None] * len(sections)
        stored = {s.pk: text.plain(s.body) for s in Section.objects.all()}
        assert stored == {s.pk: f"Ord i {s.pk}." for s in sections}
        assert Charter.objects.get().revision == len(sections)


class TwiceTests(RaceCase):
    """A bad network sends the same form twice."""

    def setUp(self) -> None:
        super().setUp()
        self.charter = Charter.start(self.cast.steering, by=None)
        self.url = reverse("charters:draft-section-create", args=[self.cast.steering.slug])

    def post(self, key: uuid.UUID) -> Any:
        form = {"heading": "Mødekultur", "body": "<p>Vi møder til tiden.</p>", "submission": str(key)}
        return self.client_of(self.cast.karen).post(self.url, form)

    def test_the_same_form_in_parallel_makes_one_row_and_gets_one_answer(self) -> None:
        key = uuid.uuid4()
        answers = at_once([lambda: self.post(key)] * 4)
        section = Section.objects.get(heading="Mødekultur")
        assert {answer.status_code for answer in answers} == {302}
        assert len({answer["Location"] for answer in answers}) == 1
        assert answers[0]["Location"].endswith(section.anchor)
        assert Submission.objects.count() == 1

    def test_two_forms_make_two_rows(self) -> None:
        at_once([lambda: self.post(uuid.uuid4())] * 2)
        assert Section.objects.filter(heading="Mødekultur").count() == 2
