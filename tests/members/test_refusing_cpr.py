"""No CPR number gets into the register: not by the site's pages, the admin or a list."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from members.models import Explanation, Membership, Organisation, RegisterFile, User, WorkingGroup
from members.second_factor_forms import AddPasskeyForm
from tests import factories
from tests.members.register.test_pages import IMPORT, REVIEW, ImportCase
from tests.members.test_admin import AdminCase, url

pytestmark = pytest.mark.no_database

NUMBER = "010190-4321"
TOLD = "»010190-…« ligner et CPR-nummer"


class PageTests(ImportCase):
    def assert_refused(self, address: str, sound: dict[str, Any], *fields: str) -> None:
        """Each field is refused alone; the message stands beside it, and what was typed is still there."""
        for field in fields:
            with self.subTest(address=address, field=field):
                number = f"{NUMBER}@odder.example" if field == "email" else f"Bo {NUMBER}"
                number = NUMBER if field in ("slug", "phone") else number
                answer = self.client.post(address, {**sound, field: number, "submission": str(uuid.uuid4())})
                assert answer.status_code == 422
                assert TOLD in answer.context["form"].errors[field][0]
                self.assertContains(answer, number, status_code=422)

    def test_a_person(self) -> None:
        sound = {"name": "Emil Højbro", "email": "emil@soroe.example"}
        self.assert_refused(reverse("members:person-create"), sound, "name", "email", "title", "phone")
        address = reverse("members:person-update", args=[self.cast.ida.pk])
        self.assert_refused(address, sound, "name", "email", "title", "phone")
        assert mail.outbox == []
        assert not User.objects.filter(name__contains="4321").exists()

    def test_an_organisation_a_project_and_a_group(self) -> None:
        self.assert_refused(reverse("members:organisation-create"), {"kind": "other"}, "name")
        project = {"name": "OS2ny", "kind": "project", "level": "sandbox"}
        self.assert_refused(reverse("members:project-create"), project, "name", "summary")
        address = reverse("members:project-update", args=[self.cast.project.slug])
        self.assert_refused(address, project | {"slug": "os2ny"}, "slug")
        group = {"kind": "professional", "visibility": "public", "name": "Ny"}
        self.assert_refused(reverse("members:group-create"), group, "name")

    def test_an_explanation(self) -> None:
        project = factories.project(level="level_2")
        address = reverse("members:project-explain", args=[project.slug, "G6"])
        self.assert_refused(address, {}, "text")
        with pytest.raises(ValidationError):
            Explanation.give(project, "G6", text=NUMBER, by=self.cast.aase)
        assert not Explanation.objects.exists()

    def test_a_handover_note(self) -> None:
        membership = self.cast.steering.memberships.get(person=self.cast.karen)
        where = [self.cast.steering.slug, membership.pk]
        end = reverse("members:membership-end", args=where)
        self.assert_refused(end, {"left_on": "2026-06-01"}, "handover_note")
        leave = reverse("members:person-leave", args=[self.cast.karen.pk])
        self.assert_refused(leave, {"left_on": "2026-06-01"}, "handover_note")
        with pytest.raises(ValidationError):
            membership.end(handover_note=NUMBER)
        assert Membership.objects.get(pk=membership.pk).left_on is None

    def test_the_name_of_a_passkey(self) -> None:
        form = AddPasskeyForm({"name": NUMBER, "credential": "{}"}, user=self.cast.karen)
        assert TOLD in form.errors["name"][0]
        assert "name" not in AddPasskeyForm({"name": "Telefon"}, user=self.cast.karen).errors

    def test_a_name_from_before_can_be_mended_and_stops_nothing_else(self) -> None:
        User.objects.filter(pk=self.cast.ida.pk).update(name=f"Ida {NUMBER}")
        self.cast.ida.refresh_from_db()
        self.cast.ida.deactivate()
        self.cast.ida.activate()
        factories.membership(self.cast.professional, self.cast.ida)
        address = reverse("members:person-update", args=[self.cast.ida.pk])
        sent = {"name": self.cast.ida.name, "email": self.cast.ida.email}
        self.assertContains(self.client.post(address, sent), TOLD, status_code=422)
        assert self.client.post(address, sent | {"name": "Ida Skovmark"}).status_code == 302

    def test_the_command_that_makes_a_secretary(self) -> None:
        with pytest.raises(CommandError, match="010190-…"):
            call_command("create_secretary", "bo@os2.example", f"Bo {NUMBER}")


class AdminTests(AdminCase):
    def test_the_admin_refuses_it_too(self) -> None:
        for model, field in [
            (User, "name"),
            (User, "title"),
            (Organisation, "name"),
            (WorkingGroup, "name"),
        ]:
            row = self.cast.ida if model is User else model._base_manager.order_by("pk").first()
            with self.subTest(model=model, field=field):
                assert row is not None
                sent = self.form_of(model, row.pk) | {field: f"Bo {NUMBER}"}
                self.assertContains(self.client.post(url("change", model, row.pk), sent), TOLD)
        assert not User.objects.filter(name__contains="4321").exists()


class ListTests(ImportCase):
    def test_the_rows_of_a_list_wait_without_their_numbers_and_are_refused(self) -> None:
        rows = f"Navn;E-mail;CPR {NUMBER}\nBo {NUMBER};bo@odder.example;0202904321\nEa;ea@odder.example;\n"
        self.send(rows, group="Open source-jura")
        file = RegisterFile.objects.get()
        assert "4321" not in json.dumps([file.rows, file.name])
        page = self.client.get(REVIEW)
        self.assertContains(page, "En celle ligner et CPR-nummer.")
        self.assertContains(page, "Bo 010190-…")
        assert [line.wish.number for line in page.context["plan"].refused] == [2]
        self.confirm(page, skip_refused="on")
        assert not User.objects.filter(email="bo@odder.example").exists()
        assert User.objects.filter(email="ea@odder.example").exists()

    def test_one_in_a_column_of_days_is_refused_as_well(self) -> None:
        self.send(f"Navn;E-mail;Fra\nBo;bo@odder.example;{NUMBER}\n", group="Open source-jura")
        assert "4321" not in json.dumps(RegisterFile.objects.get().rows)
        self.assertContains(self.client.get(REVIEW), "En celle ligner et CPR-nummer.")

    def test_a_file_named_by_one_is_refused(self) -> None:
        answer = self.send(name=f"{NUMBER}.csv")
        self.assertContains(answer, TOLD, status_code=422)
        assert not RegisterFile.objects.exists()
        assert self.client.get(IMPORT).status_code == 200
