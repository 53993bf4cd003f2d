"""A list comes into the register: sent, looked through, and written all at once or not at all."""

from __future__ import annotations

from unittest import mock

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from members import access
from members.models import Membership, Organisation, RegisterFile, User, WorkingGroupUserGrant
from members.register.receiving import KEEP
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

IMPORT = reverse("members:register-import")
REVIEW = reverse("members:register-review")
DISCARD = reverse("members:register-discard")
LIST = """Navn;E-mail;Organisation;Rolle;Fra;Gruppe
Bo Ek;bo@odder.example;Odder;formand;1.11.2025;Open source-jura
Ida Skovmark;ida@odder.example;;;1.11.2025;Open source-jura
Nadia Elmark;nadia@aeroe.example;;tovholder;;Open source-jura
"""
BAD = "Uden Gruppe;uden@odder.example;;medlem;;Findes ikke\n"


class ImportCase(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def send(self, words: str = LIST, name: str = "medlemmer.csv", **fields: str) -> HttpResponse:
        return self.client.post(IMPORT, {"file": SimpleUploadedFile(name, words.encode()), **fields})

    def confirm(self, page: HttpResponse | None = None, **fields: str) -> HttpResponse:
        form = (page or self.client.get(REVIEW)).context["confirm"]
        return self.client.post(REVIEW, {name: str(value) for name, value in form.initial.items()} | fields)

    def said(self, response: HttpResponse) -> list[str]:
        return [str(message) for message in get_messages(response.wsgi_request)]

    def stored(self) -> tuple[int, ...]:
        return tuple(model.objects.count() for model in (User, Membership, Organisation))


class SendTests(ImportCase):
    def test_a_list_that_was_sent_is_shown_and_nothing_is_written(self) -> None:
        before = self.stored()
        self.assertRedirects(self.send(), REVIEW)
        page = self.client.get(REVIEW)
        self.assertContains(page, "Formand, Odder Kommune, fra 1. november 2025")
        self.assertContains(page, "Uændret", count=1)
        assert self.stored() == before

    def test_a_file_that_is_no_list_is_refused_beside_its_field(self) -> None:
        for words, reason in (("", "Filen er tom"), ("Navn;E-mail\n", "ingen rækker"), ("%PDF-1.7", "PDF")):
            page = self.send(words)
            assert page.status_code == 422
            assert reason in str(page.context["form"].errors["file"])
        assert not RegisterFile.objects.exists()

    def test_the_group_is_said_by_the_file_or_by_the_form_and_not_by_both(self) -> None:
        one = "Navn;E-mail\nBo Ek;bo@odder.example\n"
        for words, group in ((one, ""), (one, "Findes ikke"), (LIST, "Open source-jura")):
            page = self.send(words, group=group)
            assert page.status_code == 422
            assert page.context["form"].errors["group"]
        self.assertRedirects(self.send(one, group="open source-JURA"), REVIEW)
        self.confirm()
        assert self.cast.professional.memberships.filter(person__email="bo@odder.example").exists()

    def test_a_new_list_takes_the_place_of_the_last_and_old_ones_are_forgotten(self) -> None:
        old = factories.register_file(self.cast.oejvind)
        RegisterFile.objects.filter(pk=old.pk).update(read_at=timezone.now() - 2 * KEEP)
        self.send()
        self.send("Navn;E-mail;Gruppe\nBo;bo@odder.example;Open source-jura", name="anden.csv")
        assert [file.name for file in RegisterFile.objects.all()] == ["anden.csv"]

    def test_ones_own_list_is_looked_through_and_nobody_elses(self) -> None:
        factories.register_file(self.cast.oejvind)
        response = self.client.get(REVIEW)
        self.assertRedirects(response, IMPORT)
        assert "ingen liste" in self.said(response)[0]


class ReviewTests(ImportCase):
    def test_refused_rows_are_shown_alone_with_their_reason(self) -> None:
        self.send(LIST + BAD)
        page = self.client.get(REVIEW, {"shown": "afviste"})
        self.assertContains(page, "Gruppen »Findes ikke« findes ikke.")
        self.assertNotContains(page, "bo@odder.example")

    def test_what_is_chosen_changes_what_is_shown_and_then_what_is_written(self) -> None:
        self.send("Navn;E-mail;Organisation;Gruppe\nIda Skov;ida@odder.example;Fjordby A/S;Open source-jura")
        self.assertContains(self.client.get(REVIEW), "»Fjordby A/S« findes ikke i registret")
        page = self.client.get(REVIEW, {"organisations": "on", "people": "on"})
        self.assertContains(page, "Ida Skovmark → Ida Skov")
        self.confirm(page)
        assert Organisation.objects.get(name="Fjordby A/S").kind == Organisation.Kind.OTHER
        assert User.objects.get(pk=self.cast.ida.pk).name == "Ida Skov"

    def test_a_long_list_has_pages(self) -> None:
        rows = "".join(f"P {n};p{n}@x.example;kort-{n}\n" for n in range(120))
        self.send("Navn;E-mail;Gruppe\n" + rows)
        page = self.client.get(REVIEW, {"shown": "afviste", "page": "3"})
        self.assertContains(page, "Side 3 af 3")
        self.assertContains(page, "?shown=afviste&amp;page=2")

    def test_a_list_is_thrown_away_with_a_button(self) -> None:
        self.send()
        self.assertRedirects(self.client.post(DISCARD), IMPORT)
        assert not RegisterFile.objects.exists()


class ConfirmTests(ImportCase):
    def test_a_yes_writes_all_of_it_with_the_rights_that_come_with_it(self) -> None:
        self.send()
        response = self.confirm()
        self.assertRedirects(response, reverse("members:person-list"))
        assert "opret person: 1, opret medlemskab: 2" in self.said(response)[0]
        bo = User.objects.get(email="bo@odder.example")
        assert not bo.has_login
        membership = self.cast.professional.memberships.get(person=bo)
        assert (membership.role, str(membership.organisation)) == ("chair", "Odder Kommune")
        assert access.can(bo, access.MANAGE_GROUP, self.cast.professional)
        assert access.sync() == 0
        assert not RegisterFile.objects.exists()

    def test_the_same_file_again_changes_nothing(self) -> None:
        self.send()
        self.confirm()
        before = self.stored()
        self.send()
        page = self.client.get(REVIEW)
        self.assertContains(page, "Der er intet at hente ind")
        assert page.context["plan"].unchanged_count == 3
        assert self.stored() == before

    def test_a_second_press_writes_nothing_more(self) -> None:
        self.send()
        page = self.client.get(REVIEW)
        self.confirm(page)
        before = self.stored()
        self.assertRedirects(self.confirm(page), IMPORT)
        assert self.stored() == before

    def test_refused_rows_stop_it_until_they_are_passed_over(self) -> None:
        self.send(LIST + BAD)
        before = self.stored()
        page = self.confirm()
        assert page.status_code == 422
        self.assertContains(page, "Intet er gemt: nogle rækker er afvist.", status_code=422)
        assert self.stored() == before
        assert self.confirm(skip_refused="on").status_code == 302
        assert User.objects.filter(email="bo@odder.example").exists()
        assert not User.objects.filter(email="uden@odder.example").exists()

    def test_a_register_that_was_changed_meanwhile_is_shown_anew_and_not_written(self) -> None:
        self.send()
        page = self.client.get(REVIEW)
        self.cast.professional.add(self.cast.ida, joined_on=factories.LONG_AGO)
        before = self.stored()
        again = self.confirm(page)
        self.assertContains(again, "registret eller listen er ændret", status_code=422)
        self.assertContains(again, "fra: 15. januar 2025 → 1. november 2025", status_code=422)
        assert self.stored() == before
        assert self.confirm(again).status_code == 302

    def test_a_yes_to_nonsense_writes_nothing(self) -> None:
        self.send()
        before = self.stored()
        for seen in ("", "x", "\0"):
            assert self.confirm(seen=seen).status_code == 422
        assert self.client.post(reverse("members:register-review")).status_code == 422
        assert self.stored() == before

    def test_what_fails_half_way_leaves_the_register_as_it_was(self) -> None:
        self.send()
        page = self.client.get(REVIEW)
        before, grants = self.stored(), WorkingGroupUserGrant.objects.count()
        with mock.patch("members.access._sync_group", side_effect=IntegrityError):
            self.assertContains(self.confirm(page), "Intet er gemt", status_code=422)
        assert (self.stored(), WorkingGroupUserGrant.objects.count()) == (before, grants)

    def test_the_rights_of_a_group_are_put_right_once_for_all_its_rows(self) -> None:
        self.send()
        with mock.patch("members.access._sync_group", wraps=access._sync_group) as synced:
            self.confirm()
        assert synced.call_count == 1

    def test_a_membership_that_ends_takes_its_rights_along(self) -> None:
        self.send("E-mail;Til;Gruppe\nnadia@aeroe.example;1.11.2026;Open source-jura")
        self.confirm()
        assert not access.can(
            User.objects.get(pk=self.cast.nadia.pk), access.VIEW_DRAFTS, self.cast.professional
        )


class QuestionTests(ImportCase):
    def test_a_long_list_asks_the_database_no_more_than_a_short_one(self) -> None:
        for count in (1, 40):
            rows = "".join(f"P {n};p{n}@x.example;Open source-jura\n" for n in range(count))
            self.send("Navn;E-mail;Gruppe\n" + rows)
            self.client.get(REVIEW)
            with self.subTest(count), self.assertNumQueries(8):
                self.client.get(REVIEW)
