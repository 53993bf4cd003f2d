"""The standard texts on the web: everyone reads them, the secretariat writes the next version."""

from __future__ import annotations

import pytest
from django.urls import reverse

from charters import text
from charters.models import Charter, CharterTemplate
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

STEERING = ["steering"]


class TemplateCase(CastCase):
    def setUp(self) -> None:
        self.published = CharterTemplate.objects.published().get(kind="steering")
        self.client.force_login(self.cast.aase)

    def url(self, verb: str, *more: object) -> str:
        return reverse(f"charters:template-{verb}", args=["steering", *more])

    def begin(self) -> CharterTemplate:
        self.client.post(self.url("create"))
        return CharterTemplate.objects.get(kind="steering", state="draft")


class ReadTests(TemplateCase):
    def test_everyone_reads_the_published_texts(self) -> None:
        self.client.logout()
        page = self.client.get(reverse("charters:template-list"))
        for label in ("Styregruppe, version 1", "Koordinationsgruppe, version 1", "Faggruppe, version 1"):
            self.assertContains(page, label)
        detail = self.client.get(self.url("detail", 1))
        self.assertContains(detail, "Styregruppen er højest besluttende myndighed.")
        self.assertContains(detail, "I er velkommen til at redigere i teksten.")

    def test_a_draft_is_the_secretariats_own(self) -> None:
        self.begin()
        self.assertContains(self.client.get(reverse("charters:template-list")), "Styregruppe, version 2")
        assert self.client.get(self.url("detail", 2)).status_code == 200
        for user in (None, self.cast.karen):
            self.client.logout()
            if user:
                self.client.force_login(user)
            self.assertNotContains(self.client.get(reverse("charters:template-list")), "version 2")
            assert self.client.get(self.url("detail", 2)).status_code == 404

    def test_a_faggruppes_arbejdsgrundlag_shows_what_to_write(self) -> None:
        page = self.client.get(reverse("charters:template-detail", args=["professional", 1]))
        self.assertContains(page, "Her udfyldes med den specifikke faggruppes formål og opgaver", count=1)

    def test_pages_cost_as_many_queries_for_many_texts_as_for_few(self) -> None:
        self.client.logout()
        with self.assertNumQueries(1):
            self.client.get(reverse("charters:template-list"))
        with self.assertNumQueries(2):
            self.client.get(self.url("detail", 1))
        for _ in range(5):
            draft = CharterTemplate.objects.published().get(kind="steering").new_version()
            for number in range(3):
                draft.add_section(f"Afsnit {number}", body="Tekst")
            draft.publish(by=None)
        newest = CharterTemplate.objects.published().get(kind="steering")
        assert len(newest.standing_sections()) == 20
        with self.assertNumQueries(1):
            self.client.get(reverse("charters:template-list"))
        with self.assertNumQueries(2):
            self.client.get(self.url("detail", newest.version))

    def test_writing_costs_as_many_queries_for_a_long_text_as_for_a_short_one(self) -> None:
        draft = self.begin()
        with self.assertNumQueries(6):
            self.client.get(self.url("detail", 2))
        for number in range(15):
            draft.add_section(f"Afsnit {number}", body="Tekst")
        with self.assertNumQueries(6):
            self.client.get(self.url("detail", 2))


