"""What ends a right ends it at the next request, in every browser that had it open."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from members import access
from members.models import Membership, User
from tests import factories
from tests.cast import CastCase

MINE = reverse("charters:mandate")


class SessionTests(CastCase):
    def browser(self, person: User) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=person.pk))
        assert client.get(MINE).status_code == 200
        return client

    def assert_is_out(self, client: Client) -> None:
        answer = client.get(MINE)
        assert (answer.status_code, answer.get("Location", "")[:16]) == (302, "/konto/log-ind/?")

    def test_whoever_is_deactivated_is_out_and_a_colleague_is_not(self) -> None:
        browser, other = self.browser(self.cast.karen), self.browser(self.cast.jonas)
        office = self.browser(self.cast.aase)
        office.post(reverse("members:person-deactivate", args=[self.cast.karen.pk]))
        self.assert_is_out(browser)
        assert other.get(MINE).status_code == 200

    def test_whoever_is_made_nameless_is_out(self) -> None:
        self.cast.steering.memberships.get(person=self.cast.karen).end()
        browser = self.browser(self.cast.karen)
        url = reverse("members:person-anonymise", args=[self.cast.karen.pk])
        answer = self.browser(self.cast.aase).post(url, {"is_sure": "on"})
        assert answer.status_code == 302
        self.assert_is_out(browser)

    def test_a_new_password_ends_the_other_sessions_and_not_ones_own(self) -> None:
        self.cast.karen.set_password("gulerod kano tirsdag")
        self.cast.karen.save()
        here, there = self.browser(self.cast.karen), self.browser(self.cast.karen)
        new = {"password1": "havregryn cykel lyst", "password2": "havregryn cykel lyst"}
        url = reverse("account_change_password")
        answer = here.post(url, new | {"oldpassword": "gulerod kano tirsdag"})
        assert answer.status_code == 302
        self.assert_is_out(there)
        assert here.get(MINE).status_code == 200

    def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(self) -> None:
        browser = self.browser(self.cast.karen)
        thief = Client()
        thief.cookies = browser.cookies.copy()  # type: ignore[assignment]
        browser.post(reverse("account_logout"))
        self.assert_is_out(thief)


class RightTests(CastCase):
    """The same open browser, asked before and after."""

    def setUp(self) -> None:
        factories.adopted(self.cast.steering).next_edition(by=None)
        self.cast.steering.visibility = "members"
        self.cast.steering.save()
        self.client.force_login(self.cast.jonas)
        self.draft = reverse("charters:draft-detail", args=[self.cast.steering.slug])
        assert self.client.get(self.draft).status_code == 200

    def assert_is_gone(self) -> None:
        for url in (self.draft, self.cast.steering.get_absolute_url()):
            assert self.client.get(url).status_code == 404

    def test_leaving_the_group(self) -> None:
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        self.assert_is_gone()

    def test_being_taken_out_of_the_register_of_the_group(self) -> None:
        Membership.objects.filter(person=self.cast.jonas).delete()
        self.assert_is_gone()

    def test_a_role_that_leads_no_longer(self) -> None:
        self.client.force_login(self.cast.karen)
        url = reverse("members:membership-search", args=[self.cast.steering.slug])
        assert self.client.get(url).status_code == 200
        membership = self.cast.steering.memberships.get(person=self.cast.karen)
        membership.role = Membership.Role.MEMBER
        membership.save()
        assert self.client.get(url).status_code == 403

    def test_the_group_is_closed(self) -> None:
        self.client.force_login(self.cast.karen)
        url = reverse("charters:draft-adopt", args=[self.cast.steering.slug])
        assert self.client.get(url).status_code == 200
        self.cast.steering.close()
        assert self.client.get(url).status_code == 403

    def test_leaving_the_secretariat(self) -> None:
        self.client.force_login(self.cast.aase)
        url = reverse("members:person-list")
        assert self.client.get(url).status_code == 200
        self.cast.aase.is_staff = False
        self.cast.aase.save()
        access.place_in_secretariat(self.cast.aase)
        assert self.client.get(url).status_code == 403

    def test_the_address_of_a_calendar(self) -> None:
        address = factories.calendar_address(self.cast.jonas, group=self.cast.steering)
        feed = reverse("charters:calendar-feed", args=[address.token])
        assert Client().get(feed).status_code == 200
        self.cast.steering.memberships.get(person=self.cast.jonas).end()
        assert Client().get(feed).status_code == 404
