"""How many questions the overview asks the database: as many for one project as for twelve."""

from __future__ import annotations

from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from charters.models import Charter, FollowUp
from charters.overview import mending
from members.models import Membership, Project, WorkingGroup
from tests import factories
from tests.members.test_queries import QueryCase

pytestmark = pytest.mark.no_database  # the pages are asked for on both by their own tests

Kind, Role = WorkingGroup.Kind, Membership.Role


def _everything(count: int) -> None:
    """Projects with groups of all types, and something of most kinds to mend in each."""
    for number in range(count):
        project = factories.project(level=Project.Level.LEVEL_3, facilitator=factories.user())
        steering = factories.group(Kind.STEERING, project=project)
        seat = factories.membership(steering, role=Role.CHAIR)
        charter = factories.adopted(steering, by=seat.person)
        gone = factories.membership(steering).person
        obligation = steering.obligations.all()[0]
        factories.follow_up(obligation, status=FollowUp.Status.MET)
        steering.obligations.filter(pk=obligation.pk).update(responsible=factories.user())
        Charter.objects.filter(pk=charter.pk).update(review_on=timezone.localdate())
        coordination = factories.group(Kind.COORDINATION, project=project)
        factories.group(Kind.COORDINATION, project=project, parent=coordination)
        factories.group(Kind.PROFESSIONAL, name=f"Fag {number}", established_on=factories.LONG_AGO)
        gone.deactivate()


class OverviewQueryTests(QueryCase):
    def test_the_overview(self) -> None:
        path = reverse("charters:overview")
        asked = [path, f"{path}?q=o&kind=&organisation=&state=", f"{path}?sort=-rettes"]
        self.assert_constant(12, *asked, more=_everything, user=self.cast.aase)

    def test_its_figures(self) -> None:
        self.assert_constant(5, reverse("charters:overview-figures"), more=_everything, user=self.cast.aase)

    def test_what_is_to_be_mended(self) -> None:
        self.enterContext(mock.patch.object(mending, "PAGE_SIZE", 1000))
        self.assert_constant(11, reverse("charters:mending-list"), more=_everything, user=self.cast.aase)

    def test_the_files(self) -> None:
        files = [reverse(f"charters:{name}") for name in ("overview-csv", "overview-excel")]
        self.assert_constant(11, *files, more=_everything, user=self.cast.aase)
