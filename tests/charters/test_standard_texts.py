"""The standard texts in the database are OS2's own, sentence by sentence.

kommissorier.txt is the text as OS2 publishes it (www.os2.eu/kommissorium, CC BY-SA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase

from charters import text, triggers
from charters.kinds import KINDS
from charters.models import CharterTemplate
from charters.standard_texts import load_standard_texts
from members.models import Project, WorkingGroup
from tests import factories

SEED = Path(__file__).with_name("kommissorier.txt").read_text(encoding="utf-8")

# The only wordings in which ours differs, as README.md tells: slips of the pen in the source.
SLIPS = {
    "det overordnet ledelsesansvar": "det overordnede ledelsesansvar",
    "til at sikrer ressourcer": "til at sikre ressourcer",
    "arrangementer og ligende.": "arrangementer og lignende.",
}
PARTS = {
    WorkingGroup.Kind.STEERING: "Styregrupper",
    WorkingGroup.Kind.COORDINATION: "Koordinationsgrupper",
    WorkingGroup.Kind.PROFESSIONAL: "Faggrupper",
}
POINT, SUBPOINT = " • ", "  • "


@dataclass
class Section:
    """A section as the source has it: a paragraph after the colon, or points below."""

    heading: str
    paragraph: str
    points: list[str] = field(default_factory=list)


def corrected(line: str) -> str:
    for slip, right in SLIPS.items():
        line = line.replace(slip, right)
    return line


def part(kind: str) -> list[str]:
    """The lines of one charter; in the source a title may follow the line before without a break."""
    apart = re.sub(rf"(?m)({'|'.join(PARTS.values())})$", r"\n\1\n", SEED)
    lines = [line.rstrip() for line in apart.splitlines()]
    after = lines[lines.index(PARTS[WorkingGroup.Kind(kind)]) + 1 :]
    return list(takewhile(lambda line: line not in PARTS.values(), after))


def heading_fields(kind: str) -> list[str]:
    return [line.removesuffix(": xyz") for line in part(kind) if line.endswith(": xyz")]


def sections(kind: str) -> list[Section]:
    """The sections of a charter, in order, with the slips corrected."""
    found: list[Section] = []
    for line in map(corrected, part(kind)):
        if line.startswith(SUBPOINT):
            found[-1].points.append(line.removeprefix(SUBPOINT).strip())
        elif line.startswith(POINT):
            heading, _colon, paragraph = line.removeprefix(POINT).partition(":")
            found.append(Section(heading.strip(), paragraph.strip()))
    return found


def sentences(words: str) -> list[str]:
    """Split where a sentence ends and the next begins with a capital, so not after "F.eks."."""
    return re.split(r"(?<=[.!?]) (?=[A-ZÆØÅ])", words)


def stored(kind: str) -> CharterTemplate:
    return CharterTemplate.objects.published().get(kind=kind)


class StandardTextTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_standard_texts()

    def test_the_source_is_read_whole(self) -> None:
        """The reader of this test must not pass over a line, or the comparison proves nothing."""
        read = {kind: sections(kind) for kind in PARTS}
        assert [len(found) for found in read.values()] == [5, 5, 6]
        assert SEED.count("•") == sum(1 + len(s.points) for found in read.values() for s in found)
        assert all(bool(s.paragraph) != bool(s.points) for found in read.values() for s in found)

    def test_each_slip_is_in_the_source_and_in_none_of_our_texts(self) -> None:
        ours = " ".join(s.body for template in CharterTemplate.objects.all() for s in template.sections.all())
        for slip, right in SLIPS.items():
            assert slip in SEED
            assert slip not in ours
            assert right in ours

    def test_headings_come_in_the_order_of_the_source(self) -> None:
        for kind in PARTS:
            with self.subTest(kind=kind):
                ours = [section.heading for section in stored(kind).standing_sections()]
                assert ours == [section.heading for section in sections(kind)]

    def test_every_paragraph_and_point_is_the_source_s_sentence_by_sentence(self) -> None:
        for kind in PARTS:
            for ours, theirs in zip(stored(kind).standing_sections(), sections(kind), strict=True):
                if ours.must_be_filled:
                    continue
                with self.subTest(kind=kind, heading=theirs.heading):
                    points = [sentences(point) for point in text.points(ours.body)]
                    assert points == [sentences(point) for point in theirs.points]
                    paragraph = "" if points else text.plain(ours.body)
                    assert sentences(paragraph) == sentences(theirs.paragraph)

    def test_the_heading_fields_are_those_of_the_source(self) -> None:
        for kind in PARTS:
            ours = ["Projektets navn", str(KINDS[kind].members_label), "Produktniveau", "Dato"]
            with self.subTest(kind=kind):
                assert heading_fields(kind) == ours

    def test_a_faggruppes_arbejdsgrundlag_must_be_filled_in_as_the_source_says(self) -> None:
        last = stored(WorkingGroup.Kind.PROFESSIONAL).standing_sections()[-1]
        assert last.must_be_filled
        assert last.is_empty
        theirs = sections(WorkingGroup.Kind.PROFESSIONAL)[-1]
        assert (last.heading, f"({last.prompt}).") == (theirs.heading, theirs.paragraph)

    def test_only_that_section_must_be_filled_in(self) -> None:
        must = [
            section.heading
            for template in CharterTemplate.objects.all()
            for section in template.sections.all()
            if section.must_be_filled
        ]
        assert must == ["Arbejdsgrundlaget"]

    def test_the_introduction_meets_the_group_word_for_word(self) -> None:
        seed = SEED.splitlines()
        introduction = " ".join(line.strip() for line in seed[1 : seed.index("Styregrupper")] if line.strip())
        for kind in PARTS:
            ours = " ".join(text.plain(stored(kind).introduction).splitlines())
            assert sentences(ours) == sentences(introduction)

    def test_obligations_are_marked_where_the_source_has_them(self) -> None:
        marked: dict[str, list[tuple[str, str]]] = {kind: [] for kind in PARTS}
        for kind in PARTS:
            for section in stored(kind).standing_sections():
                if section.area:
                    marked[kind].append((section.heading, section.area))
        assert marked == {
            WorkingGroup.Kind.STEERING: [
                ("Forpligtelser i forhold til udvikling", "development"),
                ("Økonomiske forpligtelser", "economic"),
            ],
            WorkingGroup.Kind.COORDINATION: [("Forpligtelser i forhold til udvikling", "development")],
            WorkingGroup.Kind.PROFESSIONAL: [],
        }

    def test_a_product_level_in_the_source_s_sense_has_four_values(self) -> None:
        assert Project.Level.labels == ["Sandkasse", "Niveau 1", "Niveau 2", "Niveau 3"]


class LoadingTests(TestCase):
    def test_loading_again_adds_and_changes_nothing(self) -> None:
        first = load_standard_texts()
        before = list(CharterTemplate.objects.values_list())
        assert [template.version for template in first] == [1, 1, 1]
        assert load_standard_texts() == []
        assert list(CharterTemplate.objects.values_list()) == before

    def test_the_secretariat_s_own_text_is_left_alone(self) -> None:
        own = factories.template(WorkingGroup.Kind.STEERING).new_version()
        own.introduce("<p>Vores egen indledning.</p>")
        own.publish(by=None)
        call_command("load_standard_texts", verbosity=0)
        own.refresh_from_db()
        assert own.state == CharterTemplate.State.PUBLISHED
        assert text.plain(own.introduction) == "Vores egen indledning."

    def test_a_type_without_a_text_gets_one_beside_those_that_have(self) -> None:
        factories.template()
        with triggers.lifted():
            CharterTemplate.objects.of_kind(WorkingGroup.Kind.PROFESSIONAL).delete()
        assert [template.kind for template in load_standard_texts()] == [WorkingGroup.Kind.PROFESSIONAL]
