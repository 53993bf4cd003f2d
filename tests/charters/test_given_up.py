"""A draft is given up, nothing of it is lost, and it is taken up again."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from charters.adoption import adopt
from charters.models import Charter, SectionRevision
from charters.models.given_up import GivenUpError
from charters.models.manuscript import FrozenError, ManuscriptError
from members.models import User
from tests import factories
from tests.cast import CastCase


class GivenUpCase(CastCase):
    def setUp(self) -> None:
        self.charter = factories.draft(self.cast.steering, by=self.cast.karen)
        section = self.charter.sections.get(key="rolle")
        section.rewrite(heading="Rolle", body="Vores egne ord", base=section.revision, by=self.cast.karen)
        self.charter.refresh_from_db()

    def give_up(self) -> None:
        self.charter.give_up(by=self.cast.karen)


class RuleTests(GivenUpCase):
    def test_the_group_has_a_draft_no_more_and_every_word_is_kept(self) -> None:
        self.give_up()
        assert not Charter.objects.drafts().exists()
        assert Charter.objects.given_up().get().given_up_by == self.cast.karen
        assert SectionRevision.objects.filter(body__contains="Vores egne ord").exists()

    def test_given_up_twice_is_given_up_once(self) -> None:
        self.give_up()
        first = self.charter.given_up_at
        self.charter.give_up(by=self.cast.aase)
        assert (self.charter.given_up_at, self.charter.given_up_by) == (first, self.cast.karen)

    def test_an_adopted_one_is_not_given_up(self) -> None:
        adopted = factories.adopted(self.cast.coordination)
        with pytest.raises(FrozenError):
            adopted.give_up(by=self.cast.mette)

    def test_it_is_neither_written_nor_adopted(self) -> None:
        self.give_up()
        section = self.charter.sections.get(key="rolle")
        with pytest.raises(GivenUpError):
            section.rewrite(heading="Rolle", body="For sent", base=section.revision)
        with pytest.raises(GivenUpError):
            self.charter.rewrite_heading(project_name="For sent")
        with pytest.raises(GivenUpError):
            adopt(self.charter, by=self.cast.karen, on=factories.LONG_AGO)

    def test_taken_up_again_it_is_as_it_was(self) -> None:
        self.give_up()
        self.charter.take_up_again()
        assert Charter.objects.drafts().get() == self.charter
        assert "Vores egne ord" in self.charter.sections.get(key="rolle").body
        assert self.charter.number == 1

    def test_another_draft_takes_its_number_and_must_be_given_up_first(self) -> None:
        self.give_up()
        other = Charter.start(self.cast.steering, by=None)
        assert (other.pk == self.charter.pk, other.number) == (False, 1)
        with pytest.raises(ManuscriptError, match="et andet udkast"):
            self.charter.take_up_again()
        other.give_up(by=self.cast.aase)
        self.charter.take_up_again()
        assert Charter.objects.drafts().get() == self.charter

    def test_after_a_new_edition_it_stays_where_it_is(self) -> None:
        self.give_up()
        factories.adopted(self.cast.steering)
        with pytest.raises(ManuscriptError, match="har vedtaget en udgave"):
            self.charter.take_up_again()

    def test_a_closed_group_takes_nothing_up(self) -> None:
        self.give_up()
        self.cast.steering.close()
        with pytest.raises(ManuscriptError, match="nedlagt"):
            self.charter.take_up_again()


class PageTests(GivenUpCase):
    def url(self, name: str) -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug])

    def group_page(self, reader: User) -> str:
        self.client.force_login(reader)
        return self.client.get(self.cast.steering.get_absolute_url()).content.decode()

    def test_the_chair_is_asked_gives_it_up_and_takes_it_up_again(self) -> None:
        self.client.force_login(self.cast.karen)
        self.assertContains(self.client.get(self.url("draft-give-up")), "Ingen tekst går tabt")
        answer = self.client.post(self.url("draft-give-up"), follow=True)
        self.assertContains(answer, "af Karen Havbirk")
        self.assertContains(answer, "Tag udkastet op igen")
        self.assertRedirects(self.client.post(self.url("draft-take-up")), self.url("draft-detail"))
        self.assertContains(self.client.get(self.url("draft-detail")), "Vores egne ord")

    def test_taken_up_twice_leads_to_the_draft(self) -> None:
        self.client.force_login(self.cast.karen)
        self.assertRedirects(self.client.post(self.url("draft-take-up")), self.url("draft-detail"))

    def test_of_several_the_one_that_is_pressed_comes_back(self) -> None:
        self.give_up()
        Charter.start(self.cast.steering, by=None).give_up(by=self.cast.karen)
        page = self.group_page(self.cast.karen)
        assert page.count("Tag udkastet op igen") == 2
        self.client.post(self.url("draft-take-up"), {"charter": self.charter.pk})
        assert Charter.objects.drafts().get() == self.charter

    def test_members_and_outsiders_hear_nothing_of_it(self) -> None:
        self.give_up()
        for reader in (self.cast.jonas, self.cast.tobias):
            page = self.group_page(reader)
            assert "opgivet" not in page
            assert "Intet vedtaget kommissorium" in page

    def test_in_lists_the_group_has_no_charter(self) -> None:
        self.give_up()
        self.client.force_login(self.cast.aase)
        self.assertNotContains(self.client.get(reverse("members:group-list")), "Udkast")
        self.client.force_login(self.cast.karen)
        self.assertContains(
            self.client.get(reverse("charters:mandate")), "Gruppen har intet kommissorium endnu."
        )

    def test_a_page_that_stood_open_is_told_and_what_was_typed_stays(self) -> None:
        self.give_up()
        self.client.force_login(self.cast.karen)
        section = self.charter.sections.get(key="rolle")
        save = reverse("charters:draft-section-save", args=[self.cast.steering.slug, section.pk])
        sent = {"heading": "Rolle", "body": "Sent", "base": section.revision, "key": str(uuid.uuid4())}
        answer = self.client.post(save, sent)
        assert (answer.status_code, answer.json()["message"]) == (410, "Udkastet er opgivet.")
        update = reverse("charters:draft-section-update", args=[self.cast.steering.slug, section.pk])
        answer = self.client.post(update, {"heading": "Rolle", "body": "Skrevet for sent", "base": 0})
        self.assertContains(answer, "Skrevet for sent", status_code=410)
        self.assertContains(answer, "Udkastet blev opgivet", status_code=410)

    def test_of_a_next_edition_nobody_is_told_that_it_was_adopted(self) -> None:
        with factories.stand_in_pdf():
            adopt(self.charter, by=self.cast.karen, on=factories.LONG_AGO)
        self.charter.next_edition(by=self.cast.karen).give_up(by=self.cast.karen)
        self.client.force_login(self.cast.karen)
        answer = self.client.get(self.url("draft-detail"), follow=True)
        self.assertContains(answer, "Udkastet er opgivet.")
        self.assertNotContains(answer, "Kommissoriet er vedtaget.")

    def test_the_address_of_the_draft_leads_to_the_group(self) -> None:
        self.give_up()
        self.client.force_login(self.cast.karen)
        self.assertRedirects(self.client.get(self.url("draft-detail")), self.cast.steering.get_absolute_url())
