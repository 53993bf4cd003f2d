"""The admin: complete for the secretariat, with our own sign-in, and no way up."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from members import access
from members.models import Explanation, Membership, Organisation, Project, User, WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database


def url(page: str, model: type[Model], *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


class AdminCase(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def found(self, model: type[Model], q: str) -> set[str]:
        page = self.client.get(url("changelist", model), {"q": q})
        return {str(row) for row in page.context["cl"].result_list}

    def form_of(self, model: type[Model], *args: object) -> dict[str, object]:
        """What a browser would send back unchanged."""
        page = self.client.get(url("change" if args else "add", model, *args))
        forms = [page.context["adminform"].form]
        for inline in page.context["inline_admin_formsets"]:
            forms += [inline.formset.management_form, *inline.formset.forms]
        data = {}
        for form in forms:
            for field in form:
                value = field.value()
                if value is not None and value is not False:
                    data[field.html_name] = value.pk if isinstance(value, Model) else value
        return data


class SignInTests(CastCase):
    def test_the_admin_has_no_door_of_its_own(self) -> None:
        for address in ("/admin/", "/admin/login/", "/admin/members/user/"):
            response = self.client.get(address, follow=True)
            assert response.redirect_chain[-1][0].startswith("/konto/log-ind/?next="), address
        response = self.client.post(
            "/admin/login/", {"username": "aase@os2.example", "password": factories.PASSWORD}
        )
        assert response.url.startswith("/konto/log-ind/")
        assert "_auth_user_id" not in self.client.session

    def test_one_changes_ones_password_on_the_sites_own_page(self) -> None:
        self.client.force_login(self.cast.aase)
        response = self.client.get("/admin/password_change/")
        self.assertRedirects(response, reverse("account_change_password"))

    def test_a_member_of_a_group_is_refused(self) -> None:
        self.client.force_login(self.cast.karen)
        assert self.client.get("/admin/login/").status_code == 403
        assert self.client.get("/admin/members/user/", follow=True).status_code == 403

    def test_the_secretariat_sees_its_own_models_and_nothing_of_the_machinery(self) -> None:
        self.client.force_login(self.cast.oejvind)  # a superuser sees whatever is registered at all
        page = self.client.get("/admin/")
        for words in (
            "Organisationer",
            "Personer",
            "Projekter",
            "Arbejdsgrupper",
            "Medlemskaber",
            "Kommissorier",
        ):
            self.assertContains(page, words)
        names = {model._meta.model_name for model in admin.site._registry}
        assert names == {
            "organisation", "user", "project", "workinggroup", "membership",
            "chartertemplate", "charter", "approval", "obligation",
        }  # fmt: skip


class SearchTests(AdminCase):
    def test_danish_letters_are_found_in_every_list(self) -> None:
        self.cast.project.name = "OS2Ærøkort"
        self.cast.project.save()
        assert self.found(Organisation, "ÆRØ") == {"Ærø Kommune"}
        assert self.found(User, "ÅSE") == self.found(User, "aase@os2") == {"Åse Kildevang"}
        assert self.found(Project, "ærøkort") == {"OS2Ærøkort"}
        assert self.found(WorkingGroup, "ÆRØKORT") == {self.cast.steering.name, self.cast.coordination.name}
        factories.user("Špela Ñandú")
        assert self.found(User, "ÑANDÚ špela") == {"Špela Ñandú"}
        assert self.found(Membership, "jonas ærø") == {f"Jonas Engtoft – {self.cast.steering}"}
        assert self.found(Membership, "jonas odder") == set()

    def test_an_autocomplete_finds_them_too(self) -> None:
        asked = {"term": "åse", "app_label": "members", "model_name": "membership", "field_name": "person"}
        answer = self.client.get(reverse("admin:autocomplete"), asked).json()
        assert [hit["text"] for hit in answer["results"]] == ["Åse Kildevang"]

    def test_filters_narrow_the_lists(self) -> None:
        self.cast.steering.close()
        for model, chosen, expected in (
            (WorkingGroup, {"tilstand": "lukket"}, {self.cast.steering.name}),
            (WorkingGroup, {"kind__exact": "professional"}, {"Open source-jura"}),
            (Membership, {"periode": "ikke"}, {f"Søren Lyngdal – {self.cast.steering}"}),
            (Project, {"tilstand": "lukket"}, set()),
        ):
            rows = self.client.get(url("changelist", model), chosen).context["cl"].result_list
            assert {str(row) for row in rows} == expected, chosen


class PeopleTests(AdminCase):
    def test_a_person_is_added_without_a_password_and_invited_by_an_action(self) -> None:
        data = {"name": "Emil Højbro", "email": "Emil@Soroe.example"}
        self.assertRedirects(self.client.post(url("add", User), data), url("changelist", User))
        emil = User.objects.get(email="emil@soroe.example")
        assert not emil.has_usable_password()
        people = [emil.pk, self.cast.karen.pk]
        response = self.client.post(
            url("changelist", User), {"action": "send_invitation", "_selected_action": people}, follow=True
        )
        self.assertContains(response, "1 invitation er sendt.")
        self.assertContains(response, "Karen Havbirk har allerede en adgang.")
        assert [m.to for m in mail.outbox] == [["emil@soroe.example"]]

    def test_an_address_that_is_taken_in_other_letters_is_a_message(self) -> None:
        response = self.client.post(url("add", User), {"name": "To", "email": "KAREN@odder.example"})
        self.assertContains(response, "Der findes allerede en person med den e-mailadresse.")

    def test_a_password_is_neither_shown_nor_set_here(self) -> None:
        page = self.client.get(url("change", User, self.cast.karen.pk))
        self.assertNotContains(page, 'name="password')
        self.assertNotContains(page, self.cast.karen.password)
        data = self.form_of(User, self.cast.karen.pk) | {"password": "ny adgangskode", "title": "Chef"}
        self.client.post(url("change", User, self.cast.karen.pk), data)
        karen = User.objects.get(pk=self.cast.karen.pk)
        assert karen.title == "Chef"
        assert karen.check_password(factories.PASSWORD)

    def test_a_colleague_is_made_one_of_the_secretariat_and_stops_being_it(self) -> None:
        where = url("change", User, self.cast.ida.pk)
        self.client.post(where, self.form_of(User, self.cast.ida.pk) | {"is_staff": "on"})
        assert access.is_secretariat(User.objects.get(pk=self.cast.ida.pk))
        data = self.form_of(User, self.cast.ida.pk)
        del data["is_staff"]
        self.client.post(where, data)
        assert not access.is_secretariat(User.objects.get(pk=self.cast.ida.pk))


class NoWayUpTests(AdminCase):
    def test_a_secretary_cannot_make_themselves_or_anybody_a_superuser(self) -> None:
        for person in (self.cast.aase, self.cast.ida):
            where = url("change", User, person.pk)
            self.assertNotContains(self.client.get(where), "is_superuser")
            more = {"is_superuser": "on", "user_permissions": "1", "groups": "1"}
            self.client.post(where, self.form_of(User, person.pk) | more)
            after = User.objects.get(pk=person.pk)
            assert not after.is_superuser
            assert not after.user_permissions.exists()

    def test_a_secretary_cannot_shut_themselves_out(self) -> None:
        data = self.form_of(User, self.cast.aase.pk) | {"title": "Konsulent"}
        assert not {"is_staff", "is_active"} & set(data)
        self.client.post(url("change", User, self.cast.aase.pk), data)
        aase = User.objects.get(pk=self.cast.aase.pk)
        assert (aase.is_staff, aase.is_active, aase.title) == (True, True, "Konsulent")

    def test_a_superuser_is_read_and_neither_changed_deleted_nor_invited_by_a_secretary(self) -> None:
        oejvind = self.cast.oejvind
        assert self.client.get(url("change", User, oejvind.pk)).status_code == 200
        data = {"name": "Øjvind", "email": "aase2@os2.example", "is_active": "on"}
        assert self.client.post(url("change", User, oejvind.pk), data).status_code == 403
        assert self.client.post(url("delete", User, oejvind.pk), {"post": "yes"}).status_code == 403
        for action in ("delete_selected", "send_invitation"):
            self.client.post(
                url("changelist", User), {"action": action, "_selected_action": [oejvind.pk], "post": "yes"}
            )
        assert User.objects.get(pk=oejvind.pk).email == "oejvind@os2.example"
        assert mail.outbox == []

    def test_a_superuser_without_a_login_is_not_invited_by_a_secretary(self) -> None:
        """Whoever holds the mailbox would hold the login."""
        User.objects.filter(pk=self.cast.oejvind.pk).update(password="!", last_login=None)
        action = {"action": "send_invitation", "_selected_action": [self.cast.oejvind.pk, self.cast.ida.pk]}
        self.client.post(url("changelist", User), action)
        assert [message.to for message in mail.outbox] == [["ida@odder.example"]]

    def test_a_superuser_can_make_another(self) -> None:
        self.client.force_login(self.cast.oejvind)
        data = self.form_of(User, self.cast.aase.pk) | {"is_superuser": "on"}
        self.client.post(url("change", User, self.cast.aase.pk), data)
        assert User.objects.get(pk=self.cast.aase.pk).is_superuser

    def test_staff_without_the_secretariats_rights_see_nothing(self) -> None:
        person = factories.user(is_staff=True)
        self.client.force_login(person)
        for model in (User, WorkingGroup, Membership):
            assert self.client.get(url("changelist", model)).status_code == 403


class GroupTests(AdminCase):
    def change(self, group: WorkingGroup, **fields: object) -> HttpResponse:
        data = self.form_of(WorkingGroup, group.pk) | fields
        return self.client.post(url("change", WorkingGroup, group.pk), data, follow=True)

    def rows(self, *people: User) -> dict[str, object]:
        """New inline rows after the steering group's three."""
        data: dict[str, object] = {"memberships-TOTAL_FORMS": 3 + len(people)}
        for number, person in enumerate(people, start=3):
            row = {"person": person.pk, "role": "member", "joined_on": "2026-01-01"}
            data |= {f"memberships-{number}-{name}": value for name, value in row.items()}
        return data

    def test_a_member_is_added_with_their_organisation_rights_and_warnings(self) -> None:
        page = self.change(self.cast.steering, **self.rows(self.cast.oejvind))
        added = self.cast.steering.memberships.get(person=self.cast.oejvind)
        assert added.organisation == self.cast.oejvind.organisation
        self.assertContains(page, "Øjvind Strandby er ansat i OS2s sekretariat")
        assert access.can(self.cast.oejvind, access.VIEW_DRAFTS, self.cast.steering)

    def test_rights_follow_what_is_changed_and_ended_here(self) -> None:
        def karen_may(permission: str) -> bool:
            return access.can(User.objects.get(pk=self.cast.karen.pk), permission, self.cast.steering)

        membership = self.cast.steering.memberships.get(person=self.cast.karen)
        assert karen_may(access.MANAGE_GROUP)
        data = self.form_of(Membership, membership.pk) | {"role": "observer"}
        self.client.post(url("change", Membership, membership.pk), data)
        assert not karen_may(access.MANAGE_GROUP)
        assert karen_may(access.VIEW_DRAFTS)
        data |= {"left_on": timezone.localdate()}
        self.client.post(url("change", Membership, membership.pk), data)
        assert not karen_may(access.VIEW_DRAFTS)

    def test_the_same_person_twice_is_a_message(self) -> None:
        for people, message in (
            ((self.cast.jonas,), "allerede medlem"),
            ((self.cast.ida, self.cast.ida), "to gange"),
        ):
            page = self.change(self.cast.steering, **self.rows(*people))
            self.assertContains(page, message)
        assert self.cast.steering.memberships.count() == 3

    def test_periods_of_one_person_that_overlap_are_a_message(self) -> None:
        jonas = self.cast.steering.memberships.get(person=self.cast.jonas)
        jonas.end(on=factories.days_ahead(30))
        page = self.change(self.cast.steering, **self.rows(self.cast.jonas))
        self.assertContains(page, "må ikke overlappe")
        ends = {f"memberships-{row}-left_on": factories.days_ahead(row) for row in (3, 4)}
        page = self.change(self.cast.steering, **self.rows(self.cast.ida, self.cast.ida) | ends)
        self.assertContains(page, "to gange")
        data = self.form_of(Membership) | {
            "group": self.cast.steering.pk,
            "person": self.cast.jonas.pk,
            "joined_on": timezone.localdate(),
        }
        self.assertContains(self.client.post(url("add", Membership), data), "må ikke overlappe")
        assert self.cast.steering.memberships.count() == 3

    def test_periods_that_follow_each_other_are_taken(self) -> None:
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        today = {"memberships-3-joined_on": timezone.localdate()}
        self.change(self.cast.steering, **self.rows(self.cast.jonas) | today)
        assert self.cast.steering.memberships.filter(person=self.cast.jonas).count() == 2

    def test_rights_follow_when_a_group_is_closed_and_opened_here(self) -> None:
        def karen_manages() -> bool:
            karen = User.objects.get(pk=self.cast.karen.pk)
            return access.can(karen, access.MANAGE_GROUP, self.cast.steering)

        self.change(self.cast.steering, closed_on="2026-01-01")
        assert not karen_manages()
        self.change(self.cast.steering, closed_on="")
        assert karen_manages()

    def test_a_closed_group_gets_no_new_member_but_those_who_were_in_it_while_it_ran(self) -> None:
        self.cast.steering.close()
        page = self.change(self.cast.steering, **self.rows(self.cast.ida))
        self.assertContains(page, "kan ikke få nye medlemmer")
        was = {"memberships-3-left_on": "2026-01-02"}
        self.change(self.cast.steering, **self.rows(self.cast.ida) | was)
        assert not self.cast.steering.memberships.get(person=self.cast.ida).is_current

    def test_the_rules_of_groups_are_messages_too(self) -> None:
        data = self.form_of(WorkingGroup) | {"kind": "steering", "project": self.cast.project.pk}
        page = self.client.post(url("add", WorkingGroup), data)
        self.assertContains(page, "Projektet har allerede en styregruppe")

    def test_what_was_done_is_in_the_log(self) -> None:
        self.change(self.cast.professional, name="Åben jura")
        assert LogEntry.objects.get(user=self.cast.aase).object_repr == "Åben jura"


