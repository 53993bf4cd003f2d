"""The demo: every situation that a newcomer should meet is there, and every door opens."""

from __future__ import annotations

import io
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings
from django.urls import reverse

from charters.completeness import Review
from charters.demo.cast import LOGINS, PEOPLE
from charters.demo.stage import PASSWORD, is_staged, stage
from charters.models import Charter, CharterDocument, Obligation
from charters.standing import Standing
from members import access
from members.models import Membership, Organisation, Project, User, WorkingGroup
from members.privacy.retention import expired, unattached
from tests import factories
from tests.charters.documents import reading

pytestmark = pytest.mark.no_database


class DemoTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        stage()

    def test_every_municipality_is_in_the_register_in_danish_order(self) -> None:
        names = list(Organisation.objects.filter(kind="municipality").values_list("name", flat=True))
        assert len(names) == 98
        assert names[:2] == ["Albertslund Kommune", "Allerød Kommune"]
        assert names[-3:] == ["Aabenraa Kommune", "Aalborg Kommune", "Aarhus Kommune"]
        assert "Københavns Kommune" in names
        assert "Bornholms Regionskommune" in names

    def test_there_are_groups_of_every_type_and_charters_in_every_state(self) -> None:
        assert WorkingGroup.objects.count() == 31
        for kind in WorkingGroup.Kind:
            assert WorkingGroup.objects.filter(kind=kind).count() >= 5
        assert set(Charter.objects.values_list("state", flat=True)) == set(Charter.State)
        assert WorkingGroup.objects.open().filter(charters=None).exists()

    def test_every_document_is_pdf_ua_and_pdf_a(self) -> None:
        documents = list(CharterDocument.objects.values_list("pdf", flat=True))
        assert len(documents) > 10
        for pdf in documents:
            assert reading.findings(bytes(pdf)) == []
            assert reading.findings(bytes(pdf), archive=True) == []

    def test_every_login_opens_the_site_and_lands_on_its_mandate(self) -> None:
        for login in LOGINS:
            with self.subTest(login=login.name):
                email = PEOPLE[login.name].email
                form = {"login": email, "password": PASSWORD}
                response = self.client.post(reverse("account_login"), form, follow=True)
                self.assertRedirects(response, reverse("charters:mandate"))
                self.assertContains(response, login.name)
                self.client.logout()

    def test_a_product_lacks_its_styregruppe_and_another_explains_its_deviation(self) -> None:
        lacking = Project.objects.get(name="OS2lånebog")
        assert lacking.level == Project.Level.LEVEL_2
        assert lacking.open_steering_group() is None
        assert Project.objects.get(name="OS2fællesvagt").explanations.get().requirement == "G12"

    def test_a_charter_is_overdue_and_a_faggruppe_has_no_project_and_no_obligations(self) -> None:
        assert any(charter.is_due_for_review() for charter in Charter.objects.adopted())
        law = WorkingGroup.objects.get(name="Open source-jura")
        assert law.project is None
        assert law.charters.adopted().exists()
        assert not law.obligations.exists()

    def test_drafts_lack_what_their_groups_have_not_written_and_one_is_ready(self) -> None:
        lacking = {draft.group.name: len(Review.of(draft).unfilled()) for draft in Charter.objects.drafts()}
        assert lacking["Tilgængelighed i praksis"] == 1
        assert lacking["Koordinationsgruppen for OS2borgerråd"] == 1
        assert lacking["Styregruppen for OS2fritidspas"] == 0

    def test_a_draft_has_the_standard_texts_warnings_and_another_has_none(self) -> None:
        def warnings(name: str) -> str:
            draft = Charter.objects.drafts().get(group__name=name)
            return " ".join(finding.message for finding in Review.of(draft).warnings())

        assert "sekretariat" in warnings("Styregruppen for OS2tilsyn")
        assert "leverandør" in warnings("Styregruppen for OS2tilsyn")
        assert not warnings("Styregruppen for OS2fritidspas")

    def test_the_roster_has_changed_since_an_adoption_and_not_all_have_approved(self) -> None:
        group = WorkingGroup.objects.get(name="Koordinationsgruppen for OS2mødebog")
        standing = Standing.of(group.charters.adopted().get())
        assert standing.roster_change == "1 ny, 1 udtrådt"
        assert standing.summary == "7 af 8 har godkendt"
        assert Membership.objects.ended().exclude(handover_note="").exists()

    def test_somebody_is_in_three_groups_and_awaited_in_one(self) -> None:
        jonas = User.objects.get(name="Jonas Engtoft")
        assert WorkingGroup.objects.of_member(jonas).count() == 3
        self.client.force_login(jonas)
        self.assertContains(self.client.get(reverse("charters:mandate")), "venter på din godkendelse")

    def test_obligations_are_followed_up_and_stand_in_every_way(self) -> None:
        found = Obligation.objects.with_last_follow_up()
        for group in ("Styregruppen for OS2mødebog", "Koordinationsgruppen for OS2fællesvagt"):
            assert found.overdue().filter(group__name=group).count() == 1
        assert {o.last_status for o in found} == {None, "under_way", "met", "deviates"}
        left = found.unmanned().exclude(responsible=None).get()
        assert left.responsible.name == "Søren Lyngdal"

    def test_rights_are_in_step_and_nobody_can_be_reached_in_earnest(self) -> None:
        assert access.sync() == 0
        assert not User.objects.exclude(email__endswith=".example").exists()

    def test_memberships_are_old_enough_to_be_cleared_and_somebody_is_in_no_group_any_more(self) -> None:
        assert expired().count() == 2
        assert unattached().filter(memberships__in=expired()).get().name == "Preben Østermark"

    def test_staging_again_is_not_needed(self) -> None:
        assert is_staged()


class DemoCommandTests(TestCase):
    def test_the_demo_never_goes_into_a_database_with_other_people(self) -> None:
        factories.user()
        with pytest.raises(CommandError, match="ikke tom"):
            call_command("demo", "--no-serve", stdout=io.StringIO())
        assert not is_staged()

    def test_a_demo_that_breaks_off_leaves_nothing(self) -> None:
        broken = mock.patch("charters.demo.stage.adopt", side_effect=RuntimeError)
        with broken, pytest.raises(RuntimeError):
            stage()
        assert not User.objects.exists()
        assert not is_staged()

    @override_settings(DEMO=False)
    def test_the_demo_never_starts_in_production(self) -> None:
        with pytest.raises(CommandError, match="proces for sig"):
            call_command("demo", stdout=io.StringIO())
