"""A member gets another role or organisation: from that day, and what was before stays to be read."""

from __future__ import annotations

import datetime
import uuid

from django.http import HttpResponse
from django.urls import reverse

from members import access
from members.models import Membership
from tests.cast import CastCase

DAY = datetime.date(2026, 3, 1)


class RoleChangeTests(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.karen)
        self.jonas = self.cast.steering.memberships.get(person=self.cast.jonas)

    def send(self, **fields: object) -> HttpResponse:
        url = reverse("members:membership-change", args=[self.cast.steering.slug, self.jonas.pk])
        data = {"role": "vice_chair", "changes_on": DAY.isoformat(), "submission": str(uuid.uuid4())}
        return self.client.post(url, data | fields)

    def periods(self) -> list[tuple[str, datetime.date, datetime.date | None]]:
        rows = self.cast.steering.memberships.filter(person=self.cast.jonas).order_by("joined_on", "pk")
        return [(row.role, row.joined_on, row.left_on) for row in rows]

    def test_the_new_role_holds_from_the_day_and_the_old_until_then(self) -> None:
        assert not access.can(self.cast.jonas, access.EDIT_CHARTER, self.cast.steering)
        self.assertRedirects(self.send(), self.cast.steering.get_absolute_url())
        assert self.periods() == [("member", self.jonas.joined_on, DAY), ("vice_chair", DAY, None)]
        on = {day: self.cast.steering.roster(on=day).get(person=self.cast.jonas).role for day in (DAY,)}
        assert on == {DAY: "vice_chair"}
        assert access.can(self.cast.jonas, access.EDIT_CHARTER, self.cast.steering)

    def test_the_organisation_of_then_stays_too(self) -> None:
        self.send(role="member", organisation=self.cast.tobias.organisation_id)
        was, now = Membership.objects.filter(person=self.cast.jonas).order_by("joined_on")
        assert (was.organisation, now.organisation) == (
            self.cast.jonas.organisation,
            self.cast.tobias.organisation,
        )

    def test_a_day_before_the_membership_is_refused_and_nothing_changes(self) -> None:
        response = self.send(changes_on="2024-12-01")
        self.assertContains(response, "Slutdatoen kan ikke ligge før startdatoen.", status_code=422)
        assert self.periods() == [("member", self.jonas.joined_on, None)]

    def test_the_same_form_sent_twice_changes_once(self) -> None:
        key = str(uuid.uuid4())
        assert self.send(submission=key).url == self.send(submission=key).url
        assert len(self.periods()) == 2

    def test_correcting_a_membership_leads_there(self) -> None:
        ret = reverse("members:membership-update", args=[self.cast.steering.slug, self.jonas.pk])
        way = reverse("members:membership-change", args=[self.cast.steering.slug, self.jonas.pk])
        self.assertContains(self.client.get(ret), f'href="{way}"')
