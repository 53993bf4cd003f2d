"""What charters hold about a person: added to the register's list of what is told and what becomes of it."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from charters.models import (
    Approval,
    Attendance,
    Bundle,
    CalendarAddress,
    Charter,
    CharterMember,
    CharterTemplate,
    FollowUp,
    Obligation,
    Presence,
    Reminder,
    Section,
    SectionRevision,
    WordFile,
    YearlyCheck,
)
from members.privacy.alias import Alias
from members.privacy.anonymising import being_anonymised
from members.privacy.rules import Fate, Rule, Topic, declare, declare_typed

_WHO = _("Gruppen skal kunne se, at det er gjort, og hvornår.")
_EDITION = {_("Gruppe"): "group_name", _("Udgave"): "number"}


def _charters() -> list[Rule]:
    return [
        Rule(
            CharterMember,
            "person",
            Topic.CHARTERS,
            _("Navngivet i vedtagne kommissorier"),
            Fate.NAMED,
            {
                _("Gruppe"): "charter.group_name",
                _("Udgave"): "charter.number",
                _("Vedtaget"): "charter.dated_on",
                _("Navn"): "name",
                _("Rolle"): "get_role_display",
                _("Godkendt"): "approval.given_on",
            },
            filed={
                _("Organisation"): "organisation",
                _("Gruppens adresse"): "charter.group.slug",
                _("Godkendt på mødet"): "approved_on",
                _("Måde"): "approval.get_manner_display",
            },
            why=_("Et vedtaget kommissorium er en offentlig beslutning og skal kunne bevises, som det var."),
            untold=_("Tallet, der binder navnet til udgaven, er ikke med."),
            place="charter",
            order=("-charter__dated_on", "pk"),
        ),
        Rule(
            Charter,
            "created_by",
            Topic.CHARTERS,
            _("Kommissorier begyndt"),
            Fate.KEPT,
            _EDITION | {_("Hvornår"): "created_at"},
            why=_WHO,
        ),
        Rule(
            Charter,
            "adopted_by",
            Topic.CHARTERS,
            _("Kommissorier vedtaget"),
            Fate.KEPT,
            _EDITION | {_("Hvornår"): "adopted_at"},
            why=_WHO,
        ),
        Rule(
            Charter,
            "given_up_by",
            Topic.CHARTERS,
            _("Udkast opgivet"),
            Fate.KEPT,
            _EDITION | {_("Hvornår"): "given_up_at"},
            why=_WHO,
        ),
        Rule(
            CharterTemplate,
            "published_by",
            Topic.CHARTERS,
            _("Standardtekster udgivet"),
            Fate.KEPT,
            {_("Type"): "get_kind_display", _("Version"): "version", _("Hvornår"): "published_at"},
            why=_WHO,
        ),
        Rule(
            Obligation,
            "responsible",
            Topic.CHARTERS,
            _("Ansvarlig for forpligtelser"),
            Fate.KEPT,
            {_("Gruppe"): "group.name", _("Forpligtelse"): "wording", _("Næste opfølgning"): "next_on"},
            why=_("»Skal rettes« viser forpligtelsen, til en anden er ansvarlig."),
        ),
    ]


def _written() -> list[Rule]:
    return [
        Rule(
            SectionRevision,
            "author",
            Topic.WRITTEN,
            _("Tekster gemt i kommissorier"),
            Fate.KEPT,
            {
                _("Hvornår"): "saved_at",
                _("Gruppe"): "section.charter.group_name",
                _("Udgave"): "section.charter.number",
                _("Afsnit"): "heading",
            },
            filed={_("Tekst"): "body", _("Handling"): "get_act_display"},
            why=_("Kommissoriets historik: det er gruppens tekst."),
            order=("-saved_at", "pk"),
        ),
        Rule(
            FollowUp,
            "made_by",
            Topic.WRITTEN,
            _("Opfølgninger"),
            Fate.KEPT,
            {
                _("Dato"): "made_on",
                _("Gruppe"): "obligation.group.name",
                _("Status"): "get_status_display",
                _("Bemærkning"): "note",
            },
            filed={_("Forpligtelse"): "obligation.wording"},
            why=_("En opfølgning står, som den blev skrevet."),
            order=("-made_on", "pk"),
        ),
        Rule(
            YearlyCheck,
            "made_by",
            Topic.WRITTEN,
            _("Årlige tjek"),
            Fate.KEPT,
            {
                _("Dato"): "made_on",
                _("Gruppe"): "group.name",
                _("Medlemmerne er rigtige"): "members_right",
                _("Forpligtelserne er rigtige"): "obligations_right",
                _("Kommissoriet gælder"): "charter_right",
            },
            why=_("Et årligt tjek står, som det blev svaret."),
            order=("-made_on", "pk"),
        ),
        Rule(
            Approval,
            "recorded_by",
            Topic.WRITTEN,
            _("Godkendelser registreret"),
            Fate.KEPT,
            {
                _("Hvornår"): "recorded_at",
                _("Gruppe"): "member.charter.group_name",
                _("Udgave"): "member.charter.number",
                _("Måde"): "get_manner_display",
            },
            why=_WHO,
            order=("-recorded_at", "pk"),
        ),
    ]


def _traces() -> list[Rule]:
    return [
        Rule(
            Attendance,
            "person",
            Topic.TRACES,
            _("Til stede på møder om udkast"),
            Fate.DELETED,
            {_("Hvornår"): "ticked_at", _("Gruppe"): "charter.group_name"},
        ),
        Rule(
            Attendance,
            "ticked_by",
            Topic.TRACES,
            _("Sat andre som til stede"),
            Fate.KEPT,
            {_("Hvornår"): "ticked_at", _("Gruppe"): "charter.group_name"},
            why=_("Det er de andres fremmøde."),
        ),
        Rule(
            Presence,
            "person",
            Topic.TRACES,
            _("Udkast åbne i browseren"),
            Fate.DELETED,
            {_("Senest set"): "seen_at", _("Gruppe"): "charter.group_name"},
        ),
        Rule(
            Reminder,
            "person",
            Topic.TRACES,
            _("Mails om det, der venter"),
            Fate.DELETED,
            {_("Periode fra"): "period_start", _("Tilstand"): "get_state_display", _("Fejl"): "error"},
            order=("-period_start",),
        ),
        Rule(
            CalendarAddress,
            "owner",
            Topic.TRACES,
            _("Kalenderadresser"),
            Fate.DELETED,
            {_("Oprettet"): "created_at", _("Gruppe"): "group.name"},
            untold=_("Selve adressen er en nøgle. Den står på siden »Kalender«."),
        ),
        Rule(
            Bundle,
            "owner",
            Topic.TRACES,
            _("Bestilte samlinger (zip)"),
            Fate.DELETED,
            {_("Bestilt"): "created_at", _("Tilstand"): "get_state_display", _("Antal"): "total"},
        ),
        Rule(
            WordFile,
            "owner",
            Topic.TRACES,
            _("Word-filer til gennemsyn"),
            Fate.DELETED,
            {_("Læst"): "read_at", _("Fil"): "name", _("Gruppe"): "charter.group_name"},
        ),
    ]


def _forget_word_files(alias: Alias, **_: Any) -> None:
    """Files that wait, and name the person among a group's members: whoever sent one can send it again."""
    for file in WordFile.objects.all():
        if alias.is_in(json.dumps([file.name, file.content], ensure_ascii=False)):
            file.delete()


def connect() -> None:
    """Listen to who is made nameless; the register itself knows nothing of charters."""
    being_anonymised.connect(_forget_word_files, dispatch_uid="charters_being_anonymised")


def declare_ours() -> None:
    """Put the charters' rules on the register's list, which knows nothing of charters itself."""
    declare(*_charters(), *_written(), *_traces())
    declare_typed(Charter, "reason")
    declare_typed(Section, "heading", "body")
    declare_typed(SectionRevision, "heading", "body")
    declare_typed(FollowUp, "note")
