"""Puts the demo in the database, through the same rules as people use."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from charters.adoption import adopt, approve
from charters.demo.cast import LOGINS, PEOPLE, SECRETARIAT, SUPPLIERS
from charters.demo.follow_ups import follow_up
from charters.demo.professional import PROFESSIONAL
from charters.demo.settled import SETTLED
from charters.demo.situations import Group, Product, Seat, Text
from charters.demo.unsettled import UNSETTLED
from charters.demo.waiting_list import receive_list
from charters.models import Approval, Charter
from charters.standard_texts import load_standard_texts
from members import access
from members.danish import danish_slug
from members.models import Explanation, Organisation, Project, User, WorkingGroup
from members.public_bodies import load_public_bodies

PASSWORD = "kano-gulerod-42"  # noqa: S105 - printed for everyone who runs the demo


def is_staged() -> bool:
    """Whether the demo is in the database already, whole: the last thing put there is."""
    return WorkingGroup.objects.filter(name=PROFESSIONAL[-1].name).exists()


@transaction.atomic
def stage() -> None:
    """Fill an empty database with the demo, or leave it empty."""
    load_standard_texts()
    load_public_bodies()
    for name in SUPPLIERS:
        Organisation.objects.create(name=name, kind=Organisation.Kind.SUPPLIER)
    Organisation.objects.create(name=SECRETARIAT, kind=Organisation.Kind.SECRETARIAT)
    people = _people()
    for product in [*SETTLED, *UNSETTLED]:
        project = _project(product, people)
        for group in product.groups:
            _group(group, people, project=project)
    for group in PROFESSIONAL:
        _group(group, people)
    receive_list(by=people[LOGINS[0].name])


def _people() -> dict[str, User]:
    organisations = {organisation.name: organisation for organisation in Organisation.objects.all()}
    people = {
        person.name: User.objects.create_user(
            person.email,
            name=person.name,
            title=person.title,
            organisation=organisations[person.organisation],
            phone=f"{20 + number} 00 {number:02} {number:02}",
        )
        for number, person in enumerate(PEOPLE.values(), start=10)
    }
    secretariat = access.secretariat()
    for login in LOGINS:
        user = people[login.name]
        user.set_password(PASSWORD)
        user.is_staff, user.is_superuser = login.is_secretariat, login.is_superuser
        user.save()
        if login.is_secretariat:
            user.groups.add(secretariat)
    return people


def _project(product: Product, people: dict[str, User]) -> Project:
    project = Project.objects.create(
        name=product.name,
        slug=danish_slug(product.name),
        kind=product.kind,
        level=product.level,
        summary=product.summary,
        facilitator=people.get(product.facilitator),
        closed_on=_ago(product.closed),
    )
    for requirement, text in product.explanations.items():
        Explanation.objects.create(project=project, requirement=requirement, text=text)
    return project


def _group(
    spec: Group,
    people: dict[str, User],
    *,
    project: Project | None = None,
    parent: WorkingGroup | None = None,
) -> None:
    group = WorkingGroup.objects.create(
        kind=spec.kind,
        project=project,
        parent=parent,
        name=spec.name,
        driven_by=Organisation.objects.filter(name=spec.driven_by).first(),
        visibility=WorkingGroup.Visibility.PUBLIC if spec.public else WorkingGroup.Visibility.MEMBERS,
        established_on=_ago(spec.age),
        first_meeting_on=_ago(spec.age - 0.5),
        board_approved_on=_ago(spec.board_approved),
    )
    # Those who have left, or come after the adoption, are members of their own time only.
    for seat in spec.seats:
        if seat.joined is None:
            membership = group.add(people[seat.name], role=seat.role, joined_on=_ago(spec.age))
            if seat.board:
                membership.represents_board = True
                group.keep(membership, update_fields=["represents_board"])
    _charter(spec, group, people)
    for seat in spec.seats:
        _change_seat(seat, group, people)
    follow_up(group, people)
    if spec.closed is not None:
        group.close(on=_ago(spec.closed))
    for subgroup in spec.subgroups:
        _group(subgroup, people, project=project, parent=group)


def _change_seat(seat: Seat, group: WorkingGroup, people: dict[str, User]) -> None:
    if seat.joined is not None:
        group.add(people[seat.name], role=seat.role, joined_on=_ago(seat.joined))
    if seat.left is not None:
        membership = group.memberships.get(person=people[seat.name])
        membership.end(on=_ago(seat.left), handover_note=seat.handover)


def _charter(spec: Group, group: WorkingGroup, people: dict[str, User]) -> None:
    leader = people[spec.seats[0].name]
    charter: Charter | None = None
    for months in spec.text.editions:
        charter = _next(charter, spec.text, leader) if charter else _begin(spec.text, group, leader)
        _adopt(charter, spec, people, leader, on=_day(months))
    if spec.text.draft:
        if charter:
            charter.next_edition(by=leader)
        else:
            _begin(spec.text, group, leader)


def _next(charter: Charter, text: Text, leader: User) -> Charter:
    """The next draft, with what the group changes in it."""
    draft = charter.next_edition(by=leader, reason=text.reason)
    _rewrite(draft, text.revised, leader)
    return draft


def _rewrite(charter: Charter, bodies: dict[str, str], leader: User) -> None:
    for section in charter.standing_sections():
        if section.heading in bodies:
            body = bodies[section.heading]
            section.rewrite(heading=section.heading, body=body, base=section.revision, by=leader)


def _begin(text: Text, group: WorkingGroup, leader: User) -> Charter:
    """A draft from the standard text, with what the group wrote itself."""
    charter = Charter.start(group, by=leader)
    _rewrite(charter, text.filled, leader)
    for heading, body in text.added.items():
        charter.add_section(heading, body=body, by=leader)
    if text.project_name:
        charter.refresh_from_db()
        charter.rewrite_heading(project_name=text.project_name)
    return charter


def _adopt(
    charter: Charter, spec: Group, people: dict[str, User], leader: User, *, on: datetime.date
) -> None:
    approving = [people[seat.name].pk for seat in spec.seats if seat.approves]
    adopt(charter, by=leader, on=on, approving=approving)
    for seat in spec.seats:
        if seat.wrote is not None:
            member = charter.members.get(person=people[seat.name])
            approve(member, by=people[seat.name], on=_day(seat.wrote), manner=Approval.Manner.WRITTEN)


def _day(months: float) -> datetime.date:
    """The day so many months ago."""
    return timezone.localdate() - datetime.timedelta(days=round(months * 30.4))


def _ago(months: float | None) -> datetime.date | None:
    return None if months is None else _day(months)
