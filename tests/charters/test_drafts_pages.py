"""A draft on the web: begun, filled in, printed and adopted by those who lead, read by the members."""

from __future__ import annotations

import datetime
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.urls import reverse

from charters.documents.charter_pdf import DocumentError
from charters.models import Approval, Charter
from members.models import User, WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database


class DraftCase(CastCase):
    def setUp(self) -> None:
        self.enterContext(time_machine.travel("2026-11-24T12:00:00+01:00", tick=False))
        self.charter = Charter.start(self.cast.steering, by=self.cast.karen)
        self.sign_in(self.cast.karen)

    def sign_in(self, user: User) -> None:
        self.client.force_login(user)

    def url(self, name: str, group: WorkingGroup | None = None) -> str:
        return reverse(f"charters:{name}", args=[(group or self.cast.steering).slug])


class StartPageTests(DraftCase):
    def start(self, group: WorkingGroup) -> Any:
        return self.client.post(self.url("charter-start", group))

    def test_the_chair_begins_and_stands_before_the_text(self) -> None:
        self.sign_in(self.cast.mette)
        answer = self.start(self.cast.coordination)
        self.assertRedirects(answer, self.url("draft-detail", self.cast.coordination))
        page = self.client.get(answer["Location"])
        self.assertContains(page, "Det er frivilligt at deltage i koordinationsgruppen.")
        self.assertContains(page, "OS2naturkort")
        self.assertContains(page, "Niveau 2")
        self.assertContains(page, "24. november 2026")
        self.assertContains(page, "Mette Fjordager")

    def test_beginning_again_leads_to_the_same_draft(self) -> None:
        self.assertRedirects(self.start(self.cast.steering), self.url("draft-detail"))
        assert Charter.objects.get() == self.charter

    def test_a_group_that_is_closed_says_why_it_cannot(self) -> None:
        self.sign_in(self.cast.aase)
        self.cast.coordination.close()
        answer = self.client.post(self.url("charter-start", self.cast.coordination), follow=True)
        self.assertContains(answer, "Gruppen er nedlagt")
        assert not Charter.objects.filter(group=self.cast.coordination).exists()


class ReadTests(DraftCase):
    def test_a_member_reads_it_without_the_buttons_to_write(self) -> None:
        self.sign_in(self.cast.jonas)
        page = self.client.get(self.url("draft-detail"))
        self.assertContains(page, "Styregruppen er højest besluttende myndighed.")
        self.assertNotContains(page, self.url("draft-adopt"))
        self.assertNotContains(page, "rediger/")

    def test_the_chair_has_them(self) -> None:
        page = self.client.get(self.url("draft-detail"))
        self.assertContains(page, self.url("draft-adopt"))
        self.assertContains(page, "rediger/")

    def test_outsiders_do_not_learn_that_there_is_one(self) -> None:
        for user in (self.cast.nadia, self.cast.mette, self.cast.soeren):
            self.sign_in(user)
            with self.subTest(user=user):
                there = self.client.get(self.url("draft-detail"))
                nowhere = self.client.get(self.url("draft-detail", self.cast.coordination))
                assert there.status_code == nowhere.status_code == 404

    def test_what_is_unfilled_is_listed_with_links_to_the_places(self) -> None:
        section = self.charter.standing_sections()[1]
        section.rewrite(heading="Rolle", body="xyz", base=section.revision)
        page = self.client.get(self.url("draft-detail"))
        self.assertContains(page, f'href="#{section.anchor}"')
        self.assertContains(page, f'id="{section.anchor}"')
        self.assertContains(page, "Der står stadig »xyz« i »Rolle«.")

    def test_a_warning_is_shown_and_stops_nothing(self) -> None:
        factories.membership(self.cast.steering, self.cast.aase)
        self.assertContains(self.client.get(self.url("draft-detail")), "ansat i OS2s sekretariat")
        self.client.post(self.url("draft-adopt"), {"adopted_on": "2026-11-24", "base": self.charter.revision})
        assert Charter.objects.adopted().exists()

    def test_the_page_costs_as_many_queries_for_a_long_text_as_for_a_short_one(self) -> None:
        large = factories.group()
        factories.membership(large, self.cast.karen, role="chair")
        for _ in range(15):
            factories.membership(large)
        long = factories.draft(large)
        for number in range(15):
            long.add_section(f"Afsnit {number}", body="Tekst")
        for user, expected in [(self.cast.karen, 7), (self.cast.aase, 8)]:
            self.sign_in(user)
            for group in (self.cast.steering, large):
                with self.subTest(user=user, group=group), self.assertNumQueries(expected):
                    self.client.get(self.url("draft-detail", group))


