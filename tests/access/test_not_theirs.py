"""What no status tells: what a page offers, whose waiting list it shows, what a form lets one change."""

from __future__ import annotations

from django.urls import reverse

from charters.bundling import Selection, ask_for
from charters.models import Bundle, Charter
from charters.obligations.following import may_follow_up
from members.models import Project, RegisterFile, User
from members.privacy.anonymising import anonymise
from members.register.addresses import Addresses
from tests import factories
from tests.cast import CastCase


class OfferTests(CastCase):
    """A page offers nothing that would be refused."""

    def page(self, who: User | None, url: str) -> str:
        self.client.logout()
        if who:
            self.client.force_login(who)
        return str(self.client.get(url).content.decode())

    def setUp(self) -> None:
        self.cast.project.level = Project.Level.LEVEL_3
        self.cast.project.save()
        self.url = self.cast.project.get_absolute_url()
        self.explain = reverse("members:project-explain", args=[self.cast.project.slug, "G12"])

    def test_a_project_is_changed_by_the_secretariat_and_explained_by_its_tovholder_too(self) -> None:
        change = reverse("members:project-update", args=[self.cast.project.slug])
        for who, changes, explains in (
            (None, False, False),
            (self.cast.karen, False, False),
            (self.cast.mette, False, True),
            (self.cast.aase, True, True),
        ):
            with self.subTest(who=who):
                page = self.page(who, self.url)
                assert (change in page, self.explain in page) == (changes, explains)

    def test_how_a_project_stands_is_for_those_who_are_signed_in(self) -> None:
        for url in (self.url, reverse("members:project-list")):
            self.client.logout()
            visitor = self.client.get(url).context
            self.client.force_login(self.cast.karen)
            member = self.client.get(url).context
            if "findings" in visitor:
                assert visitor["findings"] == []
                assert member["findings"]
            else:
                assert [hasattr(project, "shortfalls") for project in visitor["page_obj"]] == [False]
                assert [project.shortfalls > 0 for project in member["page_obj"]] == [True]

    def test_a_charters_next_review_and_who_is_in_the_meeting_are_for_those_who_lead(self) -> None:
        edition = factories.adopted(self.cast.steering)
        edition.next_edition(by=None)
        slug = self.cast.steering.slug
        review = reverse("charters:edition-review", args=[slug, 1])
        add = reverse("charters:meeting-member", args=[slug])
        for who, may in ((self.cast.jonas, False), (self.cast.karen, True)):
            with self.subTest(who=who):
                assert (review in self.page(who, edition.get_absolute_url())) == may
                assert (add in self.page(who, reverse("charters:draft-meeting", args=[slug]))) == may

    def test_a_new_edition_and_who_follows_an_obligation_up_are_for_those_who_lead(self) -> None:
        factories.adopted(self.cast.steering)
        slug = self.cast.steering.slug
        obligation = self.cast.steering.obligations.all()[0]
        obligation.responsible = self.cast.jonas
        obligation.save()
        begin = reverse("charters:edition-next", args=[slug])
        detail, change, follow_up = (
            reverse(f"charters:obligation-{name}", args=[slug, obligation.pk])
            for name in ("detail", "update", "follow-up")
        )
        for who, may in ((self.cast.jonas, False), (self.cast.karen, True)):
            with self.subTest(who=who):
                assert (begin in self.page(who, self.cast.steering.get_absolute_url())) == may
                page = self.page(who, detail)
                assert follow_up in page
                assert (change in page) == may
                assert ('name="next_on"' in self.page(who, follow_up)) == may

    def test_a_calendar_is_offered_of_ones_own_groups_alone(self) -> None:
        for group, who in (
            (self.cast.professional, self.cast.nadia),
            (self.cast.coordination, self.cast.mette),
        ):
            asked = f"{reverse('charters:calendar')}?gruppe={group.slug}"
            assert group.name in self.page(who, asked)
            assert group.name not in self.page(self.cast.karen, asked)
            assert group.name in self.page(self.cast.aase, asked)


