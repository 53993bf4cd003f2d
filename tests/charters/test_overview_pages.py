"""The secretariat's overview: what it shows, finds, sorts, counts and sends."""

from __future__ import annotations

import datetime
import io
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from charters.models import Charter, Obligation
from charters.overview import listing
from members.models import Membership, Project, WorkingGroup
from tests import factories
from tests.cast import CastCase

Kind, Role, Level = WorkingGroup.Kind, Membership.Role, Project.Level


def pages_of(size: int) -> AbstractContextManager[Any]:
    return mock.patch.object(listing, "PAGE_SIZE", size)


class OverviewCase(CastCase):
    """OS2naturkort with an adopted charter and a draft; OS2ærø, a sandbox without groups."""

    other: Project

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        with factories.stand_in_pdf():
            factories.adopted(cls.cast.steering, on=timezone.localdate())
        factories.draft(cls.cast.coordination)
        cls.other = factories.project("OS2ærø", slug="os2aeroe", level=Level.SANDBOX)

    def setUp(self) -> None:
        self.enterContext(factories.stand_in_pdf())
        self.client.force_login(self.cast.aase)

    def page(self, **asked: Any) -> HttpResponse:
        return self.client.get(reverse("charters:overview"), asked)

    def projects(self, **asked: Any) -> list[str]:
        return [row.project.name for row in self.page(**asked).context["shown"].projects]

    def faggrupper(self, **asked: Any) -> list[str]:
        return [row.group.name for row in self.page(**asked).context["shown"].professional]

    def figures(self) -> dict[str, int]:
        self.client.force_login(self.cast.aase)
        page = self.client.get(reverse("charters:overview-figures"))
        return {str(figure.words): figure.number for figure in page.context["figures"]}


class RowTests(OverviewCase):
    def test_a_project_shows_how_its_groups_stand(self) -> None:
        row = self.page().context["shown"].projects[0]
        assert row.project == self.cast.project
        assert (row.steering.state.label, row.steering.leader) == ("Vedtaget", "Karen Havbirk")
        assert (row.coordination.state.label, row.coordination.leader) == ("Udkast", "Mette Fjordager")
        self.assertContains(self.page(), "0 af 6 opfyldt")

    def test_a_project_without_groups_says_so(self) -> None:
        row = self.page().context["shown"].projects[1]
        assert (row.project, row.steering, row.coordination, row.faults) == (self.other, None, None, 0)

    def test_where_the_level_demands_a_styregruppe_the_page_leads_to_setting_it_up(self) -> None:
        link = f"{reverse('members:group-create')}?projekt=os2aeroe&amp;type=steering"
        self.assertNotContains(self.page(), link)
        Project.objects.filter(pk=self.other.pk).update(level=Level.LEVEL_2)
        self.assertContains(self.page(), link)

    def test_a_closed_project_and_a_closed_group_are_not_shown(self) -> None:
        Project.objects.filter(pk=self.other.pk).update(closed_on=factories.LONG_AGO)
        self.cast.coordination.close()
        row = self.page().context["shown"].projects[0]
        assert (self.projects(), row.coordination) == ([self.cast.project.name], None)

    def test_a_subgroup_has_a_line_below_its_project(self) -> None:
        sub = factories.group(
            Kind.COORDINATION, project=self.cast.project, parent=self.cast.coordination, name="Drift"
        )
        row = self.page().context["shown"].projects[0]
        assert [one.group for one in row.subgroups] == [sub]
        assert row.coordination.group == self.cast.coordination
        self.assertContains(self.page(), sub.get_absolute_url())

    def test_a_faggruppe_has_a_row_of_its_own_with_or_without_a_project(self) -> None:
        factories.group(Kind.PROFESSIONAL, name="Kort", project=self.cast.project)
        assert self.faggrupper() == ["Kort", "Open source-jura"]
        self.assertContains(self.page(), "på tværs")

    def test_a_charter_that_is_due_or_on_an_older_text_or_rewritten_is_marked(self) -> None:
        marks = ("skal gennemgås", "ældre standardtekst</span>", "ny udgave i gang")
        for mark in marks:
            self.assertNotContains(self.page(), mark)
        charter = Charter.objects.adopted().get()
        Charter.objects.filter(pk=charter.pk).update(review_on=timezone.localdate())
        factories.template().new_version().publish(by=None)
        charter.next_edition(by=None)
        for mark in marks:
            self.assertContains(self.page(), mark)

    def test_obligations_are_counted_as_met_and_as_overdue(self) -> None:
        first, second, *_rest = self.cast.steering.obligations.all()
        factories.follow_up(first, status="under_way", made_on=factories.LONG_AGO)
        factories.follow_up(first, status="met")
        factories.follow_up(second, status="met", made_on=factories.LONG_AGO)
        factories.follow_up(second, status="under_way")
        Obligation.objects.filter(pk=second.pk).update(next_on=factories.days_ahead(-1))
        Obligation.objects.filter(pk=first.pk).update(next_on=factories.days_ahead(0))
        tally = self.page().context["shown"].projects[0].steering.obligations
        assert (tally.total, tally.met, tally.overdue) == (6, 1, 1)
        self.assertContains(self.page(), "1 overskredet")


