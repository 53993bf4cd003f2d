"""What one does while another is in the middle of it: leaving, anonymising, adopting, taking a file over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any
from unittest import mock

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from charters.adoption import adopt
from charters.from_word import receive, take_over
from charters.models import Charter, CharterDocument, CharterMember, Section
from charters.models.manuscript import FrozenError
from charters.word_preview import Choice
from members.leaving import Handover, Leaving, leave
from members.models import Membership, RegisterFile, User, WorkingGroup
from members.privacy import anonymising
from members.privacy.anonymising import anonymise
from members.register import writing
from members.register.plan import Choices, Plan
from members.register.writing import planned
from tests import factories
from tests.cast import Cast
from tests.charters.test_from_word import file_with
from tests.race.test_at_once import PDF, RaceCase
from tests.support.at_once import A_WHILE, Middle, at_once


def ida_in(cast: Cast) -> dict[str, Any]:
    """What the administration is sent to put her in the styregruppe."""
    return {
        "group": cast.steering.pk,
        "person": cast.ida.pk,
        "organisation": cast.ida.organisation_id,
        "role": "member",
        "joined_on": "2026-01-01",
    }


def list_with(person: User, cast: Cast) -> RegisterFile:
    """A list in which somebody is put in the styregruppe."""
    row = {"n": 2, "email": person.email, "group": cast.steering.name}
    return factories.register_file(cast.aase, rows={"rows": [row], "group": "", "unread": []})


class LeaveTests(RaceCase):
    def test_two_who_leave_the_same_groups_in_another_order_both_do(self) -> None:
        """Each holds all their groups from the start, in one order; else each would wait for the other's."""
        seats = [(self.cast.steering, self.cast.coordination), (self.cast.coordination, self.cast.steering)]
        people = [self.new(), self.new()]

        def leaving(person: User, groups: tuple[WorkingGroup, ...]) -> Leaving:
            those = [Handover(factories.membership(group, person), "left_on") for group in groups]
            return Leaving(person, on=timezone.localdate(), handovers=those)

        plans = [leaving(person, groups) for person, groups in zip(people, seats, strict=True)]
        keep = WorkingGroup.keep

        def slowly(self: WorkingGroup, membership: Membership, **fields: Any) -> Membership:
            kept = keep(self, membership, **fields)
            threading.Event().wait(A_WHILE / 2)
            return kept

        with mock.patch.object(WorkingGroup, "keep", slowly):
            assert at_once([partial(leave, plan) for plan in plans]) == [[], []]
        assert not Membership.objects.current().filter(person__in=people).exists()

    def new(self) -> User:
        return factories.user(login=False, organisation=self.cast.ida.organisation)


class AnonymiseTests(RaceCase):
    """Nobody gets a group while they are being anonymised, whichever way they are put in it."""

    def while_ida_is_made_nameless(self, work: Callable[[], object]) -> Any:
        """Have somebody do something in the middle of it: what they are answered. Ida is in no group."""
        middle, end_sessions = Middle(), anonymising._end_sessions

        def slowly(*args: Any) -> None:
            middle.pause()
            end_sessions(*args)

        with mock.patch.object(anonymising, "_end_sessions", slowly):
            gone, answer = at_once([partial(anonymise, self.cast.ida, by=self.cast.aase), middle.then(work)])
        assert gone is None
        assert not Membership.objects.filter(person=self.cast.ida).exists()
        return answer

    def test_nobody_is_added_to_one(self) -> None:
        refused = self.while_ida_is_made_nameless(
            lambda: self.cast.steering.add(User.objects.get(pk=self.cast.ida.pk))
        )
        assert isinstance(refused, ValidationError), refused

    def test_nobody_is_added_in_the_administration(self) -> None:
        client, sent = self.client_of(self.cast.oejvind), ida_in(self.cast)
        answer = self.while_ida_is_made_nameless(
            partial(client.post, reverse("admin:members_membership_add"), sent)
        )
        assert answer.status_code == 200
        assert "Personen er anonymiseret" in answer.content.decode()

    def test_nobody_is_added_by_a_list(self) -> None:
        file = list_with(self.cast.ida, self.cast)
        seen = planned(file, Choices()).mark
        bring_in = partial(
            writing.bring_in, file, Choices(), seen=seen, skip_refused=False, by=self.cast.aase
        )
        assert self.while_ida_is_made_nameless(bring_in) is None  # the list named her, and is gone

    def test_nobody_is_added_by_a_list_that_came_meanwhile(self) -> None:
        def bring_in() -> None:
            file = list_with(self.cast.ida, self.cast)
            seen = planned(file, Choices()).mark
            writing.bring_in(file, Choices(), seen=seen, skip_refused=False, by=self.cast.aase)

        answer = self.while_ida_is_made_nameless(bring_in)
        assert isinstance(answer, writing.PlanChangedError | writing.RefusedRowsError), answer


