"""Making a person nameless: nothing of who they were is left but what is adopted, and that still verifies."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from charters.checking import check
from charters.edition import Edition
from charters.models import Charter, CharterMember, WordFile
from members.invitations import InvitationError, invite
from members.models import Explanation, Membership, RegisterFile, User
from members.models import LogEntry as RegisterEntry
from members.privacy.alias import Alias
from members.privacy.anonymising import anonymise
from tests import factories
from tests.cast import CastCase
from tests.support.everything import hold_everything_about

SURE = {"is_sure": "on"}


def url(name: str, person: User) -> str:
    return reverse(f"members:person-{name}", args=[person.pk])


def dump() -> str:
    """Every value of every row, sessions unpacked, and the tables that no model knows."""
    rows = [str(row) for model in apps.get_models() for row in model._base_manager.values_list()]
    rows += [str(session.get_decoded()) for session in Session.objects.all()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        rows += map(str, cursor.fetchall())
    return "\n".join(rows).lower()


class AnonymisingCase(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def leave(self, person: User) -> None:
        for membership in Membership.objects.current_or_coming().filter(person=person):
            membership.end()

    def make_nameless(self, person: User) -> User:
        self.leave(person)
        anonymise(person, by=self.cast.aase)
        return User.objects.get(pk=person.pk)


class NothingLeftTests(AnonymisingCase):
    def test_the_address_is_nowhere_in_the_database_and_every_edition_verifies(self) -> None:
        jonas = self.cast.jonas
        edition = hold_everything_about(jonas)
        Client().post(reverse("account_login"), {"login": jonas.email, "password": factories.PASSWORD})
        assert dump().count("jonas@aeroe.example") > 5
        document = edition.document.content.encode()
        self.make_nameless(jonas)
        assert dump().count("jonas@aeroe.example") == 0
        for one in Charter.objects.frozen():
            assert Edition.of(one).fingerprint == one.fingerprint
            assert check(one.document.content.encode(), among=Charter.objects.all()).is_same
        assert Charter.objects.get(pk=edition.pk).document.content.encode() == document

    def test_the_name_is_left_in_adopted_editions_alone(self) -> None:
        jonas = self.cast.jonas
        edition = hold_everything_about(jonas)
        self.make_nameless(jonas)
        assert dump().count("jonas engtoft") == CharterMember.objects.filter(name="Jonas Engtoft").count()
        assert edition.members.get(person=jonas).name == "Jonas Engtoft"

    def test_others_stay_as_they_were(self) -> None:
        edition = hold_everything_about(self.cast.karen)
        before = User.objects.values().get(pk=self.cast.karen.pk)
        kept = [self.cast.karen.calendar_addresses.count(), self.cast.karen.reminders.count()]
        self.make_nameless(self.cast.jonas)
        assert User.objects.values().get(pk=self.cast.karen.pk) == before
        assert [self.cast.karen.calendar_addresses.count(), self.cast.karen.reminders.count()] == kept
        assert edition.members.get(person=self.cast.karen).name == "Karen Havbirk"

    def test_what_the_group_was_stays_under_the_new_name(self) -> None:
        jonas = self.make_nameless(self.cast.jonas)
        membership = self.cast.steering.memberships.get(person=jonas)
        assert membership.organisation is not None
        assert membership.organisation.name == "Ærø Kommune"
        page = reverse("members:group-roster", args=[self.cast.steering.slug])
        response = self.client.get(page, {"den": "2025-06-01"})
        self.assertContains(response, jonas.name)
        self.assertNotContains(response, "Jonas Engtoft")

    def test_the_new_name_is_made_of_nothing_of_the_old(self) -> None:
        jonas, soeren = self.make_nameless(self.cast.jonas), self.make_nameless(self.cast.soeren)
        assert re.fullmatch(r"Tidligere medlem [0-9a-f]{4}", jonas.name)
        assert jonas.email == f"tidligere-{jonas.name[-4:]}@anonym.invalid"
        assert jonas.email != soeren.email
        assert (jonas.phone, jonas.title, jonas.organisation) == ("", "", None)
        assert jonas.anonymised_by == self.cast.aase

    def test_it_is_done_once(self) -> None:
        jonas = self.make_nameless(self.cast.jonas)
        anonymise(jonas, by=self.cast.aase)
        assert User.objects.get(pk=jonas.pk).name == jonas.name


class WrittenOverTests(AnonymisingCase):
    def test_name_and_address_are_taken_out_of_what_was_handed_over(self) -> None:
        karens = self.cast.steering.memberships.get(person=self.cast.karen)
        karens.handover_note = "Jonas Engtoft overtager (JONAS@aeroe.example). Jonas Engtofts noter. Jonas."
        karens.save()
        name = self.make_nameless(self.cast.jonas).name
        karens.refresh_from_db()
        assert karens.handover_note == f"{name} overtager ({name}). {name}'s noter. Jonas."

    def test_a_name_within_another_is_left(self) -> None:
        alias = Alias("Bo Ek", "bo@kommune.example", "3f2a")
        for text in ("Bo Ekman", "Jumbo Ek", "ebbebo@kommune.example"):
            assert alias.instead_in(text) == text
        assert alias.instead_in("Bo Ek, bo ek") == f"{alias.name}, {alias.name}"

    def test_the_administrations_log_says_the_new_name_instead(self) -> None:
        soeren = self.cast.soeren
        about = ContentType.objects.get_for_model(Membership)
        said = json.dumps([{"added": {"name": "medlemskab", "object": "Søren Lyngdal – Gruppe"}}])
        entry = LogEntry.objects.create(
            user=self.cast.aase,
            content_type=about,
            object_id="1",
            object_repr="Søren Lyngdal – Styregruppen",
            change_message=said,
            action_flag=CHANGE,
        )
        name = self.make_nameless(soeren).name
        entry.refresh_from_db()
        assert entry.object_repr == f"{name} – Styregruppen"
        assert name in str(entry.get_change_message())
        assert entry.user == self.cast.aase

    def test_others_waiting_files_that_name_the_person_are_thrown_away_and_no_others(self) -> None:
        row = {"n": 2, "email": "Jonas@Aeroe.example", "name": "J. Engtoft"}
        factories.register_file(self.cast.aase, rows={"rows": [row], "group": "", "unread": []})
        kept = factories.register_file(self.cast.oejvind)
        factories.word_file(owner=self.cast.mette, content={"members": [{"name": "Jonas Engtoft"}]})
        word = factories.word_file(owner=self.cast.nadia)
        self.make_nameless(self.cast.jonas)
        assert [file.pk for file in RegisterFile.objects.all()] == [kept.pk]
        assert [file.pk for file in WordFile.objects.all()] == [word.pk]


class SignedOutTests(AnonymisingCase):
    def test_the_person_is_signed_out_everywhere_at_once_and_nobody_else_is(self) -> None:
        theirs = [Client(), Client()]
        for client in theirs:
            client.force_login(self.cast.jonas)
        self.make_nameless(self.cast.jonas)
        mine = reverse("mfa_index")
        assert [client.get(mine).status_code for client in theirs] == [302, 302]
        assert self.client.get(mine).status_code == 200
        assert Session.objects.count() == 1

    def test_a_sign_in_that_has_begun_is_forgotten(self) -> None:
        begun = Client()
        begun.post(reverse("account_request_login_code"), {"email": "jonas@aeroe.example"})
        assert Session.objects.count() == 2
        self.make_nameless(self.cast.jonas)
        assert Session.objects.count() == 1

    def test_the_old_password_lets_nobody_in(self) -> None:
        self.make_nameless(self.cast.jonas)
        sent = {"login": "jonas@aeroe.example", "password": factories.PASSWORD}
        assert Client().post(reverse("account_login"), sent).status_code == 200


class RefusedTests(AnonymisingCase):
    def assert_refused(self, person: User, words: str, *, by: User | None = None) -> None:
        self.client.force_login(by or self.cast.aase)
        self.assertContains(self.client.get(url("anonymise", person)), words)
        response = self.client.post(url("anonymise", person), SURE)
        self.assertContains(response, words, status_code=422)
        assert not User.objects.get(pk=person.pk).is_anonymised

    def test_somebody_in_a_group_is_not_made_nameless(self) -> None:
        self.assert_refused(self.cast.jonas, "er med i Styregruppen for OS2naturkort")

    def test_nor_somebody_who_will_be(self) -> None:
        factories.membership(self.cast.steering, self.cast.ida, joined_on=factories.days_ahead(3))
        self.assert_refused(self.cast.ida, "er med i Styregruppen for OS2naturkort")

    def test_nor_the_tovholder_of_a_project_that_runs(self) -> None:
        self.leave(self.cast.mette)
        self.assert_refused(self.cast.mette, "tovholder for OS2naturkort")
        self.cast.project.closed_on = factories.LONG_AGO
        self.cast.project.save()
        self.client.post(url("anonymise", self.cast.mette), SURE)
        assert User.objects.get(pk=self.cast.mette.pk).is_anonymised

    def test_nor_oneself(self) -> None:
        self.assert_refused(self.cast.aase, "dig selv")

    def test_nor_one_of_the_administration_until_they_are_deactivated(self) -> None:
        lis = factories.user("Lis Dam", is_staff=True)
        self.assert_refused(lis, "Deaktivér personen først")
        lis.deactivate()
        self.client.post(url("anonymise", lis), SURE)
        lis = User.objects.get(pk=lis.pk)
        assert lis.is_anonymised
        assert not lis.is_staff

    def test_nor_a_superuser_by_the_secretariat(self) -> None:
        self.cast.oejvind.deactivate()
        assert self.client.post(url("anonymise", self.cast.oejvind), SURE).status_code == 403

    def test_nor_without_the_tick(self) -> None:
        response = self.client.post(url("anonymise", self.cast.ida))
        self.assertContains(response, "Sæt flueben her først", status_code=422)
        assert not User.objects.get(pk=self.cast.ida.pk).is_anonymised


class PageTests(AnonymisingCase):
    def test_the_page_says_where_the_name_stays_and_why(self) -> None:
        jonas = self.cast.jonas
        edition = factories.adopted(self.cast.steering)
        self.leave(jonas)
        response = self.client.get(url("anonymise", jonas))
        self.assertContains(response, edition.get_absolute_url())
        self.assertContains(response, "skal kunne bevises")
        self.assertRedirects(self.client.post(url("anonymise", jonas), SURE), jonas.get_absolute_url())
        response = self.client.get(jonas.get_absolute_url())
        self.assertContains(response, edition.get_absolute_url())
        self.assertContains(response, "af Åse Kildevang")
        self.assertNotContains(response, "Jonas")

    def test_it_counts_the_texts_in_which_the_name_is_typed(self) -> None:
        obligation = factories.adopted(self.cast.coordination).group.obligations.all()[0]
        factories.follow_up(obligation, note="Ida Skovmark har gjort det.")
        factories.explanation(self.cast.project, text="Spørg ida@odder.example.")
        self.assertContains(self.client.get(url("anonymise", self.cast.ida)), "i 2 tekster")
        self.assertContains(self.client.get(url("anonymise", self.cast.soeren)), "er ikke fundet i tekster")

    def test_sent_twice_it_is_done_once(self) -> None:
        ida = self.cast.ida
        self.client.post(url("anonymise", ida), SURE)
        name = User.objects.get(pk=ida.pk).name
        self.assertRedirects(self.client.post(url("anonymise", ida), SURE), ida.get_absolute_url())
        assert User.objects.get(pk=ida.pk).name == name


class AfterwardsTests(AnonymisingCase):
    def setUp(self) -> None:
        super().setUp()
        self.ida = self.make_nameless(self.cast.ida)

    def test_nothing_is_done_to_the_person_any_more(self) -> None:
        for name in ("update", "invite", "deactivate", "activate", "second-factor"):
            sent: dict[str, Any] = {"name": "Ida", "email": "ida@odder.example"}
            assert self.client.post(url(name, self.ida), sent).status_code == 403, name
        response = self.client.get(self.ida.get_absolute_url())
        self.assertNotContains(response, url("update", self.ida))
        self.assertNotContains(response, url("anonymise", self.ida))
        with pytest.raises(InvitationError):
            invite(self.ida, by=self.cast.aase)

    def test_nor_in_the_administration(self) -> None:
        self.client.force_login(self.cast.oejvind)
        change = reverse("admin:members_user_change", args=[self.ida.pk])
        assert self.client.post(change, {"name": "Ida", "email": "ida@odder.example"}).status_code == 403

    def test_the_database_itself_lets_none_of_it_come_back(self) -> None:
        for back in ({"is_active": True}, {"phone": "1"}, {"is_staff": True}, {"email": "ida@odder.example"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                User.objects.filter(pk=self.ida.pk).update(**back)

    def test_the_person_comes_into_no_group(self) -> None:
        with pytest.raises(ValidationError, match="anonymiseret"):
            self.cast.steering.add(self.ida)

    def test_nor_back_into_one_by_a_correction(self) -> None:
        jonas = self.make_nameless(self.cast.jonas)
        membership = self.cast.steering.memberships.get(person=jonas)
        membership.left_on = None
        with pytest.raises(ValidationError, match="anonymiseret"):
            self.cast.steering.keep(membership)

    def test_nor_tovholder_of_a_project_until_it_is_closed(self) -> None:
        project = self.cast.project
        project.facilitator = self.ida
        with pytest.raises(ValidationError, match="tovholder"):
            project.full_clean()
        project.closed_on = factories.LONG_AGO
        project.full_clean()

    def test_the_person_is_found_by_the_old_name_nowhere(self) -> None:
        for page in ("members:person-list", "members:person-addresses"):
            for login in ("", "inaktiv", "anonymiseret"):
                response = self.client.get(reverse(page), {"q": "Skovmark", "login": login})
                self.assertNotContains(response, "odder.example", msg_prefix=page)
        search = reverse("members:membership-search", args=[self.cast.steering.slug])
        self.assertNotContains(self.client.get(search, {"q": self.ida.name}), f'/{self.ida.pk}/"')

    def test_the_list_of_people_shows_them_on_their_own(self) -> None:
        found = {}
        for login in ("", "inaktiv", "anonymiseret"):
            page = self.client.get(reverse("members:person-list"), {"login": login}).context["page_obj"]
            found[login] = self.ida in page.object_list
        assert found == {"": False, "inaktiv": False, "anonymiseret": True}


class LogTests(AnonymisingCase):
    def test_the_log_tells_that_the_person_was_changed_and_not_to_what(self) -> None:
        self.cast.ida.title = "Enestående titel"
        self.cast.ida.save()
        entry = RegisterEntry.objects.newest_first()[0]
        self.make_nameless(self.cast.ida)
        entry.refresh_from_db()
        assert (entry.person, entry.changes) == (self.cast.ida, {})

    def test_an_address_they_had_before_is_in_it_neither(self) -> None:
        self.cast.ida.email, self.cast.ida.name = "ida@soroe.example", "Ida Skovmark Dam"
        self.cast.ida.save()
        Explanation.give(self.cast.project, "G12", text="Spørg Ida Skovmark Dam.", by=self.cast.aase)
        Explanation.objects.all().delete()
        assert "ida@odder.example" in dump()
        self.make_nameless(self.cast.ida)
        assert [word for word in ("ida@", "skovmark") if word in dump()] == []

    def test_where_they_signed_in_from_is_forgotten(self) -> None:
        Client().post(
            reverse("account_login"), {"login": self.cast.jonas.email, "password": factories.PASSWORD}
        )
        assert RegisterEntry.objects.filter(actor=self.cast.jonas).exclude(remote_addr=None).exists()
        self.make_nameless(self.cast.jonas)
        assert not RegisterEntry.objects.filter(actor=self.cast.jonas).exclude(remote_addr=None).exists()

    def test_a_note_about_somebody_else_no_longer_names_them(self) -> None:
        other = self.cast.steering.memberships.get(person=self.cast.karen)
        other.end(handover_note="Jonas Engtoft overtager.")
        entry = RegisterEntry.objects.newest_first()[0]
        person = self.make_nameless(self.cast.jonas)
        entry.refresh_from_db()
        assert entry.changes["handover_note"] == ["", f"{person.name} overtager."]

    def test_it_is_noted_who_did_it(self) -> None:
        self.make_nameless(self.cast.ida)
        entry = RegisterEntry.objects.newest_first()[0]
        assert (entry.act, entry.actor, entry.person) == ("anonymised", self.cast.aase, self.cast.ida)
