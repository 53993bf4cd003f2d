"""Adopted charters on the web: open to everyone where the group is, with a PDF that never changes."""

from __future__ import annotations

import datetime
import hashlib

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from charters.models import Approval, CharterDocument
from members.models import Membership, WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

Role = Membership.Role


class EditionCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.adopted(cls.cast.steering, by=cls.cast.karen, real_pdf=True)

    def url(self, name: str, group: WorkingGroup | None = None, *, number: int | None = 1) -> str:
        slug = (group or self.cast.steering).slug
        return reverse(f"charters:{name}", args=[slug] if number is None else [slug, number])


class ReadTests(EditionCase):
    def test_everyone_reads_it_at_its_address_and_at_the_groups(self) -> None:
        for url in (self.url("edition-detail"), self.url("charter-current", number=None)):
            page = self.client.get(url)
            self.assertContains(page, "Kommissorium for styregruppen for OS2naturkort")
            self.assertContains(page, "Styregruppen er højest besluttende myndighed.")
            self.assertContains(page, self.charter.short_fingerprint)

    def test_names_roles_and_organisations_are_shown_and_contact_details_never(self) -> None:
        page = self.client.get(self.url("edition-detail"))
        for shown in ("Karen Havbirk", "Formand", "Odder Kommune", "Jonas Engtoft", "Ærø Kommune"):
            self.assertContains(page, shown)
        for person in (self.cast.karen, self.cast.jonas):
            self.assertNotContains(page, person.email)
        self.assertNotContains(page, self.cast.karen.phone)

    def test_it_is_shown_as_it_was_adopted_whatever_has_changed_since(self) -> None:
        self.cast.karen.name = "Karen Nygift"
        self.cast.karen.save()
        self.cast.project.name = "OS2andet"
        self.cast.project.save()
        page = self.client.get(self.url("edition-detail"))
        self.assertContains(page, "Karen Havbirk")
        self.assertContains(page, "OS2naturkort")
        self.assertNotContains(page, "OS2andet")

    def test_how_the_group_has_changed_since_stands_beside_it(self) -> None:
        factories.membership(self.cast.steering, self.cast.ida)
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        page = self.client.get(self.url("edition-detail"))
        self.assertContains(page, "1 ny, 1 udtrådt")
        self.assertContains(page, "0 af 2 har godkendt")
        self.assertContains(page, "Ida Skovmark")

    def test_an_edition_that_is_not_there_is_not_found(self) -> None:
        assert self.client.get(self.url("edition-detail", number=2)).status_code == 404
        assert self.client.get(self.url("edition-pdf", number=2)).status_code == 404
        unbegun = self.url("charter-current", self.cast.coordination, number=None)
        assert self.client.get(unbegun).status_code == 404

    def test_a_superseded_edition_stays_at_its_address_and_leads_to_the_one_in_force(self) -> None:
        self.charter.next_edition(by=None, reason="Nye opgaver.")
        factories.adopted(self.cast.steering)
        old = self.client.get(self.url("edition-detail"))
        self.assertContains(old, "Denne udgave er erstattet af en nyere.")
        self.assertContains(old, self.url("charter-current", number=None))
        now = self.client.get(self.url("charter-current", number=None))
        self.assertNotContains(now, "erstattet af en nyere")
        assert now.context["charter"].number == 2

    def test_a_draft_of_the_next_edition_is_not_read_as_an_edition(self) -> None:
        self.charter.next_edition(by=None, reason="Nye opgaver.")
        self.client.force_login(self.cast.karen)
        assert self.client.get(self.url("edition-detail", number=2)).status_code == 404

    def test_one_that_is_due_for_review_says_so(self) -> None:
        self.assertContains(self.client.get(self.url("edition-detail")), "Vedtaget, skal gennemgås")
        with time_machine.travel(factories.LONG_AGO + datetime.timedelta(days=30), tick=False):
            self.assertNotContains(self.client.get(self.url("edition-detail")), "skal gennemgås")

    def test_the_page_costs_as_many_queries_for_a_large_group_as_for_a_small_one(self) -> None:
        large = factories.group()
        for _ in range(15):
            factories.membership(large)
        charter = factories.adopted(large)
        for member in charter.members.all()[:10]:
            factories.approval(member)
        for _ in range(5):
            factories.membership(large)
        for user, expected in [(None, 4), (self.cast.karen, 8)]:
            for url in (self.url("edition-detail"), self.url("edition-detail", large)):
                with self.subTest(user=user, url=url):
                    if user:
                        self.client.force_login(user)
                    with self.assertNumQueries(expected):
                        self.client.get(url)


