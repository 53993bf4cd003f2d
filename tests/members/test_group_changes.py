"""Groups are created, corrected and closed by those who may, and by nobody else."""

from __future__ import annotations

import datetime
import uuid
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from members.forms.groups import OwnGroupForm
from members.models import Membership, WorkingGroup
from tests import factories
from tests.cast import CastCase

CREATE = reverse("members:group-create")


def url(name: str, group: WorkingGroup) -> str:
    return reverse(f"members:{name}", args=[group.slug])


class CreateGroupTests(CastCase):
    def data(self, **fields: object) -> dict[str, object]:
        return {"kind": "professional", "visibility": "public", "submission": str(uuid.uuid4())} | fields

    def test_only_the_secretariat_creates_groups(self) -> None:
        for person, status in ((self.cast.karen, 403), (self.cast.aase, 200)):
            self.client.force_login(person)
            assert self.client.get(CREATE).status_code == status, person
        self.client.force_login(self.cast.karen)
        assert self.client.post(CREATE, self.data(name="Min egen")).status_code == 403
        assert not WorkingGroup.objects.filter(name="Min egen").exists()

    def test_a_group_gets_name_and_address_from_its_type_and_project(self) -> None:
        project = factories.project("OS2mødebog")
        self.client.force_login(self.cast.aase)
        response = self.client.post(CREATE, self.data(kind="steering", project=project.pk))
        group = WorkingGroup.objects.get(project=project)
        self.assertRedirects(response, group.get_absolute_url())
        assert (group.name, group.slug) == ("Styregruppen for OS2mødebog", "styregruppen-for-os2moedebog")

    def test_a_group_across_projects_must_be_given_its_name(self) -> None:
        self.client.force_login(self.cast.aase)
        answer = self.client.post(CREATE, self.data())
        self.assertContains(answer, "Giv gruppen et navn.", status_code=422)
        assert self.client.post(CREATE, self.data(name="Data")).status_code == 302

    def test_a_day_that_cannot_be_meant_is_refused_beside_its_field(self) -> None:
        self.client.force_login(self.cast.aase)
        for day, said in (("1700-01-01", "OS2 blev stiftet"), ("9999-12-31", "ti år frem")):
            with self.subTest(day=day):
                answer = self.client.post(CREATE, self.data(name="Data", first_meeting_on=day))
                self.assertContains(answer, said, status_code=422)
        assert not WorkingGroup.objects.filter(name="Data").exists()

    def test_two_groups_of_one_name_have_two_addresses(self) -> None:
        self.client.force_login(self.cast.aase)
        for _time in range(2):
            self.client.post(CREATE, self.data(name="Kort & data"))
        slugs = WorkingGroup.objects.filter(name="Kort & data").values_list("slug", flat=True)
        assert sorted(slugs) == ["kort-data", "kort-data-2"]

    def test_the_same_form_sent_twice_makes_one_group(self) -> None:
        self.client.force_login(self.cast.aase)
        data = self.data(name="Kort & data")
        first, second = self.client.post(CREATE, data), self.client.post(CREATE, data)
        assert first.url == second.url
        assert WorkingGroup.objects.filter(name="Kort & data").count() == 1

    def test_a_rule_that_is_broken_is_said_beside_its_field_and_what_was_typed_is_kept(self) -> None:
        self.client.force_login(self.cast.aase)
        for fields, field, message in (
            ({"kind": "steering"}, "project", "skal høre til et projekt"),
            ({"kind": "steering", "project": self.cast.project.pk}, "project", "har allerede en styregruppe"),
            (
                {"kind": "coordination", "project": self.cast.project.pk},
                "project",
                "har allerede en koordinationsgruppe",
            ),
            ({"parent": self.cast.coordination.pk}, "parent", "Kun en koordinationsgruppe"),
        ):
            response = self.client.post(CREATE, self.data(name="Mit navn", **fields))
            assert response.status_code == 422
            assert message in response.context["form"].errors[field][0], field
            self.assertContains(response, "Mit navn", status_code=422)

    def test_losing_a_race_is_a_message_and_never_a_crash(self) -> None:
        self.client.force_login(self.cast.aase)
        with mock.patch.object(WorkingGroup, "save", side_effect=IntegrityError):
            response = self.client.post(CREATE, self.data(name="Kort & data"))
        self.assertContains(response, "En anden har lige gemt det samme", status_code=422)

    def test_the_projects_page_leads_to_a_form_with_the_project_chosen(self) -> None:
        self.client.force_login(self.cast.aase)
        response = self.client.get(CREATE, {"projekt": self.cast.project.slug})
        self.assertContains(
            response, f'<option value="{self.cast.project.pk}" selected>OS2naturkort</option>'
        )


