"""What a project's level asks of it, and following or explaining: never a stop."""

from __future__ import annotations

from django.urls import reverse

from members import governance
from members.models import Explanation, Project, User, WorkingGroup
from tests import factories
from tests.cast import CastCase

Level, Kind = Project.Level, WorkingGroup.Kind


def standing(project: Project) -> dict[str, str]:
    """Each requirement and its words, from the database."""
    fresh = governance.find_project(User.objects.get(name="Åse Kildevang"), project.slug)
    return {str(finding.requirement): finding.label for finding in governance.findings(fresh)}


def remarks(project: Project) -> dict[str, str]:
    """Each requirement and what the register sees of it, from the database."""
    fresh = governance.find_project(User.objects.get(name="Åse Kildevang"), project.slug)
    return {str(finding.requirement): finding.remark for finding in governance.findings(fresh)}


class FindingTests(CastCase):
    def project(self, level: str, **fields: object) -> Project:
        return factories.project(level=level, **fields)

    def test_a_sandbox_is_asked_for_nothing(self) -> None:
        assert standing(self.project(Level.SANDBOX)) == {}

    def test_level_1_asks_for_a_facilitator_only(self) -> None:
        assert standing(self.project(Level.LEVEL_1)) == {"G3": "Ikke opfyldt"}
        assert standing(self.project(Level.LEVEL_1, facilitator=self.cast.mette)) == {"G3": "Opfyldt"}

    def test_level_2_requires_a_styregruppe_and_recommends_a_koordinationsgruppe(self) -> None:
        project = self.project(Level.LEVEL_2, facilitator=self.cast.mette)
        assert standing(project) == {"G3": "Opfyldt", "G6": "Ikke opfyldt", "G7": "Ikke opfyldt, anbefales"}
        findings = {str(f.requirement): f for f in governance.findings(project)}
        assert findings["G6"].is_shortfall
        assert not findings["G7"].is_shortfall
        assert "Koordinationsgruppen overtager" not in findings["G6"].remark
        factories.group(Kind.COORDINATION, project=project)
        assert "Koordinationsgruppen overtager" in remarks(project)["G6"]
        factories.group(Kind.STEERING, project=project)
        assert standing(project) == {"G3": "Opfyldt", "G6": "Tvivl", "G7": "Tvivl"}  # nobody is in them
        assert remarks(project)["G6"] == "Gruppen er nedsat, men har ingen medlemmer i dag."
        for group in project.groups.all():
            factories.membership(group)
        assert set(standing(project).values()) == {"Opfyldt"}

    def test_level_3_asks_for_the_boards_approval_on_a_day(self) -> None:
        project = self.project(Level.LEVEL_3, facilitator=self.cast.mette)
        assert standing(project)["G11"] == "Ikke opfyldt"
        steering = factories.group(Kind.STEERING, project=project)
        assert standing(project)["G11"] == "Ikke opfyldt"
        steering.board_approved_on = factories.LONG_AGO
        steering.save()
        assert standing(project)["G11"] == "Opfyldt"
        assert "Godkendt den 15. januar 2025." in remarks(project)["G11"]

    def test_level_3_asks_for_the_board_in_the_styregruppe_today(self) -> None:
        project = self.project(Level.LEVEL_3, facilitator=self.cast.mette)
        steering = factories.group(Kind.STEERING, project=project)
        other = factories.group(Kind.COORDINATION, project=project)
        factories.membership(other, represents_board=True)
        factories.membership(steering)
        assert standing(project)["G12"] == "Ikke opfyldt"
        seat = factories.membership(steering, self.cast.jonas, represents_board=True)
        assert standing(project)["G12"] == "Opfyldt"
        assert remarks(project)["G12"] == "Jonas Engtoft"
        seat.end(on=factories.LONG_AGO)
        assert standing(project)["G12"] == "Ikke opfyldt"
        factories.explanation(project, requirement="G12", text="Ny udpeges i januar.")
        assert standing(project)["G12"] == "Ikke opfyldt, forklaret"

    def test_a_private_group_counts_for_those_who_may_see_it_and_nobody_else(self) -> None:
        project = self.project(Level.LEVEL_2)
        private = factories.group(Kind.STEERING, project=project, visibility="members")
        factories.membership(private, self.cast.jonas)
        for person, label in (
            (self.cast.jonas, "Opfyldt"),
            (self.cast.aase, "Opfyldt"),
            (self.cast.karen, "Ikke opfyldt"),
        ):
            seen = governance.with_what_counts(Project.objects.filter(pk=project.pk), reader=person).get()
            assert {str(f.requirement): f.label for f in governance.findings(seen)}["G6"] == label, person
            self.client.force_login(person)
            shown = self.client.get(project.get_absolute_url()).context["findings"]
            assert {str(f.requirement): f.label for f in shown}["G6"] == label, person

    def test_a_closed_group_and_a_subgroup_do_not_count(self) -> None:
        project = self.project(Level.LEVEL_2)
        factories.group(Kind.STEERING, project=project, closed_on=factories.LONG_AGO)
        parent = factories.group(Kind.COORDINATION, project=project, closed_on=factories.LONG_AGO)
        factories.group(Kind.COORDINATION, project=project, parent=parent)
        assert standing(project)["G6"] == "Ikke opfyldt"
        assert standing(project)["G7"] == "Ikke opfyldt, anbefales"

    def test_an_explanation_turns_a_shortfall_into_something_explained(self) -> None:
        project = self.project(Level.LEVEL_2)
        factories.explanation(project)
        finding = next(f for f in governance.findings(project) if f.requirement == "G6")
        assert finding.label == "Ikke opfyldt, forklaret"
        assert not finding.is_open
        assert not finding.is_shortfall

    def test_a_closed_project_is_asked_for_nothing(self) -> None:
        assert standing(self.project(Level.LEVEL_3, closed_on=factories.LONG_AGO)) == {}


