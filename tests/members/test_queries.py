"""How many questions each page of the register asks the database: as many for one row as for twelve."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Membership, Project, User, WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database  # the pages are asked for on both by their own tests

Kind = WorkingGroup.Kind
MANY = 12


def _groups(count: int) -> None:
    """Groups of all types, each with a project, members and an adopted charter or a draft."""
    for number in range(count):
        group = factories.group(Kind.STEERING)
        factories.membership(group)
        (factories.adopted if number % 2 else factories.draft)(group, by=factories.user())


def _memberships(group: WorkingGroup, count: int) -> None:
    """As many of each: in the group, out of it again, and on the way in."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for _number in range(count):
        factories.membership(group)
        factories.membership(group).end(on=factories.LONG_AGO)
        factories.membership(group, joined_on=tomorrow)


def _projects(count: int) -> None:
    for _number in range(count):
        project = factories.project(level=Project.Level.LEVEL_3, facilitator=factories.user())
        factories.group(Kind.STEERING, project=project)
        factories.explanation(project, requirement="G12")


def _project_groups(project: Project, count: int) -> None:
    for _number in range(count):
        group = factories.group(Kind.PROFESSIONAL, project=project)
        factories.membership(group)
        factories.draft(group)


def _people(count: int) -> None:
    for _number in range(count):
        factories.membership(factories.group(Kind.PROFESSIONAL))


def _persons_groups(person: User, count: int) -> None:
    for _number in range(count):
        factories.membership(factories.group(), person)
        factories.membership(factories.group(), person).end(on=factories.LONG_AGO)


class QueryCase(CastCase):
    def setUp(self) -> None:
        """What a PDF looks like is of no matter here, and each takes a process of its own."""
        self.enterContext(mock.patch("charters.adoption.charter_pdf", return_value=b"%PDF-1.7"))

    def assert_constant(
        self, number: int, *paths: str, more: Callable[[int], object], user: User | None = None
    ) -> None:
        """Each of the pages asks exactly ``number`` queries with one row, and with twelve."""
        self.client.logout()
        if user:
            self.client.force_login(user)
        more(1)
        self.client.get(paths[0])  # what a process asks once and remembers is not counted
        for rows in (1, MANY):
            if rows == MANY:
                more(MANY - 1)
            for path in paths:
                with self.subTest(path, user=str(user), rows=rows), self.assertNumQueries(number):
                    assert self.client.get(path).status_code == 200
        assert number <= 12


class ListTests(QueryCase):
    def test_groups(self) -> None:
        path = reverse("members:group-list")
        self.assert_constant(3, path, more=_groups)
        self.assert_constant(5, path, more=_groups, user=self.cast.karen)
        self.assert_constant(7, path, more=_groups, user=self.cast.aase)

    def test_projects(self) -> None:
        path = reverse("members:project-list")
        self.assert_constant(2, path, more=_projects)
        self.assert_constant(9, path, more=_projects, user=self.cast.aase)

    def test_people_and_organisations(self) -> None:
        for name, number in (("person-list", 6), ("organisation-list", 6)):
            self.assert_constant(number, reverse(f"members:{name}"), more=_people, user=self.cast.aase)

    def test_search_for_a_new_member(self) -> None:
        path = reverse("members:membership-search", args=[self.cast.steering.slug]) + "?q=person"
        self.assert_constant(6, path, more=_people, user=self.cast.karen)
        self.assert_constant(7, path, more=_people, user=self.cast.aase)

    def test_the_front_page(self) -> None:
        self.assert_constant(1, reverse("members:front-page"), more=_groups)
        self.assert_constant(3, reverse("members:front-page"), more=_groups, user=self.cast.karen)


def _entries(group: WorkingGroup, count: int) -> None:
    """Changes of all kinds: of a role, of what a group and a project name by key, and a group made."""
    membership, project = group.memberships.order_by("pk").last(), group.project
    assert membership
    assert project
    for _number in range(count):
        membership.role = Membership.Role.CHAIR if membership.role == "member" else Membership.Role.MEMBER
        membership.save()
        organisations = [membership.organisation, factories.organisation()]
        group.driven_by = organisations[group.driven_by == organisations[0]]
        group.save()
        project.facilitator = None if project.facilitator else membership.person
        project.save()
        factories.group(Kind.PROFESSIONAL, project=project)


class LogTests(QueryCase):
    def more(self, count: int) -> None:
        _entries(self.cast.steering, count)

    def test_the_log(self) -> None:
        self.assert_constant(8, reverse("members:log"), more=self.more, user=self.cast.aase)

    def test_a_groups_log(self) -> None:
        path = reverse("members:group-log", args=[self.cast.steering.slug])
        self.assert_constant(7, path, more=self.more, user=self.cast.karen)


class PageTests(QueryCase):
    def test_a_group(self) -> None:
        group = self.cast.coordination
        factories.draft(group)

        def more(count: int) -> None:
            _memberships(group, count)
            for _number in range(count):
                factories.group(Kind.COORDINATION, project=self.cast.project, parent=group)

        path = group.get_absolute_url()
        self.assert_constant(4, path, more=more)
        self.assert_constant(8, path, more=more, user=self.cast.mette)
        self.assert_constant(9, path, more=more, user=self.cast.aase)

    def test_a_project(self) -> None:
        def more(count: int) -> None:
            _project_groups(self.cast.project, count)

        path = self.cast.project.get_absolute_url()
        self.assert_constant(3, path, more=more)
        self.assert_constant(8, path, more=more, user=self.cast.mette)
        self.assert_constant(10, path, more=more, user=self.cast.aase)

    def test_a_person(self) -> None:
        def more(count: int) -> None:
            _persons_groups(self.cast.karen, count)

        self.assert_constant(6, self.cast.karen.get_absolute_url(), more=more, user=self.cast.aase)


class FormTests(QueryCase):
    def test_forms_with_long_choices(self) -> None:
        jonas = Membership.objects.get(person=self.cast.jonas)
        slug = self.cast.steering.slug
        for number, name, args in (
            (7, "group-create", []),
            (5, "project-create", []),
            (5, "person-create", []),
            (7, "membership-create", [slug, self.cast.ida.pk]),
            (7, "membership-update", [slug, jonas.pk]),
            (8, "group-update", [slug]),
        ):
            self.assert_constant(
                number, reverse(f"members:{name}", args=args), more=_people, user=self.cast.aase
            )


class AdminTests(QueryCase):
    def test_every_list(self) -> None:
        for number, name, more in (
            (6, "members_organisation", _people),
            (6, "members_user", _people),
            (6, "members_workinggroup", _groups),
            (6, "members_membership", _people),
            (6, "members_project", _projects),
            (6, "charters_charter", _groups),
            (6, "charters_approval", _groups),
            (6, "charters_obligation", _groups),
        ):
            path = reverse(f"admin:{name}_changelist")
            self.assert_constant(number, path, more=more, user=self.cast.aase)

    def test_every_page_with_rows_of_its_own(self) -> None:
        group = self.cast.coordination
        for number, path, more in (
            (
                7,
                reverse("admin:members_workinggroup_change", args=[group.pk]),
                lambda count: _memberships(group, count),
            ),
            (
                8,
                reverse("admin:members_project_change", args=[self.cast.project.pk]),
                lambda count: _project_groups(self.cast.project, count),
            ),
        ):
            self.assert_constant(number, path, more=more, user=self.cast.aase)