class UpdateGroupTests(CastCase):
    def test_a_leader_corrects_first_meeting_and_driver_and_nothing_else(self) -> None:
        self.client.force_login(self.cast.mette)
        group, was = self.cast.coordination, self.cast.coordination.name
        response = self.client.post(
            url("group-update", group),
            {
                "driven_by": self.cast.tobias.organisation_id,
                "first_meeting_on": "2026-11-24",
                "name": "Kuppet",
                "slug": "kuppet",
                "visibility": "members",
                "kind": "professional",
            },
        )
        self.assertRedirects(response, group.get_absolute_url())
        group = WorkingGroup.objects.get(pk=group.pk)
        assert group.driven_by == self.cast.tobias.organisation
        assert group.first_meeting_on == datetime.date(2026, 11, 24)
        assert (group.name, group.visibility, group.kind) == (was, "public", "coordination")
        assert set(self.client.get(url("group-update", group)).context["form"].fields) == {
            "driven_by",
            "first_meeting_on",
        }

    def test_the_secretariat_corrects_all_of_it(self) -> None:
        self.client.force_login(self.cast.aase)
        group = self.cast.professional
        data = {"kind": "professional", "name": "Åben jura", "slug": "aaben-jura", "visibility": "public"}
        self.assertRedirects(self.client.post(url("group-update", group), data), "/grupper/aaben-jura/")
        taken = data | {"slug": self.cast.steering.slug}
        group.refresh_from_db()
        response = self.client.post(url("group-update", group), taken)
        assert response.status_code == 422
        assert response.context["form"].errors["slug"] == ["Der findes allerede en gruppe med den adresse."]

    def test_a_group_with_subgroups_becomes_neither_a_subgroup_nor_of_another_kind(self) -> None:
        """Two levels and no more; what broke this could never be closed again."""
        self.client.force_login(self.cast.aase)
        group, other = self.cast.coordination, factories.group("coordination")
        below = factories.group("coordination", project=group.project, parent=group, name="Drift")
        data = {"name": group.name, "slug": group.slug, "visibility": "public", "project": group.project_id}
        for fields, field, message in (
            ({"kind": "coordination", "parent": other.pk}, "parent", "har selv undergrupper"),
            ({"kind": "professional"}, "kind", "har undergrupper og skal derfor"),
        ):
            response = self.client.post(url("group-update", group), data | fields)
            assert response.status_code == 422
            assert message in response.context["form"].errors[field][0]
        under_a_subgroup = WorkingGroup(kind="coordination", project=other.project, parent=below)
        under_a_faggruppe = WorkingGroup(
            kind="coordination", project=other.project, parent=self.cast.professional
        )
        for row in (under_a_subgroup, under_a_faggruppe):
            with pytest.raises(ValidationError, match="Vælg en koordinationsgruppe"):
                row.clean()
        for last in (below, group):
            response = self.client.post(url("group-close", last), {"closed_on": timezone.localdate()})
            self.assertRedirects(response, last.get_absolute_url())

    def test_a_subgroup_keeps_its_place_when_corrected_after_the_group_above_has_closed(self) -> None:
        self.client.force_login(self.cast.aase)
        group = self.cast.coordination
        below = factories.group("coordination", project=group.project, parent=group, name="Drift")
        group.close()
        form = self.client.get(url("group-update", below)).context["form"]
        data = {field.html_name: field.value() for field in form if field.value()}
        self.assertRedirects(self.client.post(url("group-update", below), data), below.get_absolute_url())
        below.refresh_from_db()
        assert below.parent == group

    def test_members_and_strangers_correct_nothing(self) -> None:
        for person in (self.cast.jonas, self.cast.nadia, self.cast.soeren):
            self.client.force_login(person)
            assert self.client.get(url("group-update", self.cast.steering)).status_code == 403, person
            assert self.client.post(url("group-update", self.cast.steering), {}).status_code == 403, person


