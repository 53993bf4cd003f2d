"""One field for everything: by any form of a word, by whoever may know of it, with nothing to obey in it."""

from __future__ import annotations

import uuid
from io import StringIO
from typing import Any
from unicodedata import normalize

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from charters.finding import Charters
from charters.models import Charter
from members.models import SearchEntry, User, WorkingGroup
from members.privacy.anonymising import anonymise
from members.search.index import out_of_step
from members.search.query import Query
from members.search.words import words_of
from tests import factories
from tests.cast import CastCase

URL = reverse("members:search")
POINT = "Gruppen samler andemaden til Ærøs søspejderes sommerlejr. En anden sætning."


class SearchCase(CastCase):
    def page(self, q: str, user: User | None = None, **more: str) -> Any:
        if user:
            self.client.force_login(user)
        return self.client.get(URL, {"q": q, **more})

    def found(self, q: str, user: User | None = None) -> dict[str, list[str]]:
        """The titles of what was found, by kind."""
        return {
            each.source.kind: ["".join(piece.text for piece in hit.title) for hit in each.hits]
            for each in self.page(q, user).context["found"]
        }

    def adopt_with(self, words: str, group: WorkingGroup | None = None) -> Charter:
        charter = factories.draft(group or self.cast.steering)
        section = charter.standing_sections()[0]
        section.rewrite(heading="Sommerens andemad", body=f"<p>{words}</p>", base=section.revision)
        return factories.adopted_from(charter)


class NameTests(SearchCase):
    def test_groups_and_projects_are_found_by_everyone_by_their_names(self) -> None:
        name = self.cast.project.name
        assert self.found(name) == {
            "group": [self.cast.coordination.name, self.cast.steering.name],
            "project": [name],
        }

    def test_the_name_of_a_product_is_found_without_os2(self) -> None:
        assert self.found("naturkort")["project"] == ["OS2naturkort"]

    def test_the_beginning_of_the_last_word_is_enough_and_of_others_not(self) -> None:
        assert self.found("styregruppen os2nat")["group"] == [self.cast.steering.name]
        assert self.found("styre os2naturkort") == {}

    def test_people_are_found_by_name_by_the_secretariat_and_nobody_else(self) -> None:
        assert self.found("engtoft", self.cast.aase) == {"person": ["Jonas Engtoft"]}
        for nobody in (self.cast.karen, self.cast.jonas):
            assert self.found("engtoft", nobody) == {}
        self.client.logout()
        assert self.found("engtoft") == {}

    def test_a_new_name_is_found_at_once_and_the_old_no_more(self) -> None:
        self.cast.jonas.name = "Jonas Bøgelund"
        self.cast.jonas.save()
        assert self.found("bøgelund", self.cast.aase) == {"person": ["Jonas Bøgelund"]}
        assert self.found("engtoft") == {}

    def test_who_was_anonymised_is_found_no_more(self) -> None:
        leaver = factories.user("Søren Forsvinder")
        anonymise(leaver, by=self.cast.aase)
        assert self.found("forsvinder", self.cast.aase) == {}


class TextTests(SearchCase):
    def test_a_charter_in_force_is_found_with_the_sentence_marked_and_a_link_to_its_section(self) -> None:
        charter = self.adopt_with(POINT)
        page = self.page("sommerlejren")
        self.assertContains(
            page, "Gruppen samler andemaden til Ærøs søspejderes <mark>sommerlejr</mark>.", html=False
        )
        self.assertContains(
            page, f'href="{charter.get_absolute_url()}#{charter.standing_sections()[0].anchor}"'
        )
        self.assertNotContains(page, "En anden sætning")

    def test_any_form_of_a_word_finds_it_whatever_letters_the_keyboard_has(self) -> None:
        self.adopt_with(POINT)
        for q in ("andemad", "ANDEMADEN", "ærø", "Aeroe", "soespejder", "søspejderne", "sommer lejr andemad"):
            with self.subTest(q):
                assert ("charter" in self.found(q)) == (q != "sommer lejr andemad")

    def test_what_is_shown_has_all_that_was_looked_for_between_them(self) -> None:
        self.adopt_with(POINT)
        page = self.page("andemad kvalitet projekt")
        for beginning in ("andemad", "kvalitet", "projekt"):
            self.assertContains(page, f"<mark>{beginning}")

    def test_a_phrase_is_found_only_as_it_stands(self) -> None:
        self.adopt_with(POINT)
        assert "charter" in self.found('"en anden sætning"')
        assert self.found('"anden en sætning"') == {}
        assert "charter" in self.found("sætninger anden")

    def test_a_draft_is_not_found_and_a_former_edition_no_more(self) -> None:
        first = self.adopt_with(POINT)
        second = first.next_edition(by=self.cast.karen)
        section = second.standing_sections()[0]
        section.rewrite(heading="Rolle", body="<p>Om gummistøvler.</p>", base=section.revision)
        assert self.found("gummistøvler", self.cast.karen) == {}
        factories.adopted_from(second, on=timezone.localdate())
        assert "charter" in self.found("gummistøvle")
        assert self.found("andemad") == {}

    def test_one_that_has_ended_is_found_no_more(self) -> None:
        self.adopt_with(POINT).retire()
        assert self.found("andemad") == {}

    def test_a_private_groups_words_are_found_by_its_members_and_the_secretariat_alone(self) -> None:
        group = factories.group(visibility=WorkingGroup.Visibility.MEMBERS, name="Hemmelig andefond")
        factories.membership(group, self.cast.jonas)
        self.adopt_with(POINT, group)
        for user in (self.cast.jonas, self.cast.aase):
            assert set(self.found("andemad", user)) == {"charter"}
            assert set(self.found("andefond", user)) == {"group"}
        for outsider in (self.cast.karen, None):
            self.client.logout()
            assert self.found("andemad", outsider) == self.found("andefond", outsider) == {}


