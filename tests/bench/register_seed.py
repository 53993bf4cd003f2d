"""A register of any size, made quickly and always the same: what is usual, and some of all that is wrong."""

from __future__ import annotations

import random
from collections.abc import Sequence

from django.db import connection

from charters.models import Charter, CharterTemplate, FollowUp, Obligation
from charters.standard_texts import load_standard_texts
from members import access
from members.models import Membership, Organisation, Project, User, WorkingGroup
from members.public_bodies import load_public_bodies
from members.search.index import rebuild
from tests.bench.editions_seed import BATCH, ago, editions, log_lines

Kind, Role = WorkingGroup.Kind, Membership.Role
KINDS = [Kind.STEERING, Kind.COORDINATION, Kind.PROFESSIONAL]
MEMBERS_EACH, PEOPLE_A_PROJECT = 22.3, 7  # of a group: some 200,000 memberships of 9,000 groups
OBLIGATIONS_EACH = 6


def seed(projects: int) -> None:
    """Fill an empty database with so many projects, three groups each."""
    chance = random.Random(5)
    load_standard_texts()
    load_public_bodies()
    CharterTemplate.objects.published().of_kind(Kind.STEERING).get().new_version().publish(by=None)
    people = _people(projects * PEOPLE_A_PROJECT, chance)
    groups = _groups(_projects(projects, people, chance), chance)
    memberships = _memberships(groups, people, chance)
    _obligations(editions(groups, memberships, people[0], chance), people, chance)
    log_lines(people[0])
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself, in time


def _people(number: int, chance: random.Random) -> list[User]:
    """The first is of the secretariat; one in a hundred is no longer active."""
    organisations = list(Organisation.objects.all())
    secretary = User.objects.create_user("bench@os2.example", name="Åse Bænk", is_staff=True)
    access.place_in_secretariat(secretary)
    others = [
        User(
            email=f"person{i}@kommune.example",
            name=f"Person {i} {chance.choice(['Ærøskov', 'Søndergaard', 'Ågesen', 'Holm'])}",
            organisation=chance.choice(organisations),
            is_active=chance.random() > 0.01,
            password="!",
        )
        for i in range(number)
    ]
    return [secretary, *User.objects.bulk_create(others, batch_size=BATCH)]


def _projects(number: int, people: Sequence[User], chance: random.Random) -> list[Project]:
    return Project.objects.bulk_create(
        Project(
            name=f"OS2prøve {i}",
            slug=f"os2proeve-{i}",
            level=chance.choice(Project.Level.values),
            facilitator=chance.choice(people) if chance.random() > 0.05 else None,
        )
        for i in range(number)
    )


def _groups(projects: Sequence[Project], chance: random.Random) -> list[WorkingGroup]:
    """Three a project; every tenth faggruppe goes across."""
    made = []
    for project in projects:
        for kind in KINDS:
            across = kind == Kind.PROFESSIONAL and chance.random() < 0.1
            group = WorkingGroup(
                kind=kind,
                project=None if across else project,
                name=f"{kind.label}n for {project.name}",
                slug=f"{kind}-{project.slug}",
                established_on=ago(400),
                first_meeting_on=ago(380),
            )
            made.append(group)
    return WorkingGroup.objects.bulk_create(made, batch_size=BATCH)


def _memberships(
    groups: Sequence[WorkingGroup], people: Sequence[User], chance: random.Random
) -> dict[int, list[Membership]]:
    """A third has left; one group in fifty has nobody to lead it."""
    made: dict[int, list[Membership]] = {}
    for group in groups:
        number = min(round(MEMBERS_EACH), len(people) - 1) + (chance.random() < MEMBERS_EACH % 1)
        for i, person in enumerate(chance.sample(people, number)):
            role = Role.CHAIR if i == 0 and chance.random() > 0.02 else Role.MEMBER
            has_left = i % 3 == 2
            membership = Membership(
                group=group,
                person=person,
                role=role,
                organisation_id=person.organisation_id,
                joined_on=ago(390),
                left_on=ago(chance.randrange(1, 300)) if has_left else None,
            )
            made.setdefault(group.pk, []).append(membership)
    Membership.objects.bulk_create([m for seats in made.values() for m in seats], batch_size=BATCH)
    return made


def _obligations(charters: Sequence[Charter], people: Sequence[User], chance: random.Random) -> None:
    """Half of them were followed up; one in twenty waits, and one in a hundred is somebody's who is gone."""
    made = [
        Obligation(
            group_id=charter.group_id,
            area="development",
            wording=f"Forpligtelse nummer {i} i gruppens kommissorium.",
            position=i,
            introduced_in=charter,
            next_on=ago(chance.randrange(-300, 15)),
            responsible=chance.choice(people) if chance.random() < 0.01 else None,
        )
        for charter in charters
        if charter.template.kind != Kind.PROFESSIONAL
        for i in range(OBLIGATIONS_EACH)
    ]
    Obligation.objects.bulk_create(made, batch_size=BATCH)
    FollowUp.objects.bulk_create(
        [
            FollowUp(obligation=o, status=chance.choice(["under_way", "met"]), made_by=people[0])
            for o in made
            if chance.random() < 0.5
        ],
        batch_size=BATCH,
    )
