""" "Mit mandat": what each person sees of their own groups, and what awaits them."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from charters import text
from charters.mandate import Mandate, mandates_of
from charters.models import Charter
from members.models import Membership, Project, User, WorkingGroup, WorkingGroupUserGrant
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

Role = Membership.Role


class MandateCase(CastCase):
    def mandate(self, user: User, group: WorkingGroup | None = None) -> Mandate:
        return next(m for m in mandates_of(user) if m.group == (group or self.cast.steering))

    def awaiting(self, user: User) -> list[tuple[str, str, bool]]:
        return [(a.message, a.url, a.post) for a in self.mandate(user).awaiting()]

    def url(self, name: str, *more: object) -> str:
        return reverse(f"charters:{name}", args=[self.cast.steering.slug, *more])


class GroupTests(MandateCase):
    def test_each_sees_their_own_groups_and_no_others(self) -> None:
        expected = {
            self.cast.karen: [self.cast.steering],
            self.cast.jonas: [self.cast.steering],
            self.cast.mette: [self.cast.coordination],
            self.cast.tobias: [self.cast.coordination],
            self.cast.nadia: [self.cast.professional],
            self.cast.soeren: [],
            self.cast.aase: [],
        }
        for user, groups in expected.items():
            with self.subTest(user=user):
                assert [mandate.group for mandate in mandates_of(user)] == groups

    def test_several_groups_come_in_danish_order(self) -> None:
        for name in ("Åben data", "Ældre", "Zoner"):
            factories.membership(factories.group("professional", name=name), self.cast.ida)
        names = [mandate.group.name for mandate in mandates_of(self.cast.ida)]
        assert names == ["Zoner", "Ældre", "Åben data"]

    def test_where_something_awaits_one_comes_first(self) -> None:
        factories.membership(self.cast.professional, self.cast.jonas)
        factories.adopted(self.cast.steering)
        names = [mandate.group for mandate in mandates_of(self.cast.jonas)]
        assert names == [self.cast.steering, self.cast.professional]

    def test_everyone_in_the_group_stands_in_it_leaders_first(self) -> None:
        roster = self.mandate(self.cast.jonas).roster
        assert [membership.person for membership in roster] == [self.cast.karen, self.cast.jonas]


class TopicTests(MandateCase):
    def test_the_adopted_text_answers_the_four_questions(self) -> None:
        factories.adopted(self.cast.steering)
        mandate = self.mandate(self.cast.jonas)
        answers = {
            "purpose": ["Overordnet formål med styregruppen"],
            "decides": ["Rolle"],
            "asks": ["Relation til OS2s sekretariat"],
            "does": ["Forpligtelser i forhold til udvikling", "Økonomiske forpligtelser"],
        }
        for question, headings in answers.items():
            with self.subTest(question=question):
                assert [section.heading for section in getattr(mandate, question)] == headings

    def test_a_koordinationsgruppe_is_told_what_to_take_to_the_styregruppe(self) -> None:
        factories.adopted(self.cast.coordination)
        mandate = self.mandate(self.cast.mette, self.cast.coordination)
        assert [section.heading for section in mandate.asks] == [
            "Relation til styregruppen",
            "Relation til OS2s sekretariat",
        ]
        assert str(mandate.kind.asks) == "Det skal I tage med til styregruppen og sekretariatet"

    def test_a_draft_answers_nothing_yet(self) -> None:
        Charter.start(self.cast.steering, by=None)
        mandate = self.mandate(self.cast.jonas)
        assert mandate.charter is None
        assert mandate.topics == {}

    def test_the_edition_in_force_answers_while_the_next_is_written(self) -> None:
        edition = factories.adopted(self.cast.steering)
        draft = edition.next_edition(by=None, reason="Nye opgaver.")
        section = draft.sections.get(key="rolle")
        section.rewrite(heading="Rolle", body="Noget andet.", base=section.revision)
        (decides,) = self.mandate(self.cast.jonas).decides
        assert text.plain(decides.body).startswith("Styregruppen er højest besluttende")

    def test_a_koordinationsgruppe_alone_also_carries_the_styregruppes_duties(self) -> None:
        assert not self.mandate(self.cast.mette, self.cast.coordination).stands_in_for_steering
        self.cast.steering.close()
        assert self.mandate(self.cast.mette, self.cast.coordination).stands_in_for_steering

    def test_a_faggruppe_never_does(self) -> None:
        tied = factories.group(
            "professional", name="Kort", project=factories.project(level=Project.Level.LEVEL_2)
        )
        factories.membership(tied, self.cast.ida)
        assert not self.mandate(self.cast.ida, tied).stands_in_for_steering
        assert not self.mandate(self.cast.nadia, self.cast.professional).stands_in_for_steering


class AwaitingTests(MandateCase):
    def test_without_a_charter_the_chair_is_asked_to_begin_and_a_member_is_not(self) -> None:
        begin = ("Gruppen har intet kommissorium endnu.", self.url("charter-start"), True)
        assert self.awaiting(self.cast.karen) == [begin]
        assert self.awaiting(self.cast.jonas) == []

    def test_what_is_asked_of_one_follows_what_one_may_do(self) -> None:
        factories.membership(self.cast.steering, self.cast.aase)
        assert self.awaiting(self.cast.aase) != []
        WorkingGroupUserGrant.objects.filter(user=self.cast.karen).delete()
        assert self.awaiting(self.cast.karen) == []

    def test_with_a_draft_the_chair_goes_on_and_a_member_reads(self) -> None:
        Charter.start(self.cast.steering, by=None)
        draft = self.url("draft-detail")
        assert self.awaiting(self.cast.karen) == [("Udkastet er ikke vedtaget endnu.", draft, False)]
        assert self.awaiting(self.cast.jonas) == [("Der er et udkast til kommissorium.", draft, False)]

    @time_machine.travel("2025-02-01T12:00:00+01:00", tick=False)
    def test_an_adopted_charter_awaits_the_approval_of_those_who_have_not_given_it(self) -> None:
        charter = factories.adopted(self.cast.steering)
        awaited = ("Kommissoriet venter på din godkendelse.", self.url("edition-approve", 1), False)
        assert self.awaiting(self.cast.jonas) == [awaited]
        factories.approval(charter.members.get(person=self.cast.jonas))
        assert self.awaiting(self.cast.jonas) == []
        assert self.awaiting(self.cast.karen) == [awaited]

    @time_machine.travel("2025-02-01T12:00:00+01:00", tick=False)
    def test_one_who_does_not_decide_or_came_later_is_not_asked(self) -> None:
        observer = factories.membership(self.cast.steering, self.cast.ida, role=Role.OBSERVER)
        factories.adopted(self.cast.steering)
        later = factories.membership(self.cast.steering, joined_on=datetime.date(2025, 1, 20))
        assert self.awaiting(observer.person) == []
        assert self.awaiting(later.person) == []

    def test_a_charter_that_is_due_awaits_those_who_lead(self) -> None:
        charter = factories.adopted(self.cast.steering)
        for member in charter.members.all():
            factories.approval(member)
        factories.yearly_check(self.cast.steering)
        due = ("Kommissoriet skal gennemgås.", self.url("edition-detail", 1), False)
        assert self.awaiting(self.cast.karen) == [due]
        assert self.awaiting(self.cast.jonas) == []

    def test_a_charter_that_is_soon_due_awaits_them_too_with_its_day(self) -> None:
        charter = factories.adopted(self.cast.steering)
        for member in charter.members.all():
            factories.approval(member)
        with time_machine.travel("2025-12-01T12:00:00+01:00", tick=False):
            near = "Kommissoriet skal gennemgås senest den 15. januar 2026."
            assert self.awaiting(self.cast.karen) == [(near, self.url("edition-detail", 1), False)]
            assert self.awaiting(self.cast.jonas) == []
        with time_machine.travel("2025-11-01T12:00:00+01:00", tick=False):
            assert self.awaiting(self.cast.karen) == []

    def test_what_is_overdue_awaits_those_who_lead_and_the_responsible(self) -> None:
        charter = factories.adopted(self.cast.steering)
        charter.review_next(on=factories.days_ahead(300))
        for member in charter.members.all():
            factories.approval(member)
        first, second = self.cast.steering.obligations.all()[:2]
        for obligation, person in ((first, self.cast.jonas), (second, self.cast.karen)):
            obligation.responsible, obligation.next_on = person, factories.days_ahead(0)
            obligation.save()
        factories.yearly_check(self.cast.steering)
        url = self.url("obligation-list")
        soon = "Der skal følges op på 2 forpligtelser inden for en måned."
        own_soon = "Du skal følge op på 1 forpligtelse inden for en måned."
        assert self.awaiting(self.cast.karen) == [(soon, url, False)]
        assert self.awaiting(self.cast.jonas) == [(own_soon, url, False)]
        self.cast.steering.obligations.exclude(next_on=None).update(next_on=factories.days_ahead(-1))
        to_lead = "Opfølgningen på 2 forpligtelser er overskredet."
        to_follow = "Du er ansvarlig for 1 forpligtelse, hvor opfølgningen er overskredet."
        assert self.awaiting(self.cast.karen) == [(to_lead, url, False)]
        assert self.awaiting(self.cast.jonas) == [(to_follow, url, False)]


class PageTests(MandateCase):
    def page(self, user: User) -> str:
        self.client.force_login(user)
        return self.client.get(reverse("charters:mandate")).content.decode()

    def test_a_member_reads_what_the_group_decides_asks_and_does_and_who_is_in_it(self) -> None:
        factories.adopted(self.cast.steering)
        page = self.page(self.cast.jonas)
        for words in (
            "Det afgør I",
            "Styregruppen er højest besluttende myndighed.",
            "Det skal I vende med sekretariatet",
            "Det skal I gøre",
            "Godkende projektbeskrivelse.",
            "Karen Havbirk",
            "Odder Kommune",
            "Kommissoriet venter på din godkendelse.",
        ):
            assert words in page, words
        assert self.url("edition-detail", 1) in page

    def test_every_link_and_button_leads_somewhere(self) -> None:
        factories.adopted(self.cast.steering)
        self.cast.steering.charters.get().next_edition(by=None, reason="Nye opgaver.")
        for user in (self.cast.karen, self.cast.jonas, self.cast.mette, self.cast.nadia):
            self.client.force_login(user)
            for mandate in mandates_of(user):
                for awaiting in mandate.awaiting():
                    with self.subTest(user=user, message=awaiting.message):
                        ask = self.client.post if awaiting.post else self.client.get
                        assert ask(awaiting.url).status_code in (200, 302)

    def test_someone_in_no_group_is_told_what_to_do(self) -> None:
        assert "Du er ikke med i nogen gruppe" in self.page(self.cast.soeren)
        assert "Som sekretariat ser og retter du alle grupper." in self.page(self.cast.aase)

    def test_a_faggruppe_without_obligations_looks_right(self) -> None:
        factories.adopted(self.cast.professional)
        page = self.page(self.cast.nadia)
        assert "Ingen direkte forpligtelser." in page
        assert "Faggruppen betjenes af sekretariatet." in page

    def test_it_costs_as_many_queries_for_many_groups_as_for_one(self) -> None:
        factories.adopted(self.cast.steering)
        self.client.force_login(self.cast.karen)
        with self.assertNumQueries(9):
            self.client.get(reverse("charters:mandate"))
        for _ in range(8):
            group = factories.group("professional", name="Fag")
            factories.membership(group, self.cast.karen, role=Role.CHAIR)
            for _ in range(3):
                factories.membership(group)
            factories.adopted(group).next_edition(by=None, reason="Nye opgaver.")
        with self.assertNumQueries(9):
            self.client.get(reverse("charters:mandate"))