class BoardTests(CastCase):
    def test_only_the_secretariat_says_who_sits_for_the_board(self) -> None:
        seat = self.cast.steering.memberships.get(person=self.cast.jonas)
        new = reverse("members:membership-create", args=[self.cast.steering.slug, self.cast.ida.pk])
        old = reverse("members:membership-update", args=[self.cast.steering.slug, seat.pk])
        for who, may in ((self.cast.karen, False), (self.cast.aase, True)):
            self.client.force_login(who)
            for url in (new, old):
                with self.subTest(who=who, url=url):
                    assert ("represents_board" in self.client.get(url).content.decode()) == may


class WaitingListTests(CastCase):
    """Åse has sent a list of members that waits; her colleague has not."""

    def setUp(self) -> None:
        factories.register_file(self.cast.aase, name="aases-liste.csv")
        self.colleague = factories.user("Per Egelund-Dam", is_staff=True)
        self.colleague.groups.add(*self.cast.aase.groups.all())

    def test_only_whoever_sent_it_is_reminded_of_it(self) -> None:
        for who, is_there in ((self.colleague, False), (self.cast.aase, True)):
            self.client.force_login(who)
            page = self.client.get(reverse("members:register-import")).content.decode()
            assert ("aases-liste.csv" in page) == is_there

    def test_only_whoever_sent_it_discards_it(self) -> None:
        for who, is_left in ((self.colleague, True), (self.cast.aase, False)):
            self.client.force_login(who)
            self.client.post(reverse("members:register-discard"))
            assert RegisterFile.objects.exists() == is_left


class NamelessTests(CastCase):
    def test_no_member_learns_who_was_made_nameless(self) -> None:
        nameless = factories.user("Vera Askholm", login=False)
        anonymise(nameless, by=self.cast.aase)
        url = reverse("members:person-anonymise", args=[nameless.pk])
        for who, status in ((self.cast.karen, 403), (self.cast.aase, 302)):
            self.client.force_login(who)
            assert self.client.get(url).status_code == status


class OwnTests(CastCase):
    def test_two_who_ask_for_the_same_zip_get_one_each(self) -> None:
        factories.adopted(self.cast.steering)
        for who in (self.cast.aase, self.cast.oejvind, self.cast.aase):
            ask_for(Selection(), by=who)
        assert Bundle.objects.filter(owner=self.cast.aase).count() == 1
        assert Bundle.objects.filter(owner=self.cast.oejvind).count() == 1

    def test_the_responsible_follows_up_while_a_member_and_nobody_in_a_closed_group(self) -> None:
        factories.adopted(self.cast.steering)
        obligation = self.cast.steering.obligations.all()[0]
        obligation.responsible = self.cast.jonas
        for who, rights, may in (
            (self.cast.jonas, {"view_drafts"}, True),
            (self.cast.jonas, set(), False),
            (self.cast.karen, {"view_drafts"}, False),
            (self.cast.karen, {"view_drafts", "edit_charter"}, True),
        ):
            assert may_follow_up(who, obligation, rights=rights) == may
        obligation.group.closed_on = factories.LONG_AGO
        assert not may_follow_up(self.cast.karen, obligation, rights={"view_drafts", "edit_charter"})

    def test_whoever_was_deactivated_has_no_login_however_good_the_password(self) -> None:
        assert self.cast.jonas.has_login
        self.cast.jonas.deactivate()
        assert not self.cast.jonas.has_login

    def test_whoever_was_deactivated_is_left_out_of_a_list_of_addresses_and_counted(self) -> None:
        self.cast.jonas.deactivate()
        addresses = Addresses.of([self.cast.karen, self.cast.jonas])
        assert (addresses.each, addresses.left_out) == (["karen@odder.example"], 1)

    def test_the_charters_one_sees_are_the_frozen_of_ones_groups_and_the_drafts_of_ones_own(self) -> None:
        public, private = factories.adopted(self.cast.steering), factories.adopted(self.cast.professional)
        drafts = {public.next_edition(by=None), private.next_edition(by=None)}
        given_up = factories.draft(self.cast.coordination)
        given_up.give_up(by=self.cast.mette)
        ours, theirs = sorted(drafts, key=lambda draft: draft.group_id != self.cast.steering.pk)
        for who, seen in (
            (self.cast.karen, {public, ours}),
            (self.cast.nadia, {public, private, theirs}),
            (self.cast.mette, {public}),
            (self.cast.aase, {public, private, ours, theirs}),
        ):
            with self.subTest(who=who):
                assert set(Charter.objects.visible_to(who)) == seen
