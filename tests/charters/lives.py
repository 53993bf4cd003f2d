"""Anything in any order: people come and go, drafts are written, adopted, given up and followed by the next.

After each step what must always hold, holds. A step that the rules refuse changes nothing.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from charters.adoption import adopt, approve
from charters.edition import Edition
from charters.models import Charter, CharterTemplate, FollowUp, Obligation, SectionRevision, Statement
from charters.models.manuscript import ManuscriptError
from charters.obligations.following import follow_up
from charters.take_in import take_in
from members import access
from members.models import LogEntry, Membership, User, WorkingGroup
from members.privacy.anonymising import anonymise
from members.search.index import out_of_step
from tests import factories
from tests.cast import Cast

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
        self.revisions = self.lines = self.follow_ups = 0
        self.time = time_machine.travel(timezone.now())
        self.clock = self.time.start()

    def teardown(self) -> None:
        try:
            call_command("verify", stdout=StringIO())
        finally:
            self.time.stop()
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

    @rule(which=NUMBERS, note=st.sampled_from(["", "Ida tager over."]), days=st.integers(0, 3))
    def somebody_leaves(self, which: int, note: str, days: int) -> None:
        with self.step():
            if seats := list(self.group.memberships.current().order_by("pk")):
                self.one_of(seats, which).end(on=factories.days_ahead(days), handover_note=note)

    @rule(which=NUMBERS, chance=st.integers(0, 5))
    def somebody_is_anonymised(self, which: int, chance: int) -> None:
        if chance == 0:
            with self.step():
                anonymise(self.one_of(self.people, which), by=self.cast.aase)

    @rule(days=st.integers(1, 200))
    def time_passes(self, days: int) -> None:
        """And the night's work is done."""
        self.clock.shift(datetime.timedelta(days=days))
        access.sync(group=self.group)

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

    @rule(words=st.sampled_from(["<p>Fra OS2.</p>", ""]), adds=st.booleans())
    def a_better_standard_text_is_published(self, words: str, adds: bool) -> None:
        newest = CharterTemplate.objects.published().of_kind(self.group.kind).get().new_version()
        section = newest.standing_sections()[0]
        with self.step():
            section.rewrite(heading=section.heading, body=section.body + words, base=section.revision)
            if adds:
                newest.add_section(f"Nyt i {newest.version}", body="Referater er åbne.")
            newest.publish(by=self.cast.aase)

    @rule()
    def the_newest_standard_text_is_taken_in(self) -> None:
        with self.step():
            take_in(self.group, by=self.by)

    @rule(which=NUMBERS, status=st.sampled_from(FollowUp.Status.values))
    def an_obligation_is_followed_up(self, which: int, status: str) -> None:
        with self.step():
            if those := list(self.group.obligations.with_last_follow_up().order_by("pk")):
                line = FollowUp(status=status, note="Fordi.", made_by=self.by)
                follow_up(self.one_of(those, which), line)

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
        follow_ups = FollowUp.objects.count()
        assert revisions >= self.revisions
        assert lines >= self.lines
        assert follow_ups >= self.follow_ups
        self.revisions, self.lines, self.follow_ups = revisions, lines, follow_ups

    @invariant()
    def nobody_without_a_name_is_in_the_group_or_may_anything(self) -> None:
        gone = User.objects.exclude(anonymised_at=None)
        assert not Membership.objects.current_or_coming().filter(person__in=gone).exists()
        assert not self.group.user_grants.filter(user__in=gone).exists()

    @invariant()
    def drafts_are_seen_by_members_and_the_secretariat_alone(self) -> None:
        draft = self.draft()
        current = set(self.group.memberships.current().values_list("person", flat=True))
        for person in [*self.people, self.cast.aase]:
            fresh = User.objects.get(pk=person.pk)
            sees = Charter.objects.visible_to(fresh).filter(pk=draft.pk).exists() if draft else False
            assert sees == bool(draft and (person.pk in current or person == self.cast.aase)), person