class FilterTests(OverviewCase):
    def test_by_level_and_by_the_type_of_a_group(self) -> None:
        assert self.projects(level="sandbox") == ["OS2ærø"]
        assert self.projects(kind="steering") == ["OS2naturkort"]
        assert (self.projects(kind="professional"), self.faggrupper(kind="professional")) == (
            [],
            ["Open source-jura"],
        )
        assert self.faggrupper(kind="steering") == []

    def test_by_an_organisation_that_takes_part_today(self) -> None:
        aeroe = self.cast.jonas.organisation
        assert (self.projects(organisation=aeroe.pk), self.faggrupper(organisation=aeroe.pk)) == (
            ["OS2naturkort"],
            ["Open source-jura"],
        )
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert self.projects(organisation=aeroe.pk) == []

    def test_by_the_state_of_a_group(self) -> None:
        assert self.projects(state="udkast") == ["OS2naturkort"]
        assert self.projects(state="vedtaget", kind="coordination") == []
        assert self.faggrupper(state="mangler-kommissorium") == ["Open source-jura"]
        assert self.projects(state="mangler-kommissorium") == []
        assert self.projects(state="overskredet") == []
        Obligation.objects.filter(group=self.cast.steering).update(next_on=factories.days_ahead(-1))
        assert self.projects(state="overskredet") == ["OS2naturkort"]

    def test_by_the_day_of_review_and_by_an_older_standard_text(self) -> None:
        for state, day in (("gennemgaas-snart", 20), ("skal-gennemgaas", 0)):
            assert self.projects(state=state) == []
            Charter.objects.adopted().update(review_on=factories.days_ahead(day))
            assert self.projects(state=state) == ["OS2naturkort"]
        assert self.projects(state="gennemgaas-snart") == []
        assert self.projects(state="aeldre-standardtekst") == []
        factories.template().new_version().publish(by=None)
        assert self.projects(state="aeldre-standardtekst") == ["OS2naturkort"]

    def test_projects_whose_level_demands_a_styregruppe_they_lack(self) -> None:
        assert self.projects(state="mangler-styregruppe") == []
        Project.objects.filter(pk=self.other.pk).update(level=Level.LEVEL_3)
        assert self.projects(state="mangler-styregruppe") == ["OS2ærø"]
        assert self.faggrupper(state="mangler-styregruppe") == []

    def test_one_field_searches_for_a_project_a_group_and_a_person(self) -> None:
        for text in ("NATURKORT", "koordinationsgruppen for os2n", "jonas eng", "mette"):
            with self.subTest(text):
                assert self.projects(q=text) == ["OS2naturkort"]
        assert self.projects(q="ÆRØ") == ["OS2ærø"]
        assert (self.faggrupper(q="nadia"), self.projects(q="nadia")) == (["Open source-jura"], [])
        assert self.projects(q="søren lyngdal") == [], "he left"

    def test_what_makes_no_sense_narrows_nothing_and_is_said(self) -> None:
        page = self.page(level="niveau 9", organisation="-1", sort="farve", page="mange")
        self.assertContains(page, "invalid-feedback")
        assert len(page.context["shown"].projects) == 2

    def test_nothing_that_matches_is_said_with_a_way_back(self) -> None:
        self.assertContains(self.page(q="findes ikke"), "Intet passer")


