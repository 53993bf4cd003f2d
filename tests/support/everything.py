"""Somebody of whom there is a row in every table that has a key to a person."""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from guardian.models import UserObjectPermission

from charters.models import Charter
from members.models import Membership, User, WorkingGroup
from members.privacy.anonymising import anonymise
from tests import factories

SECRET = "hemmelig-nøgle-7d1c"


def hold_everything_about(person: User) -> Charter:
    """Put the person in every such table.

    Returns:
        An edition in force that names them.
    """
    group = factories.group()
    factories.membership(group, person, role=Membership.Role.CHAIR)
    edition = factories.adopted(group, by=person)
    factories.approval(edition.members.get(person=person))
    _follow(edition, person)
    _work_on_a_draft(edition.next_edition(by=person), person)
    _leave_traces(person)
    _sign_in(person)
    anonymise(factories.user(), by=person)
    return edition


def _follow(edition: Charter, person: User) -> None:
    obligation = edition.group.obligations.all()[0]
    obligation.responsible = person
    obligation.save()
    factories.follow_up(obligation, made_by=person)
    factories.yearly_check(edition.group, made_by=person)
    factories.project(facilitator=person, closed_on=factories.LONG_AGO)
    factories.explanation(factories.project(), given_by=person)


def _work_on_a_draft(draft: Charter, person: User) -> None:
    factories.presence(draft, person)
    factories.attendance(draft, person)
    factories.word_file(draft, person)
    factories.draft(by=person).give_up(by=person)
    factories.template(WorkingGroup.Kind.PROFESSIONAL).new_version().publish(by=person)


def _leave_traces(person: User) -> None:
    factories.bundle(person)
    factories.calendar_address(person)
    factories.reminder(person, error=f"550 {person.email} unknown")
    factories.register_file(person)
    factories.submission(person)
    people = ContentType.objects.get_for_model(User)
    said = {"object_repr": person.name, "change_message": f"{person.email} rettet"}
    LogEntry.objects.create(
        user=person, content_type=people, object_id=str(person.pk), action_flag=CHANGE, **said
    )


def _sign_in(person: User) -> None:
    address = EmailAddress.objects.create(user=person, email=person.email, verified=True)
    EmailConfirmation.objects.create(email_address=address, key=SECRET)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    SocialAccount.objects.create(
        user=person, provider="odder", uid="k-17", extra_data={"userinfo": {"email": person.email}}
    )
    right = Permission.objects.get(codename="view_user", content_type__app_label="members")
    UserObjectPermission.objects.create(
        user=person, permission=right, content_type=right.content_type, object_pk=str(person.pk)
    )
    person.user_permissions.add(right)
    person.groups.add(Group.objects.create(name="Prøve"))
