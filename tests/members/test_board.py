"""OS2's board and its styregrupper: who says that it approved one and sits in it, and where that is shown."""

from __future__ import annotations

import uuid

from django.urls import reverse
from django.utils import timezone

from members.models import Membership, User, WorkingGroup
from tests import factories
from tests.cast import CastCase

Kind = WorkingGroup.Kind
MARK = "bestyrelsens repræsentant"


class BoardCase(CastCase):
    def update(self, group: WorkingGroup) -> str:
        return reverse("members:group-update", args=[group.slug])

    def seat(self, group: WorkingGroup, person: User) -> str:
        membership = group.memberships.get(person=person)
        return reverse("members:membership-update", args=[group.slug, membership.pk])

    def has_field(self, url: str, name: str) -> bool:
        return name in self.client.get(url).context["form"].fields


class ApprovalTests(BoardCase):
    def approve(self, day: str) -> int:
        group = self.cast.steering
        data = {"kind": group.kind, "project": group.project_id, "name": group.name, "slug": group.slug}
        data |= {"visibility": group.visibility, "board_approved_on": day}
        return self.client.post(self.update(group), data).status_code

    def test_the_secretariat_writes_the_day_and_leaders_do_not(self) -> None:
        self.client.force_login(self.cast.karen)
        assert not self.has_field(self.update(self.cast.steering), "board_approved_on")
        self.approve("2026-03-01")
        self.cast.steering.refresh_from_db()
        assert self.cast.steering.board_approved_on is None
        self.client.force_login(self.cast.aase)
        assert self.approve("2026-03-01") == 302
        self.cast.steering.refresh_from_db()
        assert str(self.cast.steering.board_approved_on) == "2026-03-01"

    def test_only_a_styregruppe_is_asked(self) -> None:
        self.client.force_login(self.cast.aase)
        assert self.has_field(self.update(self.cast.steering), "board_approved_on")
        assert not self.has_field(self.update(self.cast.coordination), "board_approved_on")

    def test_an_approval_to_come_is_refused_beside_the_field(self) -> None:
        self.client.force_login(self.cast.aase)
        assert self.approve(factories.days_ahead(2).isoformat()) == 422


class RepresentativeTests(BoardCase):
    def post(self, **fields: object) -> Membership:
        data = {"role": "member", "joined_on": "2025-01-15"} | fields
        response = self.client.post(self.seat(self.cast.steering, self.cast.jonas), data)
        assert response.status_code == 302
        return self.cast.steering.memberships.get(person=self.cast.jonas)

    def test_the_secretariat_says_who_sits_for_the_board_and_leaders_can_do_neither(
        self,
    ) -> None:
        self.client.force_login(self.cast.karen)
        assert not self.has_field(self.seat(self.cast.steering, self.cast.jonas), "represents_board")
        assert not self.post(represents_board="on").represents_board
        self.client.force_login(self.cast.aase)
        assert self.post(represents_board="on").represents_board
        self.client.force_login(self.cast.karen)
        assert self.post(role="observer").represents_board

    def test_only_a_styregruppe_is_asked(self) -> None:
        self.client.force_login(self.cast.aase)
        assert not self.has_field(self.seat(self.cast.coordination, self.cast.mette), "represents_board")

    def test_a_new_member_can_come_for_the_board(self) -> None:
        self.client.force_login(self.cast.aase)
        url = reverse("members:membership-create", args=[self.cast.steering.slug, self.cast.ida.pk])
        today = timezone.localdate().isoformat()
        data = {"role": "member", "joined_on": today, "represents_board": "on", "submission": uuid.uuid4()}
        assert self.client.post(url, data).status_code == 302
        assert self.cast.steering.memberships.get(person=self.cast.ida).represents_board

    def test_the_roster_says_it_of_a_styregruppe_and_of_no_other_group(self) -> None:
        for group in (self.cast.steering, self.cast.coordination):
            self.assertNotContains(self.client.get(group.get_absolute_url()), MARK)
            factories.membership(group, represents_board=True)
        self.assertContains(self.client.get(self.cast.steering.get_absolute_url()), MARK, count=1)
        self.assertNotContains(self.client.get(self.cast.coordination.get_absolute_url()), MARK)
