"""Memberships that ended long ago are listed, and deleted when the secretariat says so; no others can be."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import LogEntry, Membership, User
from members.privacy.anonymising import anonymise
from members.privacy.retention import expired, limit, unattached
from tests import factories
from tests.cast import CastCase
from tests.test_house import PRODUCTION, manage

PAGE = reverse("members:membership-expired")
PEOPLE = reverse("members:person-unattached")
SURE = {"is_sure": "on"}
YEAR = datetime.timedelta(days=365)


class RetentionCase(CastCase):
    old: Membership
    recent: Membership

    @classmethod
    def setUpTestData(cls) -> None:
        """Per left the group long ago, and Lis the day after what is long ago."""
        super().setUpTestData()
        per, lis = factories.user("Per Dam"), factories.user("Lis Bang")
        began = datetime.date(2016, 3, 1)
        cls.old = factories.membership(cls.cast.steering, per, joined_on=began)
        cls.old.end(on=limit())
        cls.recent = factories.membership(cls.cast.steering, lis, joined_on=began)
        cls.recent.end(on=limit() + datetime.timedelta(days=1))

    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def is_there(self, membership: Membership) -> bool:
        return Membership.objects.filter(pk=membership.pk).exists()


class LimitTests(RetentionCase):
    def test_it_is_five_years_ago_unless_the_setting_says_otherwise(self) -> None:
        with time_machine.travel("2026-11-26 12:00Z"):
            assert limit() == datetime.date(2021, 11, 26)
            with override_settings(MEMBERSHIP_RETENTION_YEARS=2):
                assert limit() == datetime.date(2024, 11, 26)
        with time_machine.travel("2028-02-29 12:00Z"):
            assert limit() == datetime.date(2023, 2, 28)

    def test_less_than_a_year_is_refused_at_the_start(self) -> None:
        done = manage("check", **PRODUCTION, MEMBERSHIP_RETENTION_YEARS="0")
        assert done.returncode != 0
        assert "MEMBERSHIP_RETENTION_YEARS" in done.stderr

    def test_what_ended_that_day_is_old_enough_and_the_day_after_not(self) -> None:
        assert [*expired()] == [self.old]


class PageTests(RetentionCase):
    def test_old_memberships_are_listed_and_no_others(self) -> None:
        response = self.client.get(PAGE)
        assert [*response.context["page_obj"]] == [self.old]
        self.assertContains(response, "på en bestemt dag")

    def test_they_are_found_by_person_and_group(self) -> None:
        for words, count in (("per dam", 1), ("naturkort", 1), ("karen", 0)):
            assert len(self.client.get(PAGE, {"q": words}).context["page_obj"]) == count, words

    def test_the_secretariat_is_led_there_from_people_and_from_what_is_to_be_mended(self) -> None:
        for name in ("members:person-list", "charters:mending-list"):
            self.assertContains(self.client.get(reverse(name)), PAGE)

    @pytest.mark.no_database
    def test_both_pages_ask_as_much_for_many_as_for_one(self) -> None:
        for page, number in ((PAGE, 6), (PEOPLE, 6)):
            self.client.get(page)
            with self.subTest(page), self.assertNumQueries(number):
                self.client.get(page)
        for _number in range(5):
            factories.membership(factories.group(), joined_on=limit() - YEAR).end(on=limit())
        for page, number in ((PAGE, 6), (PEOPLE, 6)):
            with self.subTest(page), self.assertNumQueries(number):
                self.client.get(page)


class ClearingTests(RetentionCase):
    def test_what_is_ticked_is_deleted_and_the_person_offered_for_anonymising(self) -> None:
        other = factories.membership(self.cast.coordination, self.cast.karen, joined_on=limit() - YEAR)
        other.end(on=limit())
        response = self.client.post(PAGE, SURE | {"memberships": [self.old.pk]}, follow=True)
        self.assertRedirects(response, f"{PEOPLE}?netop")
        self.assertContains(response, "1 medlemskab er slettet.")
        self.assertContains(response, reverse("members:person-anonymise", args=[self.old.person_id]))
        assert [*response.context["page_obj"]] == [self.old.person]
        assert not self.is_there(self.old)
        assert self.is_there(other)

    def test_all_that_is_found_is_deleted_at_once(self) -> None:
        other = factories.membership(self.cast.coordination, self.cast.karen, joined_on=limit() - YEAR)
        other.end(on=limit())
        self.client.post(f"{PAGE}?q=karen", SURE | {"everything": "on"})
        assert (self.is_there(self.old), self.is_there(other)) == (True, False)
        self.client.post(PAGE, SURE | {"everything": "on"})
        assert not self.is_there(self.old)
        assert self.is_there(self.recent)

    def test_somebody_who_is_still_in_a_group_is_not_offered(self) -> None:
        factories.membership(self.cast.coordination, self.old.person)
        response = self.client.post(PAGE, SURE | {"memberships": [self.old.pk]})
        self.assertRedirects(response, PAGE)

    def test_what_is_not_old_enough_cannot_be_deleted(self) -> None:
        running = self.cast.steering.memberships.get(person=self.cast.karen)
        for membership in (self.recent, running):
            sent = SURE | {"memberships": [self.old.pk, membership.pk]}
            self.assertContains(self.client.post(PAGE, sent), "ikke gammelt nok", status_code=422)
            assert self.is_there(membership)
        assert self.is_there(self.old)

    def test_without_the_tick_nothing_is_deleted_and_what_was_chosen_stays_chosen(self) -> None:
        response = self.client.post(PAGE, {"memberships": [self.old.pk]})
        self.assertContains(response, "Sæt flueben her først", status_code=422)
        self.assertContains(response, " checked", status_code=422, count=1)
        assert self.is_there(self.old)

    def test_nor_where_nothing_was_chosen(self) -> None:
        response = self.client.post(PAGE, SURE)
        self.assertContains(response, "Vælg mindst ét medlemskab", status_code=422)
        assert self.is_there(self.old)

    def test_the_log_tells_how_many_and_no_more(self) -> None:
        of_it = LogEntry.objects.filter(person=self.old.person, group=self.cast.steering)
        of_another = LogEntry.objects.filter(person=self.recent.person, group=self.cast.steering)
        kept = of_another.count()
        assert of_it.exists()
        self.client.post(PAGE, SURE | {"everything": "on"})
        assert not of_it.exists()
        assert of_another.count() == kept > 0
        entry = LogEntry.objects.newest_first()[0]
        assert (entry.act, entry.actor) == ("cleared", self.cast.aase)
        assert entry.additional_data == {"medlemskaber": 1}

    @pytest.mark.no_database
    def test_it_asks_as_much_to_delete_many_as_one(self) -> None:
        with CaptureQueriesContext(connection) as of_one:
            self.client.post(PAGE, SURE | {"everything": "on"})
        for _number in range(10):
            left = factories.membership(self.cast.steering, joined_on=limit() - YEAR)
            left.end(on=limit())
        with CaptureQueriesContext(connection) as of_many:
            self.client.post(PAGE, SURE | {"everything": "on"})
        assert len(of_many) == len(of_one)
        assert not expired().exists()

    def test_the_rights_of_others_are_as_they_were(self) -> None:
        before = self.cast.steering.user_grants.count()
        self.client.post(PAGE, SURE | {"everything": "on"})
        assert self.cast.steering.user_grants.count() == before > 0


class UnattachedTests(RetentionCase):
    def names(self) -> set[str]:
        return {person.name for person in unattached()}

    def test_those_who_are_in_no_group_nor_were_for_years_are_offered(self) -> None:
        assert {"Per Dam", "Ida Skovmark"} == self.names()

    def test_neither_the_administration_nor_a_tovholder_nor_the_nameless_are(self) -> None:
        factories.project(facilitator=self.cast.ida)
        anonymise(self.old.person, by=self.cast.aase)
        assert self.names() == set()

    def test_the_list_is_searched(self) -> None:
        response = self.client.get(PEOPLE, {"q": "skovmark"})
        assert [person.name for person in response.context["page_obj"]] == ["Ida Skovmark"]

    def test_who_has_left_the_administration_is_offered_when_deactivated(self) -> None:
        User.objects.filter(pk=self.cast.oejvind.pk).update(is_active=False)
        assert "Øjvind Strandby" in self.names()