class ExplainTests(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.lacking = factories.project(
            "OS2eksempel", slug="os2eksempel", level=Level.LEVEL_2, facilitator=cls.cast.mette
        )

    lacking: Project

    def url(self, requirement: str = "G6") -> str:
        return reverse("members:project-explain", args=[self.lacking.slug, requirement])

    def test_the_secretariat_and_the_projects_own_facilitator_explain_and_nobody_else(self) -> None:
        for person, status in ((self.cast.aase, 200), (self.cast.mette, 200), (self.cast.karen, 403)):
            self.client.force_login(person)
            assert self.client.get(self.url()).status_code == status, person
        self.client.logout()
        self.assertRedirects(
            self.client.get(self.url()), f"/konto/log-ind/?next={self.url()}", fetch_redirect_response=False
        )

    def test_an_explanation_is_written_corrected_and_taken_away(self) -> None:
        self.client.force_login(self.cast.mette)
        home = f"{self.lacking.get_absolute_url()}#krav"
        for text in ("Styregruppen nedsættes til maj.", "Styregruppen nedsættes til juni."):
            self.assertRedirects(
                self.client.post(self.url(), {"text": text}), home, fetch_redirect_response=False
            )
        explanation = Explanation.objects.get(project=self.lacking)
        assert explanation.text == "Styregruppen nedsættes til juni."
        assert explanation.given_by == self.cast.mette
        self.assertContains(self.client.get(self.lacking.get_absolute_url()), "til juni")
        self.client.post(self.url(), {"text": "  "})
        assert not Explanation.objects.filter(project=self.lacking).exists()

    def test_what_the_level_does_not_ask_for_has_no_page(self) -> None:
        self.client.force_login(self.cast.aase)
        assert self.client.get(self.url("G12")).status_code == 404
        assert self.client.get(self.url("G99")).status_code == 404

    def test_a_text_that_is_too_long_is_kept_and_said(self) -> None:
        self.client.force_login(self.cast.aase)
        response = self.client.post(self.url(), {"text": "x" * 2001})
        self.assertContains(response, "x" * 2001, status_code=422)
        assert not Explanation.objects.filter(project=self.lacking).exists()

    def test_visitors_are_not_shown_how_a_project_stands(self) -> None:
        page = self.lacking.get_absolute_url()
        self.assertNotContains(self.client.get(page), "Hvad niveauet kræver")
        self.client.force_login(self.cast.jonas)
        response = self.client.get(page)
        self.assertContains(response, "Ikke opfyldt")
        self.assertNotContains(response, self.url())