class OrderTests(OverviewCase):
    def test_by_name_by_level_and_by_how_much_is_to_be_mended(self) -> None:
        factories.project("OS2aa", level=Level.LEVEL_3)
        aa, natur, aeroe = "OS2aa", "OS2naturkort", "OS2ærø"
        assert self.projects() == [natur, aeroe, aa]
        assert self.projects(sort="-navn") == [aa, aeroe, natur]
        assert self.projects(sort="niveau") == [aeroe, natur, aa]
        assert self.projects(sort="-niveau") == [aa, natur, aeroe]
        assert self.projects(sort="-rettes") == [aa, natur, aeroe]
        assert self.projects(sort="rettes") == [natur, aeroe, aa]

    def test_the_heading_says_how_and_turns_it_around(self) -> None:
        self.assertContains(self.page(), 'aria-sort="ascending"', count=1)
        self.assertContains(self.page(level="level_2"), "?level=level_2&amp;sort=-rettes")
        page = self.page(sort="-rettes", level="level_2")
        self.assertContains(page, 'aria-sort="descending"', count=1)
        self.assertContains(page, "?sort=rettes&amp;level=level_2")

    def test_the_order_is_kept_when_one_filters(self) -> None:
        self.assertContains(self.page(sort="-navn"), '<input type="hidden" name="sort" value="-navn"')

    def test_the_longer_section_says_how_many_pages_there_are(self) -> None:
        for number in range(3):
            factories.group(Kind.PROFESSIONAL, name=f"Fag {number}")
        self.enterContext(pages_of(3))
        assert (len(self.projects()), len(self.faggrupper())) == (2, 3)
        assert (self.projects(page=2), self.faggrupper(page=2)) == ([], ["Open source-jura"])
        self.assertContains(self.page(), "Side 1 af 2")


class FigureTests(OverviewCase):
    def test_the_numbers_lead_to_what_they_count(self) -> None:
        assert self.figures() == {
            "projekter": 2,
            "grupper": 3,
            "mangler kommissorium": 1,
            "har udkast": 1,
            "ting skal rettes": 0,
        }
        Project.objects.filter(pk=self.other.pk).update(level=Level.LEVEL_2)
        assert self.figures() | {"mangler styregruppe": 1, "ting skal rettes": 2} == self.figures()
        figures = self.client.get(reverse("charters:overview-figures"))
        self.assertContains(figures, '<a href="/overblik/?state=mangler-styregruppe">')

    def test_the_one_that_is_chosen_is_marked(self) -> None:
        """The page asks for its figures when it is shown."""
        for state, is_marked in (("udkast", True), ("", False)):
            url = f"{reverse('charters:overview-figures')}?state={state}"
            self.assertContains(self.page(state=state), f'hx-get="{url}"')
            figures = self.client.get(url, headers={"hx-request": "true"})
            self.assertContains(figures, '?state=udkast" aria-current="true"', count=int(is_marked))
            self.assertNotContains(figures, "<h1")


class FileTests(OverviewCase):
    def sheet(self, **asked: Any) -> list[dict[str, Any]]:
        answer: Any = self.client.get(reverse("charters:overview-excel"), asked)
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        headings, *rows = book.active.iter_rows(values_only=True)
        return [dict(zip(headings, row, strict=True)) for row in rows]

    def test_the_workbook_has_a_row_a_group_and_one_for_a_project_without(self) -> None:
        rows = self.sheet()
        assert [(row["projekt"], row["gruppe"], row["kommissorium"]) for row in rows] == [
            ("OS2naturkort", "Koordinationsgruppen for OS2naturkort", "Udkast"),
            ("OS2naturkort", "Styregruppen for OS2naturkort", "Vedtaget"),
            ("OS2ærø", None, None),
            (None, "Open source-jura", "Mangler kommissorium"),
        ]
        steering = rows[1]
        assert (steering["leder"], steering["udgave"], steering["forpligtelser"]) == ("Karen Havbirk", 1, 6)
        assert steering["vedtaget"].date() == timezone.localdate()

    def test_the_files_have_what_the_filter_shows_on_all_its_pages(self) -> None:
        self.enterContext(pages_of(1))
        assert [row["projekt"] for row in self.sheet(sort="-navn", kind="coordination", page=7)] == [
            "OS2naturkort"
        ] * 2
        answer = self.client.get(reverse("charters:overview-csv"), {"level": "sandbox"})
        lines = answer.content.decode().splitlines()
        assert [line.split(";")[0] for line in lines[1:]] == ["OS2ærø"]
        assert answer["Content-Disposition"].startswith('attachment; filename="overblik-')

    def test_a_long_list_is_read_in_pieces(self) -> None:
        whole = self.sheet()
        with mock.patch.object(listing, "PIECE", 1):
            assert self.sheet() == whole


