"""Somebody leaves or moves: all their memberships end in one go, others take over, and nothing by halves."""

from __future__ import annotations

import datetime
import uuid
from unittest import mock

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from charters.models import Charter, Obligation
from members import access
from members.models import Membership, Project, User, WorkingGroup
from tests import factories
from tests.cast import CastCase

Role, Kind = Membership.Role, WorkingGroup.Kind
LATER = datetime.date(2026, 6, 1)


class LeavingCase(CastCase):
    """Karen is to leave: she chairs the styregruppe, is in a faggruppe, and is tovholder of a project."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.chair = cls.cast.steering.memberships.get(person=cls.cast.karen)
        cls.other = factories.group(Kind.PROFESSIONAL, name="Arkitektur")
        cls.seat = factories.membership(cls.other, cls.cast.karen)
        cls.project = factories.project("OS2mødebog", facilitator=cls.cast.karen)

    chair: Membership
    seat: Membership
    other: WorkingGroup
    project: Project

    def setUp(self) -> None:
        self.client.force_login(self.cast.aase)
        self.url = reverse("members:person-leave", args=[self.cast.karen.pk])

    def send(self, **fields: object) -> HttpResponse:
        data = {"left_on": LATER.isoformat(), "submission": str(uuid.uuid4())} | fields
        return self.client.post(self.url, data)

    def to(self, membership: Membership, whom: str, role: str = "") -> dict[str, object]:
        return {f"successor_{membership.pk}": whom, f"role_{membership.pk}": role}

    def errors(self, response: HttpResponse) -> dict[str, list[str]]:
        assert response.status_code == 422
        return {name: list(said) for name, said in response.context["form"].errors.items()}

    def said(self, response: HttpResponse) -> str:
        return " ".join(str(message) for message in get_messages(response.wsgi_request))

    def assert_nothing_happened(self) -> None:
        assert self.cast.karen.memberships.filter(left_on=None).count() == 2
        assert Project.objects.get(pk=self.project.pk).facilitator == self.cast.karen
        assert not self.cast.ida.memberships.exists()


class EndTests(LeavingCase):
    def test_all_memberships_end_on_the_day_with_a_word_for_those_who_stay(self) -> None:
        response = self.send(handover_note="Nøglen ligger hos Jonas.")
        self.assertRedirects(response, self.cast.karen.get_absolute_url(), fetch_redirect_response=False)
        for membership in self.cast.karen.memberships.all():
            assert membership.left_on == LATER
            assert membership.handover_note == "Nøglen ligger hos Jonas."
        assert not access.can(self.cast.karen, access.EDIT_CHARTER, self.cast.steering)

    def test_other_peoples_memberships_and_those_that_have_ended_are_left_alone(self) -> None:
        ended = factories.membership(factories.group(), self.cast.karen)
        ended.end(on=factories.LONG_AGO)
        self.send()
        ended.refresh_from_db()
        assert ended.left_on == factories.LONG_AGO
        assert self.cast.steering.memberships.get(person=self.cast.jonas).is_current

    def test_a_membership_to_come_never_begins_and_one_that_ends_before_keeps_its_day(self) -> None:
        coming = factories.membership(factories.group(), self.cast.karen, joined_on=factories.days_ahead(30))
        ending = factories.membership(factories.group(), self.cast.karen)
        ending.end(on=factories.days_ahead(3))
        self.send(left_on=factories.days_ahead(9).isoformat())
        assert Membership.objects.get(pk=coming.pk).left_on == coming.joined_on
        assert Membership.objects.get(pk=ending.pk).left_on == factories.days_ahead(3)
        assert Membership.objects.get(pk=self.seat.pk).left_on == factories.days_ahead(9)

    def test_in_a_closed_group_it_ends_with_the_group(self) -> None:
        closed = factories.membership(factories.group(), self.cast.karen)
        closed.group.close(on=datetime.date(2025, 9, 1))
        assert f"successor_{closed.pk}" not in self.client.get(self.url).context["form"].fields
        self.send()
        assert Membership.objects.get(pk=closed.pk).left_on == datetime.date(2025, 9, 1)

    def test_the_login_is_taken_when_asked_for_and_left_when_not(self) -> None:
        self.send()
        assert User.objects.get(pk=self.cast.karen.pk).is_active
        factories.membership(self.other, self.cast.karen, joined_on=LATER)
        self.send(deactivate="on")
        assert not User.objects.get(pk=self.cast.karen.pk).is_active

    def test_an_adopted_charter_names_the_person_as_before(self) -> None:
        charter = factories.adopted(self.cast.steering)
        before = (charter.fingerprint, [member.name for member in charter.members.all()])
        self.send(**self.to(self.chair, "Ida Skovmark"))
        after = Charter.objects.get(pk=charter.pk)
        assert (after.fingerprint, [member.name for member in after.members.all()]) == before
        assert "Karen Havbirk" in before[1]


class SuccessorTests(LeavingCase):
    def test_another_takes_over_in_the_same_role_from_the_same_day_and_with_the_rights(self) -> None:
        assert self.send(**self.to(self.chair, "Ida Skovmark (Odder Kommune)")).status_code == 302
        ida = self.cast.steering.memberships.get(person=self.cast.ida)
        assert (ida.role, ida.joined_on, ida.organisation) == (Role.CHAIR, LATER, self.cast.ida.organisation)
        assert access.can(self.cast.ida, access.EDIT_CHARTER, self.cast.steering)
        assert Membership.objects.get(pk=self.chair.pk).handover_note == "Ida Skovmark overtager."
        assert not self.other.memberships.filter(person=self.cast.ida).exists()

    def test_another_role_may_be_chosen(self) -> None:
        self.send(**self.to(self.chair, "ida@odder.example", Role.MEMBER))
        assert self.cast.steering.memberships.get(person=self.cast.ida).role == Role.MEMBER

    def test_somebody_inside_is_asked_for_their_role_and_what_they_were_stays_as_history(self) -> None:
        asked = self.errors(self.send(**self.to(self.chair, "Jonas Engtoft")))
        assert asked == {
            f"role_{self.chair.pk}": [
                "Jonas Engtoft er allerede med i gruppen som medlem. Vælg, hvilken rolle det skal være."
            ]
        }
        self.assert_nothing_happened()
        response = self.send(**self.to(self.chair, "Jonas Engtoft", Role.CHAIR))
        assert (
            "Jonas Engtoft var allerede med i Styregruppen for OS2naturkort og er nu formand."
            in self.said(response)
        )
        was, now = self.cast.steering.memberships.filter(person=self.cast.jonas).order_by("joined_on")
        assert (was.role, was.left_on) == (Role.MEMBER, LATER)
        assert (now.role, now.joined_on, now.left_on) == (Role.CHAIR, LATER, None)

    def test_somebody_inside_keeps_their_role_where_a_member_leaves(self) -> None:
        factories.membership(self.other, self.cast.ida, role=Role.FACILITATOR)
        response = self.send(**self.to(self.seat, "Ida Skovmark"))
        assert self.other.memberships.get(person=self.cast.ida).role == Role.FACILITATOR
        assert "er nu tovholder" in self.said(response)

    def test_what_the_standard_text_advises_against_is_told_and_no_stop(self) -> None:
        response = self.send(**self.to(self.chair, "Tobias Klitholm"))
        assert "kommer fra en leverandør" in self.said(response)
        assert self.cast.steering.memberships.get(person=self.cast.tobias).is_current

    def test_a_name_that_fits_nobody_or_several_is_told_beside_its_field_with_nothing_lost(self) -> None:
        factories.user("Bo Ek", email="bo1@odder.example", organisation=self.cast.ida.organisation)
        factories.user("Bo Ek", email="bo2@odder.example")
        field = f"successor_{self.chair.pk}"
        for typed, message in (
            ("Ida Skov", "Ingen hedder præcis det. Mente du Ida Skovmark (Odder Kommune)?"),
            ("Bo Ek", "Flere i registret hedder det. Skriv navn og organisation, eller mailadressen."),
            ("Ingen Som Helst", "Ingen i registret hedder det. Er personen ny, så opret personen først."),
            ("Karen Havbirk", "Vælg en anden end den, der udtræder."),
        ):
            response = self.send(**self.to(self.chair, typed), handover_note="Husk nøglen.")
            assert self.errors(response) == {field: [message]}
            self.assertContains(response, f'value="{typed}"', status_code=422)
            self.assertContains(response, "Husk nøglen.", status_code=422)
        self.assert_nothing_happened()
        self.send(**self.to(self.chair, "bo ek (odder kommune)"))
        assert self.cast.steering.memberships.filter(person__email="bo1@odder.example").exists()

    def test_somebody_inactive_takes_nothing_over(self) -> None:
        self.cast.ida.deactivate()
        assert f"successor_{self.chair.pk}" in self.errors(self.send(**self.to(self.chair, "Ida Skovmark")))


class CostTests(LeavingCase):
    def costs(self) -> dict[str, str]:
        form = self.client.get(self.url).context["form"]
        return {row.membership.group.name: row.cost for row in form.rows() if row.cost}

    def test_the_form_says_which_group_is_left_with_nobody_or_with_nobody_to_lead_it(self) -> None:
        assert self.costs() == {
            "Arkitektur": "Uden efterfølger er der ingen tilbage i gruppen.",
            self.cast.steering.name: "Uden efterfølger er der ingen til at lede gruppen.",
        }

    def test_and_nothing_of_one_where_others_stay_and_lead(self) -> None:
        factories.membership(self.cast.steering, role=Role.VICE_CHAIR)
        factories.membership(self.other)
        assert self.costs() == {}


class AllOrNothingTests(LeavingCase):
    def test_a_rule_that_one_membership_breaks_is_told_there_and_none_is_saved(self) -> None:
        late = factories.membership(
            factories.group(), self.cast.karen, joined_on=timezone.localdate() - datetime.timedelta(days=1)
        )
        fields = self.to(self.chair, "Ida Skovmark") | {f"project_{self.project.pk}": "Ida Skovmark"}
        errors = self.errors(self.send(left_on="2026-03-01", **fields))
        assert errors == {"left_on": [f"{late.group}: Slutdatoen kan ikke ligge før startdatoen."]}
        late.end(on=late.joined_on)
        self.assert_nothing_happened()

    def test_a_project_that_cannot_be_saved_takes_all_the_rest_back(self) -> None:
        self.client.raise_request_exception = False
        with mock.patch.object(Project, "save", side_effect=RuntimeError):
            assert self.send(**self.to(self.chair, "Ida Skovmark")).status_code == 500
        self.assert_nothing_happened()

    def test_the_same_form_sent_twice_does_it_once_and_answers_the_same(self) -> None:
        fields = self.to(self.chair, "Ida Skovmark") | {"submission": str(uuid.uuid4())}
        first, second = self.send(**fields), self.send(**fields)
        assert first.url == second.url
        assert self.cast.ida.memberships.count() == 1

    def test_a_form_without_a_day_is_sent_back(self) -> None:
        assert self.errors(self.send(left_on="")) == {"left_on": ["Dette felt er påkrævet."]}
        self.assert_nothing_happened()


class DutyTests(LeavingCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        factories.adopted(cls.cast.steering)
        cls.duty = cls.cast.steering.obligations.order_by("pk")[0]
        cls.duty.responsible = cls.cast.karen
        cls.duty.save()

    duty: Obligation

    def responsible(self) -> User | None:
        return Obligation.objects.get(pk=self.duty.pk).responsible

    def test_what_will_happen_stands_on_the_form(self) -> None:
        page = self.client.get(self.url)
        self.assertContains(page, "Styregruppen for OS2naturkort")
        self.assertContains(page, "Arkitektur")
        self.assertContains(page, "Ny tovholder for OS2mødebog")
        self.assertContains(page, "Følger op på 1 forpligtelse:")
        self.assertContains(page, self.duty.wording.split()[0])

    def test_the_successor_also_sees_to_it_unless_told_otherwise(self) -> None:
        self.send(**self.to(self.chair, "Ida Skovmark"))
        assert self.responsible() == self.cast.karen
        assert self.duty in Obligation.objects.unmanned()
        back = factories.membership(self.cast.steering, self.cast.karen, joined_on=LATER)
        self.send(**self.to(back, "Ida Skovmark"), duties_too="on")
        assert self.responsible() == self.cast.ida
        assert self.duty not in Obligation.objects.unmanned()

    def test_without_a_successor_it_is_shown_as_without_anyone(self) -> None:
        assert self.duty not in Obligation.objects.unmanned()
        self.send(duties_too="on")
        assert self.duty in Obligation.objects.unmanned()

    def test_a_project_gets_a_new_tovholder_or_none(self) -> None:
        self.send(**{f"project_{self.project.pk}": "Mette Fjordager"})
        assert Project.objects.get(pk=self.project.pk).facilitator == self.cast.mette
        self.url = reverse("members:person-leave", args=[self.cast.mette.pk])
        self.send()
        assert not Project.objects.filter(facilitator=self.cast.mette).exists()


class WhoTests(LeavingCase):
    def test_a_leader_ends_memberships_of_the_groups_they_lead_and_nothing_else(self) -> None:
        self.client.force_login(self.cast.karen)
        both = factories.membership(factories.group(), self.cast.jonas)
        factories.project(facilitator=self.cast.jonas)
        self.url = reverse("members:person-leave", args=[self.cast.jonas.pk])
        form = self.client.get(self.url).context["form"]
        assert [row.membership.group for row in form.rows()] == [self.cast.steering]
        assert not any(name.startswith("project_") or name == "deactivate" for name in form.fields)
        response = self.send(deactivate="on", **self.to(both, "Ida Skovmark"))
        self.assertRedirects(response, self.cast.steering.get_absolute_url(), fetch_redirect_response=False)
        assert Membership.objects.get(pk=both.pk).left_on is None
        assert self.cast.jonas.facilitated_projects.exists()
        assert User.objects.get(pk=self.cast.jonas.pk).is_active

    def test_a_leader_who_leaves_a_private_group_is_not_led_back_into_it(self) -> None:
        self.client.force_login(self.cast.nadia)
        self.url = reverse("members:person-leave", args=[self.cast.nadia.pk])
        self.assertRedirects(self.send(), reverse("members:group-list"))

    def test_the_way_there_is_on_the_persons_page_and_where_a_membership_ends(self) -> None:
        self.assertContains(self.client.get(self.cast.karen.get_absolute_url()), f'href="{self.url}"')
        idle = reverse("members:person-leave", args=[self.cast.ida.pk])
        self.assertNotContains(self.client.get(self.cast.ida.get_absolute_url()), idle)
        end = reverse("members:membership-end", args=[self.other.slug, self.seat.pk])
        self.assertContains(self.client.get(end), f'href="{self.url}"')


class LeavingQueryTests(LeavingCase):
    def test_the_form_asks_as_much_for_3_memberships_as_for_30(self) -> None:
        self.client.get(self.url)
        for count in (1, 27):
            for _number in range(count):
                group = factories.group()
                factories.membership(group, self.cast.karen)
                factories.membership(group)
                factories.project(facilitator=self.cast.karen)
            with self.assertNumQueries(10):
                assert self.client.get(self.url).status_code == 200

    def test_30_memberships_are_handed_over_at_once(self) -> None:
        groups = [factories.group() for _number in range(28)]
        for group in groups:
            factories.membership(group, self.cast.karen, role=Role.CHAIR)
        fields: dict[str, object] = {}
        for membership in self.cast.karen.memberships.all():
            fields |= self.to(membership, "Ida Skovmark")
        assert self.send(**fields).status_code == 302
        assert self.cast.ida.memberships.filter(role=Role.CHAIR, left_on=None).count() == 29
