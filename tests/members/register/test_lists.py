"""The register goes out as lists that come in again as they were, and as addresses to write to."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from members.models import User
from members.register.addresses import Addresses
from members.register.reading import read_list
from tests import factories
from tests.cast import CastCase

PEOPLE = reverse("members:person-addresses")


class ListCase(CastCase):
    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)

    def fetch(self, name: str, *args: str, **query: str) -> bytes:
        response: HttpResponse = self.client.get(reverse(f"members:{name}", args=args), query)
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        return b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]

    def addresses(self, content: bytes) -> list[str]:
        return [row["email"].split("@")[0] for row in read_list(content).rows]


class ListTests(ListCase):
    def test_what_goes_out_comes_in_again_and_changes_nothing(self) -> None:
        """Names and numbers that a spreadsheet would reckon with among them, and an end to come."""
        odd = factories.user("=1+1", email="odd@odder.example", phone="+45 11 22 33 44", title="-")
        factories.membership(self.cast.coordination, odd, joined_on=datetime.date(2026, 1, 2))
        self.cast.steering.memberships.get(person=self.cast.jonas).end(on=factories.days_ahead(9))
        pages = [("register", {"alle": ""}), ("register", {}), ("person-list", {})]
        for name, query in pages:
            for form in ("csv", "excel"):
                with self.subTest(name, form=form, **query):
                    content = self.fetch(f"{name}-{form}", **query)
                    self.client.post(
                        reverse("members:register-import"), {"file": SimpleUploadedFile("x", content)}
                    )
                    plan = self.client.get(reverse("members:register-review")).context["plan"]
                    assert [line for line in plan.lines if not line.is_unchanged or line.notes] == []
                    assert len(plan.lines) >= 6

    def test_those_who_left_go_out_only_when_asked_for(self) -> None:
        assert "soeren" not in self.addresses(self.fetch("register-csv"))
        assert "soeren" in self.addresses(self.fetch("register-csv", alle=""))
        slug = self.cast.steering.slug
        assert self.addresses(self.fetch("group-list-csv", slug)) == ["jonas", "karen"]
        assert "soeren" in self.addresses(self.fetch("group-list-excel", slug, alle=""))

    def test_the_filter_of_the_list_of_people_holds_for_what_goes_out(self) -> None:
        assert self.addresses(self.fetch("person-list-excel", q="odder")) == ["ida", "karen", "mette"]

    def test_a_leader_takes_out_the_own_group_and_nothing_else(self) -> None:
        self.client.force_login(self.cast.karen)
        self.fetch("group-list-csv", self.cast.steering.slug)
        for name, args in [
            ("group-list-csv", [self.cast.coordination.slug]),
            ("register-csv", []),
            ("person-list-csv", []),
        ]:
            assert self.client.get(reverse(f"members:{name}", args=args)).status_code == 403

    def test_a_list_of_many_asks_the_database_no_more_than_one_of_few(self) -> None:
        for name, questions in (("register-csv", 6), ("person-list-csv", 7)):  # one to note it
            for more in (1, 12):
                for _number in range(more):
                    factories.membership(self.cast.coordination)
                self.fetch(name)
                with self.subTest(name, more=more), self.assertNumQueries(questions):
                    self.fetch(name)


class AddressTests(ListCase):
    def test_the_addresses_of_a_filter_are_parted_as_one_likes(self) -> None:
        page = self.client.get(PEOPLE, {"q": "odder"})
        self.assertContains(page, "ida@odder.example; karen@odder.example; mette@odder.example</textarea>")
        self.assertContains(page, 'href="?q=odder&amp;adskil=komma"')
        page = self.client.get(PEOPLE, {"q": "odder", "adskil": "komma"})
        self.assertContains(page, "ida@odder.example, karen@odder.example, mette@odder.example</textarea>")

    def test_those_who_are_inactive_are_left_out_and_counted(self) -> None:
        self.cast.jonas.deactivate()
        url = reverse("members:group-addresses", args=[self.cast.steering.slug])
        page = self.client.get(url)
        self.assertContains(page, ">karen@odder.example</textarea>")
        self.assertContains(page, "1 inaktiv person er udeladt.")
        self.assertContains(self.client.get(PEOPLE, {"login": "inaktiv"}), "Her er ingen at skrive til.")

    def test_members_of_a_group_see_them_and_others_do_not(self) -> None:
        url = reverse("members:group-addresses", args=[self.cast.steering.slug])
        for person, status in ((self.cast.jonas, 200), (self.cast.soeren, 403), (self.cast.mette, 403)):
            self.client.force_login(person)
            assert self.client.get(url).status_code == status

    def test_a_mail_to_all_is_offered_while_the_link_is_short_and_shows_nobody_the_others(self) -> None:
        few = [User(email=f"p{n}@kommune.example") for n in range(3)]
        assert (
            Addresses.of(few).link == "mailto:?bcc=p0@kommune.example,p1@kommune.example,p2@kommune.example"
        )
        assert Addresses.of(User(email=f"p{n}@kommune.example") for n in range(200)).link == ""