class NextEditionTests(CastCase):
    """An adopted charter is where the next one begins."""

    def test_whoever_leads_begins_it_from_the_text_in_force(self) -> None:
        edition = factories.adopted(self.cast.steering)
        self.client.force_login(self.cast.karen)
        page = self.client.get(self.cast.steering.get_absolute_url())
        begin = reverse("charters:edition-next", args=[self.cast.steering.slug])
        self.assertContains(page, begin)
        for _press in range(2):
            self.assertRedirects(
                self.client.post(begin), reverse("charters:draft-detail", args=[self.cast.steering.slug])
            )
        draft = Charter.objects.drafts().get()
        assert draft.number == 2
        assert [s.body for s in draft.standing_sections()] == [s.body for s in edition.standing_sections()]
        assert Charter.objects.adopted().get() == edition
        self.assertNotContains(self.client.get(self.cast.steering.get_absolute_url()), begin)

    def test_a_member_is_not_offered_it(self) -> None:
        factories.adopted(self.cast.steering)
        self.client.force_login(self.cast.jonas)
        page = self.client.get(self.cast.steering.get_absolute_url())
        self.assertNotContains(page, reverse("charters:edition-next", args=[self.cast.steering.slug]))

    def test_without_a_charter_there_is_none_to_begin_from(self) -> None:
        self.client.force_login(self.cast.karen)
        begin = reverse("charters:edition-next", args=[self.cast.steering.slug])
        assert self.client.post(begin).status_code == 404


class AdoptedMeanwhileTests(CastCase):
    """The draft's page stands open at the meeting, and somebody else adopts."""

    def test_those_of_the_group_are_led_to_the_adopted_text(self) -> None:
        edition = factories.adopted(self.cast.steering)
        self.client.force_login(self.cast.jonas)
        for name in ("draft-detail", "draft-update", "draft-adopt"):
            with self.subTest(name=name):
                answer = self.client.get(reverse(f"charters:{name}", args=[self.cast.steering.slug]))
                self.assertRedirects(answer, edition.get_absolute_url())

    def test_others_are_not_told_that_there_was_a_draft(self) -> None:
        factories.adopted(self.cast.steering)
        self.client.force_login(self.cast.nadia)
        for name in ("draft-detail", "draft-update", "draft-adopt"):
            with self.subTest(name=name):
                answer = self.client.get(reverse(f"charters:{name}", args=[self.cast.steering.slug]))
                assert answer.status_code == 404