class CloseGroupTests(CastCase):
    def test_the_secretariat_closes_a_group_and_its_history_stays(self) -> None:
        self.client.force_login(self.cast.aase)
        group = self.cast.steering
        response = self.client.post(url("group-close", group), {"closed_on": "2026-01-01"})
        self.assertRedirects(response, group.get_absolute_url())
        group.refresh_from_db()
        assert group.closed_on == datetime.date(2026, 1, 1)
        assert group.memberships.count() == 3
        self.assertContains(self.client.get(group.get_absolute_url()), "Nedlagt den 1. januar 2026")
        self.assertRedirects(self.client.get(url("group-close", group)), group.get_absolute_url())
        assert self.client.get(url("membership-search", group)).status_code == 404

    def test_the_page_says_what_closing_does(self) -> None:
        self.client.force_login(self.cast.aase)
        page = self.client.get(url("group-close", self.cast.steering))
        self.assertContains(page, "Gruppens kommissorium ophører, og dens ledere kan ikke længere rette")

    def test_closing_a_group_that_somebody_has_just_closed_is_said_and_keeps_the_first_day(self) -> None:
        group = self.cast.steering
        stale = WorkingGroup.objects.get(pk=group.pk)
        group.close(on=datetime.date(2026, 1, 1))
        with pytest.raises(ValidationError, match="allerede nedlagt"):
            stale.close(on=datetime.date(2026, 2, 1))
        group.refresh_from_db()
        assert group.closed_on == datetime.date(2026, 1, 1)

    def test_a_correction_sent_while_the_group_is_closed_does_not_open_it_again(self) -> None:
        """The form writes what it shows; the day of closing is not there."""
        form = OwnGroupForm({"first_meeting_on": "2026-11-24"}, instance=self.cast.steering, cancel="/")
        assert form.is_valid()
        WorkingGroup.objects.get(pk=self.cast.steering.pk).close()
        form.save()
        group = WorkingGroup.objects.get(pk=self.cast.steering.pk)
        assert group.is_closed
        assert group.first_meeting_on == datetime.date(2026, 11, 24)

    def test_a_leader_does_not(self) -> None:
        self.client.force_login(self.cast.karen)
        assert self.client.post(url("group-close", self.cast.steering)).status_code == 403

    def test_what_the_group_itself_says_against_closing_stands_on_the_form(self) -> None:
        self.client.force_login(self.cast.aase)
        refused = ValidationError("Gruppen er allerede nedlagt.")
        with mock.patch.object(WorkingGroup, "close", side_effect=refused):
            response = self.client.post(
                url("group-close", self.cast.steering), {"closed_on": timezone.localdate()}
            )
        self.assertContains(response, "Gruppen er allerede nedlagt.", status_code=422)

    def test_a_group_that_came_out_of_order_can_still_be_closed(self) -> None:
        """As rows from before the rule may be: a group above, which has come under another."""
        above, below = self.cast.coordination, factories.group("coordination")
        WorkingGroup.objects.filter(pk=below.pk).update(parent=above)
        WorkingGroup.objects.filter(pk=above.pk).update(parent=factories.group("coordination"))
        WorkingGroup.objects.get(pk=below.pk).close()
        assert WorkingGroup.objects.get(pk=below.pk).is_closed

    def test_a_day_to_come_or_before_it_began_is_refused_beside_the_field(self) -> None:
        self.client.force_login(self.cast.aase)
        group = self.cast.steering
        WorkingGroup.objects.filter(pk=group.pk).update(established_on=factories.LONG_AGO)
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        for day, message in (
            (tomorrow, "fremtiden"),
            ("2024-12-31", "før den blev nedsat"),
            ("", "påkrævet"),
        ):
            response = self.client.post(url("group-close", group), {"closed_on": day})
            assert response.status_code == 422
            assert message in response.context["form"].errors["closed_on"][0]
        group.refresh_from_db()
        assert not group.is_closed


class GroupRuleTests(CastCase):
    def test_adding_checks_the_membership_as_a_whole(self) -> None:
        with pytest.raises(ValidationError, match="allerede medlem"):
            self.cast.steering.add(self.cast.jonas)
        self.cast.steering.memberships.get(person=self.cast.jonas).end(on=factories.days_ahead(30))
        with pytest.raises(ValidationError, match="må ikke overlappe"):
            self.cast.steering.add(self.cast.jonas)
        stale = WorkingGroup.objects.get(pk=self.cast.professional.pk)
        self.cast.professional.close()
        with pytest.raises(ValidationError, match="kan ikke få nye medlemmer"):
            stale.add(self.cast.ida)
        added = self.cast.steering.add(self.cast.ida)
        assert added.organisation == self.cast.ida.organisation
        assert added.role == Membership.Role.MEMBER