class MendingTests(OverviewCase):
    def mending(self, **asked: Any) -> HttpResponse:
        return self.client.get(reverse("charters:mending-list"), asked)

    def test_nothing_to_mend_is_said(self) -> None:
        self.assertContains(self.mending(), "Intet at rette")

    def test_each_line_says_what_and_since_when_and_has_the_way_to_mend_it(self) -> None:
        self.cast.jonas.deactivate()
        Charter.objects.adopted().update(review_on=factories.LONG_AGO)
        page = self.mending()
        seat = self.cast.steering.memberships.get(person=self.cast.jonas)
        self.assertContains(page, "Jonas Engtoft")
        self.assertContains(page, reverse("members:membership-end", args=[seat.group.slug, seat.pk]))
        self.assertContains(page, "15. januar 2025")
        self.assertContains(page, reverse("charters:charter-current", args=[seat.group.slug]))
        self.assertContains(page, 'Skal rettes <span class="count">(2)</span>')

    def test_a_requirement_is_met_or_explained(self) -> None:
        Project.objects.filter(pk=self.other.pk).update(level=Level.LEVEL_2)
        page = self.mending(fault="g6")
        self.assertContains(page, f"{reverse('members:group-create')}?projekt=os2aeroe&amp;type=steering")
        self.assertContains(page, reverse("members:project-explain", args=["os2aeroe", "G6"]))
        self.assertNotContains(page, reverse("members:project-update", args=["os2aeroe"]))

    def test_every_button_leads_to_a_page(self) -> None:
        """One of each kind of fault, and the page behind each."""
        group = factories.group(project=self.other)
        factories.group(Kind.PROFESSIONAL, name="Uden", established_on=factories.LONG_AGO)
        Project.objects.filter(pk=self.other.pk).update(level=Level.LEVEL_3)
        factories.project("OS2uden", level=Level.LEVEL_2)
        factories.membership(group)
        factories.adopted(group, on=factories.LONG_AGO)
        Charter.objects.adopted().update(review_on=factories.LONG_AGO)
        Charter.objects.drafts().update(created_at=timezone.now() - datetime.timedelta(days=90))
        self.cast.steering.obligations.update(responsible=self.cast.soeren)
        self.cast.mette.deactivate()
        factories.template().new_version().publish(by=None)
        heaps = self.mending().context["shown"].heaps
        assert len(heaps) == 14
        for heap in heaps:
            line = heap.lines[0]
            for address in filter(None, [line.url, line.explain]):
                with self.subTest(heap.fault):
                    assert self.client.get(address.partition("#")[0]).status_code == 200

    def test_it_can_be_narrowed_as_the_overview_and_to_one_kind_project_or_group(self) -> None:
        Project.objects.filter(pk=self.other.pk).update(level=Level.LEVEL_2)
        self.cast.mette.deactivate()
        for asked, number in (
            ({}, 4),
            ({"fault": "medlem-vaek"}, 1),
            ({"project": "os2aeroe"}, 2),
            ({"group": self.cast.coordination.slug}, 1),
            ({"kind": "coordination"}, 2),
            ({"q": "os2ærø"}, 2),
        ):
            with self.subTest(asked):
                assert self.mending(**asked).context["shown"].count == number
        self.assertContains(self.mending(project="os2aeroe"), "Kun os2aeroe.")