class PdfTests(EditionCase):
    def test_it_is_the_stored_bytes_under_a_name_that_says_what_it_is(self) -> None:
        answer = self.client.get(self.url("edition-pdf"))
        assert answer.content == bytes(CharterDocument.objects.get().pdf)
        assert answer.content.rstrip().endswith(b"%%EOF")
        assert answer["Content-Type"] == "application/pdf"
        name = "kommissorium-styregruppen-for-os2naturkort-udgave-1.pdf"
        assert answer["Content-Disposition"] == f'inline; filename="{name}"'

    def test_it_is_fetched_as_a_file_when_asked_for_as_one(self) -> None:
        answer = self.client.get(self.url("edition-pdf"), {"hent": ""})
        assert answer["Content-Disposition"].startswith("attachment")

    def test_it_need_not_be_fetched_again(self) -> None:
        first = self.client.get(self.url("edition-pdf"))
        assert first["ETag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
        again = self.client.get(self.url("edition-pdf"), headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        other = self.client.get(self.url("edition-pdf"), headers={"if-none-match": '"andet"'})
        assert other.status_code == 200

    def test_a_private_groups_pdf_is_not_found_even_by_its_etag(self) -> None:
        private = factories.adopted(self.cast.professional)
        url = self.url("edition-pdf", self.cast.professional)
        etag = {"if-none-match": f'"{private.document.pdf_sha256}"'}
        assert self.client.get(url, headers=etag).status_code == 404
        self.client.force_login(self.cast.nadia)
        assert self.client.get(url, headers=etag).status_code == 304


class ApprovePageTests(EditionCase):
    def approve(self, **form: object) -> object:
        given = {"given_on": timezone.localdate().isoformat(), "manner": "written", **form}
        return self.client.post(self.url("edition-approve"), given)

    def member(self, person: object) -> int:
        return self.charter.members.get(person=person).pk

    def test_a_member_approves_for_themselves(self) -> None:
        self.client.force_login(self.cast.jonas)
        self.assertContains(self.client.get(self.url("edition-detail")), self.url("edition-approve"))
        answer = self.approve(member=self.member(self.cast.jonas))
        self.assertRedirects(answer, self.url("edition-detail"))
        approval = Approval.objects.get()
        assert (approval.member.person, approval.recorded_by) == (self.cast.jonas, self.cast.jonas)
        page = self.client.get(self.url("edition-detail"))
        self.assertContains(page, "1 af 2 har godkendt")
        self.assertNotContains(page, self.url("edition-approve"))

    def test_whoever_leads_is_asked_to_approve_and_then_only_to_record_what_others_answer(self) -> None:
        self.client.force_login(self.cast.karen)
        page = self.client.get(self.url("edition-detail"))
        self.assertNotContains(page, "Registrér godkendelse")
        self.assertContains(self.client.get(self.url("edition-approve")), "<h1>Godkend kommissoriet</h1>")
        self.approve(member=self.member(self.cast.karen))
        self.assertContains(self.client.get(self.url("edition-detail")), "Registrér godkendelse")
        self.assertContains(self.client.get(self.url("edition-approve")), "<h1>Registrér godkendelse</h1>")
        self.approve(member=self.member(self.cast.jonas))
        self.assertNotContains(self.client.get(self.url("edition-detail")), self.url("edition-approve"))

    def test_a_member_does_not_approve_for_another(self) -> None:
        self.client.force_login(self.cast.jonas)
        assert self.approve(member=self.member(self.cast.karen)).status_code == 422
        assert not Approval.objects.exists()

    def test_one_who_has_left_does_not_approve_any_more(self) -> None:
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        self.client.force_login(self.cast.jonas)
        self.approve(member=self.member(self.cast.jonas))
        assert not Approval.objects.exists()

    def test_the_chair_records_an_answer_that_came_by_mail(self) -> None:
        self.client.force_login(self.cast.karen)
        self.approve(member=self.member(self.cast.jonas), given_on="2025-02-01")
        approval = Approval.objects.get()
        assert (approval.member.person, approval.recorded_by) == (self.cast.jonas, self.cast.karen)
        assert (approval.manner, approval.given_on) == ("written", datetime.date(2025, 2, 1))

    def test_a_wrong_day_is_said_beside_the_field_and_what_was_typed_is_kept(self) -> None:
        self.client.force_login(self.cast.karen)
        member = self.member(self.cast.jonas)
        for day, message in [
            ("2999-01-01", "Datoen kan ikke ligge i fremtiden."),
            ("2025-01-14", "Datoen kan ikke ligge før vedtagelsen."),
        ]:
            answer = self.approve(member=member, given_on=day)
            self.assertContains(answer, message, status_code=422)
            self.assertContains(answer, f'value="{day}"', status_code=422)
        assert not Approval.objects.exists()

    def test_sent_twice_it_is_one_approval_and_a_friendly_answer(self) -> None:
        self.client.force_login(self.cast.jonas)
        member = self.member(self.cast.jonas)
        self.approve(member=member)
        self.assertRedirects(self.approve(member=member), self.url("edition-detail"))
        assert Approval.objects.count() == 1

    def test_an_edition_that_is_out_of_force_is_not_approved(self) -> None:
        self.charter.retire()
        self.client.force_login(self.cast.jonas)
        self.approve(member=self.member(self.cast.jonas))
        assert not Approval.objects.exists()
