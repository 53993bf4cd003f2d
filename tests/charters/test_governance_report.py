"""A project's answers to OS2's governance report: the marks, the evidence, and who is shown what."""

from __future__ import annotations

import pytest
from django.urls import reverse

from members.models import Project, WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

Kind, Level = WorkingGroup.Kind, Project.Level


class ReportCase(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.karen)

    def url(self, project: Project | None = None, form: str = "") -> str:
        name = f"charters:governance-report{form}"
        return reverse(name, args=[(project or self.cast.project).slug])

    def marks(self, project: Project | None = None) -> dict[str, str]:
        answers = self.client.get(self.url(project)).context["answers"]
        return {str(answer.question.requirement): answer.mark.value for answer in answers}

    def lines(self, requirement: str, project: Project | None = None) -> list[str]:
        answers = self.client.get(self.url(project)).context["answers"]
        asked = next(answer for answer in answers if answer.question.requirement == requirement)
        return [line.words for line in asked.lines()]


class MarkTests(ReportCase):
    def test_levels_inherit_and_what_a_level_does_not_ask_is_not_relevant(self) -> None:
        for level, marks in (
            (Level.SANDBOX, "➖➖➖➖➖"),
            (Level.LEVEL_1, "❌➖➖➖➖"),
            (Level.LEVEL_2, "❌❌❌➖➖"),
            (Level.LEVEL_3, "❌❌❌❌❌"),
        ):
            found = self.marks(factories.project(level=level))
            assert list(found) == ["G3", "G6", "G7", "G11", "G12"]
            assert "".join(found.values()) == marks, level

    def test_a_sandbox_is_told_that_nothing_is_asked_and_a_level_is_not(self) -> None:
        sandbox = factories.project(level=Level.SANDBOX)
        self.assertContains(self.client.get(self.url(sandbox)), "I Sandkassen kræver OS2 ingen grupper")
        self.assertNotContains(self.client.get(self.url()), "I Sandkassen")
        closed = factories.project(level=Level.LEVEL_3, closed_on=factories.LONG_AGO)
        self.assertContains(self.client.get(self.url(closed)), "Projektet er afsluttet.")
        assert set(self.marks(closed).values()) == {"➖"}

    def test_all_is_met_where_all_is_there(self) -> None:
        self.cast.project.level = Level.LEVEL_3
        self.cast.project.save()
        self.cast.steering.board_approved_on = factories.LONG_AGO
        self.cast.steering.save()
        factories.membership(self.cast.steering, represents_board=True)
        assert set(self.marks().values()) == {"✅"}

    def test_a_group_without_members_and_a_tovholder_who_is_gone_are_doubtful(self) -> None:
        empty = factories.project(level=Level.LEVEL_2, facilitator=self.cast.ida)
        group = factories.group(Kind.STEERING, project=empty)
        assert self.marks(empty)["G3"] == "✅"
        assert self.marks(empty)["G6"] == "❓"
        factories.membership(group)
        self.cast.ida.deactivate()
        assert self.marks(empty)["G3"] == "❓"
        assert self.marks(empty)["G6"] == "✅"

    def test_the_mark_is_said_in_words_for_those_who_do_not_see_it(self) -> None:
        page = self.client.get(self.url(factories.project(level=Level.LEVEL_1)))
        self.assertContains(page, '<span class="status status-due">Ikke opfyldt</span>', count=1)


