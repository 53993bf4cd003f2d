"""Calendars to subscribe to: made, read without signing in, taken back, and silent about other people."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from charters.models import CalendarAddress, Charter, Obligation
from members.models import User, WorkingGroup
from os2groups.secret_addresses import SecretAddresses
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

DUE = datetime.date(2026, 4, 1)


@time_machine.travel("2026-03-10T12:00:00+01:00", tick=False)
class CalendarCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        factories.adopted(cls.cast.steering)
        cls.obligation = cls.cast.steering.obligations.get(wording__startswith="Sikre")
        cls.obligation.responsible, cls.obligation.next_on = cls.cast.jonas, DUE
        cls.obligation.save()

    def make(self, user: User, group: WorkingGroup | None = None) -> Any:
        self.client.force_login(user)
        slug = group.slug if group else ""
        return self.client.post(reverse("charters:calendar-create"), {"gruppe": slug}, follow=True)

    def address(self, user: User, group: WorkingGroup | None = None) -> str:
        found = CalendarAddress.objects.filter(owner=user, group=group).first()
        found = found or factories.calendar_address(user, group=group)
        return reverse("charters:calendar-feed", args=[found.token])

    def read(self, url: str, **headers: str) -> Any:
        """As a calendar program does: nobody is signed in."""
        self.client.logout()
        return self.client.get(url, headers=headers)

    def events(self, url: str) -> list[Any]:
        return list(Calendar.from_ical(self.read(url).content).walk("VEVENT"))


class FeedTests(CalendarCase):
    def test_a_groups_calendar_has_its_obligations_and_the_review_of_its_charter(self) -> None:
        events = self.events(self.address(self.cast.karen, self.cast.steering))
        assert [event.decoded("dtstart") for event in events] == [datetime.date(2026, 1, 15), DUE]
        review, due = events
        assert review["summary"] == "Kommissoriet gennemgås senest i dag: Styregruppen for OS2naturkort"
        assert due["summary"] == "Følg op: Sikre at væsentlige interessenter bliver hørt og/eller bidrager."
        assert due.decoded("dtend") == DUE + datetime.timedelta(days=1)
        assert due["url"] == f"http://testserver{self.obligation.get_absolute_url()}"

    def test_a_persons_calendar_has_their_own_obligations_and_the_reviews_they_lead_to(self) -> None:
        own = self.address(self.cast.jonas)
        assert [event["uid"] for event in self.events(own)] == [
            f"forpligtelse-{self.obligation.pk}@os2arbejdsgrupper"
        ]
        charter = Charter.objects.adopted().get()
        assert [event["uid"] for event in self.events(self.address(self.cast.karen))] == [
            f"gennemgang-{charter.pk}@os2arbejdsgrupper"
        ]
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert self.events(own) == []

    def test_nobody_else_is_named_in_it(self) -> None:
        factories.follow_up(self.obligation, made_by=self.cast.jonas, note="Jonas skriver.")
        text = self.read(self.address(self.cast.karen, self.cast.steering)).content.decode()
        for name in ("Jonas", "Karen", "Engtoft", "@odder"):
            assert name not in text.replace("\r\n ", "")

    def test_the_long_is_folded_and_the_odd_escaped(self) -> None:
        words = "Måle; veje, og sige:\n" + "ærø " * 60
        Obligation.objects.filter(pk=self.obligation.pk).update(wording=words)
        url = self.address(self.cast.karen, self.cast.steering)
        assert max(len(line) for line in self.read(url).content.split(b"\r\n")) <= 75
        due = self.events(url)[1]
        assert words in due["description"]
        assert due["summary"].startswith("Følg op: Måle; veje, og sige: ærø")
        assert "\n" not in due["summary"]

    def test_it_is_asked_for_anew_each_time_and_sent_only_when_it_changed(self) -> None:
        url = self.address(self.cast.karen, self.cast.steering)
        first = self.read(url)
        assert first["Cache-Control"] == "private, no-cache"
        assert first["Content-Type"].startswith("text/calendar")
        assert not first.cookies
        with time_machine.travel("2026-03-11T12:00:00+01:00", tick=False):
            again = {"If-None-Match": first["ETag"]}
            assert self.read(url, **again).status_code == 304
            Obligation.objects.filter(pk=self.obligation.pk).update(next_on=datetime.date(2026, 5, 1))
            assert self.read(url, **again).status_code == 200

    def test_it_costs_as_many_queries_for_many_as_for_one(self) -> None:
        of_group, own = self.address(self.cast.karen, self.cast.steering), self.address(self.cast.jonas)
        self.read(own)
        for _few_then_many in range(2):
            for url, number in ((of_group, 4), (own, 3)):
                with self.subTest(url), self.assertNumQueries(number):
                    self.client.get(url)
            self.cast.steering.obligations.update(next_on=DUE, responsible=self.cast.jonas)


class AddressTests(CalendarCase):
    def test_it_is_made_once_and_shown_whole(self) -> None:
        for _time in range(2):
            page = self.make(self.cast.jonas, self.cast.steering)
        address = CalendarAddress.objects.get(owner=self.cast.jonas)
        assert address.group == self.cast.steering
        self.assertContains(page, f'value="http://testserver/kalender/{address.token}.ics"')
        self.assertContains(page, f'href="webcal://testserver/kalender/{address.token}.ics"')

    def test_one_for_a_group_that_is_not_ones_own_is_not_made(self) -> None:
        for user, group, answer in (
            (self.cast.mette, self.cast.steering, 403),
            (self.cast.mette, self.cast.professional, 404),
            (self.cast.aase, self.cast.steering, 200),
        ):
            with self.subTest(user=user, group=group):
                assert self.make(user, group).status_code == answer
        assert [address.owner for address in CalendarAddress.objects.all()] == [self.cast.aase]

    def test_one_that_is_taken_back_gives_nothing_and_the_next_is_another(self) -> None:
        self.make(self.cast.jonas)
        url = self.address(self.cast.jonas)
        self.make(self.cast.karen)
        self.client.force_login(self.cast.jonas)
        self.client.post(reverse("charters:calendar-revoke"))
        assert self.read(url).status_code == 404
        assert self.read(self.address(self.cast.karen)).status_code == 200
        self.make(self.cast.jonas)
        assert self.address(self.cast.jonas) != url

    def test_it_gives_nothing_to_one_who_has_left_the_group_and_can_still_be_taken_back(self) -> None:
        url = self.address(self.cast.jonas, self.cast.steering)
        assert self.read(url).status_code == 200
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert self.read(url).status_code == 404
        self.client.force_login(self.cast.jonas)
        page = self.client.get(reverse("charters:calendar"))
        self.assertContains(page, "Du er ikke længere med i gruppen.")
        self.assertNotContains(page, url)
        self.client.post(reverse("charters:calendar-revoke"), {"gruppe": self.cast.steering.slug})
        assert not CalendarAddress.objects.exists()

    def test_it_gives_nothing_when_its_owner_is_inactive(self) -> None:
        urls = [self.address(self.cast.aase, self.cast.steering), self.address(self.cast.jonas)]
        assert [self.read(url).status_code for url in urls] == [200, 200]
        User.objects.update(is_active=False)
        assert [self.read(url).status_code for url in urls] == [404, 404]

    def test_the_page_offers_ones_own_groups_and_the_one_asked_for(self) -> None:
        def offered(user: User, asked: str = "") -> list[WorkingGroup | None]:
            self.client.force_login(user)
            page = self.client.get(reverse("charters:calendar"), {"gruppe": asked})
            return [offer.group for offer in page.context["offers"]]

        steering, private = self.cast.steering, self.cast.professional
        assert offered(self.cast.jonas, private.slug) == [None, steering]
        assert offered(self.cast.aase, private.slug) == [None, private]

    def test_the_secret_is_left_out_of_the_log(self) -> None:
        url = self.address(self.cast.jonas)
        record = logging.LogRecord("x", logging.ERROR, "", 1, "Internal Server Error: %s", (url,), None)
        assert SecretAddresses().filter(record)
        assert record.getMessage() == "Internal Server Error: /kalender/….ics"
        record.msg = "Internal Server Error: /kalender/"
        assert SecretAddresses().filter(record)
        assert record.getMessage() == "Internal Server Error: /kalender/"