class WriteTests(TemplateCase):
    def test_a_new_version_begins_with_the_published_text_and_is_a_draft(self) -> None:
        answer = self.client.post(self.url("create"))
        self.assertRedirects(answer, self.url("detail", 2))
        draft = CharterTemplate.objects.get(version=2)
        assert draft.is_draft
        assert [(s.heading, s.body) for s in draft.standing_sections()] == [
            (s.heading, s.body) for s in self.published.standing_sections()
        ]

    def test_beginning_twice_makes_one_draft(self) -> None:
        self.client.post(self.url("create"))
        self.client.post(self.url("create"))
        assert CharterTemplate.objects.filter(kind="steering").count() == 2

    def test_charters_are_made_from_the_published_text_until_the_draft_is_published(self) -> None:
        draft = self.begin()
        assert Charter.start(self.cast.steering, by=None).template == self.published
        draft.publish(by=self.cast.aase)
        assert factories.draft().template == draft

    def test_what_is_written_in_the_draft_leaves_the_published_text_alone(self) -> None:
        section = self.begin().standing_sections()[0]
        form = {"heading": "Nyt formål", "body": "<p>Nyt.</p>", "base": section.revision}
        self.client.post(self.url("section-update", section.pk), form)
        section.refresh_from_db()
        assert section.heading == "Nyt formål"
        assert self.published.standing_sections()[0].heading == "Overordnet formål med styregruppen"

    def test_a_section_of_the_published_text_has_no_page_to_write_it(self) -> None:
        section = self.published.standing_sections()[0]
        assert self.client.get(self.url("section-update", section.pk)).status_code == 404
        self.begin()
        form = {"heading": "Nej", "body": "<p>Nej.</p>", "base": section.revision}
        assert self.client.post(self.url("section-update", section.pk), form).status_code == 404

    def test_the_introduction_is_cleaned_and_saved(self) -> None:
        draft = self.begin()
        form = {"introduction": "<p onclick='x()'>Hej <script>alert(1)</script>I.</p>"}
        self.client.post(self.url("introduction"), form)
        draft.refresh_from_db()
        assert draft.introduction == "<p>Hej I.</p>"

    def test_two_who_write_the_introduction_both_see_both_texts(self) -> None:
        draft = self.begin()
        draft.introduce("Først.")
        shown = self.client.get(self.url("introduction")).context["form"]["base"].value()
        draft.introduce("Øjvinds ord.")
        form = {"introduction": "<p>Åses ord.</p>", "base": shown}
        for headers in ({}, {"HX-Request": "true"}):
            answer = self.client.post(self.url("introduction"), form, headers=headers)
            self.assertContains(answer, "<p>Øjvinds ord.</p>", status_code=409, html=True)
            self.assertContains(answer, "&lt;p&gt;Åses ord.&lt;/p&gt;", status_code=409)
        draft.refresh_from_db()
        assert draft.introduction == "<p>Øjvinds ord.</p>"
        both = {"introduction": "<p>Begges.</p>", "base": answer.context["form"]["base"].value()}
        for _ in range(2):  # sent twice, it is saved already
            assert self.client.post(self.url("introduction"), both).status_code == 302
        draft.refresh_from_db()
        assert draft.introduction == "<p>Begges.</p>"

    def test_publishing_retires_the_former_text_and_says_what_is_new(self) -> None:
        draft = self.begin()
        answer = self.client.post(self.url("publish"), {"note": "Myndigheder i stedet for kommuner."})
        assert answer["Location"] == self.url("detail", 2)
        draft.refresh_from_db()
        self.published.refresh_from_db()
        assert (draft.state, draft.published_by) == ("published", self.cast.aase)
        assert draft.note == "Myndigheder i stedet for kommuner."
        assert self.published.state == "retired"

    def test_publishing_needs_a_sentence_to_the_groups(self) -> None:
        draft = self.begin()
        assert self.client.post(self.url("publish"), {"note": ""}).status_code == 422
        draft.refresh_from_db()
        assert draft.is_draft

    def test_published_twice_is_published_once(self) -> None:
        self.begin()
        for _ in range(2):
            answer = self.client.post(self.url("publish"), {"note": "Nyt.", "version": 2})
            assert answer["Location"] == self.url("detail", 2)
            self.assertContains(self.client.get(answer["Location"]), "Styregruppe, version 2 er udgivet.")
        assert CharterTemplate.objects.published().filter(kind="steering").count() == 1

    def test_one_press_does_not_publish_the_version_that_was_begun_after_it(self) -> None:
        self.begin()
        form = self.client.get(self.url("publish")).context["form"]
        press = {"note": "Nyt.", "version": form["version"].value()}
        self.client.post(self.url("publish"), press)
        third = self.begin()
        self.assertRedirects(self.client.post(self.url("publish"), press), self.url("detail", 2))
        third.refresh_from_db()
        assert third.is_draft

    def test_with_nothing_to_publish_others_are_still_refused(self) -> None:
        self.client.force_login(self.cast.karen)
        assert self.client.post(self.url("publish"), {"note": "Nyt."}).status_code == 403

    def test_charters_in_progress_and_adopted_ones_are_not_touched(self) -> None:
        adopted = factories.adopted(self.cast.steering)
        going = factories.draft()
        before = [[(s.heading, s.body) for s in c.standing_sections()] for c in (adopted, going)]
        draft = self.begin()
        section = draft.standing_sections()[0]
        section.rewrite(heading="Helt nyt", body="Helt nyt.", base=section.revision)
        draft.publish(by=self.cast.aase)
        for charter, texts in zip((adopted, going), before, strict=True):
            now = Charter.objects.get(pk=charter.pk)
            assert [(s.heading, s.body) for s in now.standing_sections()] == texts
            assert now.template == self.published
        assert text.plain(factories.draft().standing_sections()[0].body) == "Helt nyt."