class AdoptTests(RaceCase):
    def setUp(self) -> None:
        super().setUp()
        self.draft = Charter.start(self.cast.steering, by=self.cast.karen)

    def while_it_is_frozen(self, work: Callable[[], object]) -> Any:
        """Adopt, and have somebody do something in the middle of it: what they are answered."""
        middle, members = Middle(), CharterMember.of

        def slowly(*args: Any, **kwargs: Any) -> Any:
            middle.pause()
            return members(*args, **kwargs)

        def press() -> None:
            adopt(Charter.objects.get(pk=self.draft.pk), by=self.cast.karen, on=timezone.localdate())

        with mock.patch(PDF, return_value=b"%PDF-"), mock.patch.object(CharterMember, "of", slowly):
            adopted, answer = at_once([press, middle.then(work)])
        assert adopted is None
        return answer

    def test_a_wording_sent_while_the_text_is_frozen_waits_and_is_refused(self) -> None:
        section = Section.objects.select_related("charter").get(charter=self.draft, key="rolle")
        write = partial(section.rewrite, heading="Rolle", body="Skrevet imens.", base=section.revision)
        assert isinstance(self.while_it_is_frozen(write), FrozenError)
        content = CharterDocument.objects.get().content
        assert "Skrevet imens." not in content + Section.objects.get(pk=section.pk).body

    def test_whoever_gives_the_draft_up_while_the_text_is_frozen_is_told_that_it_is_adopted(self) -> None:
        give_up = partial(Charter.objects.get(pk=self.draft.pk).give_up, by=self.cast.jonas)
        assert isinstance(self.while_it_is_frozen(give_up), FrozenError)
        assert not Charter.objects.get(pk=self.draft.pk).is_given_up


class WordTests(RaceCase):
    def test_a_file_taken_over_several_times_at_once_is_saved_once(self) -> None:
        draft = Charter.start(self.cast.steering, by=self.cast.karen)
        file = receive(draft, BytesIO(file_with(Mødeform="Vi mødes.")), name="f.docx", by=self.cast.karen)
        chosen = Choice(sections=frozenset({0}))
        answers = at_once([partial(take_over, file, chosen, seen=file.mark, by=self.cast.karen)] * 3)
        assert answers == [[]] * 3
        assert draft.sections.filter(heading="Mødeform").count() == 1


class ListTests(RaceCase):
    def while_it_is_brought_in(self, work: Callable[[], object], *, before: str = "_write") -> Any:
        """Bring in a list that puts Ida in a group, and have somebody do something before a step of it."""
        file = list_with(self.cast.ida, self.cast)
        seen = planned(file, Choices()).mark
        middle, step = Middle(), getattr(writing, before)

        def slowly(*args: Any, **kwargs: Any) -> Any:
            middle.pause()
            return step(*args, **kwargs)

        bring_in = partial(writing.bring_in, file, Choices(), seen=seen, skip_refused=False)
        with mock.patch.object(writing, before, slowly):
            brought, answer = at_once([partial(bring_in, by=self.cast.aase), middle.then(work)])
        assert isinstance(brought, Plan), brought
        return answer

    def test_whoever_adds_a_person_who_is_in_it_waits_and_is_told(self) -> None:
        refused = self.while_it_is_brought_in(partial(self.cast.steering.add, self.cast.ida))
        assert isinstance(refused, ValidationError), refused

    def test_whoever_makes_a_person_nameless_who_is_in_it_waits_and_is_told(self) -> None:
        self.assert_told(self.while_it_is_brought_in(self.make_nameless))

    def test_so_do_they_while_it_is_looked_through_and_neither_has_what_the_other_waits_for(self) -> None:
        """Both hold the lists first, then people; else each would wait for the other's."""
        self.assert_told(self.while_it_is_brought_in(self.make_nameless, before="planned"))

    def make_nameless(self) -> None:
        anonymise(self.cast.ida, by=self.cast.aase)

    def assert_told(self, refused: object) -> None:
        assert isinstance(refused, ValidationError), refused
        assert "Afslut medlemskabet først" in str(refused)


class AdministrationTests(RaceCase):
    def test_two_periods_that_overlap_and_are_saved_at_once_are_not_both_saved(self) -> None:
        url = reverse("admin:members_membership_add")
        clients = [self.client_of(self.cast.oejvind) for _ in range(2)]
        sent = ida_in(self.cast)
        periods = [sent | {"left_on": "2026-03-01"}, sent | {"left_on": "2026-04-01"}]
        answers = at_once([partial(c.post, url, p) for c, p in zip(clients, periods, strict=True)])
        assert sorted(answer.status_code for answer in answers) == [200, 302], answers
        assert Membership.objects.filter(person=self.cast.ida).count() == 1

    def test_nobody_comes_into_a_group_that_is_closed_meanwhile(self) -> None:
        middle = Middle()
        client, sent = self.client_of(self.cast.oejvind), ida_in(self.cast)

        def close() -> None:
            with transaction.atomic():
                self.cast.steering.close()
                middle.pause()

        add = partial(client.post, reverse("admin:members_membership_add"), sent)
        _closed, answer = at_once([close, middle.then(add)])
        assert answer.status_code == 200
        assert "kan ikke få nye medlemmer" in answer.content.decode()
        assert not Membership.objects.filter(person=self.cast.ida).exists()
