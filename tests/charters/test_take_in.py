"""OS2 publishes a better standard text: the groups are told, see it, take it in, and choose."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from charters.completeness import Review
from charters.models import Charter, CharterTemplate, Section, SectionRevision
from charters.models.manuscript import ManuscriptError
from charters.take_in import concerned_by, newer_than, take_in
from members.models import WorkingGroup
from tests import factories
from tests.cast import CastCase

ROLE, POINTS = "Rolle", "Forpligtelser i forhold til udvikling"


class TakeInCase(CastCase):
    """A group with two changes of its own, one of them in a block that OS2 changes too."""

    draft: Charter

    def setUp(self) -> None:
        self.draft = factories.draft(self.cast.steering, by=self.cast.karen)
        self.write(ROLE, "Styregruppen er vores egen.")
        self.write("Økonomiske forpligtelser", "Vi betaler selv.")

    def write(self, heading: str, body: str) -> None:
        section = self.draft.sections.get(heading=heading)
        section.rewrite(heading=heading, body=body, base=section.revision, by=self.cast.karen)

    def publish(self) -> CharterTemplate:
        """Version 2: another role, one point more, and a section more."""
        new = CharterTemplate.objects.published().of_kind("steering").get().new_version()
        role = new.sections.get(heading=ROLE)
        role.rewrite(heading=ROLE, body="Styregruppen er OS2s.", base=role.revision)
        points = new.sections.get(heading=POINTS)
        points.rewrite(
            heading=POINTS, body=f"{points.body}<ul><li>Måle effekten.</li></ul>", base=points.revision
        )
        new.add_section("Åbenhed", body="<p>Referater er åbne.</p>")
        new.publish(by=self.cast.aase, note="Mere åbenhed.")
        return new

    def section(self, heading: str) -> Section:
        draft = Charter.objects.drafts().get(group=self.cast.steering)
        return draft.sections.get(heading=heading)

    def url(self, name: str, *arguments: int, group: WorkingGroup | None = None) -> str:
        return reverse(f"charters:{name}", args=[(group or self.cast.steering).slug, *arguments])


class RuleTests(TakeInCase):
    def take_in(self) -> Charter:
        return take_in(self.cast.steering, by=self.cast.karen)

    def test_what_os2_changed_comes_in_and_what_the_group_wrote_stays(self) -> None:
        new = self.publish()
        draft = self.take_in()
        assert draft.template == new
        assert "Måle effekten." in self.section(POINTS).body
        assert self.section("Åbenhed").source == new.sections.get(heading="Åbenhed")
        assert "Vi betaler selv." in self.section("Økonomiske forpligtelser").body
        assert not self.section("Økonomiske forpligtelser").has_offer

    def test_where_both_wrote_the_group_chooses_before_it_adopts(self) -> None:
        self.publish()
        draft = self.take_in()
        role = self.section(ROLE)
        assert "vores egen" in role.body
        assert role.offer is not None
        assert "OS2s" in role.offer.body
        messages = [finding.message for finding in Review.of(draft).unfilled()]
        assert "Vælg mellem jeres og OS2s ordlyd i »Rolle«." in messages

    def test_the_group_keeps_its_own_words(self) -> None:
        self.publish()
        self.take_in()
        self.section(ROLE).choose(offered=False, by=self.cast.karen)
        assert ("vores egen" in self.section(ROLE).body, self.section(ROLE).offer) == (True, None)

    def test_or_takes_os2s_and_its_own_are_in_the_history(self) -> None:
        self.publish()
        self.take_in()
        self.section(ROLE).choose(offered=True, by=self.cast.karen)
        role = self.section(ROLE)
        assert "OS2s" in role.body
        assert role.revisions.first().act == SectionRevision.Act.TAKEN_IN  # type: ignore[union-attr]
        assert role.revisions.filter(body__contains="vores egen").exists()

    def test_taken_in_twice_is_taken_in_once(self) -> None:
        self.publish()
        self.take_in()
        before = SectionRevision.objects.count()
        self.take_in()
        assert (SectionRevision.objects.count(), Charter.objects.count()) == (before, 1)

    def test_all_that_was_written_is_still_a_revision(self) -> None:
        written = set(SectionRevision.objects.values_list("section", "number", "body"))
        self.publish()
        self.take_in()
        assert written <= set(SectionRevision.objects.values_list("section", "number", "body"))

    def test_who_writes_meanwhile_is_merged_with_it(self) -> None:
        points = self.section(POINTS)
        self.publish()
        self.take_in()
        section = self.section(POINTS)
        section.rewrite(
            heading=POINTS, body=points.body.replace("kvalitet", "høj kvalitet"), base=points.revision
        )
        assert "høj kvalitet" in section.body
        assert "Måle effekten." in section.body

    def test_a_section_that_the_group_took_out_stays_out(self) -> None:
        self.section(POINTS).take_out(by=self.cast.karen)
        self.publish()
        self.take_in()
        assert self.section(POINTS).is_removed

    def test_what_os2_took_out_goes_and_can_be_put_back(self) -> None:
        new = CharterTemplate.objects.published().of_kind("steering").get().new_version()
        new.sections.get(heading=POINTS).take_out()
        new.publish(by=self.cast.aase)
        self.take_in()
        assert self.section(POINTS).is_removed
        self.section(POINTS).put_back(by=self.cast.karen)
        assert not self.section(POINTS).is_removed

    def test_an_adopted_edition_is_left_as_it_is_and_a_next_one_is_begun(self) -> None:
        edition = factories.adopted(self.cast.coordination)
        new = CharterTemplate.objects.published().of_kind("coordination").get().new_version()
        new.add_section("Åbenhed", body="<p>Referater er åbne.</p>")
        new.publish(by=self.cast.aase)
        draft = take_in(self.cast.coordination, by=self.cast.mette)
        assert (draft.is_draft, draft.number) == (True, 2)
        assert draft.sections.filter(heading="Åbenhed").exists()
        assert "OS2 har forbedret standardteksten" in draft.reason
        edition.refresh_from_db()
        assert edition.template.version == 1
        assert not edition.sections.filter(heading="Åbenhed").exists()

    def test_a_group_without_a_charter_has_nothing_to_take_it_into(self) -> None:
        with pytest.raises(ManuscriptError):
            take_in(self.cast.coordination, by=self.cast.mette)

    def test_nothing_is_newer_until_it_is_published(self) -> None:
        assert newer_than(self.draft) is None
        CharterTemplate.objects.published().of_kind("steering").get().new_version()
        assert newer_than(self.draft) is None
        assert newer_than(Charter.objects.get(pk=self.draft.pk)) is None

    def test_the_secretariat_is_told_whom_it_concerns_by_state(self) -> None:
        factories.adopted(self.cast.coordination)
        new = CharterTemplate.objects.published().of_kind("steering").get().new_version()
        assert concerned_by(new) == [self.draft]
        self.draft.give_up(by=self.cast.karen)
        assert concerned_by(new) == []


class OriginTests(TakeInCase):
    def test_each_section_says_whose_words_it_holds_also_right_after_a_save(self) -> None:
        self.draft.add_section("Mødeform", body="Vi mødes.")
        by_heading = {section.heading: section.origin for section in self.draft.sections.all()}
        assert by_heading[ROLE] == "Tilpasset"
        assert by_heading[POINTS] == "Standardtekst"
        assert by_heading["Mødeform"] == "Jeres eget afsnit"
        self.client.force_login(self.cast.karen)
        page = self.client.get(self.url("draft-detail")).content.decode()
        for origin in set(by_heading.values()):
            told = page.count(f"data-origin>{origin}<")
            assert told == list(by_heading.values()).count(origin), origin
        points = self.section(POINTS)
        sent = {"heading": POINTS, "body": "Vores", "base": points.revision, "key": str(uuid.uuid4())}
        save = self.url("draft-section-save", points.pk)
        assert self.client.post(save, sent).json()["origin"] == "Tilpasset"

    def test_a_reader_is_not_told(self) -> None:
        self.client.force_login(self.cast.jonas)
        self.assertNotContains(self.client.get(self.url("draft-detail")), "data-origin")


class PageTests(TakeInCase):
    def test_the_chair_is_told_on_every_page_where_the_text_is(self) -> None:
        self.client.force_login(self.cast.karen)
        pages = [self.cast.steering.get_absolute_url(), self.url("draft-detail"), reverse("charters:mandate")]
        for page in pages:
            self.assertNotContains(self.client.get(page), "OS2 har forbedret standardteksten.")
        self.publish()
        for page in pages:
            self.assertContains(self.client.get(page), self.url("charter-take-in"))

    def test_a_member_is_not_asked_to(self) -> None:
        self.publish()
        self.client.force_login(self.cast.jonas)
        for page in (self.cast.steering.get_absolute_url(), self.url("draft-detail")):
            self.assertNotContains(self.client.get(page), self.url("charter-take-in"))
        assert self.client.post(self.url("charter-take-in")).status_code == 403

    def test_the_page_says_what_becomes_of_each_section_and_what_os2_changed(self) -> None:
        self.publish()
        self.client.force_login(self.cast.karen)
        page = self.client.get(self.url("charter-take-in"))
        for said in ("I vælger", "Tages ind", "Nye afsnit fra OS2", "Mere åbenhed.", "Åbenhed", ROLE):
            self.assertContains(page, said)
        self.assertContains(page, reverse("charters:template-compare", args=["steering", 2, 1]))

    def test_it_is_taken_in_and_the_words_are_chosen(self) -> None:
        self.publish()
        self.client.force_login(self.cast.karen)
        self.assertRedirects(self.client.post(self.url("charter-take-in")), self.url("draft-detail"))
        self.assertRedirects(self.client.post(self.url("charter-take-in")), self.url("draft-detail"))
        choose = self.url("draft-section-choose", self.section(ROLE).pk)
        self.assertContains(self.client.get(self.url("draft-detail")), choose)
        page = self.client.get(choose)
        self.assertContains(page, "Jeres ordlyd")
        self.assertContains(page, "OS2s ordlyd")
        assert self.client.post(choose, {"ordlyd": "begge"}).status_code == 422
        assert self.client.post(choose, {"ordlyd": "os2"}).status_code == 302
        assert "OS2s" in self.section(ROLE).body
        self.assertNotContains(self.client.get(self.url("draft-detail")), choose)
        assert self.client.post(choose, {"ordlyd": "jeres"}).status_code == 302
        assert "OS2s" in self.section(ROLE).body

    def test_the_plan_costs_as_many_queries_however_much_there_is_to_take_in(self) -> None:
        self.publish()
        self.client.force_login(self.cast.karen)
        with self.assertNumQueries(9):
            self.client.get(self.url("charter-take-in"))

    def test_whoever_publishes_sees_whom_it_concerns(self) -> None:
        CharterTemplate.objects.published().of_kind("steering").get().new_version()
        self.client.force_login(self.cast.aase)
        page = self.client.get(reverse("charters:template-publish", args=["steering"]))
        self.assertContains(page, "Styregruppen for OS2naturkort")
        self.assertContains(page, "udgave 1, af version 1")