class HeadingPageTests(DraftCase):
    def test_the_heading_fields_are_filled_in(self) -> None:
        form = {"project_name": "OS2kort", "level": "level_3", "dated_on": "2026-11-01"}
        answer = self.client.post(self.url("draft-update"), form)
        self.assertRedirects(answer, f"{self.url('draft-detail')}#hoved")
        self.charter.refresh_from_db()
        assert self.charter.project_name == "OS2kort"
        assert (self.charter.level, self.charter.dated_on) == ("level_3", datetime.date(2026, 11, 1))

    def shown(self) -> dict[str, str]:
        """What the browser would send of the form as it is shown, with what each field held."""
        form = self.client.get(self.url("draft-update")).context["form"]
        fields = {name: str(form[name].value()) for name in form.fields}
        page = self.client.get(self.url("draft-update")).content.decode()
        assert all(f'name="initial-{name}"' in page for name in fields)
        return fields | {f"initial-{name}": value for name, value in fields.items()}

    def test_two_who_change_different_fields_both_have_their_way(self) -> None:
        karens, aases = self.shown(), self.shown()
        self.client.post(self.url("draft-update"), karens | {"project_name": "OS2kort"})
        self.client.post(self.url("draft-update"), aases | {"level": "level_3"})
        self.charter.refresh_from_db()
        assert (self.charter.project_name, self.charter.level) == ("OS2kort", "level_3")

    def test_a_field_is_emptied_when_somebody_empties_it(self) -> None:
        self.client.post(self.url("draft-update"), self.shown() | {"dated_on": ""})
        self.charter.refresh_from_db()
        assert self.charter.dated_on is None

    def test_a_wrong_date_is_said_beside_the_field_and_the_rest_is_kept(self) -> None:
        form = {"project_name": "OS2kort", "level": "level_3", "dated_on": "31-02"}
        answer = self.client.post(self.url("draft-update"), form)
        self.assertContains(answer, 'value="OS2kort"', status_code=422)
        self.charter.refresh_from_db()
        assert self.charter.project_name == "OS2naturkort"

    def test_a_group_without_a_project_is_not_asked_for_a_level(self) -> None:
        Charter.start(self.cast.professional, by=None)
        self.sign_in(self.cast.nadia)
        page = self.client.get(self.url("draft-update", self.cast.professional))
        assert list(page.context["form"].fields) == ["project_name", "dated_on"]


class PdfTests(DraftCase):
    def test_a_draft_prints_under_a_name_that_says_it_is_one(self) -> None:
        answer = self.client.get(self.url("draft-pdf"))
        assert answer.content.startswith(b"%PDF-")
        assert "udgave-1-udkast.pdf" in answer["Content-Disposition"]

    def test_a_document_that_cannot_be_made_is_said_in_words(self) -> None:
        failing = mock.patch(
            "charters.views.drafts.charter_pdf", side_effect=DocumentError("Prøv igen om lidt.")
        )
        with failing:
            answer = self.client.get(self.url("draft-pdf"), follow=True)
        self.assertRedirects(answer, self.url("draft-detail"))
        self.assertContains(answer, "Prøv igen om lidt.")


