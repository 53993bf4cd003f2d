"""What the database says of many projects is what ``findings`` says of each."""

from __future__ import annotations

from itertools import product

from members.governance import findings, with_what_counts
from members.models import Explanation, Membership, Project, WorkingGroup
from members.shortfalls import short_of, without_steering_group
from tests import factories
from tests.cast import CastCase

Level, Kind = Project.Level, WorkingGroup.Kind
REQUIREMENTS = ["G3", "G6", "G11", "G12"]


def _steered(project: Project, *, approved: bool, represented: bool) -> None:
    day = factories.LONG_AGO if approved else None
    group = factories.group(Kind.STEERING, project=project, board_approved_on=day)
    seat = factories.membership(group)
    Membership.objects.filter(pk=seat.pk).update(represents_board=represented)


def _projects_of_all_sorts() -> None:
    """Every level with and without what a requirement asks for, explained and not."""
    somebody = factories.user()
    for level, named, steered, explained in product(Level, *[(True, False)] * 3):
        project = factories.project(level=level, facilitator=somebody if named else None)
        if steered:
            _steered(project, approved=named, represented=not named)
        if explained:
            for requirement in REQUIREMENTS:
                factories.explanation(project, requirement=requirement)
    closed = factories.project(level=Level.LEVEL_2)
    factories.group(Kind.STEERING, project=closed).close()
    factories.project(level=Level.LEVEL_3, closed_on=factories.LONG_AGO)


class ShortfallTests(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        _projects_of_all_sorts()

    def test_the_database_finds_those_that_fall_short_and_no_others(self) -> None:
        for requirement in REQUIREMENTS:
            with self.subTest(requirement):
                short = {project.pk for project in short_of(Project.objects.all(), requirement)}
                assert short == {
                    project.pk
                    for project in with_what_counts(Project.objects.all(), reader=self.cast.aase)
                    for finding in findings(project)
                    if finding.requirement == requirement and finding.is_shortfall
                }
                assert short

    def test_a_project_lacks_its_styregruppe_explained_or_not(self) -> None:
        lacking = factories.project(level=Level.LEVEL_2)
        factories.explanation(lacking, requirement=Explanation.Requirement.G6)
        sandbox = factories.project(level=Level.SANDBOX)
        without = set(without_steering_group(Project.objects.all()))
        assert lacking in without
        assert not {sandbox, self.cast.project} & without
