"""Pages that hold two texts against each other: editions, standard texts, and their versions."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from charters.models import Charter
from members.models import Membership
from tests import factories
from tests.cast import CastCase
from tests.charters.documents.reading import findings, pages

pytestmark = pytest.mark.no_database


class ComparisonCase(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        factories.adopted(cls.cast.steering)
        draft = Charter.objects.get(group=cls.cast.steering).next_edition(
            by=cls.cast.karen, reason="Nye opgaver."
        )
        rolle = draft.sections.get(key="rolle")
        rolle.rewrite(
            heading="Rolle og ansvar", body=f"{rolle.body}<p>Vi mødes i Ærø.</p>", base=rolle.revision
        )
        draft.sections.get(key="oekonomi").take_out()
        draft.add_section("Åbenhed", body="<p>Alle kan læse med.</p>")
        cls.draft = draft

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug, *args])

    def adopt(self) -> None:
        factories.adopted(self.cast.steering)


class EditionComparisonTests(ComparisonCase):
    def test_everyone_sees_what_a_new_edition_changed(self) -> None:
        self.adopt()
        page = self.client.get(self.url("edition-compare", 2, 1))
        self.assertContains(
            page, "1 afsnit ændret, 1 afsnit tilføjet, 1 afsnit fjernet, 1 forpligtelse fjernet"
        )
        self.assertContains(page, "Omdøbt fra »Rolle«.")
        self.assertContains(page, "Vi mødes i Ærø.")
        self.assertContains(page, "Afsnittet er taget ud.")

    def test_it_is_linked_from_the_new_edition_and_not_from_the_first(self) -> None:
        self.adopt()
        self.assertContains(self.client.get(self.url("edition-detail", 2)), self.url("edition-compare", 2, 1))
        self.assertNotContains(self.client.get(self.url("edition-detail", 1)), "/sammenlign/")

    def test_a_member_who_came_and_one_who_went_are_among_the_differences(self) -> None:
        factories.membership(self.cast.steering, self.cast.ida, role=Membership.Role.MEMBER)
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        self.adopt()
        page = self.client.get(self.url("edition-compare", 2, 1))
        self.assertContains(page, "Ida Skovmark")
        self.assertContains(page, "Jonas Engtoft")
        self.assertNotContains(page, "Karen Havbirk")

    def test_the_wrong_way_round_leads_to_the_right_one_and_with_itself_to_the_edition(self) -> None:
        self.adopt()
        self.assertRedirects(
            self.client.get(self.url("edition-compare", 1, 2)), self.url("edition-compare", 2, 1)
        )
        self.assertRedirects(
            self.client.get(self.url("edition-compare", 2, 2)), self.url("edition-detail", 2)
        )

    def test_an_edition_that_is_not_there_is_not_found(self) -> None:
        assert self.client.get(self.url("edition-compare", 2, 1)).status_code == 404

    def test_as_a_pdf_it_says_the_same_to_eye_and_ear(self) -> None:
        self.adopt()
        answer = self.client.get(self.url("edition-compare", 2, 1), {"pdf": ""})
        assert answer["Content-Type"] == "application/pdf"
        assert findings(answer.content) == []
        words = " ".join(" ".join(pages(answer.content)).split())
        for said in (
            "1 forpligtelse fjernet",
            "Vi mødes i Ærø.",
            "tilføjet:",
            "fjernet:",
            "Omdøbt fra »Rolle«.",
        ):
            assert said in words

    def test_it_costs_as_many_queries_for_many_sections_as_for_few(self) -> None:
        self.adopt()
        with self.assertNumQueries(9):
            self.client.get(self.url("edition-compare", 2, 1))
        draft = (
            Charter.objects.adopted()
            .get(group=self.cast.steering)
            .next_edition(by=None, reason="Nye opgaver.")
        )
        for number in range(12):
            draft.add_section(f"Afsnit {number}", body="<p>Mere.</p>")
        self.adopt()
        with self.assertNumQueries(9):
            self.client.get(self.url("edition-compare", 3, 1))


class DeviationTests(ComparisonCase):
    def test_everyone_sees_where_an_edition_departs_from_the_standard_text(self) -> None:
        self.adopt()
        page = self.client.get(self.url("edition-deviations", 2))
        self.assertContains(page, "Afvigelser fra standardteksten")
        self.assertContains(page, "Vi mødes i Ærø.")

    def test_one_that_is_the_standard_text_has_no_differences(self) -> None:
        factories.adopted(self.cast.coordination)
        slug = self.cast.coordination.slug
        page = self.client.get(reverse("charters:edition-deviations", args=[slug, 1]))
        self.assertContains(page, "Ingen forskelle")

    def test_those_who_read_the_draft_see_its_deviations_and_what_it_changes(self) -> None:
        self.client.force_login(self.cast.jonas)
        for name in ("draft-deviations", "draft-changes"):
            self.assertContains(self.client.get(self.url(name)), "Alle kan læse med.")

    def test_a_first_draft_changes_no_edition(self) -> None:
        factories.draft(self.cast.coordination)
        self.client.force_login(self.cast.mette)
        slug = self.cast.coordination.slug
        assert self.client.get(reverse("charters:draft-changes", args=[slug])).status_code == 404
        self.assertNotContains(
            self.client.get(reverse("charters:draft-detail", args=[slug])), "den forrige udgave"
        )


class TemplateComparisonTests(CastCase):
    def test_everyone_sees_what_os2_changed_once_it_is_published(self) -> None:
        template = factories.template().new_version()
        section = template.sections.get(key="rolle")
        section.rewrite(heading="Rolle", body="<p>Styregruppen leder.</p>", base=section.revision)
        url = reverse("charters:template-compare", args=[template.kind, 2, 1])
        assert self.client.get(url).status_code == 404
        template.publish(by=self.cast.aase, note="Kortere.")
        self.assertContains(self.client.get(url), "1 afsnit ændret")
        self.assertContains(self.client.get(template.get_absolute_url()), url)
