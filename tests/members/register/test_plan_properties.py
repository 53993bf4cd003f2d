"""Whatever stands in a list and in the register: what is written stands there afterwards, and once only."""

from __future__ import annotations

import copy
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.models import Membership, Organisation, User, WorkingGroup
from members.register.known import Register
from members.register.plan import Choices, Plan, plan

pytestmark = pytest.mark.no_database

TODAY = datetime.date(2026, 11, 24)
DAYS = [TODAY + datetime.timedelta(days=days) for days in (-300, -200, -100, -1, 0, 1, 100, 200)]
ORGANISATION = Organisation(pk=1, name="Odder Kommune")
GROUPS = [
    WorkingGroup(pk=1, name="Kort", slug="kort"),
    WorkingGroup(pk=2, name="Lukket", slug="lukket", closed_on=DAYS[2]),
]
days = st.sampled_from(["", *map(str, DAYS)])


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str]:
    cells = {
        "email": draw(st.sampled_from(["ida@odder.example", "ny@kommune.example", "vaek@odder.example"])),
        "name": draw(st.sampled_from(["", "Ida Skovmark", "Bo Ek"])),
        "organisation": draw(st.sampled_from(["", "Odder", "Fjordkode", "Oder Kommune"])),
        "role": draw(st.sampled_from(["", "formand", "medlem", "konge"])),
        "group": draw(st.sampled_from(["Kort", "Kort", "Kort", "Lukket", ""])),
        "joined_on": draw(days),
        "left_on": draw(days),
    }
    return {name: words for name, words in cells.items() if words}


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Two people, one of them inactive, and periods in one group that do not overlap."""
    people = [
        User(pk=1, name="Ida Skovmark", email="ida@odder.example", organisation=ORGANISATION),
        User(pk=2, name="Vera Væk", email="vaek@odder.example", is_active=False),
    ]
    register = Register(TODAY, GROUPS, [ORGANISATION], {person.email: person for person in people})
    for person in people:
        turns = sorted(draw(st.sets(st.sampled_from(DAYS), max_size=5)))
        periods = list(zip(turns[::2], [*turns[1::2], None][: len(turns[::2])], strict=False))
        register.memberships[1, person.email] = [
            _held(Membership(pk=10 * person.pk + n, group=GROUPS[0], person=person, joined_on=a, left_on=b))
            for n, (a, b) in enumerate(periods)
        ]
    return register


def _held(membership: Membership) -> Membership:
    membership._state.adding = False
    return membership


def _after(register: Register, done: Plan) -> Register:
    """The register when a plan has been written in it."""
    organisations = [*register.organisations, *map(copy.copy, done.organisations)]
    for pk, organisation in enumerate(organisations, start=1):
        organisation.pk = pk
    by_name = {organisation.name: organisation for organisation in organisations}
    people = register.people | {person.email: copy.copy(person) for person in [*done.people, *done.corrected]}
    for number, person in enumerate(people.values(), start=1):
        person.pk = person.pk or 100 + number
    kept: dict[Any, list[Membership]] = {key: list(ones) for key, ones in register.memberships.items()}
    for number, written in enumerate(done.memberships):
        after = _held(copy.copy(written))
        after.pk = written.pk or 1_000 + number
        after.organisation = by_name[after.organisation.name] if after.organisation else None
        ones = kept.setdefault((after.group_id, after.person.email), [])
        ones[:] = sorted([one for one in ones if one.pk != after.pk] + [after], key=lambda m: m.joined_on)
    return Register(register.today, register.groups, organisations, people, kept)


def _shape(register: Register) -> Any:
    return [
        (key, one.pk, one.role, str(one.organisation), one.joined_on, one.left_on)
        for key, ones in register.memberships.items()
        for one in ones
    ]


@given(st.lists(rows(), min_size=1, max_size=5), registers(), st.booleans(), st.booleans())
def test_what_is_written_is_unchanged_the_next_time_and_breaks_no_rule(
    cells: list[dict[str, str]], register: Register, organisations: bool, people: bool
) -> None:
    numbered = [row | {"n": n} for n, row in enumerate(cells)]
    choices, before = Choices(organisations, people), _shape(register)
    done = plan(numbered, register, choices=choices)
    assert plan(numbered, register, choices=choices).mark == done.mark
    assert _shape(register) == before, "the register that was given is only read"
    after = _after(register, done)
    for ones in after.memberships.values():
        for number, one in enumerate(ones):
            assert one.left_on is None or one.left_on >= one.joined_on
            assert not any(one.overlaps(other) for other in ones[:number])
    again = plan(numbered, after, choices=choices)
    for line, second in zip(done.lines, again.lines, strict=True):
        assert line.is_refused or second.is_unchanged, (line, second)