class ProjectTests(AdminCase):
    def test_a_project_gets_its_address_from_its_name(self) -> None:
        data = self.form_of(Project) | {"name": "OS2mødebog"}
        self.assertRedirects(self.client.post(url("add", Project), data), url("changelist", Project))
        assert Project.objects.get(name="OS2mødebog").slug == "os2moedebog"

    def test_an_explanation_is_signed_by_whoever_wrote_it(self) -> None:
        data = self.form_of(Project, self.cast.project.pk) | {
            "explanations-TOTAL_FORMS": 1,
            "explanations-0-project": self.cast.project.pk,
            "explanations-0-requirement": "G6",
            "explanations-0-text": "Kommer til maj.",
            "explanations-0-given_on": "2026-01-01",
        }
        self.client.post(url("change", Project, self.cast.project.pk), data)
        assert Explanation.objects.get().given_by == self.cast.aase

    def test_its_groups_are_listed_and_not_changed_here(self) -> None:
        page = self.client.get(url("change", Project, self.cast.project.pk))
        self.assertContains(page, url("change", WorkingGroup, self.cast.steering.pk))
        self.assertNotContains(page, 'name="groups-0-name"')
        self.assertNotContains(page, "groups-empty")  # nor is one added


class FormTests(AdminCase):
    def test_rows_that_are_ticked_and_cannot_be_are_nobody_s(self) -> None:
        where = url("changelist", Organisation)
        for nonsense in ("true", "9" * 40, "²"):
            sent = {"action": "delete_selected", "_selected_action": [nonsense]}
            page = self.client.post(where, sent, follow=True)
            self.assertContains(page, "Der skal være valgt nogle emner")
        organisation = factories.organisation("Prøve Kommune")
        sent["_selected_action"] = [organisation.pk, "true"]
        self.assertContains(self.client.post(where, sent, follow=True), "Prøve Kommune")

    def test_an_address_may_begin_a_form_with_an_organisation_and_with_nonsense(self) -> None:
        odder = self.cast.karen.organisation
        assert odder
        for value, is_chosen in ((str(odder.pk), True), ("<b>", False), ("٣", False), ("9" * 30, False)):
            with self.subTest(value=value):
                page = self.client.get(url("add", User), {"organisation": value})
                assert (f'value="{odder.pk}" selected' in page.content.decode()) == is_chosen

    def test_every_form_opens_for_the_secretariat(self) -> None:
        for row in (self.cast.ida, self.cast.ida.organisation, self.cast.project, self.cast.steering):
            model = type(row)
            assert self.client.get(url("add", model)).status_code == 200, model
            assert self.client.get(url("change", model, row.pk)).status_code == 200, model
