"""Each rule of "Skal rettes": what it finds, and what it leaves alone."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django.utils import timezone

from charters.models import Charter
from charters.overview.faults import (
    LONG_A_DRAFT,
    LONG_UNAPPROVED,
    Fault,
    Found,
    Place,
    lines,
    places,
    rows_of,
)
from charters.overview.scope import Scope
from members.models import Membership, Project, WorkingGroup
from tests import factories
from tests.cast import CastCase

Kind, Role, Level = WorkingGroup.Kind, Membership.Role, Project.Level
TODAY = datetime.timedelta()


def found(fault: Fault) -> list[Found]:
    return [Found(*line) for line in lines(Scope.everything(), of=[fault])]


def groups_with(fault: Fault) -> list[int | None]:
    return [line.group for line in found(fault)]


def ago(time: datetime.timedelta) -> datetime.date:
    return timezone.localdate() - time


class FaultCase(CastCase):
    def setUp(self) -> None:
        self.enterContext(factories.stand_in_pdf())


class MembersTests(FaultCase):
    def test_a_group_without_members_is_found_since_the_last_one_left(self) -> None:
        empty = factories.group(established_on=factories.LONG_AGO)
        assert [(line.group, line.since) for line in found(Fault.NO_MEMBERS)] == [
            (empty.pk, factories.LONG_AGO)
        ]
        factories.membership(empty).end(on=ago(datetime.timedelta(3)))
        assert found(Fault.NO_MEMBERS)[0].since == ago(datetime.timedelta(3))
        factories.membership(empty)
        assert found(Fault.NO_MEMBERS) == []

    def test_a_closed_group_is_never_told_of(self) -> None:
        factories.group().close()
        assert groups_with(Fault.NO_MEMBERS) == groups_with(Fault.NO_LEADER) == []

    def test_a_group_that_nobody_leads_is_found_since_its_leader_left(self) -> None:
        assert found(Fault.NO_LEADER) == []
        chair = self.cast.steering.memberships.get(person=self.cast.karen)
        chair.end(on=ago(datetime.timedelta(2)))
        line = found(Fault.NO_LEADER)[0]
        assert (line.group, line.project, line.since) == (
            self.cast.steering.pk,
            self.cast.project.pk,
            ago(datetime.timedelta(2)),
        )

    def test_a_group_without_members_is_not_told_of_twice(self) -> None:
        factories.group()
        assert groups_with(Fault.NO_LEADER) == []

    def test_a_member_who_was_deactivated_is_found(self) -> None:
        assert found(Fault.MEMBER_GONE) == []
        self.cast.jonas.deactivate()
        self.cast.soeren.deactivate()  # left long ago
        seat = self.cast.steering.memberships.get(person=self.cast.jonas)
        assert [(line.group, line.about) for line in found(Fault.MEMBER_GONE)] == [
            (self.cast.steering.pk, seat.pk)
        ]


class ProjectTests(FaultCase):
    def test_a_facilitator_who_was_deactivated_is_found(self) -> None:
        assert found(Fault.FACILITATOR_GONE) == []
        self.cast.mette.deactivate()
        assert [line.project for line in found(Fault.FACILITATOR_GONE)] == [self.cast.project.pk]

    def test_a_closed_project_is_never_told_of(self) -> None:
        factories.project(closed_on=factories.LONG_AGO)
        assert found(Fault.G3) == found(Fault.G6) == []

    def test_a_project_without_a_facilitator_is_found_from_level_1_until_it_is_explained(self) -> None:
        factories.project(level=Level.SANDBOX)
        lacking = factories.project(level=Level.LEVEL_1)
        assert [line.project for line in found(Fault.G3)] == [lacking.pk]
        factories.explanation(lacking, requirement="G3")
        assert found(Fault.G3) == []

    def test_a_project_without_a_styregruppe_is_found_from_level_2(self) -> None:
        factories.project(level=Level.LEVEL_1)
        lacking = factories.project(level=Level.LEVEL_2)
        assert [line.project for line in found(Fault.G6)] == [lacking.pk]
        factories.group(Kind.STEERING, project=lacking)
        assert found(Fault.G6) == []

    def test_at_level_3_a_styregruppe_lacks_the_boards_word_and_somebody_from_it(self) -> None:
        Project.objects.filter(pk=self.cast.project.pk).update(level=Level.LEVEL_3)
        assert groups_with(Fault.G11) == groups_with(Fault.G12) == [self.cast.steering.pk]
        WorkingGroup.objects.filter(pk=self.cast.steering.pk).update(board_approved_on=factories.LONG_AGO)
        self.cast.steering.memberships.filter(person=self.cast.jonas).update(represents_board=True)
        assert groups_with(Fault.G11) == groups_with(Fault.G12) == []

    def test_at_level_3_without_a_styregruppe_that_alone_is_told(self) -> None:
        lacking = factories.project(level=Level.LEVEL_3)
        assert [line.project for line in found(Fault.G6)] == [lacking.pk]
        assert found(Fault.G11) == found(Fault.G12) == []


class CharterTests(FaultCase):
    def test_a_group_without_a_charter_is_found_after_its_first_meeting(self) -> None:
        group = factories.group(established_on=factories.LONG_AGO, first_meeting_on=factories.days_ahead(1))
        assert groups_with(Fault.NO_CHARTER) == []
        WorkingGroup.objects.filter(pk=group.pk).update(first_meeting_on=ago(TODAY))
        assert [(line.group, line.since) for line in found(Fault.NO_CHARTER)] == [(group.pk, ago(TODAY))]
        WorkingGroup.objects.filter(pk=group.pk).update(first_meeting_on=None)
        assert found(Fault.NO_CHARTER)[0].since == factories.LONG_AGO
        for days, told in ((29, []), (30, [group.pk])):
            WorkingGroup.objects.filter(pk=group.pk).update(established_on=ago(datetime.timedelta(days=days)))
            assert groups_with(Fault.NO_CHARTER) == told
        factories.draft(group)
        assert groups_with(Fault.NO_CHARTER) == []

    def test_a_draft_is_found_when_it_has_stood_for_long(self) -> None:
        draft = factories.draft(self.cast.steering)
        made = Charter.objects.filter(pk=draft.pk)
        made.update(created_at=timezone.now() - LONG_A_DRAFT + datetime.timedelta(hours=1))
        assert groups_with(Fault.DRAFT_STANDING) == []
        made.update(created_at=timezone.now() - LONG_A_DRAFT - datetime.timedelta(hours=1))
        assert groups_with(Fault.DRAFT_STANDING) == [self.cast.steering.pk]
        draft.refresh_from_db()
        draft.give_up(by=self.cast.karen)
        assert groups_with(Fault.DRAFT_STANDING) == []

    def test_a_charter_is_found_on_the_day_it_is_to_be_reviewed(self) -> None:
        charter = factories.adopted(self.cast.steering)
        Charter.objects.filter(pk=charter.pk).update(review_on=factories.days_ahead(1))
        assert groups_with(Fault.REVIEW_DUE) == []
        Charter.objects.filter(pk=charter.pk).update(review_on=ago(TODAY))
        assert [(line.group, line.since) for line in found(Fault.REVIEW_DUE)] == [
            (self.cast.steering.pk, ago(TODAY))
        ]

    def test_a_text_is_found_when_os2_has_improved_on_it_until_the_groups_draft_has_taken_that_in(
        self,
    ) -> None:
        charter = factories.adopted(self.cast.steering)
        factories.draft(self.cast.coordination)
        assert groups_with(Fault.OLDER_TEXT) == []
        newer = factories.template().new_version()
        newer.publish(by=None)
        line = found(Fault.OLDER_TEXT)[0]
        assert (line.group, line.since) == (self.cast.steering.pk, ago(TODAY))
        draft = charter.next_edition(by=None)
        assert groups_with(Fault.OLDER_TEXT) == [self.cast.steering.pk]
        Charter.objects.filter(pk=draft.pk).update(template=newer)
        assert groups_with(Fault.OLDER_TEXT) == []


class ApprovalTests(FaultCase):
    def test_approvals_are_missed_thirty_days_after_the_adoption(self) -> None:
        charter = factories.adopted(self.cast.steering, on=ago(LONG_UNAPPROVED))
        assert [(line.group, line.about) for line in found(Fault.UNAPPROVED)] == [(self.cast.steering.pk, 2)]
        for member in charter.members.all():
            factories.approval(member)
        assert found(Fault.UNAPPROVED) == []

    def test_nobody_waits_for_an_approval_before_that(self) -> None:
        factories.adopted(self.cast.steering, on=ago(LONG_UNAPPROVED - datetime.timedelta(days=1)))
        assert found(Fault.UNAPPROVED) == []

    def test_nobody_waits_for_those_who_left_or_do_not_decide(self) -> None:
        factories.membership(self.cast.steering, role=Role.OBSERVER)
        charter = factories.adopted(self.cast.steering, on=factories.LONG_AGO)
        factories.approval(charter.members.get(person=self.cast.karen))
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert found(Fault.UNAPPROVED) == []


class ObligationTests(FaultCase):
    def test_an_obligation_is_found_when_its_responsible_left_the_group(self) -> None:
        factories.adopted(self.cast.steering)
        mine, nobodys = self.cast.steering.obligations.all()[:2]
        mine.responsible = self.cast.jonas
        mine.save()
        assert found(Fault.UNMANNED) == []
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert [(line.group, line.about) for line in found(Fault.UNMANNED)] == [
            (self.cast.steering.pk, mine.pk)
        ]
        assert nobodys.responsible is None


class TogetherTests(FaultCase):
    def test_every_rule_is_asked_in_one_query_and_in_the_order_of_the_list(self) -> None:
        factories.group(established_on=factories.LONG_AGO)
        self.cast.mette.deactivate()
        factories.project(level=Level.LEVEL_2)
        with self.assertNumQueries(1):
            told = [Found(*line).fault for line in lines(Scope.everything())]
        assert told == [
            Fault.NO_MEMBERS,
            Fault.MEMBER_GONE,
            Fault.FACILITATOR_GONE,
            Fault.G3,
            Fault.G3,
            Fault.G6,
            Fault.NO_CHARTER,
        ]

    def test_what_is_counted_is_what_is_told(self) -> None:
        factories.group(established_on=factories.LONG_AGO)
        self.cast.mette.deactivate()
        factories.project(level=Level.LEVEL_2)
        told = [Found(*line) for line in lines(Scope.everything())]
        with self.assertNumQueries(1):
            counted = places(Scope.everything())
        assert Counter(counted) == Counter(Place(line.project, line.group) for line in told)
        assert places(Scope(WorkingGroup.objects.none(), Project.objects.none())) == []

    def test_nothing_outside_the_scope_is_told(self) -> None:
        """Every rule, with something to find in one group and project, looks at nothing but its scope."""
        factories.group(established_on=factories.LONG_AGO)
        self.cast.mette.deactivate()
        nothing = Scope(WorkingGroup.objects.none(), Project.objects.none())
        assert list(lines(nothing)) == []
        own = Scope(
            WorkingGroup.objects.filter(pk=self.cast.coordination.pk),
            Project.objects.filter(pk=self.cast.project.pk),
        )
        told: list[Any] = [Found(*line) for line in lines(own)]
        assert {(line.fault, line.group) for line in told} == {
            (Fault.MEMBER_GONE, self.cast.coordination.pk),
            (Fault.FACILITATOR_GONE, None),
        }

    def test_every_fault_has_its_rule(self) -> None:
        assert list(rows_of(Scope.everything())) == list(Fault)
