"""Eight people write one draft at once: every word is in the text, was shown in a conflict, or is kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

import pytest

from charters.models import Charter, Section, SectionRevision
from members.models import Membership
from tests import factories
from tests.race.test_at_once import RaceCase
from tests.support.at_once import at_once
from tests.support.proof import IS_PROOF
from tests.support.writer import Writer, appended, replaced

WRITERS, SAVES = 8, 50 if IS_PROOF else 12
FEW = 8  # where nobody meets anybody, fewer saves show as much


@pytest.mark.long(15)
class SavingAtOnceTests(RaceCase):
    def setUp(self) -> None:
        super().setUp()
        self.charter = Charter.start(self.cast.steering, by=None)
        self.people = [
            factories.membership(self.cast.steering, role=Membership.Role.CHAIR).person
            for _ in range(WRITERS)
        ]

    def section(self, key: str = "rolle") -> Section:
        return self.charter.sections.select_related("charter__group").get(key=key)

    def let_all_write(self, works: list[Callable[[], None]]) -> None:
        assert at_once(works) == [None] * len(works)

    def write_on(self, writer: Writer, name: str, saves: int = SAVES) -> None:
        """Type a word more in one's own point, save, and now and then lose the answer and send it again."""
        for number in range(saves):
            last = f"{name}-{number - 1}" if number else name
            body, key = appended(writer.body, f"{name}-{number}", after=last), uuid.uuid4()
            if number % 7 == 3:
                writer.client.post(
                    writer.address, {"heading": writer.heading, "body": body, "base": writer.base, "key": key}
                )
            answer = writer.save(body, key=key)
            assert "revision" in answer, answer
            assert set(writer.statuses) == {200}, answer

    def words(self, saves: int = SAVES) -> list[str]:
        return [f"skriver{n}-{number}" for n in range(WRITERS) for number in range(saves)]

    def test_in_points_of_their_own_all_words_stand_and_nobody_is_asked(self) -> None:
        points = "".join(f"<li><p>skriver{n}</p></li>" for n in range(WRITERS))
        self.section().rewrite(heading="Rolle", body=f"<ul>{points}</ul>", base=0)
        writers = [Writer(self.client_of(person), self.section()) for person in self.people]
        self.let_all_write([partial(self.write_on, w, f"skriver{n}", FEW) for n, w in enumerate(writers)])
        assert set(self.section().body.replace("<", " ").split()).issuperset(self.words(FEW))

    def test_in_different_sections_nobody_disturbs_another(self) -> None:
        sections = self.charter.standing_sections()
        for section in sections:
            lines = "".join(f"<p>skriver{n}</p>" for n in range(WRITERS))
            section.rewrite(heading=section.heading, body=lines, base=section.revision)
        keys = [section.key for section in sections]
        writers = [
            Writer(self.client_of(person), self.section(keys[n % len(keys)]))
            for n, person in enumerate(self.people)
        ]
        self.let_all_write([partial(self.write_on, w, f"skriver{n}") for n, w in enumerate(writers)])
        text = " ".join(section.body for section in Section.objects.filter(charter=self.charter))
        assert set(text.replace("<", " ").split()).issuperset(self.words())

    def all_at_one_point(self) -> list[Writer]:
        self.section().rewrite(heading="Rolle", body="<p>Alle skriver her:</p>", base=0)
        return [Writer(self.client_of(person), self.section()) for person in self.people]

    def test_in_one_and_the_same_point_every_word_is_in_the_text_or_kept(self) -> None:
        """Who meets another's text combines the two once, and if that meets a third, types on."""
        writers = self.all_at_one_point()

        def fight(writer: Writer, name: str) -> None:
            for number in range(SAVES):
                word = f"{name}-{number}"
                answer = writer.save(replaced(writer.body, f" {word}</p>"))
                writer.resolve(answer, with_words=word, tries=1)
            assert set(writer.statuses) <= {200, 409}

        self.let_all_write([partial(fight, w, f"skriver{n}") for n, w in enumerate(writers)])
        assert any(writer.shown for writer in writers), "nobody met anybody: this was no race"
        kept = " ".join([self.section().body, *SectionRevision.objects.values_list("body", flat=True)])
        assert set(self.words()) - set(kept.replace("<", " ").split()) == set()

    def test_in_one_and_the_same_point_all_words_stand_when_each_puts_theirs_in_at_last(self) -> None:
        writers = self.all_at_one_point()

        def insist(writer: Writer, word: str) -> None:
            answer = writer.save(replaced(writer.body, f" {word}</p>"))
            writer.resolve(answer, with_words=word)

        names = [f"skriver{n}" for n in range(WRITERS)]
        self.let_all_write([partial(insist, w, name) for w, name in zip(writers, names, strict=True)])
        assert [name for name in names if name not in self.section().body] == []