class AdoptPageTests(DraftCase):
    def adopt(self, **form: object) -> Any:
        given = {"adopted_on": "2026-11-24", "base": self.charter.revision, **form}
        return self.client.post(self.url("draft-adopt"), given)

    def test_the_chair_adopts_and_stands_before_the_edition(self) -> None:
        answer = self.adopt(approving=[self.cast.karen.pk, self.cast.jonas.pk])
        assert answer["Location"] == reverse("charters:edition-detail", args=[self.cast.steering.slug, 1])
        page = self.client.get(answer["Location"])
        self.assertContains(page, "Kommissoriet er vedtaget.")
        self.assertContains(page, "2 af 2 har godkendt")

    def test_today_is_proposed_and_everyone_who_decides_can_be_ticked(self) -> None:
        factories.membership(self.cast.steering, role="observer")
        form = self.client.get(self.url("draft-adopt")).context["form"]
        assert form["adopted_on"].value() == datetime.date(2026, 11, 24)
        assert [pk for pk, _ in form.fields["approving"].choices] == [self.cast.karen.pk, self.cast.jonas.pk]

    def test_a_future_day_is_refused_and_what_was_ticked_is_kept(self) -> None:
        answer = self.adopt(adopted_on="2026-11-25", approving=[self.cast.jonas.pk])
        self.assertContains(answer, "Datoen kan ikke ligge i fremtiden.", status_code=422)
        self.assertContains(answer, 'value="2026-11-25"', status_code=422)
        assert answer.context["form"]["approving"].value() == [str(self.cast.jonas.pk)]
        assert not Charter.objects.adopted().exists()

    def test_a_day_before_the_group_was_there_is_said_beside_the_field(self) -> None:
        self.cast.steering.established_on = datetime.date(2026, 3, 1)
        self.cast.steering.save()
        answer = self.adopt(adopted_on="2026-02-28", approving=[self.cast.jonas.pk])
        assert "tidligst" in answer.context["form"].errors["adopted_on"][0]
        self.assertContains(answer, 'value="2026-02-28"', status_code=422)
        assert answer.context["form"]["approving"].value() == [str(self.cast.jonas.pk)]

    def test_someone_outside_the_group_cannot_be_ticked(self) -> None:
        assert self.adopt(approving=[self.cast.nadia.pk]).status_code == 422
        assert not Approval.objects.exists()

    def test_an_unfilled_draft_is_refused_with_what_is_missing(self) -> None:
        section = self.charter.standing_sections()[0]
        section.rewrite(heading="Formål", body="xyz", base=section.revision)
        self.charter.refresh_from_db()
        answer = self.adopt()
        self.assertContains(answer, "Der står stadig »xyz« i »Formål«.", status_code=422)
        assert Charter.objects.get().is_draft

    def test_a_draft_that_changed_meanwhile_is_refused_once_and_then_adopted_as_it_is(self) -> None:
        read = self.charter.revision
        section = self.charter.standing_sections()[0]
        section.rewrite(heading="Formål", body="Noget andet.", base=section.revision)
        answer = self.adopt(base=read)
        self.assertContains(answer, "Udkastet blev ændret", status_code=422)
        shown = answer.context["form"]["base"].value()
        assert self.adopt(base=shown).status_code == 302
        assert Charter.objects.adopted().exists()

    def test_members_that_changed_meanwhile_are_shown_once_and_then_adopted_as_they_are(self) -> None:
        shown = self.client.get(self.url("draft-adopt")).context["form"]["roster"].value()
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        newcomer = factories.membership(self.cast.steering, joined_on=datetime.date(2026, 11, 24)).person
        ticked = [self.cast.karen.pk, self.cast.jonas.pk]
        answer = self.adopt(roster=shown, approving=ticked)
        self.assertContains(answer, "Gruppens medlemmer blev ændret", status_code=422)
        self.assertContains(answer, newcomer.name, status_code=422)
        form = answer.context["form"]
        assert form["approving"].value() == [str(self.cast.karen.pk)]
        assert Charter.objects.get().is_draft
        answer = self.adopt(roster=form["roster"].value(), approving=form["approving"].value())
        assert answer.status_code == 302
        assert {m.person for m in Charter.objects.get().members.all()} == {self.cast.karen, newcomer}

    def test_each_thing_that_an_edition_says_of_a_member_counts(self) -> None:
        def change(change: Any) -> Any:
            shown = self.client.get(self.url("draft-adopt")).context["form"]["roster"].value()
            change()
            return self.adopt(roster=shown)

        membership = self.cast.steering.memberships.get(person=self.cast.jonas)
        rows = self.cast.steering.memberships.filter(pk=membership.pk)
        changes = [
            lambda: rows.update(role="observer"),
            lambda: rows.update(organisation=self.cast.karen.organisation),
            lambda: User.objects.filter(pk=self.cast.jonas.pk).update(name="Jonas Engtoft-Dam"),
        ]
        for made in changes:
            assert change(made).status_code == 422
        assert change(lambda: None).status_code == 302

    def test_a_document_that_cannot_be_made_leaves_the_draft_and_says_so(self) -> None:
        with mock.patch("charters.adoption.charter_pdf", side_effect=DocumentError("Prøv igen om lidt.")):
            answer = self.adopt()
        self.assertContains(answer, "Prøv igen om lidt.", status_code=422)
        assert Charter.objects.get().is_draft

    def test_who_presses_after_another_hears_who_adopted_and_that_theirs_was_not_used(self) -> None:
        self.adopt(adopted_on="2026-11-24")
        self.client.force_login(self.cast.aase)
        late = self.adopt(adopted_on="2026-11-20", charter=self.charter.pk)
        page = self.client.get(late["Location"])
        self.assertContains(page, "Karen Havbirk vedtog kommissoriet den 24. november 2026 kl. ")
        self.assertContains(page, "Det, du skrev og satte hak ved, er ikke brugt.")
        assert Charter.objects.get().dated_on == datetime.date(2026, 11, 24)

    def test_pressed_twice_the_second_press_leads_to_the_edition(self) -> None:
        first, second = self.adopt(), self.adopt()
        assert first["Location"] == second["Location"]
        self.assertContains(self.client.get(second["Location"]), "Kommissoriet er vedtaget.")
        assert Charter.objects.count() == 1
