"""The people and organisations of the register: the secretariat's own pages."""

from __future__ import annotations

import uuid

from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.core import mail
from django.http import HttpResponse
from django.urls import reverse

from members.models import Organisation, User
from tests import factories
from tests.cast import CastCase

LIST = reverse("members:person-list")
CREATE = reverse("members:person-create")
ORGANISATIONS = reverse("members:organisation-list")


def url(name: str, person: User) -> str:
    return reverse(f"members:person-{name}", args=[person.pk])


class PeopleCase(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def said(self, response: HttpResponse) -> list[str]:
        return [str(message) for message in get_messages(response.wsgi_request)]

    def new(self, **fields: object) -> dict[str, object]:
        sound = {"name": "Emil Højbro", "email": "emil@soroe.example"}
        return sound | {"submission": str(uuid.uuid4())} | fields


class WhoMayTests(PeopleCase):
    def test_every_page_is_the_secretariats_alone(self) -> None:
        ida = self.cast.ida
        pages = [LIST, CREATE, ORGANISATIONS, reverse("members:organisation-create")]
        pages += [url(name, ida) for name in ("detail", "update", "deactivate")]
        pages += [reverse("members:organisation-update", args=[ida.organisation_id])]
        posts = [CREATE, reverse("members:organisation-create")]
        posts += [url(name, ida) for name in ("update", "invite", "deactivate", "activate")]
        for page in pages:
            assert self.client.get(page).status_code == 200, page
        self.client.force_login(self.cast.karen)
        for page in pages:
            assert self.client.get(page).status_code == 403, page
        for page in posts:
            assert self.client.post(page, self.new()).status_code == 403, page
        self.client.logout()
        for page in pages + posts:
            assert self.client.post(page).status_code == 302, page
        assert not User.objects.filter(email="emil@soroe.example").exists()
        assert mail.outbox == []

    def test_a_superuser_is_changed_by_a_superuser_only(self) -> None:
        oejvind = self.cast.oejvind
        assert self.client.get(url("detail", oejvind)).status_code == 200
        taken = self.new(email="aase2@os2.example")
        for name in ("update", "invite", "deactivate", "activate"):
            assert self.client.post(url(name, oejvind), taken).status_code == 403, name
        self.assertNotContains(self.client.get(url("detail", oejvind)), url("update", oejvind))
        self.client.force_login(oejvind)
        assert self.client.get(url("update", oejvind)).status_code == 200

    def test_no_field_of_a_form_makes_anybody_more(self) -> None:
        rights = {"is_staff": "on", "is_superuser": "on", "groups": "1", "password": "x"}
        self.client.post(url("update", self.cast.ida), self.new(**rights))
        ida = User.objects.get(pk=self.cast.ida.pk)
        assert ida.name == "Emil Højbro"
        assert not ida.is_staff
        assert not ida.is_superuser
        assert not ida.has_usable_password()


class LostSecondFactorTests(PeopleCase):
    def test_the_secretariat_takes_off_a_second_factor_that_is_lost(self) -> None:
        ida = self.cast.ida
        for person in (ida, self.cast.karen):
            Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
        Authenticator.objects.create(user=ida, type=Authenticator.Type.RECOVERY_CODES, data={})
        self.assertContains(self.client.get(url("detail", ida)), url("second-factor", ida))
        self.assertContains(self.client.get(url("second-factor", ida)), "ring til et nummer")
        response = self.client.post(url("second-factor", ida))
        self.assertRedirects(response, url("detail", ida))
        assert [factor.user for factor in Authenticator.objects.all()] == [self.cast.karen]
        self.assertNotContains(self.client.get(url("detail", ida)), url("second-factor", ida))

    def test_nobody_takes_off_their_own_without_the_password(self) -> None:
        own = Authenticator.objects.create(user=self.cast.aase, type=Authenticator.Type.TOTP, data={})
        response = self.client.post(url("second-factor", self.cast.aase))
        self.assertRedirects(response, reverse("mfa_index"), fetch_redirect_response=False)
        assert Authenticator.objects.get() == own


class PersonListTests(PeopleCase):
    def found(self, **asked: str) -> list[str]:
        return [person.name for person in self.client.get(LIST, asked).context["page_obj"]]

    def test_people_are_found_by_name_address_and_organisation(self) -> None:
        assert self.found(q="åse") == self.found(q="AASE@") == ["Åse Kildevang"]
        assert self.found(q="ærø") == ["Jonas Engtoft", "Nadia Elmark", "Søren Lyngdal"]

    def test_they_are_narrowed_by_whether_they_can_sign_in(self) -> None:
        self.client.post(url("invite", self.cast.ida))
        factories.user("Per Dam", login=False)
        self.cast.soeren.deactivate()
        assert self.found(login="inviteret") == ["Ida Skovmark"]
        assert self.found(login="ingen") == ["Per Dam"]
        assert self.found(login="inaktiv") == ["Søren Lyngdal"]
        assert "Søren Lyngdal" not in self.found()
        assert set(self.found(login="har")) == set(self.found()) - {"Ida Skovmark", "Per Dam"}

    def test_a_person_is_counted_in_the_groups_of_today(self) -> None:
        people = {p.name: p.group_count for p in self.client.get(LIST).context["page_obj"]}
        assert (people["Karen Havbirk"], people["Søren Lyngdal"], people["Ida Skovmark"]) == (1, 0, 0)


class PersonPageTests(PeopleCase):
    def test_memberships_of_today_and_of_earlier_stand_apart(self) -> None:
        page = self.client.get(url("detail", self.cast.karen))
        self.assertContains(page, "11 22 33 44")
        self.assertContains(page, "Formand")
        self.assertNotContains(page, "Tidligere med i")
        self.assertContains(self.client.get(url("detail", self.cast.soeren)), "Tidligere med i")

    def test_a_person_is_created_without_a_login(self) -> None:
        response = self.client.post(CREATE, self.new(phone="11 22 33 44"))
        emil = User.objects.get(email="emil@soroe.example")
        self.assertRedirects(response, url("detail", emil))
        assert not emil.has_login
        self.assertContains(self.client.get(url("detail", emil)), "Ingen adgang")

    def test_the_same_form_sent_twice_makes_one_person(self) -> None:
        data = self.new()
        first, second = (self.client.post(CREATE, data) for _time in range(2))
        assert first.url == second.url
        assert User.objects.filter(email="emil@soroe.example").count() == 1

    def test_an_address_that_is_taken_is_said_beside_it_and_the_rest_is_kept(self) -> None:
        response = self.client.post(CREATE, self.new(email="KAREN@odder.example"))
        assert response.status_code == 422
        errors = response.context["form"].errors
        assert errors == {"email": ["Der findes allerede en person med den e-mailadresse."]}
        self.assertContains(response, "Emil Højbro", status_code=422)

    def test_a_person_is_corrected(self) -> None:
        data = self.new(name="Karen Havbirk-Dam", email="karen@odder.example")
        self.assertRedirects(
            self.client.post(url("update", self.cast.karen), data), url("detail", self.cast.karen)
        )
        karen = User.objects.get(pk=self.cast.karen.pk)
        assert karen.name == "Karen Havbirk-Dam"
        assert karen.check_password(factories.PASSWORD)


class InviteTests(PeopleCase):
    def test_an_invitation_is_mailed_and_seen_on_the_page(self) -> None:
        response = self.client.post(url("invite", self.cast.ida))
        self.assertRedirects(response, url("detail", self.cast.ida))
        assert mail.outbox[0].to == ["ida@odder.example"]
        self.assertContains(self.client.get(url("detail", self.cast.ida)), "Invitér igen")

    def test_why_somebody_is_not_invited_is_said(self) -> None:
        response = self.client.post(url("invite", self.cast.karen))
        assert self.said(response) == ["Karen Havbirk har allerede en adgang."]
        assert mail.outbox == []

    def test_looking_never_sends_one(self) -> None:
        assert self.client.get(url("invite", self.cast.ida)).status_code == 405
        assert mail.outbox == []


class DeactivateTests(PeopleCase):
    def test_whoever_is_deactivated_is_out_at_once_and_can_come_back(self) -> None:
        karen = self.client_class()
        karen.force_login(self.cast.karen)
        mandate = reverse("charters:mandate")
        assert karen.get(mandate).status_code == 200
        where = url("deactivate", self.cast.karen)
        self.assertContains(self.client.get(where), "Styregruppen for OS2naturkort")
        self.assertRedirects(self.client.post(where), url("detail", self.cast.karen))
        assert karen.get(mandate).status_code == 302
        assert self.cast.steering.memberships.filter(person=self.cast.karen, left_on=None).exists()
        self.client.post(url("activate", self.cast.karen))
        assert User.objects.get(pk=self.cast.karen.pk).has_login

    def test_nobody_shuts_themselves_out(self) -> None:
        response = self.client.post(url("deactivate", self.cast.aase))
        assert self.said(response) == ["Du kan ikke deaktivere dig selv."]
        assert User.objects.get(pk=self.cast.aase.pk).is_active


class OrganisationTests(PeopleCase):
    def test_organisations_are_found_and_counted(self) -> None:
        rows = self.client.get(ORGANISATIONS, {"q": "ÆRØ"}).context["page_obj"]
        assert [(o.name, o.people_count) for o in rows] == [("Ærø Kommune", 3)]
        rows = self.client.get(ORGANISATIONS, {"kind": "supplier"}).context["page_obj"]
        assert [o.name for o in rows] == ["Fjordkode ApS"]

    def test_one_is_created_once_and_corrected(self) -> None:
        data = {"name": "Sorø Kommune", "kind": "municipality", "submission": str(uuid.uuid4())}
        for _time in range(2):
            response = self.client.post(reverse("members:organisation-create"), data)
            self.assertRedirects(response, ORGANISATIONS)
        soroe = Organisation.objects.get(name="Sorø Kommune")
        where = reverse("members:organisation-update", args=[soroe.pk])
        self.assertRedirects(self.client.post(where, {"name": "Sorø", "kind": "other"}), ORGANISATIONS)
        soroe.refresh_from_db()
        assert (soroe.name, soroe.kind) == ("Sorø", "other")

    def test_a_name_that_is_taken_is_said_beside_it(self) -> None:
        data = {"name": "Odder Kommune", "kind": "municipality", "submission": str(uuid.uuid4())}
        response = self.client.post(reverse("members:organisation-create"), data)
        assert response.status_code == 422
        errors = response.context["form"].errors
        assert errors == {"name": ["Der findes allerede en organisation med det navn."]}
