"""What the register, sign-in and the administration hold about a person."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermission

from members.models import (
    Explanation,
    LogEntry,
    Membership,
    Project,
    RegisterFile,
    Submission,
    User,
    WorkingGroupUserGrant,
)
from members.privacy.rules import Fate, Rule, Topic, declare, declare_typed

_groups: Any = User.groups.through
_permissions: Any = User.user_permissions.through


def _about(person: User) -> models.QuerySet[AdminEntry]:
    """What was done to the person's own row in the administration."""
    people = ContentType.objects.get_for_model(User)
    return AdminEntry.objects.filter(content_type=people, object_id=str(person.pk))


def _in_groups() -> list[Rule]:
    return [
        Rule(
            Membership,
            "person",
            Topic.GROUPS,
            _("Medlemskaber"),
            Fate.KEPT,
            {
                _("Gruppe"): "group.name",
                _("Rolle"): "get_role_display",
                _("Organisation"): "organisation.name",
                _("Fra"): "joined_on",
                _("Til"): "left_on",
            },
            filed={
                _("Repræsenterer bestyrelsen"): "represents_board",
                _("Overdragelse"): "handover_note",
            },
            why=_("Gruppens historie: hvilke roller og organisationer den har haft."),
            order=("-joined_on", "pk"),
        ),
        Rule(
            Project,
            "facilitator",
            Topic.GROUPS,
            _("Tovholder for projekter"),
            Fate.KEPT,
            {_("Projekt"): "name", _("Afsluttet"): "closed_on"},
            why=_("Projektets historie."),
        ),
        Rule(
            Explanation,
            "given_by",
            Topic.WRITTEN,
            _("Forklaringer til OS2s krav"),
            Fate.KEPT,
            {_("Projekt"): "project.name", _("Krav"): "requirement", _("Tekst"): "text"},
            why=_("Projektet skal kunne forklare sig (følg eller forklar)."),
        ),
    ]


def _signing_in() -> list[Rule]:
    return [
        Rule(
            EmailAddress,
            "user",
            Topic.LOGIN,
            _("E-mailadresser til login"),
            Fate.DELETED,
            {_("E-mail"): "email", _("Bekræftet"): "verified"},
        ),
        Rule(
            Authenticator,
            "user",
            Topic.LOGIN,
            _("Totrinslogin og adgangsnøgler"),
            Fate.DELETED,
            {
                _("Slags"): "get_type_display",
                _("Oprettet"): "created_at",
                _("Sidst brugt"): "last_used_at",
            },
            untold=_("Selve koderne og nøglerne er hemmelige."),
        ),
        Rule(
            SocialAccount,
            "user",
            Topic.LOGIN,
            _("Din organisations login"),
            Fate.DELETED,
            {
                _("Udbyder"): "provider",
                _("Dit nummer hos den"): "uid",
                _("Forbundet"): "date_joined",
                _("Sidst brugt"): "last_login",
            },
            filed={_("Oplysninger fra udbyderen"): "extra_data"},
            untold=_("Nøgler til udbyderen er hemmelige."),
        ),
        Rule(
            WorkingGroupUserGrant,
            "user",
            Topic.LOGIN,
            _("Rettigheder i grupper"),
            Fate.DELETED,
            {_("Gruppe"): "content_object.name", _("Ret"): "permission.name"},
        ),
        Rule(
            UserObjectPermission,
            "user",
            Topic.LOGIN,
            _("Andre rettigheder"),
            Fate.DELETED,
            {_("Ret"): "permission.name", _("Til nummer"): "object_pk"},
        ),
        Rule(
            _groups, "user", Topic.LOGIN, _("Brugergrupper"), Fate.DELETED, {_("Brugergruppe"): "group.name"}
        ),
        Rule(
            _permissions,
            "user",
            Topic.LOGIN,
            _("Rettigheder til alt"),
            Fate.DELETED,
            {_("Ret"): "permission.name"},
        ),
    ]


def _traces() -> list[Rule]:
    return [
        Rule(
            RegisterFile,
            "owner",
            Topic.TRACES,
            _("Medlemsliste til gennemsyn"),
            Fate.DELETED,
            {_("Fil"): "name", _("Læst"): "read_at"},
            untold=_("Listens rækker handler om andre."),
        ),
        Rule(
            Submission,
            "user",
            Topic.TRACES,
            _("Sendte formularer"),
            Fate.DELETED,
            {_("Sendt"): "handled_at", _("Førte til"): "location"},
            order=("-handled_at", "pk"),
        ),
        Rule(
            User,
            "anonymised_by",
            Topic.TRACES,
            _("Anonymiserede personer"),
            Fate.KEPT,
            {_("Hvornår"): "anonymised_at", _("Nu kaldet"): "name"},
            why=_("Der skal kunne gøres rede for, hvem der har gjort det."),
        ),
        Rule(
            LogEntry,
            "actor",
            Topic.TRACES,
            _("Gjort i registret"),
            Fate.KEPT,
            {_("Hvornår"): "timestamp", _("Hvad"): "what", _("Gruppe"): "group.name"},
            filed={_("Projekt"): "project.name", _("Fra adresse"): "remote_addr"},
            why=_("Der skal kunne gøres rede for, hvem der har ændret hvad i registret."),
            untold=_("Hvad andres oplysninger blev rettet til, er deres."),
            order=("-pk",),
        ),
        Rule(
            LogEntry,
            "person",
            Topic.TRACES,
            _("Loggen om personen"),
            Fate.KEPT,
            {
                _("Hvornår"): "timestamp",
                _("Hvad"): "what",
                _("Gruppe"): "group.name",
                _("Af"): "actor.name",
            },
            filed={_("Ændringer"): "changes", _("Fra adresse"): "remote_addr"},
            why=_("Der skal kunne gøres rede for, hvad der er ændret i registret. Oplysningerne slettes."),
            order=("-pk",),
        ),
        Rule(
            AdminEntry,
            "user",
            Topic.TRACES,
            _("Gjort i administrationen"),
            Fate.KEPT,
            {_("Hvornår"): "action_time", _("Hvad"): "get_change_message", _("Hvor"): "object_repr"},
            why=_("Der skal kunne gøres rede for, hvad der er ændret i registret."),
            order=("-action_time", "pk"),
        ),
        Rule(
            AdminEntry,
            "object_id",
            Topic.TRACES,
            _("Rettet om personen i administrationen"),
            Fate.KEPT,
            {_("Hvornår"): "action_time", _("Hvad"): "get_change_message"},
            why=_("Der skal kunne gøres rede for, hvad der er ændret i registret. Navnet erstattes."),
            order=("-action_time", "pk"),
            find=_about,
        ),
    ]


def declare_ours() -> None:
    """Put the register's rules on the list."""
    declare(*_in_groups(), *_signing_in(), *_traces())
    declare_typed(Project, "summary")
    declare_typed(Explanation, "text")
