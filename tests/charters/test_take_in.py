"""OS2 publishes a better standard text: the groups are told, see it, take it in, and choose."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from charters import triggers
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

    def test_what_was_written_since_stays_when_os2s_words_are_chosen(self) -> None:
        self.publish()
        self.take_in()
        self.write(ROLE, "<p>Styregruppen er vores egen.</p><p>Skrevet siden.</p>")
        self.section(ROLE).choose(offered=True, by=self.cast.karen)
        body = self.section(ROLE).body
        assert ["OS2s" in body, "Skrevet siden." in body, "vores egen" in body] == [True, True, False]

    def test_the_history_says_who_kept_the_groups_own(self) -> None:
        self.publish()
        self.take_in()
        self.section(ROLE).choose(offered=False, by=self.cast.karen)
        last = self.section(ROLE).revisions.first()
        assert last is not None
        assert (last.get_act_display(), last.author) == ("jeres ordlyd valgt frem for OS2s", self.cast.karen)

    def test_chosen_twice_is_chosen_once(self) -> None:
        self.publish()
        self.take_in()
        self.section(ROLE).choose(offered=False, by=self.cast.karen)
        before = SectionRevision.objects.count()
        self.section(ROLE).choose(offered=True, by=self.cast.karen)
        assert ("vores egen" in self.section(ROLE).body, SectionRevision.objects.count()) == (True, before)

    def test_whoever_puts_the_section_back_to_the_standard_text_has_chosen(self) -> None:
        self.publish()
        self.take_in()
        self.section(ROLE).restore_standard(by=self.cast.karen)
        assert (self.section(ROLE).has_offer, self.section(ROLE).origin) == (False, "Standardtekst")

    def test_nothing_is_chosen_in_a_section_that_was_taken_out(self) -> None:
        self.publish()
        self.take_in()
        self.section(ROLE).take_out(by=self.cast.karen)
        with pytest.raises(ManuscriptError, match="taget ud"):
            self.section(ROLE).choose(offered=True, by=self.cast.karen)
        assert (self.section(ROLE).is_removed, self.section(ROLE).has_offer) == (True, True)

    def test_what_was_not_chosen_is_still_to_be_when_os2_improves_something_else(self) -> None:
        self.publish()
        self.take_in()
        newer = CharterTemplate.objects.published().of_kind("steering").get().new_version()
        role = newer.sections.get(heading=ROLE)
        role.rewrite(heading=ROLE, body=f"{role.body}<p>Mere fra OS2.</p>", base=role.revision)
        newer.publish(by=self.cast.aase)
        self.take_in()
        role_of_group = self.section(ROLE)
        assert "vores egen" in role_of_group.body
        assert "Mere fra OS2." in role_of_group.body
        assert role_of_group.offer is not None
        assert role_of_group.offer.body == "<p>Styregruppen er OS2s.</p><p>Mere fra OS2.</p>"

    def test_open_pages_hear_of_each_section_that_is_to_be_told_anew(self) -> None:
        """A page knows a section by its revision; that there is something to choose is news to it."""
        shown = {section.pk: section.revision for section in self.draft.sections.all()}
        self.publish()
        self.take_in()
        role, points, money = (self.section(h) for h in (ROLE, POINTS, "Økonomiske forpligtelser"))
        assert role.revision > shown[role.pk]
        assert points.revision > shown[points.pk]
        assert money.revision == shown[money.pk]
        before = role.revision
        role.choose(offered=False, by=self.cast.karen)
        assert self.section(ROLE).revision > before

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

    def test_put_back_it_says_what_os2_says_now(self) -> None:
        self.section(POINTS).take_out(by=self.cast.karen)
        self.publish()
        self.take_in()
        assert self.section(POINTS).is_removed
        self.section(POINTS).put_back(by=self.cast.karen)
        assert "Måle effekten." in self.section(POINTS).body

    def test_a_section_of_the_groups_own_is_what_it_was_until_the_group_chooses_os2s(self) -> None:
        self.draft.add_section("Åbenhed", body="Vi sender referater til alle.")
        new = self.publish()
        new_section = new.sections.filter(heading="Åbenhed")
        with triggers.lifted():
            new_section.update(area="development")
        self.take_in()
        assert self.section("Åbenhed").area == ""
        self.section("Åbenhed").choose(offered=True, by=self.cast.karen)
        assert self.section("Åbenhed").area == "development"

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

    def news(self) -> dict[str, Any]:
        """What a page hears that has seen nothing of the text."""
        sent = {"window": uuid.UUID(int=1), "seen": 0, "known": ""}
        sections: dict[str, Any] = self.client.post(self.url("draft-pulse"), sent).json()["changes"][
            "sections"
        ]
        return sections

    def test_open_pages_hear_it_when_a_newer_text_was_taken_in(self) -> None:
        self.publish()
        take_in(self.cast.steering, by=self.cast.karen)
        self.client.force_login(self.cast.karen)
        told = self.news()
        role, points = (told[str(self.section(heading).pk)] for heading in (ROLE, POINTS))
        assert (role["origin"], role["has_offer"]) == ("Tilpasset", True)
        assert (points["origin"], points["has_offer"]) == ("Standardtekst", False)

    def test_what_a_reader_hears_costs_as_many_queries_however_many_sections_changed(self) -> None:
        self.client.force_login(self.cast.jonas)
        assert "origin" not in next(iter(self.news().values()))
        for _ in ("few", "many"):
            with self.assertNumQueries(7):
                self.news()
            for number in range(5):
                self.draft.add_section(f"Vores {number}", body="Vores.", source=self.section(ROLE).source)


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

    def take_in(self, version: int = 2) -> HttpResponse:
        return self.client.post(self.url("charter-take-in"), {"version": version})

    def is_asked_to_choose(self) -> bool:
        page = self.client.get(self.url("draft-detail")).content.decode()
        asked, hidden = (page.count(f"data-offer{hidden}>") for hidden in ("", " hidden"))
        assert (asked, hidden) in ((1, 5), (0, 6))
        return asked == 1

    def test_it_is_taken_in_and_the_words_are_chosen(self) -> None:
        self.publish()
        self.client.force_login(self.cast.karen)
        self.assertRedirects(self.take_in(), self.url("draft-detail"))
        self.assertRedirects(self.take_in(), self.url("draft-detail"))
        choose = self.url("draft-section-choose", self.section(ROLE).pk)
        assert self.is_asked_to_choose()
        page = self.client.get(choose)
        self.assertContains(page, "Jeres ordlyd")
        self.assertContains(page, "OS2s ordlyd")
        assert self.client.post(choose, {"ordlyd": "begge"}).status_code == 422
        assert self.client.post(choose, {"ordlyd": "os2"}).status_code == 302
        assert "OS2s" in self.section(ROLE).body
        assert not self.is_asked_to_choose()
        assert self.client.post(choose, {"ordlyd": "jeres"}).status_code == 302
        assert "OS2s" in self.section(ROLE).body

    def test_who_chooses_after_another_wrote_is_shown_the_two_anew(self) -> None:
        self.publish()
        take_in(self.cast.steering, by=self.cast.karen)
        self.client.force_login(self.cast.karen)
        url = self.url("draft-section-choose", self.section(ROLE).pk)
        shown = self.section(ROLE).revision
        self.write(ROLE, "Styregruppen er helt vores egen.")
        answer = self.client.post(url, {"ordlyd": "os2", "base": shown})
        self.assertContains(answer, "En anden har rettet afsnittet", status_code=422)
        self.assertContains(answer, "helt vores egen", status_code=422)
        assert self.section(ROLE).has_offer
        self.assertContains(answer, f'name="base" value="{self.section(ROLE).revision}"', status_code=422)

    def test_who_chooses_second_is_told_that_it_was_chosen(self) -> None:
        self.publish()
        take_in(self.cast.steering, by=self.cast.karen)
        self.client.force_login(self.cast.karen)
        url = self.url("draft-section-choose", self.section(ROLE).pk)
        self.client.post(url, {"ordlyd": "os2"})
        answer = self.client.post(url, {"ordlyd": "jeres"}, follow=True)
        self.assertContains(answer, "var allerede valgt")
        assert "OS2s" in self.section(ROLE).body

    def test_only_the_version_that_was_shown_is_taken_in(self) -> None:
        self.publish()
        self.client.force_login(self.cast.karen)
        CharterTemplate.objects.published().of_kind("steering").get().new_version().publish(by=self.cast.aase)
        answer = self.take_in(version=2)
        self.assertContains(answer, "Intet er taget ind endnu.", status_code=422)
        self.draft.refresh_from_db()
        assert self.draft.template.version == 1
        self.assertRedirects(self.take_in(version=3), self.url("draft-detail"))

    def test_the_page_shows_the_words_that_would_come_in(self) -> None:
        self.publish()
        self.client.force_login(self.cast.karen)
        page = self.client.get(self.url("charter-take-in"))
        for words in ("Måle effekten.", "Referater er åbne."):
            self.assertContains(page, words)
        self.assertNotContains(page, "Vi betaler selv.")  # nothing happens to it

    def test_the_page_of_the_edition_tells_until_the_draft_has_taken_it_in(self) -> None:
        group = self.cast.coordination
        edition = factories.adopted(group)
        new = CharterTemplate.objects.published().of_kind("coordination").get().new_version()
        new.publish(by=self.cast.aase)
        address = self.url("charter-take-in", group=group)
        self.client.force_login(self.cast.mette)
        self.assertContains(self.client.get(edition.get_absolute_url()), address)
        take_in(group, by=self.cast.mette)
        self.assertNotContains(self.client.get(edition.get_absolute_url()), address)

    def test_a_group_without_a_charter_and_a_closed_one_are_told_why_nothing_is_taken_in(self) -> None:
        self.client.force_login(self.cast.aase)
        address = self.url("charter-take-in", group=self.cast.coordination)
        self.assertContains(self.client.get(address, follow=True), "Gruppen har intet kommissorium at tage")
        self.publish()
        self.cast.steering.close()
        self.assertContains(self.client.get(self.url("charter-take-in"), follow=True), "Gruppen er nedlagt.")
        assert self.take_in().status_code == 302
        self.draft.refresh_from_db()
        assert self.draft.template.version == 1

    def test_the_plan_costs_as_many_queries_however_much_there_is_to_take_in(self) -> None:
        self.publish()
        self.client.force_login(self.cast.karen)
        for size in ("short", "long"):
            if size == "long":
                newer = CharterTemplate.objects.published().of_kind("steering").get().new_version()
                for number in range(10):
                    newer.add_section(f"Nyt {number}", body="Nyt.")
                    self.draft.add_section(f"Vores {number}", body="Vores.")
                newer.publish(by=self.cast.aase)
            with self.assertNumQueries(9):
                self.client.get(self.url("charter-take-in"))

    def test_publishing_costs_as_many_queries_however_many_groups_it_concerns(self) -> None:
        CharterTemplate.objects.published().of_kind("steering").get().new_version()
        self.client.force_login(self.cast.aase)
        for count in (1, 10):
            for _ in range(count - 1):
                factories.draft(factories.group(kind="steering"))
            with self.assertNumQueries(7):
                page = self.client.get(reverse("charters:template-publish", args=["steering"]))
            assert len(page.context["concerned"]) == count

    def test_whoever_publishes_sees_whom_it_concerns(self) -> None:
        CharterTemplate.objects.published().of_kind("steering").get().new_version()
        self.client.force_login(self.cast.aase)
        page = self.client.get(reverse("charters:template-publish", args=["steering"]))
        self.assertContains(page, "Styregruppen for OS2naturkort")
        self.assertContains(page, "udgave 1, af version 1")
