"""The log: who changed what in the register, who signed in, and who may read it."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.apps import apps
from django.contrib.admin.sites import site
from django.contrib.auth.signals import user_login_failed
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from charters.adoption import adopt, approve
from members.invitations import invite
from members.leaving import Handover, Leaving, leave
from members.log import registered
from members.log.acting import acting_as
from members.log.acts import Act
from members.models import LogEntry, Membership, Organisation, Project, User, WorkingGroup
from tests import factories
from tests.cast import CastCase

Action = LogEntry.Action


def entries(**wanted: Any) -> list[LogEntry]:
    return list(LogEntry.objects.filter(**wanted).order_by("pk"))


def newest() -> LogEntry:
    return LogEntry.objects.newest_first()[0]


class WatchedTests(TestCase):
    """What is written down of a change."""

    def test_what_is_made_changed_and_deleted_leaves_an_entry_each(self) -> None:
        person = factories.user("Ea Lund", title="Konsulent")
        person.title = "Chef"
        person.save()
        organisation = factories.organisation("Ærø Kommune")
        organisation.delete()
        found = [(entry.content_type.model, entry.action) for entry in entries()]
        assert found == [
            ("user", Action.CREATE),
            ("user", Action.UPDATE),
            ("organisation", Action.CREATE),
            ("organisation", Action.DELETE),
        ]

    def test_an_entry_says_what_each_field_was_and_became(self) -> None:
        person = factories.user("Ea Lund", title="Konsulent")
        person.title = "Chef"
        person.save()
        assert newest().changes == {"title": ["Konsulent", "Chef"]}

    def test_saving_what_is_as_it_was_leaves_none(self) -> None:
        person = factories.user()
        before = LogEntry.objects.count()
        person.save()
        assert LogEntry.objects.count() == before

    def test_a_field_that_was_not_saved_is_not_told_as_changed(self) -> None:
        person = factories.user(title="Konsulent")
        person.title, person.phone = "Chef", "12 34 56 78"
        person.save(update_fields=["phone"])
        assert newest().changes == {"phone": ["", "12 34 56 78"]}

    def test_whoever_acts_is_named(self) -> None:
        aase = factories.user("Åse")
        with acting_as(aase):
            factories.organisation()
        assert newest().actor == aase

    def test_what_nobody_asked_for_names_nobody(self) -> None:
        factories.organisation()
        assert newest().actor is None

    def test_all_that_is_done_at_once_has_the_same_mark_and_the_next_thing_another(self) -> None:
        aase = factories.user()
        for _number in range(2):
            with acting_as(aase):
                factories.organisation()
                factories.organisation()
        first, second, third, _fourth = (entry.cid for entry in entries(content_type__model="organisation"))
        assert first == second != third

    def test_entries_that_are_gathered_are_written_together_in_their_order(self) -> None:
        with LogEntry.objects.gathered():
            factories.organisation("Første")
            factories.organisation("Anden")
            assert not entries()
        assert [entry.object_repr for entry in entries()] == ["Første", "Anden"]

    def test_entries_of_what_failed_are_not_written(self) -> None:
        factories.organisation("Odder Kommune")
        before = len(entries())
        with pytest.raises(IntegrityError), transaction.atomic(), LogEntry.objects.gathered():
            factories.organisation("Odder Kommune")
        assert len(entries()) == before

    def test_a_membership_is_told_of_with_its_group_its_project_and_its_person(self) -> None:
        membership = factories.membership(factories.group())
        entry = newest()
        assert (entry.group, entry.person) == (membership.group, membership.person)
        assert entry.project == membership.group.project

    def test_of_what_is_deleted_the_name_stays_and_nothing_points_at_it(self) -> None:
        project = factories.project("OS2borte")
        project.delete()
        assert (newest().project, newest().object_repr) == (None, "OS2borte")

    def test_a_person_is_named_by_their_row_alone(self) -> None:
        factories.membership(factories.group(), factories.user("Ea Lund"))
        for entry in entries(content_type__model="membership"):
            assert "Ea Lund" not in f"{entry.object_repr}{entry.changes}{entry.additional_data}"


class HouseTests(TestCase):
    """What is added later is watched, or somebody says why not."""

    # Keys, what the database makes of a name, and what has acts of its own.
    UNWATCHED_FIELDS = {
        Membership: {"id", "group", "person"},  # an entry names them by its own columns
        User: {"id", "password", "last_login", "date_joined", "search_key", "sort_key"}
        | {"invited_at", "anonymised_at", "anonymised_by"},  # acts of their own
        Organisation: {"id", "search_key", "sort_key"},
        Project: {"id", "search_key", "sort_key"},
        WorkingGroup: {"id", "search_key", "sort_key"},
    }

    def test_every_model_of_the_register_is_watched_or_has_a_reason(self) -> None:
        ours = {model.__name__ for model in apps.get_app_config("members").get_models()}
        watched = {model.__name__ for model in registered.WATCHED}
        assert ours == watched | registered.NOT_WATCHED.keys()
        assert not watched & registered.NOT_WATCHED.keys()

    def test_every_field_of_what_is_watched_is_written_down_or_known_not_to_be(self) -> None:
        for model, fields in registered.WATCHED.items():
            every = {field.name for field in model._meta.concrete_fields}
            unwatched = self.UNWATCHED_FIELDS.get(model, {"id", "project"})
            assert every == set(fields) | unwatched, model

    def test_the_administration_does_not_change_it(self) -> None:
        assert not site.is_registered(LogEntry)


class SecretTests(CastCase):
    """Nothing secret, and nothing that a draft says."""

    def all_of_it(self) -> str:
        return repr(list(LogEntry.objects.values()))

    def test_a_new_password_is_not_in_it(self) -> None:
        self.cast.karen.set_password("havregryn cykel lyst")
        self.cast.karen.save()
        self.client.force_login(self.cast.karen)
        assert self.cast.karen.password not in self.all_of_it()
        assert "havregryn" not in self.all_of_it()

    def test_an_address_that_is_nobodys_is_not_in_it(self) -> None:
        self.client.post(reverse("account_login"), {"login": "fremmed@kommune.example", "password": "x"})
        assert newest().act == Act.SIGN_IN_FAILED
        assert "fremmed" not in self.all_of_it()

    def test_what_a_draft_says_is_not_in_it(self) -> None:
        draft = factories.draft(self.cast.steering)
        section = draft.standing_sections()[0]
        section.rewrite(heading="Hemmelig overskrift", body="<p>Hemmelig tekst</p>", base=section.revision)
        assert "Hemmelig" not in self.all_of_it()

    def test_a_number_that_is_taken_out_of_the_register_is_not_kept_in_it(self) -> None:
        User.objects.filter(pk=self.cast.ida.pk).update(title="010190-1234")  # from before they were refused
        person = User.objects.get(pk=self.cast.ida.pk)
        person.title = "Konsulent"
        person.save()
        assert newest().changes == {"title": ["010190-…", "Konsulent"]}


class SignInTests(CastCase):
    def sign_in(self, password: str = factories.PASSWORD) -> Any:
        data = {"login": self.cast.karen.email, "password": password}
        return self.client.post(reverse("account_login"), data)

    def test_signing_in_is_noted_with_where_from(self) -> None:
        self.sign_in()
        (entry,) = entries(act=Act.SIGNED_IN)
        assert (entry.actor, entry.person, entry.remote_addr) == (
            self.cast.karen,
            self.cast.karen,
            "127.0.0.1",
        )

    def test_a_wrong_password_is_noted_about_the_person_and_by_nobody(self) -> None:
        self.sign_in("forkert")
        (entry,) = entries(act=Act.SIGN_IN_FAILED)
        assert (entry.actor, entry.person) == (None, self.cast.karen)

    def test_a_failure_without_a_request_is_noted_too(self) -> None:
        user_login_failed.send(
            sender=None, credentials={"username": self.cast.karen.email.upper()}, request=None
        )
        assert (newest().person, newest().remote_addr) == (self.cast.karen, None)

    def test_signing_out_is_noted_and_nobody_signing_out_is_not(self) -> None:
        self.client.post(reverse("account_logout"))
        assert not entries(act=Act.SIGNED_OUT)
        self.sign_in()
        self.client.post(reverse("account_logout"))
        (entry,) = entries(act=Act.SIGNED_OUT)
        assert entry.actor == self.cast.karen

    def test_a_new_password_is_noted(self) -> None:
        self.sign_in()
        new = "havregryn cykel lyst"
        data = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
        self.client.post(reverse("account_change_password"), data)
        (entry,) = entries(act=Act.PASSWORD_CHANGED)
        assert entry.person == self.cast.karen

    def test_the_second_factor_that_the_secretariat_takes_off_is_noted_about_the_person(self) -> None:
        self.client.force_login(self.cast.aase)
        self.client.post(reverse("members:person-second-factor", args=[self.cast.karen.pk]))
        (entry,) = entries(act=Act.SECOND_FACTOR_REMOVED)
        assert (entry.actor, entry.person) == (self.cast.aase, self.cast.karen)


class ActTests(CastCase):
    def test_an_invitation_is_noted_with_who_sent_it(self) -> None:
        with acting_as(self.cast.aase):
            invite(self.cast.ida, by=self.cast.aase)
        (entry,) = entries(act=Act.INVITED)
        assert (entry.actor, entry.person) == (self.cast.aase, self.cast.ida)

    def test_a_list_taken_out_is_noted_and_not_what_was_in_it(self) -> None:
        self.client.force_login(self.cast.karen)
        self.client.get(reverse("members:group-list-csv", args=[self.cast.steering.slug]))
        (entry,) = entries(act=Act.LIST_TAKEN_OUT)
        assert (entry.actor, entry.group) == (self.cast.karen, self.cast.steering)
        assert self.cast.jonas.email not in repr(entry.additional_data)

    def test_a_list_that_one_may_not_have_leaves_nothing(self) -> None:
        self.client.force_login(self.cast.jonas)
        self.client.get(reverse("members:group-list-csv", args=[self.cast.steering.slug]))
        assert not entries(act=Act.LIST_TAKEN_OUT)

    def test_a_list_brought_in_is_one_act_with_all_its_rows(self) -> None:
        self.client.force_login(self.cast.aase)
        file = io.BytesIO(
            f"Navn;E-mail;Gruppe;Rolle\nEa Lund;ea@odder.example;{self.cast.steering.name};Medlem\n".encode()
        )
        file.name = "liste.csv"
        self.client.post(reverse("members:register-import"), {"file": file})
        page = self.client.get(reverse("members:register-review")).content.decode()
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
        assert seen, page
        self.client.post(reverse("members:register-review"), {"seen": seen[1]})
        (entry,) = entries(act=Act.LIST_BROUGHT_IN)
        assert entry.additional_data["fil"] == "liste.csv"
        rows = entries(cid=entry.cid, act="")
        assert [row.content_type.model for row in rows] == ["user", "membership"]
        assert {row.actor for row in rows} == {self.cast.aase}

    def test_what_a_leaver_leaves_is_told_of_each_group(self) -> None:
        membership = self.cast.steering.memberships.get(person=self.cast.jonas)
        with acting_as(self.cast.aase):
            today = timezone.localdate()
            leave(Leaving(self.cast.jonas, on=today, handovers=[Handover(membership, field="x")]))
        assert newest().changes["left_on"] == [None, today.isoformat()]


class CharterTests(CastCase):
    def test_a_charters_life_is_told_of_its_group(self) -> None:
        draft = factories.draft(self.cast.steering, by=self.cast.karen)
        draft.give_up(by=self.cast.karen)
        draft.take_up_again()
        with mock.patch("charters.adoption.charter_pdf", return_value=factories.PDF):
            adopt(draft, by=self.cast.karen, on=timezone.localdate())
        approve(draft.members.get(person=self.cast.jonas), by=self.cast.karen, on=timezone.localdate())
        draft.retire()
        acts = [entry.act for entry in entries(group=self.cast.steering, content_type__model="charter")]
        assert acts == [
            "charter_begun",
            "charter_given_up",
            "charter_taken_up",
            "charter_adopted",
            "charter_approved",
            "charter_retired",
        ]

    def test_what_happens_twice_is_told_once(self) -> None:
        draft = factories.draft(self.cast.steering)
        draft.give_up(by=self.cast.karen)
        draft.give_up(by=self.cast.karen)
        assert len(entries(act="charter_given_up")) == 1

    def test_a_standard_text_that_is_published_is_told_of(self) -> None:
        text = factories.template("steering").new_version()
        text.publish(by=self.cast.aase)
        assert (newest().act, newest().actor) == ("template_published", self.cast.aase)


class PageCase(CastCase):
    def page(self, query: str = "", *, path: str = "", by: User | None = None) -> str:
        self.client.force_login(by or self.cast.aase)
        response = self.client.get((path or reverse("members:log")) + query)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())


class TellingTests(PageCase):
    def test_a_change_is_told_in_words(self) -> None:
        with acting_as(self.cast.aase):
            membership = self.cast.steering.memberships.get(person=self.cast.jonas)
            membership.become(Membership.Role.VICE_CHAIR, on=datetime.date(2026, 3, 1))
        page = self.page()
        assert "Medlemskab rettet" in page
        assert "1. marts 2026" in page
        assert "Rolle: Næstformand" in page

    def test_names_behind_keys_are_shown_as_they_are_now(self) -> None:
        self.cast.project.facilitator = self.cast.mette
        self.cast.project.save()
        self.cast.mette.name = "Mette Nygift"
        self.cast.mette.save()
        assert "Mette Nygift" in self.page("?kind=projekter")

    def test_a_key_that_leads_nowhere_any_more_is_said_to(self) -> None:
        odder = factories.organisation("Gone")
        self.cast.steering.driven_by = odder
        self.cast.steering.save()
        self.cast.steering.driven_by = None
        self.cast.steering.save()
        odder.delete()
        assert "(slettet)" in self.page("?kind=grupper")

    def test_an_act_of_charters_is_told_with_the_edition(self) -> None:
        factories.draft(self.cast.steering, by=self.cast.karen)
        page = self.page("?kind=kommissorier")
        assert "Begyndte et udkast" in page
        assert "Udgave: 1" in page

    def test_markup_in_a_name_is_text(self) -> None:
        factories.organisation("<script>alert(1)</script>")
        assert "<script>alert" not in self.page()


class SearchTests(PageCase):
    def test_it_is_searched_by_what_it_is_about_in_danish_letters(self) -> None:
        factories.organisation("Ærøskøbing Havn")
        assert "Ærøskøbing Havn" in self.page("?q=ærøskØBING")
        assert "Ærøskøbing Havn" not in self.page("?q=Odder")

    def test_it_is_searched_by_who_did_it(self) -> None:
        with acting_as(self.cast.karen):
            factories.organisation("Af Karen")
        assert "Af Karen" in self.page("?by=karen")
        assert "Af Karen" not in self.page("?by=jonas")

    def test_it_is_searched_by_kind(self) -> None:
        factories.organisation("Ny Kommune")
        assert "Ny Kommune" in self.page("?kind=organisationer")
        assert "Ny Kommune" not in self.page("?kind=adgang")

    def test_it_is_searched_by_day_with_the_last_day_whole(self) -> None:
        with time_machine.travel("2026-03-01 22:30Z"):  # 23:30 in Copenhagen
            factories.organisation("Marts Kommune")
        assert "Marts Kommune" in self.page("?since=2026-03-01&until=2026-03-01")
        assert "Marts Kommune" not in self.page("?since=2026-03-02")
        assert "Marts Kommune" not in self.page("?until=2026-02-28")

    def test_a_day_that_is_none_is_said_and_narrows_nothing(self) -> None:
        factories.organisation("Ny Kommune")
        page = self.page("?since=igår")
        assert "Ny Kommune" in page
        assert "is-invalid" in page

    def test_nothing_found_is_said_with_a_way_back(self) -> None:
        assert "Intet i loggen passer" in self.page("?q=findesikke")

    @pytest.mark.no_database
    def test_older_lines_follow_on_the_next_page(self) -> None:
        for number in range(60):
            factories.organisation(f"Nummer{number}kommune")
        first = self.page("?kind=organisationer")
        assert "Nummer59kommune" in first
        assert "Nummer9kommune" not in first
        older = re.search(r'rel="next" href="(\?[^"]+)"', first)
        assert older
        assert "Nummer9kommune" in self.page(older[1].replace("&amp;", "&"))

    def test_a_place_in_it_that_makes_no_sense_gives_the_newest(self) -> None:
        factories.organisation("Ny Kommune")
        for nonsense in ("x", "-1", "9" * 30, "²"):
            assert "Ny Kommune" in self.page(f"?foer={nonsense}")


class WhoReadsTests(PageCase):
    def test_who_manages_a_group_reads_its_own_and_no_others(self) -> None:
        path = reverse("members:group-log", args=[self.cast.steering.slug])
        page = self.page(path=path, by=self.cast.karen)
        assert "Søren Lyngdal" in page
        assert "Tobias Klitholm" not in page

    def test_a_group_does_not_tell_when_its_members_sign_in(self) -> None:
        data = {"login": self.cast.jonas.email, "password": factories.PASSWORD}
        self.client.post(reverse("account_login"), data)
        path = reverse("members:group-log", args=[self.cast.steering.slug])
        assert "Loggede ind" not in self.page(path=path, by=self.cast.karen)
        assert "Loggede ind" in self.page()

    def test_each_thing_of_the_register_has_its_own(self) -> None:
        self.cast.ida.title = "Ny stilling"
        self.cast.ida.save()
        things = {
            reverse("members:person-log", args=[self.cast.ida.pk]): "Ny stilling",
            reverse("members:project-log", args=[self.cast.project.slug]): self.cast.steering.name,
            reverse(
                "members:organisation-log", args=[self.cast.ida.organisation_id]
            ): "Organisation oprettet",
        }
        for path, told in things.items():
            assert told in self.page(path=path)