class EvidenceTests(ReportCase):
    def test_a_group_is_shown_by_its_address_its_number_of_members_and_its_charter(self) -> None:
        charter = factories.adopted(self.cast.steering)
        name = "Styregruppen for OS2naturkort"
        assert self.lines("G6")[0] == f"{name}, 2 medlemmer"
        assert self.lines("G6")[1].startswith("Kommissorium, udgave 1, vedtaget den ")
        assert self.lines("G6")[2] == f"Fingeraftryk (SHA-256): {charter.fingerprint}"
        assert self.lines("G7")[1:] == ["Gruppen har endnu intet vedtaget kommissorium at henvise til."]
        page = self.client.get(self.url())
        self.assertContains(page, f'href="{charter.get_absolute_url()}"')
        self.assertContains(page, f'href="{self.cast.steering.get_absolute_url()}"')

    def test_an_explanation_stands_with_its_day_until_the_requirement_is_met(self) -> None:
        project = factories.project(level=Level.LEVEL_2)
        factories.explanation(project, text="Vi venter.", given_on=factories.LONG_AGO)
        assert self.lines("G6", project)[-1] == "Forklaring af 15. januar 2025: Vi venter."
        factories.membership(factories.group(Kind.STEERING, project=project))
        assert not any("Forklaring" in line for line in self.lines("G6", project))

    def test_those_who_may_explain_are_led_to_it_and_others_are_not(self) -> None:
        project = factories.project(level=Level.LEVEL_2)
        way = reverse("members:project-explain", args=[project.slug, "G6"])
        self.assertNotContains(self.client.get(self.url(project)), way)
        self.client.force_login(self.cast.aase)
        self.assertContains(self.client.get(self.url(project)), way)

    def test_a_private_group_is_evidence_for_its_own_and_does_not_exist_for_others(self) -> None:
        private = factories.group(
            Kind.STEERING, name="Den stille styregruppe", project=factories.project(), visibility="members"
        )
        factories.membership(private, self.cast.jonas)
        factories.adopted(private)
        for form in ("", "-text", "-markdown"):
            url = self.url(private.project, form)
            self.client.force_login(self.cast.jonas)
            self.assertContains(self.client.get(url), "Den stille styregruppe, 1 medlem (adressen kan kun")
            self.client.force_login(self.cast.karen)
            response = self.client.get(url)
            self.assertNotContains(response, "stille")
            self.assertNotContains(response, private.slug)
            self.assertContains(response, "Registret viser ingen styregruppe")


class CopyTests(ReportCase):
    def text(self, form: str, project: Project | None = None) -> str:
        return self.client.get(self.url(project, form)).content.decode()

    def test_plain_text_has_whole_addresses(self) -> None:
        charter = factories.adopted(self.cast.steering)
        text = self.text("-text")
        assert text.startswith("OS2naturkort, Niveau 2\nLæst i registret den ")
        assert "✅ G6 Der er nedsat en styregruppe: Opfyldt\n   Styregruppen for OS2naturkort, 2 med" in text
        assert f": http://testserver{charter.get_absolute_url()}\n" in text
        assert charter.fingerprint in text

    def test_markdown_is_the_checklists_own_table(self) -> None:
        factories.adopted(self.cast.steering)
        rows = self.text("-markdown").split("## GOVERNANCE\n\n")[1].splitlines()
        assert rows[0] == "| 🔽 | # | Krav | Beskrivelse / Dokumentation | Produktniveau |"
        assert rows[2].startswith("| ✅ | G3 | Der er udpeget en projektleder/tovholder | Mette Fj")
        assert rows[3].startswith("| ✅ | G6 | Der er nedsat en styregruppe | [Styregruppen for")
        assert len(rows) == 7

    def test_what_people_wrote_breaks_neither_the_table_nor_the_markdown(self) -> None:
        project = factories.project("OS2*stjerne*", level=Level.LEVEL_2)
        factories.explanation(project, text="Én | to\nTre <b> [fire](x)")
        text = self.text("-markdown", project)
        assert r"Én \| to<br>Tre \<b\> \[fire\](x)" in text
        assert r"# OS2\*stjerne\*" in text

    def test_the_page_has_both_to_copy(self) -> None:
        page = self.client.get(self.url())
        assert page.context["text"] == self.text("-text")
        assert page.context["markdown"] == self.text("-markdown")

    def test_a_project_leads_those_who_are_signed_in_to_its_report_and_visitors_not(self) -> None:
        home = self.cast.project.get_absolute_url()
        self.assertContains(self.client.get(home), self.url())
        self.client.logout()
        self.assertNotContains(self.client.get(home), self.url())


class QueryTests(ReportCase):
    def test_the_page_asks_as_much_for_one_group_as_for_many(self) -> None:
        self.cast.project.level = Level.LEVEL_3
        self.cast.project.save()
        factories.adopted(self.cast.steering)
        self.client.force_login(self.cast.aase)
        self.client.get(self.url())
        for count in (1, 9):
            for _number in range(count):
                factories.membership(self.cast.steering, represents_board=True)
                factories.group(Kind.COORDINATION, project=self.cast.project, parent=self.cast.coordination)
            with self.assertNumQueries(9):
                self.client.get(self.url())
