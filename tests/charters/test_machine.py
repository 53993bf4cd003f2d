"""Anything in any order: people come and go, drafts are written, adopted, given up and followed by the next.

After each step what must always hold, holds. A step that the rules refuse changes nothing. The short form
runs in ``make test``; ``make proof`` takes 500 lives of 50 steps.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from charters.adoption import adopt, approve
from charters.edition import Edition
from charters.models import Charter, Obligation, SectionRevision, Statement
from charters.models.manuscript import ManuscriptError
from members import access
from members.models import LogEntry, Membership, User, WorkingGroup
from members.search.index import out_of_step
from tests import factories
from tests.cast import Cast, CastCase
from tests.support.proof import IS_PROOF

LIVES, STEPS = (500, 50) if IS_PROOF else (8, 20)

NUMBERS = st.integers(0, 50)
WORDS = st.sampled_from(
    ["<p>Vi mødes.</p>", "", "<ul><li><p>Et punkt.</p></li><li><p>Et til.</p></li></ul>", "<p>æøå «»</p>"]
)
ROLES = st.sampled_from(Membership.Role.values)


class Lives(RuleBasedStateMachine):
    """One group, its people and its charters."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.group = WorkingGroup.objects.get(pk=self.cast.steering.pk)
        self.people = [self.cast.karen, self.cast.jonas, self.cast.ida, self.cast.mette]
        self.by = self.cast.karen
        self.editions: dict[int, str] = {}
        self.revisions = self.lines = 0

    def teardown(self) -> None:
        try:
            call_command("verify", stdout=StringIO())
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    @contextmanager
    def step(self) -> Iterator[None]:
        """What the rules refuse is a step too, in which nothing happens."""
        before = self.everything()
        try:
            with transaction.atomic():
                yield
        except (ManuscriptError, ValidationError):
            assert self.everything() == before

    def everything(self) -> Any:
        charters = Charter.objects.filter(group=self.group).order_by("pk").values()
        memberships = Membership.objects.filter(group=self.group).order_by("pk").values()
        return [*charters], [*memberships], SectionRevision.objects.count(), Obligation.objects.count()

    def draft(self) -> Charter | None:
        found: Charter | None = Charter.objects.drafts().filter(group=self.group).first()
        return found

    def in_force(self) -> Charter | None:
        found: Charter | None = Charter.objects.adopted().filter(group=self.group).first()
        return found

    # --- What can happen -----------------------------------------------------------------------------

    @rule(who=NUMBERS, role=ROLES)
    def somebody_joins(self, who: int, role: str) -> None:
        with self.step():
            self.group.add(self.one_of(self.people, who), role=role, joined_on=timezone.localdate())

    @rule(which=NUMBERS, note=st.sampled_from(["", "Ida tager over."]))
    def somebody_leaves(self, which: int, note: str) -> None:
        with self.step():
            if seats := list(self.group.memberships.current().order_by("pk")):
                self.one_of(seats, which).end(handover_note=note)

    @rule(which=NUMBERS, role=ROLES)
    def somebody_changes_role(self, which: int, role: str) -> None:
        with self.step():
            if seats := list(self.group.memberships.current().order_by("pk")):
                self.one_of(seats, which).become(role, on=timezone.localdate())

    @rule()
    def a_draft_is_begun(self) -> None:
        with self.step():
            now = self.in_force()
            if now:
                now.next_edition(by=self.by, reason="Nyt år")
            else:
                Charter.start(self.group, by=self.by)

    @precondition(lambda self: self.draft())
    @rule(which=NUMBERS, body=WORDS, heading=st.sampled_from(["", "Ny overskrift"]))
    def a_section_is_written(self, which: int, body: str, heading: str) -> None:
        with self.step():
            section = self.one_of(self.draft().standing_sections(), which)
            section.rewrite(heading=heading or section.heading, body=body, base=section.revision, by=self.by)

    @precondition(lambda self: self.draft())
    @rule(which=NUMBERS)
    def a_section_is_taken_out(self, which: int) -> None:
        with self.step():
            if len(sections := self.draft().standing_sections()) > 1:
                self.one_of(sections, which).take_out(by=self.by)

    @precondition(lambda self: self.draft())
    @rule(which=NUMBERS)
    def a_section_is_put_back(self, which: int) -> None:
        with self.step():
            if sections := self.draft().removed_sections():
                self.one_of(sections, which).put_back(by=self.by)

    @precondition(lambda self: self.draft())
    @rule(which=NUMBERS, up=st.booleans())
    def a_section_is_moved(self, which: int, up: bool) -> None:
        with self.step():
            draft = self.draft()
            draft.move_section(self.one_of(draft.standing_sections(), which), up=up)

    @precondition(lambda self: self.draft())
    @rule()
    def a_draft_is_given_up(self) -> None:
        with self.step():
            self.draft().give_up(by=self.by)

    @rule()
    def one_that_was_given_up_is_taken_up(self) -> None:
        with self.step():
            if given_up := Charter.objects.given_up().filter(group=self.group).first():
                given_up.take_up_again()

    @precondition(lambda self: self.draft())
    @rule(fills=st.booleans(), all_approve=st.booleans())
    def a_draft_is_adopted(self, fills: bool, all_approve: bool) -> None:
        draft = self.draft()
        for section in draft.standing_sections() if fills else []:
            if section.must_be_filled and section.is_empty and not self.group.is_closed:
                section.rewrite(heading=section.heading, body="<p>Fyldt.</p>", base=section.revision)
        deciding = [seat.person_id for seat in self.group.roster() if Membership.Role.decides(seat.role)]
        with self.step(), factories.stand_in_pdf():
            approving = deciding if all_approve else []
            adopt(draft, by=self.by, on=timezone.localdate(), approving=approving, reason="Nyt år")

    @precondition(lambda self: self.in_force())
    @rule(which=NUMBERS)
    def somebody_approves_later(self, which: int) -> None:
        with self.step():
            if members := list(self.in_force().members.order_by("pk")):
                approve(self.one_of(members, which), by=self.by, on=timezone.localdate())

    @precondition(lambda self: self.in_force())
    @rule(days=st.integers(-5, 500))
    def the_next_review_is_chosen(self, days: int) -> None:
        with self.step():
            self.in_force().review_next(on=timezone.localdate() + datetime.timedelta(days=days))

    @precondition(lambda self: self.in_force())
    @rule(chance=st.integers(0, 3))
    def the_charter_ends(self, chance: int) -> None:
        if chance == 0:
            with self.step():
                self.in_force().retire()

    @rule(chance=st.integers(0, 12))
    def the_group_is_closed(self, chance: int) -> None:
        if chance == 0:
            with self.step():
                self.group.close()
            self.group.refresh_from_db()

    def one_of(self, things: list[Any], number: int) -> Any:
        return things[number % len(things)]

    # --- What always holds ----------------------------------------------------------------------------

    @invariant()
    def one_draft_and_one_in_force_at_most(self) -> None:
        charters = Charter.objects.filter(group=self.group)
        assert charters.drafts().count() <= 1
        assert charters.adopted().count() <= 1
        assert not (self.group.is_closed and charters.adopted().exists())

    @invariant()
    def editions_are_numbered_without_holes(self) -> None:
        frozen = Charter.objects.frozen().filter(group=self.group).order_by("number")
        numbers = list(frozen.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def no_byte_of_an_edition_ever_changes(self) -> None:
        for charter in Charter.objects.frozen().filter(group=self.group).select_related("document"):
            told = [charter.fingerprint, Edition.of(charter).fingerprint, charter.document.content]
            mark = hashlib.sha256(repr(told).encode() + bytes(charter.document.pdf)).hexdigest()
            assert self.editions.setdefault(charter.pk, mark) == mark
        assert Charter.objects.frozen().filter(pk__in=self.editions).count() == len(self.editions)

    @invariant()
    def obligations_in_force_are_those_of_the_charter_in_force(self) -> None:
        stated = Statement.objects.filter(charter=self.in_force()).values_list("obligation", flat=True)
        lived = self.group.obligations.in_force().values_list("pk", flat=True)
        assert sorted(stated) == sorted(lived)

    @invariant()
    def rights_follow_memberships(self) -> None:
        assert access.out_of_step([self.group]) == []

    @invariant()
    def what_is_found_is_what_there_is(self) -> None:
        assert list(out_of_step()) == []

    @invariant()
    def history_only_grows(self) -> None:
        revisions, lines = SectionRevision.objects.count(), LogEntry.objects.count()
        assert revisions >= self.revisions
        assert lines >= self.lines
        self.revisions, self.lines = revisions, lines

    @invariant()
    def drafts_are_seen_by_members_and_the_secretariat_alone(self) -> None:
        draft = self.draft()
        current = set(self.group.memberships.current().values_list("person", flat=True))
        for person in [*self.people, self.cast.aase]:
            fresh = User.objects.get(pk=person.pk)
            sees = Charter.objects.visible_to(fresh).filter(pk=draft.pk).exists() if draft else False
            assert sees == bool(draft and (person.pk in current or person == self.cast.aase)), person


@pytest.mark.long
class LifeTests(CastCase):
    def test_whatever_happens_in_whatever_order_what_must_hold_holds(self) -> None:
        Lives.cast = self.cast
        run_state_machine_as_test(
            Lives, settings=settings(max_examples=LIVES, stateful_step_count=STEPS, deadline=None)
        )

    def test_a_rule_that_is_broken_is_noticed(self) -> None:
        """The control: a charter whose points are taken on by nobody."""
        Lives.cast = self.cast
        often = settings(
            max_examples=100, stateful_step_count=20, derandomize=True, database=None, phases=[Phase.generate]
        )
        with mock.patch("charters.adoption.take_on"), pytest.raises(CommandError, match="fejl"):
            run_state_machine_as_test(Lives, settings=often)
