"""That a group writes a draft is told to its members and the secretariat, and to nobody else, on any page."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from charters.models import Charter
from members.models import User
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database


class UntoldDraftTests(CastCase):
    def pages(self, user: User | None) -> dict[str, str]:
        """Each page that tells of the styregruppe's charter, without what differs every time."""
        self.client.logout()
        if user:
            self.client.force_login(user)
        addresses = [
            reverse("members:front-page"),
            reverse("members:group-list"),
            self.cast.steering.get_absolute_url(),
            self.cast.project.get_absolute_url(),
            reverse("charters:mandate"),
            reverse("charters:charter-current", args=[self.cast.steering.slug]),
            reverse("charters:draft-detail", args=[self.cast.steering.slug]),
            reverse("charters:draft-pdf", args=[self.cast.steering.slug]),
            reverse("charters:draft-adopt", args=[self.cast.steering.slug]),
        ]
        answers = {address: self.client.get(address) for address in addresses}
        varies = r'(nonce|value|csrf\w*|hx-headers)="[^"]*"|[\w-]{60,}'
        return {
            address: f"{answer.status_code} {re.sub(varies, '', answer.content.decode(errors='replace'))}"
            for address, answer in answers.items()
        }

    def outsiders(self) -> list[User | None]:
        return [None, self.cast.nadia, self.cast.mette, self.cast.soeren, self.cast.ida]

    def insiders(self) -> list[User | None]:
        return [self.cast.karen, self.cast.jonas, self.cast.aase, self.cast.oejvind]

    def assert_untold(self, begin: object) -> None:
        before = {user: self.pages(user) for user in self.outsiders()}
        assert callable(begin)
        begin()
        for user, pages in before.items():
            with self.subTest(user=user):
                assert self.pages(user) == pages

    def test_every_page_is_to_outsiders_as_if_the_first_draft_were_not_there(self) -> None:
        self.assert_untold(lambda: Charter.start(self.cast.steering, by=None))

    def test_nor_is_the_draft_of_a_next_edition(self) -> None:
        charter = factories.adopted(self.cast.steering)
        self.assert_untold(lambda: charter.next_edition(by=None, reason="Nye opgaver."))

    def test_nor_one_begun_after_a_charter_that_ended(self) -> None:
        factories.adopted(self.cast.steering).retire()
        self.assert_untold(lambda: Charter.start(self.cast.steering, by=None))

    def test_members_and_the_secretariat_see_it_in_the_lists_and_on_the_groups_page(self) -> None:
        Charter.start(self.cast.steering, by=None)
        for user in self.insiders():
            pages = self.pages(user)
            for address in (
                reverse("members:group-list"),
                self.cast.steering.get_absolute_url(),
                self.cast.project.get_absolute_url(),
            ):
                with self.subTest(user=user, address=address):
                    assert "Udkast" in pages[address]

    def test_a_member_of_another_group_sees_what_is_adopted_there(self) -> None:
        Charter.start(self.cast.steering, by=None)
        page = self.pages(self.cast.mette)[reverse("members:group-list")]
        assert "Intet vedtaget" in page
        assert "Udkast" not in page