class PageTests(SearchCase):
    def test_nothing_asked_nothing_found_and_nothing_that_could_be_are_each_said(self) -> None:
        self.assertNotContains(self.client.get(URL), "fundet")
        self.assertContains(self.page("gibberish"), "Intet fundet.")
        self.assertContains(self.page("-- !?"), "Skriv et ord eller begyndelsen af et.")

    def test_what_is_typed_is_never_taken_as_a_command(self) -> None:
        for q in (
            "a\0b",
            '"',
            "NEAR(a b)",
            "a:*",
            "* OR 1=1",
            "fx & !",
            "'; DROP TABLE x",
            "😀",
            "(",
            "x" * 10_000,
        ):
            with self.subTest(q[:20]):
                assert self.page(q).status_code == 200

    def test_many_of_a_kind_are_shown_when_that_kind_is_asked_for(self) -> None:
        for number in range(9):
            factories.group(name=f"Andelaug {number}")
        assert len(self.found("andelaug")["group"]) == 8
        self.assertContains(self.page("andelaug"), "Vis flere")
        page = self.page("andelaug", slags="group")
        assert [len(each.hits) for each in page.context["found"]] == [9]
        self.assertNotContains(page, "Der er flere")

    def test_every_page_has_the_field(self) -> None:
        self.assertContains(self.client.get("/"), f'action="{URL}"')

    def test_it_asks_as_much_for_many_as_for_one(self) -> None:
        self.client.force_login(self.cast.aase)
        self.page("andemad")
        for count in (1, 6):
            for _ in range(count):
                group = factories.group(name="Andemad")
                factories.membership(group)
                self.adopt_with(POINT, group)
                factories.project(name=f"Andemad {uuid.uuid4()}")
                factories.user("Anna Andemad")
            with self.assertNumQueries(13):
                self.page("andemad")


class IndexTests(SearchCase):
    def test_it_is_in_step_with_all_there_is_and_says_when_not(self) -> None:
        self.adopt_with(POINT)
        assert list(out_of_step()) == []
        SearchEntry.objects.filter(kind="charter").update(words="kcharter")
        assert [(source.kind, number) for source, number in out_of_step()] == [("charter", 1)]

    def test_it_is_made_anew_from_what_there_is(self) -> None:
        self.adopt_with(POINT)
        SearchEntry.objects.all().delete()
        assert self.found("andemad") == {}
        out = StringIO()
        call_command("rebuild_search", stdout=out)
        assert f"{SearchEntry.objects.count()} ting" in out.getvalue()
        assert list(out_of_step()) == []
        assert "charter" in self.found("andemad")

    def test_a_group_takes_what_hangs_on_it_along(self) -> None:
        group = factories.group(name="Midlertidig")
        entry = SearchEntry.objects.get(kind="group", key=group.pk)
        group.delete()
        assert not SearchEntry.objects.filter(pk=entry.pk).exists()

    def test_texts_of_a_charter_are_its_headings_and_bodies(self) -> None:
        charter = self.adopt_with(POINT)
        assert {"Sommerens andemad", POINT} <= set(Charters().texts(charter))


WORDS = st.text(st.characters(categories=["L", "N", "P", "Z", "S"]), max_size=40)


@pytest.mark.no_database
@given(text=WORDS)
def test_every_word_of_a_text_finds_the_text(text: str) -> None:
    for word in text.split():
        query = Query.of(word)
        assert query.found_in(text) == frozenset(query.clauses) or not words_of(word)


@pytest.mark.no_database
@given(text=WORDS, q=WORDS)
def test_marking_changes_no_letter_of_a_text(text: str, q: str) -> None:
    assert "".join(piece.text for piece in Query.of(q).marked(text)) == normalize("NFC", text)


@pytest.mark.no_database
@given(q=st.text(max_size=60))
def test_what_is_asked_of_a_database_is_letters_digits_and_our_own_signs(q: str) -> None:
    query = Query.of(q)
    assert set(query.for_postgresql("group")) <= set("abcdefghijklmnopqrstuvwxyz0123456789 &|()<->:*")
    assert set(query.for_sqlite("group")) <= set('abcdefghijklmnopqrstuvwxyz0123456789 "()*ANDOR')
