"""Rights follow memberships, whatever way a membership came, changed or went."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.utils import timezone

from members import access
from members.models import Membership, User, WorkingGroup, WorkingGroupUserGrant
from tests import factories
from tests.cast import CastCase

Role = Membership.Role
ALL = {"view_drafts", "edit_charter", "manage_group"}
LEADERS = {"chair", "vice_chair", "facilitator", "project_manager", "product_coordinator"}


def held(user: User, group: WorkingGroup) -> set[str]:
    """Asked of a fresh person, since Django remembers the answer on the object."""
    fresh = User.objects.get(pk=user.pk)
    answers = {
        p.split(".")[1]
        for p in (access.VIEW_DRAFTS, access.EDIT_CHARTER, access.MANAGE_GROUP)
        if access.can(fresh, p, group)
    }
    assert answers == access.rights(fresh, group)  # the two questions agree
    return answers


class GrantTests(CastCase):
    def test_every_role_has_its_rights_and_no_more(self) -> None:
        for role in Role:
            person = factories.user()
            factories.membership(self.cast.coordination, person, role=role)
            with self.subTest(role):
                assert held(person, self.cast.coordination) == (ALL if role in LEADERS else {"view_drafts"})

    def test_rights_in_one_group_are_none_in_another(self) -> None:
        assert held(self.cast.karen, self.cast.steering) == ALL
        assert held(self.cast.karen, self.cast.coordination) == set()

    def test_whoever_has_left_has_no_rights(self) -> None:
        assert held(self.cast.soeren, self.cast.steering) == set()

    def test_a_new_role_brings_its_rights_and_takes_the_old(self) -> None:
        membership = self.cast.steering.memberships.get(person=self.cast.karen)
        membership.role = Role.OBSERVER
        membership.save()
        assert held(self.cast.karen, self.cast.steering) == {"view_drafts"}

    def test_ending_a_membership_ends_its_rights(self) -> None:
        self.cast.steering.memberships.get(person=self.cast.karen).end()
        assert held(self.cast.karen, self.cast.steering) == set()
        assert held(self.cast.jonas, self.cast.steering) == {"view_drafts"}

    def test_deleting_memberships_in_bulk_ends_their_rights(self) -> None:
        self.cast.steering.memberships.filter(left_on=None).delete()
        assert held(self.cast.karen, self.cast.steering) == held(self.cast.jonas, self.cast.steering) == set()

    def test_an_earlier_membership_does_not_hide_the_one_of_today(self) -> None:
        factories.membership(
            self.cast.steering, self.cast.soeren, role=Role.CHAIR, joined_on=timezone.localdate()
        )
        assert held(self.cast.soeren, self.cast.steering) == ALL

    def test_an_inactive_person_may_do_nothing(self) -> None:
        self.cast.karen.deactivate()
        assert held(self.cast.karen, self.cast.steering) == set()


class ClosedGroupTests(CastCase):
    def test_closing_leaves_the_members_the_drafts_to_read_and_opening_again_gives_all_back(self) -> None:
        group = self.cast.steering
        group.close()
        assert held(self.cast.karen, group) == held(self.cast.jonas, group) == {"view_drafts"}
        assert held(self.cast.mette, self.cast.coordination) == ALL
        assert held(self.cast.aase, group) == ALL
        group.closed_on = None
        group.save()
        assert held(self.cast.karen, group) == ALL
        assert held(self.cast.jonas, group) == {"view_drafts"}

    def test_a_new_role_in_a_closed_group_brings_no_more(self) -> None:
        self.cast.steering.close()
        membership = self.cast.steering.memberships.get(person=self.cast.jonas)
        membership.role = Role.CHAIR
        membership.save()
        assert held(self.cast.jonas, self.cast.steering) == {"view_drafts"}
        assert access.sync() == 0


class SyncTests(CastCase):
    def test_what_bulk_writes_pass_by_is_repaired_and_then_there_is_nothing_to_do(self) -> None:
        self.cast.steering.memberships.filter(person=self.cast.karen).update(left_on=factories.LONG_AGO)
        Membership.objects.bulk_create([Membership(group=self.cast.steering, person=self.cast.ida)])
        assert held(self.cast.karen, self.cast.steering) == ALL  # stale until the repair
        assert access.sync() == 4  # Karen's three taken, Ida's one given
        assert held(self.cast.karen, self.cast.steering) == set()
        assert held(self.cast.ida, self.cast.steering) == {"view_drafts"}
        assert access.sync() == 0

    def test_a_grant_given_by_hand_is_taken_again(self) -> None:
        WorkingGroupUserGrant.objects.create(
            user=self.cast.nadia,
            content_object=self.cast.steering,
            permission=Permission.objects.get(codename="edit_charter"),
        )
        assert access.sync(group=self.cast.coordination) == 0
        assert access.sync(group=self.cast.steering) == 1
        assert held(self.cast.nadia, self.cast.steering) == set()

    def test_a_membership_that_begins_or_ends_at_midnight_is_put_right_by_the_nightly_command(self) -> None:
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        factories.membership(self.cast.steering, self.cast.ida, role=Role.CHAIR, joined_on=tomorrow)
        self.cast.steering.memberships.get(person=self.cast.karen).end(on=tomorrow)
        assert held(self.cast.ida, self.cast.steering) == set()
        assert held(self.cast.karen, self.cast.steering) == ALL
        with time_machine.travel(datetime.datetime.combine(tomorrow, datetime.time(3, 0)), tick=False):
            out = StringIO()
            call_command("sync_access", stdout=out)
            assert out.getvalue() == "Rettigheder ændret: 6\n"
            call_command("sync_access", stdout=out)
            assert out.getvalue().endswith("Rettigheder ændret: 0\n")
            assert held(self.cast.ida, self.cast.steering) == ALL
            assert held(self.cast.karen, self.cast.steering) == set()

    def test_grants_vanish_with_their_group(self) -> None:
        group = factories.group()
        factories.membership(group)
        assert group.user_grants.exists()
        pk = group.pk
        group.memberships.all().delete()
        group.delete()
        assert not WorkingGroupUserGrant.objects.filter(content_object_id=pk).exists()


class SecretariatTests(CastCase):
    def test_the_secretariat_may_do_everything_in_every_group_without_a_grant(self) -> None:
        assert held(self.cast.aase, self.cast.professional) == ALL
        assert not WorkingGroupUserGrant.objects.filter(user=self.cast.aase).exists()

    def test_being_of_the_secretariat_follows_the_one_mark(self) -> None:
        self.cast.ida.is_staff = True
        self.cast.ida.save()
        access.place_in_secretariat(self.cast.ida)
        assert held(self.cast.ida, self.cast.steering) == ALL
        self.cast.ida.is_staff = False
        self.cast.ida.save()
        access.place_in_secretariat(self.cast.ida)
        assert held(self.cast.ida, self.cast.steering) == set()

    def test_it_holds_no_permission_to_write_grants_or_submissions(self) -> None:
        codenames = set(access.secretariat().permissions.values_list("codename", flat=True))
        assert {"add_workinggroup", "change_user", "view_charter"} <= codenames
        assert not any("grant" in name or "submission" in name for name in codenames)

    def test_only_a_superuser_changes_a_superuser(self) -> None:
        karen, aase, oejvind = self.cast.karen, self.cast.aase, self.cast.oejvind
        assert access.may_change_person(aase, karen)
        assert not access.may_change_person(aase, oejvind)
        assert access.may_change_person(oejvind, oejvind)
        assert not access.may_change_person(karen, self.cast.jonas)


class CheckTests(CastCase):
    def check(self) -> str:
        out = StringIO()
        call_command("sync_access", "--check", stdout=out)
        return out.getvalue()

    def assert_says(self, *names: str) -> None:
        out, before = StringIO(), list(WorkingGroupUserGrant.objects.order_by("pk").values())
        with pytest.raises(CommandError):
            call_command("sync_access", "--check", stdout=out)
        assert len(out.getvalue().splitlines()) == len(names)
        assert all(name in out.getvalue() for name in names)
        assert list(WorkingGroupUserGrant.objects.order_by("pk").values()) == before

    def test_rights_that_follow_memberships_pass(self) -> None:
        assert self.check() == "Alle rettigheder passer.\n"

    def test_a_right_too_many_and_one_too_few_are_told_and_put_right_by_the_nightly_run(self) -> None:
        self.cast.steering.memberships.filter(person=self.cast.karen).update(left_on=factories.LONG_AGO)
        self.cast.coordination.user_grants.filter(user=self.cast.mette).delete()
        self.assert_says(str(self.cast.steering), str(self.cast.coordination))
        call_command("sync_access", stdout=StringIO())
        self.check()

    def test_an_employee_without_the_secretariats_rights_and_the_other_way_round_are_told(self) -> None:
        User.objects.filter(pk__in=[self.cast.aase.pk, self.cast.karen.pk]).update(is_staff=False)
        User.objects.filter(pk=self.cast.jonas.pk).update(is_staff=True)
        self.assert_says("Åse Kildevang", "Jonas Engtoft")


class CommandTests(CastCase):
    def test_the_first_secretary_gets_a_link_that_gives_a_login_with_all_rights(self) -> None:
        out = StringIO()
        call_command("create_secretary", "Ny@OS2.example", "Vera Askholm", stdout=out)
        vera = User.objects.get(email="ny@os2.example")
        assert vera.is_staff
        assert not vera.is_superuser
        assert access.is_secretariat(vera)
        link = out.getvalue().split()[-1]
        page = self.client.get(link[link.index("/konto/") :], follow=True)
        self.assertContains(page, "Ny adgangskode igen")

    def test_running_it_again_keeps_the_person_and_says_no_link_to_one_with_a_password(self) -> None:
        for _time in range(2):
            out = StringIO()
            call_command("create_secretary", self.cast.karen.email, "Et andet navn", stdout=out)
        assert "/konto/" not in out.getvalue()
        karen = User.objects.get(email=self.cast.karen.email)
        assert karen.name == "Karen Havbirk"
        assert karen.check_password(factories.PASSWORD)
        assert access.is_secretariat(karen)

    def test_somebody_who_is_inactive_is_refused_in_danish(self) -> None:
        self.cast.ida.deactivate()
        with self.assertRaisesMessage(CommandError, "ida@odder.example er gjort inaktiv."):
            call_command("create_secretary", self.cast.ida.email, "Ida Skovmark")
        assert not access.is_secretariat(User.objects.get(pk=self.cast.ida.pk))

    def test_an_address_that_is_none_is_refused(self) -> None:
        with self.assertRaisesMessage(Exception, "e-mail"):
            call_command("create_secretary", "ikke en adresse", "Vera Askholm")
        assert not User.objects.filter(name="Vera Askholm").exists()
