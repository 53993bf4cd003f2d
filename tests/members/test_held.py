"""What is held about a person: every key to a person has a rule, and the page and the file tell of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import SimpleTestCase
from django.urls import reverse

from charters.models import CalendarAddress, CharterMember
from members.log.acting import acting_as
from members.models import LogEntry, User
from members.privacy.held import OWN, SHOWN
from members.privacy.rules import Fate, all_rules, keys_to_people
from tests import factories
from tests.cast import CastCase
from tests.support.everything import SECRET, hold_everything_about

# The person's own columns that are not told: a secret, and what the database makes of the name.
UNTOLD = {"password", "search_key", "sort_key"}
TOLD_OTHERWISE = {
    "id": "pk",
    "mail_rhythm": "get_mail_rhythm_display",
    "organisation": "organisation.name",
    "anonymised_by": "anonymised_by.name",
}


def page(person: User) -> str:
    return reverse("members:person-held", args=[person.pk])


def file(person: User) -> str:
    return reverse("members:person-held-json", args=[person.pk])


class RuleTests(SimpleTestCase):
    def test_every_key_to_a_person_has_a_rule_and_every_rule_is_of_something(self) -> None:
        rules = {rule.key for rule in all_rules()}
        keys = set(keys_to_people())
        assert keys - rules == set(), "say in members/privacy or charters/privacy.py what these hold"
        assert {rule.key for rule in all_rules() if rule.find is None} - keys == set()

    def test_everything_of_a_persons_own_row_is_told_but_the_password(self) -> None:
        told = set(OWN.values())
        columns = {field.name for field in User._meta.concrete_fields}
        assert {name for name in columns if TOLD_OTHERWISE.get(name, name) not in told} == UNTOLD

    def test_what_stays_has_a_reason(self) -> None:
        assert [rule.key for rule in all_rules() if rule.fate != Fate.DELETED and not rule.why] == []


class HeldCase(CastCase):
    def everything(self, person: User) -> dict[str, Any]:
        self.client.force_login(person)
        response = self.client.get(file(person))
        assert response["Content-Type"] == "application/json"
        assert response["Content-Disposition"].startswith('attachment; filename="oplysninger-')
        data: dict[str, Any] = json.loads(response.content)
        return data


class FileTests(HeldCase):
    def test_it_has_rows_of_every_table_that_names_the_person(self) -> None:
        hold_everything_about(self.cast.jonas)
        kinds = {kind["nøgle"]: kind for kind in self.everything(self.cast.jonas)["oplysninger"]}
        assert kinds.keys() == {rule.key for rule in all_rules()}
        assert [key for key, kind in kinds.items() if not kind["antal"]] == []
        assert [key for key, kind in kinds.items() if len(kind["rækker"]) != kind["antal"]] == []

    def test_it_tells_nothing_of_anybody_else(self) -> None:
        hold_everything_about(self.cast.karen)
        kinds = self.everything(self.cast.soeren)["oplysninger"]
        assert {kind["nøgle"] for kind in kinds if kind["antal"]} == {
            "members.Membership.person",
            "members.LogEntry.actor",  # that they asked for it
            "members.LogEntry.person",
        }

    def test_what_one_has_done_to_others_is_told_without_what_became_of_them(self) -> None:
        with acting_as(self.cast.aase):
            self.cast.ida.phone = "12 34 56 78"
            self.cast.ida.save()
        kinds = {kind["nøgle"]: kind for kind in self.everything(self.cast.aase)["oplysninger"]}
        assert "Person rettet" in {row["Hvad"] for row in kinds["members.LogEntry.actor"]["rækker"]}
        assert "12 34 56 78" not in json.dumps(kinds)
        about = {kind["nøgle"]: kind for kind in self.everything(self.cast.ida)["oplysninger"]}
        newest = about["members.LogEntry.person"]["rækker"][1]  # before that this was asked for
        assert newest["Ændringer"] == {"phone": ["", "12 34 56 78"]}
        assert newest["Af"] == "Åse Kildevang"

    def test_days_are_as_iso_has_them_and_texts_are_whole(self) -> None:
        hold_everything_about(self.cast.jonas)
        data = self.everything(self.cast.jonas)
        kinds = {kind["nøgle"]: kind["rækker"] for kind in data["oplysninger"]}
        assert data["person"]["E-mail"] == "jonas@aeroe.example"
        roles = {(row["Rolle"], row["Fra"]) for row in kinds["members.Membership.person"]}
        assert roles == {("Formand", "2025-01-15"), ("Medlem", "2025-01-15")}
        told = {row["Tekst"] for row in kinds["charters.SectionRevision.author"]}
        assert told == set(self.cast.jonas.section_revisions.values_list("body", flat=True))

    def test_no_secret_is_told_but_that_it_is_there(self) -> None:
        hold_everything_about(self.cast.jonas)
        self.client.force_login(self.cast.jonas)
        told = self.client.get(file(self.cast.jonas)).content.decode()
        told += self.client.get(page(self.cast.jonas)).content.decode()
        secrets = [SECRET, CalendarAddress.objects.get().token, CharterMember.objects.all()[0].salt]
        secrets += [self.cast.jonas.password, self.client.session.session_key]
        assert [secret for secret in secrets if secret in told] == []
        assert "Selve koderne og nøglerne er hemmelige." in told


class PageTests(HeldCase):
    def test_the_person_and_the_secretariat_read_it_and_nobody_else(self) -> None:
        jonas = self.cast.jonas
        for user, status in ((jonas, 200), (self.cast.aase, 200), (self.cast.karen, 403)):
            self.client.force_login(user)
            assert self.client.get(page(jonas)).status_code == status, user
            assert self.client.get(file(jonas)).status_code == status, user

    def test_one_is_led_there_from_min_adgang_and_the_secretariat_from_the_persons_page(self) -> None:
        self.client.force_login(self.cast.jonas)
        self.assertContains(self.client.get(reverse("mfa_index")), page(self.cast.jonas))
        self.client.force_login(self.cast.aase)
        self.assertContains(self.client.get(self.cast.jonas.get_absolute_url()), page(self.cast.jonas))

    def test_a_long_list_is_cut_and_says_where_the_rest_is(self) -> None:
        jonas = self.cast.jonas
        for _number in range(SHOWN + 1):
            factories.submission(jonas)
        self.client.force_login(jonas)
        response = self.client.get(page(jonas))
        self.assertContains(response, f"De første {SHOWN} af {SHOWN + 1}.")
        self.assertContains(response, "Se alle i filen", count=1)
        kinds = {kind["nøgle"]: kind for kind in self.everything(jonas)["oplysninger"]}
        assert len(kinds["members.Submission.user"]["rækker"]) == SHOWN + 1

    def test_it_says_what_there_is_nothing_of(self) -> None:
        LogEntry.objects.all().delete()
        self.client.force_login(self.cast.ida)
        response = self.client.get(page(self.cast.ida))
        self.assertContains(response, "Intet gemt")
        self.assertNotContains(response, "<table")

    @pytest.mark.no_database
    def test_it_asks_as_much_for_many_rows_as_for_one(self) -> None:
        hold_everything_about(self.cast.jonas)
        self.client.force_login(self.cast.jonas)
        self.client.get(page(self.cast.jonas))
        kinds = len(all_rules())
        with self.assertNumQueries(4 + kinds):  # session, user, person, how many of each; and each kind
            self.client.get(page(self.cast.jonas))
        for _number in range(3):
            hold_everything_again(self.cast.jonas)
        with self.assertNumQueries(4 + kinds):
            self.client.get(page(self.cast.jonas))


def hold_everything_again(person: User) -> None:
    """More rows of the kinds that there can be many of."""
    group = factories.group()
    factories.membership(group, person)
    edition = factories.adopted(group, by=person)
    factories.follow_up(group.obligations.all()[0], made_by=person)
    factories.presence(edition.next_edition(by=person), person)
    factories.submission(person)
