"""Two who do different things to the same group, person, draft or obligation at the same moment."""

from __future__ import annotations

from functools import partial
from typing import Any
from unittest import mock

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from charters.models import Charter, FollowUp, Obligation, YearlyCheck
from charters.models.manuscript import ManuscriptError
from charters.obligations.following import follow_up
from charters.yearly import check
from members.models import LogEntry, Membership, User, WorkingGroup
from members.privacy.anonymising import anonymise
from tests import factories
from tests.race.test_at_once import RaceCase
from tests.support.at_once import Middle, at_once


class GivenUpTests(RaceCase):
    def setUp(self) -> None:
        super().setUp()
        self.draft = Charter.start(self.cast.steering, by=self.cast.karen)

    def test_a_draft_that_is_given_up_while_another_begins_one_leaves_one_draft(self) -> None:
        def begin() -> Charter:
            return Charter.start(WorkingGroup.objects.get(pk=self.cast.steering.pk), by=self.cast.jonas)

        given_up, begun = at_once([partial(self.draft.give_up, by=self.cast.karen), begin])
        assert given_up is None
        assert isinstance(begun, Charter)
        drafts = list(Charter.objects.drafts())
        assert drafts == ([] if begun == self.draft else [begun])

    def test_of_two_who_take_up_two_given_up_drafts_one_does_and_the_other_is_told(self) -> None:
        self.draft.give_up(by=self.cast.karen)
        other = Charter.start(self.cast.steering, by=self.cast.karen)
        other.give_up(by=self.cast.karen)
        both = [Charter.objects.get(pk=one.pk) for one in (self.draft, other)]
        answers = at_once([one.take_up_again for one in both])
        assert sorted(map(type, answers), key=str) == sorted([type(None), ManuscriptError], key=str), answers
        assert Charter.objects.drafts().count() == 1


class ObligationTests(RaceCase):
    def setUp(self) -> None:
        super().setUp()
        factories.adopted(self.cast.steering)
        self.obligation = Obligation.objects.order_by("pk")[0]

    def test_a_follow_up_sent_while_another_is_written_says_when_the_next_is(self) -> None:
        middle, save = Middle(), FollowUp.save

        def slowly(self: FollowUp, **kwargs: Any) -> None:
            save(self, **kwargs)
            if self.note == "10":
                middle.pause()

        def write(days: int) -> FollowUp:
            mine = Obligation.objects.with_last_follow_up().get(pk=self.obligation.pk)
            line = FollowUp(status="under_way", made_by=self.cast.karen, note=f"{days}")
            return follow_up(mine, line, next_on=factories.days_ahead(days))

        with mock.patch.object(FollowUp, "save", slowly):
            answers = at_once([partial(write, 10), middle.then(partial(write, 20))])
        assert all(isinstance(answer, FollowUp) for answer in answers), answers
        assert FollowUp.objects.order_by("pk").values_list("note", flat=True)[1] == "20"
        self.obligation.refresh_from_db()
        assert self.obligation.next_on == factories.days_ahead(20)

    def test_the_same_yearly_answers_sent_at_once_stand_once(self) -> None:
        def answer() -> None:
            said = dict.fromkeys(["charter_right", "members_right", "obligations_right"], True)
            check(YearlyCheck(group=self.cast.steering, made_by=self.cast.karen, **said))

        answers = at_once([answer] * 4)
        assert answers.count(None) == 1
        assert sum(isinstance(answer, ValidationError) for answer in answers) == 3
        assert YearlyCheck.objects.count() == 1


class PersonTests(RaceCase):
    def test_nobody_is_anonymised_while_they_are_put_in_a_group(self) -> None:
        def add() -> Membership:
            person = User.objects.get(pk=self.cast.ida.pk)
            return WorkingGroup.objects.get(pk=self.cast.steering.pk).add(person)

        gone, added = at_once([partial(anonymise, self.cast.ida, by=self.cast.aase), add])
        self.cast.ida.refresh_from_db()
        assert [type(gone), type(added)].count(ValidationError) == 1, (gone, added)
        assert self.cast.ida.is_anonymised != Membership.objects.filter(person=self.cast.ida).exists()


class CloseTests(RaceCase):
    def close(self) -> None:
        WorkingGroup.objects.get(pk=self.cast.steering.pk).close()

    def test_of_several_who_close_a_group_at_once_one_does_and_the_others_are_told(self) -> None:
        answers = at_once([self.close] * 3)
        assert answers.count(None) == 1
        assert sum(isinstance(answer, ValidationError) for answer in answers) == 2

    def test_nobody_comes_into_a_group_that_is_closed_meanwhile(self) -> None:
        closed, *added = at_once([self.close, *[partial(self.add, self.new()) for _ in range(3)]])
        assert closed is None
        for answer in added:
            assert isinstance(answer, Membership | ValidationError), answer
        lines = LogEntry.objects.filter(group=self.cast.steering).order_by("pk")
        closing = lines.filter(changes__has_key="closed_on").get()
        those = ContentType.objects.get_for_model(Membership)
        assert not lines.filter(content_type=those, pk__gt=closing.pk).exists()

    def new(self) -> User:
        return factories.user(login=False, organisation=self.cast.ida.organisation)

    def add(self, person: User) -> Membership:
        return WorkingGroup.objects.get(pk=self.cast.steering.pk).add(person)
