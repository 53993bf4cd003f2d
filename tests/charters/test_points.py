"""The page of a draft's obligations: which points they are, which live on, and saying otherwise."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from charters.models import Charter, Obligation, PointChoice, Section
from charters.obligations.outlook import Outlook
from charters.obligations.stated import key_of
from charters.take_in import take_in
from members.models import User, WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

DEVELOPMENT, ROLE = "udvikling", "rolle"
APPROVE, QUALITY = "Godkende projektbeskrivelse.", "Stille krav til kvalitet."
FRAMES = "Skabe gode rammer for projektet."


class PointsCase(CastCase):
    draft: Charter

    def setUp(self) -> None:
        self.draft = factories.draft(self.cast.steering, by=self.cast.karen)
        self.client.force_login(self.cast.karen)

    def url(self, group: WorkingGroup | None = None) -> str:
        return reverse("charters:draft-obligations", args=[(group or self.cast.steering).slug])

    def section(self, key: str = DEVELOPMENT) -> Section:
        return Charter.objects.drafts().get(group=self.cast.steering).sections.get(key=key)

    def write(self, *points: str, key: str = DEVELOPMENT) -> None:
        section = self.section(key)
        body = "".join(f"<li>{point}</li>" for point in points)
        section.rewrite(heading=section.heading, body=f"<ul>{body}</ul>", base=section.revision)

    def key(self, wording: str, section: str = DEVELOPMENT) -> str:
        return key_of(self.section(section).pk, wording)

    def say(self, **said: str) -> HttpResponse:
        """Send some fields as a page would that showed them as reckoned."""
        shown = {f"initial-{name}": "" for name in said}
        return self.client.post(self.url(), shown | said, follow=True)  # type: ignore[return-value]

    def mark(self, wording: str, marking: str, section: str = DEVELOPMENT) -> HttpResponse:
        return self.say(**{f"marking-{self.key(wording, section)}": marking})

    def continue_in(self, wording: str, obligation: Obligation | str) -> HttpResponse:
        value = obligation if isinstance(obligation, str) else str(obligation.pk)
        return self.say(**{f"former-{self.key(wording)}": value})

    def outlook(self) -> Outlook:
        return Outlook.of(Charter.objects.drafts().get(group=self.cast.steering))

    def stated(self) -> list[str]:
        return [point.wording for point in self.outlook().stated]

    def page(self, user: User | None = None) -> str:
        self.client.force_login(user or self.cast.karen)
        return self.client.get(self.url()).content.decode()


class MarkingTests(PointsCase):
    def test_the_page_says_which_points_are_obligations(self) -> None:
        page = self.page()
        assert "Gruppen får 6 forpligtelser" in page
        assert APPROVE in page
        assert "Ja, som afsnittet (økonomi)" in page

    def test_a_point_can_be_no_obligation_after_all(self) -> None:
        assert APPROVE in self.stated()
        self.assertContains(self.mark(APPROVE, "none"), "Jeres valg er gemt.")
        assert APPROVE not in self.stated()
        assert len(self.stated()) == 5

    def test_and_a_point_of_any_section_can_be_one(self) -> None:
        role = self.outlook().points(self.section(ROLE))[0].wording
        assert role not in self.stated()
        self.mark(role, "economic", ROLE)
        stated = {point.wording: point.area for point in self.outlook().stated}
        assert stated[role] == "economic"

    def test_what_is_said_as_it_was_reckoned_is_forgotten(self) -> None:
        self.mark(APPROVE, "none")
        name = f"marking-{self.key(APPROVE)}"
        self.client.post(self.url(), {f"initial-{name}": "none", name: ""})
        assert not PointChoice.objects.exists()
        assert APPROVE in self.stated()

    def test_only_what_this_writer_changed_is_saved(self) -> None:
        self.mark(APPROVE, "none")
        stale = f"marking-{self.key(APPROVE)}"  # shown before that
        self.say(**{stale: "", f"marking-{self.key(QUALITY)}": "economic"})
        choices = {choice.wording: choice.marking for choice in PointChoice.objects.all()}
        assert choices == {APPROVE: "none", QUALITY: "economic"}

    def test_a_point_that_was_rewritten_meanwhile_is_told_of_and_the_others_are_saved(self) -> None:
        gone = f"marking-{self.key(APPROVE)}"
        self.write("Godkende noget helt andet.", QUALITY)
        page = self.say(**{gone: "none", f"marking-{self.key(QUALITY)}": "none"})
        self.assertContains(page, f"jeres valg for det er ikke gemt: »{APPROVE}«")
        self.assertContains(page, "Jeres valg er gemt.")
        assert [choice.wording for choice in PointChoice.objects.all()] == [QUALITY]

    def test_who_only_reads_sees_it_without_a_form(self) -> None:
        page = self.page(self.cast.jonas)
        assert APPROVE in page
        assert ["Gem valgene" in page, "<select" in page] == [False, False]
        assert ["Gem valgene" in self.page(), "<select" in self.page()] == [True, True]

    def test_a_faggruppe_is_told_in_the_standard_texts_own_words(self) -> None:
        factories.draft(self.cast.professional)
        self.client.force_login(self.cast.nadia)
        page = self.client.get(self.url(self.cast.professional))
        self.assertContains(page, "Ingen direkte forpligtelser.")
        self.assertNotContains(page, "Udgår")

    def test_a_closed_groups_draft_is_read_only(self) -> None:
        name = f"marking-{self.key(APPROVE)}"
        self.cast.steering.close(on=datetime.date(2026, 1, 2))
        assert "Gem valgene" not in self.page()
        self.client.post(self.url(), {name: "none"})
        assert not PointChoice.objects.exists()

    def test_a_marking_that_there_is_not_is_refused(self) -> None:
        page = self.mark(APPROVE, "noget")
        assert page.status_code == 422
        assert not PointChoice.objects.exists()

    def test_who_adopts_is_told_when_somebody_marked_a_point_meanwhile(self) -> None:
        address = reverse("charters:draft-adopt", args=[self.cast.steering.slug])
        form = self.client.get(address).context["form"]
        data: dict[str, Any] = {
            name: field.initial for name, field in form.fields.items() if field.initial is not None
        }
        self.mark(APPROVE, "none")
        with factories.stand_in_pdf():
            answer = self.client.post(address, data)
        self.assertContains(answer, "Valgene af forpligtelser</a> er ændret", status_code=422)
        assert Charter.objects.drafts().filter(group=self.cast.steering).exists()


class FollowingTests(PointsCase):
    def setUp(self) -> None:
        super().setUp()
        self.mark(QUALITY, "none")

    def test_a_choice_follows_the_point_when_its_words_are_edited(self) -> None:
        self.write(APPROVE, "Stille høje krav til kvalitet.")
        self.write(APPROVE, "Stille meget høje krav til kvalitet.")
        assert PointChoice.objects.get().wording == "Stille meget høje krav til kvalitet."
        assert self.stated()[:-1] == [APPROVE]

    def test_but_not_to_another_point_when_its_own_is_taken_out(self) -> None:
        self.write(QUALITY, "Stille krav til pris.")
        self.write("Stille krav til pris.")
        assert "Stille krav til pris." in self.stated()

    def test_it_is_there_again_when_the_point_is(self) -> None:
        self.write(APPROVE)
        self.write(APPROVE, QUALITY)
        assert QUALITY not in self.stated()

    def test_it_stays_when_the_section_is_taken_out_and_put_back(self) -> None:
        self.section().take_out()
        assert len(self.stated()) == 1
        self.section().put_back()
        assert QUALITY not in self.stated()
        assert APPROVE in self.stated()

    def test_it_stays_when_a_newer_standard_text_is_taken_in(self) -> None:
        new = factories.template("steering").new_version()
        section = new.sections.get(key=DEVELOPMENT)
        body = section.body.replace("kvalitet.", "kvalitet og pris.") + "<ul><li>Måle effekten.</li></ul>"
        section.rewrite(heading=section.heading, body=body, base=section.revision)
        new.publish(by=self.cast.aase, note="Mere.")
        take_in(self.cast.steering, by=self.cast.karen)
        assert "Måle effekten." in self.stated()
        assert [point for point in self.stated() if point.startswith("Stille krav")] == []

    def test_the_next_edition_says_the_same_of_its_points(self) -> None:
        factories.adopted(self.cast.steering).next_edition(by=None)
        assert QUALITY not in self.stated()
        self.mark(QUALITY, "development")
        assert QUALITY in self.stated()

    def test_both_comparisons_count_as_the_group_has_marked(self) -> None:
        for name in ("draft-deviations", "draft-changes"):
            if name == "draft-changes":
                factories.adopted(self.cast.steering).next_edition(by=None)
                self.mark(APPROVE, "none")
            page = self.client.get(reverse(f"charters:{name}", args=[self.cast.steering.slug]))
            self.assertContains(page, "1 forpligtelse fjernet")


class PairingTests(PointsCase):
    """The draft of a second edition: one point in close words, one new, four gone."""

    def setUp(self) -> None:
        super().setUp()
        self.former = factories.adopted(self.cast.steering)
        self.former.next_edition(by=None)
        self.write("Skabe gode rammer for alle projekter.", "Måle effekten.")
        self.frames = self.cast.steering.obligations.get(wording=FRAMES)
        self.quality = self.cast.steering.obligations.get(wording=QUALITY)

    def adopt(self) -> Charter:
        draft = Charter.objects.drafts().get(group=self.cast.steering)
        draft.reason = "Nye opgaver."
        draft.save(update_fields=["reason"])
        return factories.adopted(self.cast.steering)

    def test_the_page_shows_where_each_comes_from_with_the_words_changed(self) -> None:
        self.quality.follow_ups.create(status="under_way", note="Krav er sendt.", made_by=self.cast.karen)
        page = self.page()
        assert "2 forpligtelser videreføres, 1 er ny, 4 udgår" in page
        assert "Videreført fra udgave 1" in page
        assert "alle projekter</ins>" in page
        assert "projektet</del>" in page
        assert "Krav er sendt." in page.partition("Udgår</h2>")[2]

    def test_a_first_edition_has_nothing_to_continue(self) -> None:
        factories.draft(self.cast.coordination)
        self.client.force_login(self.cast.mette)
        page = self.client.get(self.url(self.cast.coordination))
        self.assertContains(page, "Gruppen får 5 forpligtelser")
        self.assertNotContains(page, "Kommer fra")

    def test_adopting_says_the_same_and_leads_there(self) -> None:
        page = self.client.get(reverse("charters:draft-adopt", args=[self.cast.steering.slug]))
        self.assertContains(page, "2 forpligtelser videreføres, 1 er ny, 4 udgår")
        self.assertContains(page, self.url())

    def test_adopted_it_lives_on_in_its_new_words(self) -> None:
        second = self.adopt()
        self.frames.refresh_from_db()
        assert (self.frames.wording, self.frames.position) == ("Skabe gode rammer for alle projekter.", 1)
        stood = [(s.charter.number, s.section.key, s.wording) for s in self.frames.statements.in_order()]
        assert stood == [
            (1, DEVELOPMENT, FRAMES),
            (2, DEVELOPMENT, "Skabe gode rammer for alle projekter."),
        ]
        assert self.cast.steering.obligations.get(wording="Måle effekten.").introduced_in == second
        assert self.cast.steering.obligations.filter(retired_in=second).count() == 4

    def test_the_group_can_say_that_it_continues_another(self) -> None:
        self.continue_in("Måle effekten.", self.quality)
        assert self.outlook().summary == "3 forpligtelser videreføres, 3 udgår"
        self.adopt()
        self.quality.refresh_from_db()
        assert (self.quality.wording, self.quality.retired_in) == ("Måle effekten.", None)

    def test_or_that_it_is_new(self) -> None:
        self.continue_in("Skabe gode rammer for alle projekter.", "new")
        second = self.adopt()
        self.frames.refresh_from_db()
        assert self.frames.retired_in == second
        assert self.cast.steering.obligations.in_force().filter(introduced_in=second).count() == 2

    def test_or_leave_it_to_the_reckoning_again(self) -> None:
        wording = "Skabe gode rammer for alle projekter."
        self.continue_in(wording, "new")
        name = f"former-{self.key(wording)}"
        self.client.post(self.url(), {f"initial-{name}": "new", name: ""})
        assert self.outlook().summary.startswith("2 forpligtelser videreføres")

    def test_two_points_do_not_continue_one(self) -> None:
        fields = {
            f"former-{self.key(wording)}": str(self.quality.pk)
            for wording in ("Skabe gode rammer for alle projekter.", "Måle effekten.")
        }
        page = self.say(**fields)
        self.assertContains(page, "Et andet punkt viderefører allerede den forpligtelse.", status_code=422)
        assert not PointChoice.objects.exists()

    def test_what_is_said_last_counts(self) -> None:
        self.continue_in("Skabe gode rammer for alle projekter.", self.quality)
        self.continue_in("Måle effekten.", self.quality)
        assert {c.wording for c in PointChoice.objects.exclude(continues=None)} == {"Måle effekten."}
        assert self.outlook().former(self.outlook().stated[0]) == self.frames

    def test_another_groups_obligation_cannot_be_continued(self) -> None:
        factories.adopted(self.cast.coordination)
        other = self.cast.coordination.obligations.all()[0]
        assert self.continue_in("Måle effekten.", other).status_code == 422
        assert not PointChoice.objects.exists()

    def test_it_costs_as_many_queries_for_many_points_as_for_few(self) -> None:
        for size in ("few", "many"):
            if size == "many":
                self.write(*(f"Punkt {number} er nyt og langt." for number in range(20)))
                self.adopt().next_edition(by=None)
                self.write(*(f"Punkt {number} er nyt og længere." for number in range(5, 25)))
                self.mark("Punkt 7 er nyt og længere.", "none")
            with self.subTest(size), self.assertNumQueries(9):
                assert self.client.get(self.url()).status_code == 200
