"""Groups are found and read by everyone who may know of them."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from members.models import Project, User, WorkingGroup
from tests import factories
from tests.cast import CastCase

Kind = WorkingGroup.Kind
LIST = reverse("members:group-list")


def url(name: str, group: WorkingGroup) -> str:
    return reverse(f"members:{name}", args=[group.slug])


class GroupListTests(CastCase):
    def found(self, **asked: str) -> list[str]:
        return [group.name for group in self.client.get(LIST, asked).context["page_obj"]]

    def test_each_sees_the_groups_they_may_know_of(self) -> None:
        public = ["Koordinationsgruppen for OS2naturkort", "Styregruppen for OS2naturkort"]
        everything = [public[0], "Open source-jura", public[1]]
        for person, expected in (
            (None, public),
            (self.cast.karen, public),
            (self.cast.nadia, everything),
            (self.cast.aase, everything),
        ):
            self.client.logout()
            if person:
                self.client.force_login(person)
            assert self.found() == expected, person

    def test_search_and_choices_narrow_the_list(self) -> None:
        factories.group(project=factories.project("OS2mødebog", level=Project.Level.LEVEL_3))
        assert self.found(q="MØDEBOG") == self.found(level="level_3") == ["Styregruppen for OS2mødebog"]
        assert self.found(kind="coordination") == ["Koordinationsgruppen for OS2naturkort"]
        assert self.found(kind="coordination", level="level_3") == []

    def test_closed_groups_are_shown_when_asked_for(self) -> None:
        self.cast.steering.close()
        assert self.cast.steering.name not in self.found()
        assert self.found(standing="closed") == [self.cast.steering.name]
        assert len(self.found(standing="all")) == 2

    def test_nonsense_filters_nothing_and_is_said_beside_the_field(self) -> None:
        response = self.client.get(LIST, {"kind": "klub", "page": "abc"})
        assert response.status_code == 200
        self.assertContains(response, self.cast.steering.name)
        self.assertContains(response, "klub")

    def test_the_null_character_is_no_error_of_ours(self) -> None:
        assert self.client.get(LIST, {"q": "a\0b"}).status_code == 200

    def test_twenty_five_a_page_and_turning_it_keeps_the_search(self) -> None:
        for number in range(26):
            factories.group(Kind.PROFESSIONAL, name=f"Fag {number:02}")
        first = self.client.get(LIST, {"kind": "professional"})
        assert len(first.context["page_obj"]) == 25
        self.assertContains(first, "?kind=professional&amp;page=2")
        assert self.found(kind="professional", page="2") == ["Fag 25"]

    def test_a_row_says_type_project_level_members_and_charter(self) -> None:
        factories.adopted(self.cast.steering, by=self.cast.karen, on=timezone.localdate())
        page = self.client.get(LIST, {"kind": "steering"}).content.decode()
        for words in ("Styregruppe<", "OS2naturkort", "Niveau 2", ">2<", "Vedtaget"):
            assert words in page, words

    def test_an_empty_list_says_so_and_shows_the_way_back(self) -> None:
        self.assertContains(self.client.get(LIST, {"q": "findes ikke"}), "Ingen grupper passer")


class GroupPageTests(CastCase):
    def page(self, group: WorkingGroup, user: User | None = None) -> str:
        self.client.logout()
        if user:
            self.client.force_login(user)
        response = self.client.get(group.get_absolute_url())
        assert response.status_code == 200
        return response.content.decode()

    def test_a_public_group_shows_names_roles_and_organisations_to_everyone(self) -> None:
        page = self.page(self.cast.steering)
        for words in ("Karen Havbirk", "Formand", "Odder Kommune", "Jonas Engtoft", "Ærø Kommune"):
            assert words in page, words

    def test_contact_details_are_for_the_groups_own_and_the_secretariat(self) -> None:
        secrets = ("karen@odder.example", "11 22 33 44", "Vis mailadresser", "Søren Lyngdal")
        for person in (None, self.cast.mette, self.cast.nadia, self.cast.soeren):
            page = self.page(self.cast.steering, person)
            for secret in secrets:
                if person is self.cast.soeren and secret == "Søren Lyngdal":
                    continue  # his own name, in the head of the page
                assert secret not in page, (person, secret)
        for person in (self.cast.jonas, self.cast.karen, self.cast.aase):
            page = self.page(self.cast.steering, person)
            for secret in secrets:
                assert secret in page, (person, secret)

    def test_the_addresses_of_all_members_can_be_copied(self) -> None:
        page = self.page(self.cast.steering, self.cast.jonas)
        assert "karen@odder.example; jonas@aeroe.example</textarea>" in page
        assert 'href="mailto:?bcc=karen@odder.example,jonas@aeroe.example"' in page

    def test_former_members_stand_with_their_period_and_what_they_handed_over(self) -> None:
        self.cast.steering.memberships.filter(person=self.cast.soeren).update(
            handover_note="Jonas tager over."
        )
        page = self.page(self.cast.steering, self.cast.jonas)
        assert "15. januar 2025 – 15. januar 2025" in page
        assert "Jonas tager over." in page

    def test_whoever_joins_later_is_not_a_member_yet(self) -> None:
        later = timezone.localdate() + datetime.timedelta(days=30)
        factories.membership(self.cast.steering, self.cast.ida, joined_on=later)
        assert "Ida Skovmark" not in self.page(self.cast.steering)
        assert "På vej ind" in self.page(self.cast.steering, self.cast.jonas)

    def test_a_members_only_group_is_not_there_for_others(self) -> None:
        for person in (None, self.cast.karen):
            self.client.logout()
            if person:
                self.client.force_login(person)
            for name in ("group-detail", "group-update", "membership-search"):
                answer = self.client.get(url(name, self.cast.professional))
                expected = 404 if person or name == "group-detail" else 302
                assert answer.status_code == expected, (person, name)
        assert "Open source-jura" in self.page(self.cast.professional, self.cast.nadia)

    def test_warnings_are_for_those_who_manage_the_group(self) -> None:
        factories.membership(self.cast.steering, self.cast.oejvind)
        for person in (None, self.cast.jonas):
            assert "ansat i OS2s sekretariat" not in self.page(self.cast.steering, person)
        for person in (self.cast.karen, self.cast.aase):
            assert "Øjvind Strandby er ansat i OS2s sekretariat" in self.page(self.cast.steering, person)

    def test_each_is_offered_what_they_may_do(self) -> None:
        add, edit, close = (
            url(name, self.cast.steering) for name in ("membership-search", "group-update", "group-close")
        )
        for person, offered in (
            (None, ()),
            (self.cast.jonas, ()),
            (self.cast.karen, (add, edit)),
            (self.cast.aase, (add, edit, close)),
        ):
            page = self.page(self.cast.steering, person)
            for address in (add, edit, close):
                assert (f'href="{address}"' in page) == (address in offered), (person, address)

    def test_the_group_above_is_shown_to_those_who_may_know_of_it(self) -> None:
        below = factories.group(
            Kind.COORDINATION, name="Kortlaget", project=self.cast.project, parent=self.cast.coordination
        )
        above = f'<a href="{self.cast.coordination.get_absolute_url()}">'
        assert above in self.page(below)
        WorkingGroup.objects.filter(pk=self.cast.coordination.pk).update(visibility="members")
        for person in (None, self.cast.karen):
            page = self.page(below, person)
            assert above not in page, person
            assert self.cast.coordination.name not in page, person
            assert "Undergruppe til" not in page, person
        for person in (self.cast.mette, self.cast.aase):
            assert above in self.page(below, person), person

    def test_subgroups_are_shown_to_those_who_may_know_of_them(self) -> None:
        fields = {"project": self.cast.project, "parent": self.cast.coordination}
        factories.group(Kind.COORDINATION, name="Kortlaget", **fields)
        factories.group(Kind.COORDINATION, name="Økonomiudvalget", visibility="members", **fields)
        page = self.page(self.cast.coordination)
        assert "Kortlaget" in page
        assert "Økonomiudvalget" not in page
        assert "Økonomiudvalget" in self.page(self.cast.coordination, self.cast.aase)
