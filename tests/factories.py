"""A factory for each model: what a test does not care about is filled in with something sound."""

from __future__ import annotations

import datetime
import uuid
from contextlib import AbstractContextManager, nullcontext
from itertools import count
from typing import Any
from unittest import mock

from django.utils import timezone

from charters.adoption import adopt
from charters.bundling import ask_for
from charters.edition import Edition
from charters.models import (
    Approval,
    Attendance,
    Bundle,
    BundleEntry,
    CalendarAddress,
    Charter,
    CharterMember,
    CharterTemplate,
    FollowUp,
    Obligation,
    PointChoice,
    Presence,
    Reminder,
    Section,
    Selection,
    Statement,
    WordFile,
    YearlyCheck,
)
from charters.standard_texts import load_standard_texts
from members.models import (
    Explanation,
    LogEntry,
    Membership,
    Organisation,
    Project,
    RegisterFile,
    SearchEntry,
    Submission,
    User,
    WorkingGroup,
)
from members.search.words import indexed

PASSWORD = "gulerod kano tirsdag"
PDF = b"%PDF-1.7 stand-in"
LONG_AGO = datetime.date(2025, 1, 15)

_number = count(1)


def days_ahead(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def organisation(name: str = "", **fields: Any) -> Organisation:
    return Organisation.objects.create(name=name or f"Prøveby {next(_number)} Kommune", **fields)


def user(name: str = "", *, login: bool = True, **fields: Any) -> User:
    """A person; with a login unless told otherwise, whose password is ``PASSWORD``."""
    number = next(_number)
    fields.setdefault("email", f"person{number}@kommune.example")
    return User.objects.create_user(
        password=PASSWORD if login else None, name=name or f"Person {number}", **fields
    )


def project(name: str = "", **fields: Any) -> Project:
    number = next(_number)
    fields = {"slug": f"os2proeve{number}", "level": Project.Level.LEVEL_2} | fields
    return Project.objects.create(name=name or f"OS2prøve{number}", **fields)


def explanation(project: Project, **fields: Any) -> Explanation:
    fields = {
        "requirement": Explanation.Requirement.G6,
        "text": "Styregruppen nedsættes til foråret.",
    } | fields
    return Explanation.objects.create(project=project, **fields)


def group(kind: str = WorkingGroup.Kind.STEERING, **fields: Any) -> WorkingGroup:
    """A group of a type; a steering or coordination group gets a project of its own."""
    if kind != WorkingGroup.Kind.PROFESSIONAL:
        fields.setdefault("project", None)
        fields["project"] = fields["project"] or project()
    return WorkingGroup.objects.create(kind=kind, **fields)


def membership(group: WorkingGroup, person: User | None = None, **fields: Any) -> Membership:
    fields = {"joined_on": LONG_AGO} | fields
    represents_board = fields.pop("represents_board", False)
    added = group.add(person or user(organisation=organisation()), **fields)
    if represents_board:
        added.represents_board = True
        group.keep(added, update_fields=["represents_board"])
    return added


def _group_with_a_chair() -> WorkingGroup:
    made = group()
    membership(made, role=Membership.Role.CHAIR)
    return made


def submission(person: User | None = None, **fields: Any) -> Submission:
    fields = {"key": uuid.uuid4(), "location": "/"} | fields
    return Submission.objects.create(user=person or user(), **fields)


def search_entry(key: int = 1, **fields: Any) -> SearchEntry:
    """A thing that can be found by the word "andemad", and by nothing else."""
    fields = {"kind": "test", "words": indexed("test", ["andemad"])} | fields
    return SearchEntry.objects.create(key=key, **fields)


def template(kind: str = WorkingGroup.Kind.STEERING) -> CharterTemplate:
    """The published standard text of a type, OS2's own."""
    load_standard_texts()
    return CharterTemplate.objects.published().of_kind(kind).get()


def draft(group: WorkingGroup | None = None, *, by: User | None = None) -> Charter:
    """A draft as "Udfyld kommissorium" makes it; a group that is not given has one chair."""
    group = group or _group_with_a_chair()
    template(group.kind)
    return Charter.start(group, by=by)


def adopted(
    group: WorkingGroup | None = None,
    *,
    by: User | None = None,
    on: datetime.date = LONG_AGO,
    real_pdf: bool = False,
) -> Charter:
    """An adopted edition, with everything an adoption stores; what must be filled in is filled in.

    The document is a stand-in unless the test asks for the real one, which takes longer than all the rest.
    """
    return adopted_from(draft(group, by=by), by=by, on=on, real_pdf=real_pdf)


def adopted_from(
    charter: Charter, *, by: User | None = None, on: datetime.date = LONG_AGO, real_pdf: bool = False
) -> Charter:
    """A draft, adopted: what is still empty in it is filled in first."""
    for section in charter.standing_sections():
        if section.must_be_filled and section.is_empty:
            section.rewrite(heading=section.heading, body="Vi deler viden.", base=section.revision, by=by)
    with nullcontext() if real_pdf else stand_in_pdf():
        adopt(charter, by=by or user(), on=on, reason="Nyt år" if charter.follows_another else "")
    return charter


def stand_in_pdf() -> AbstractContextManager[Any]:
    """While it lasts, an adoption stores bytes that nobody printed."""
    return mock.patch("charters.adoption.charter_pdf", stand_in)


def stand_in(edition: Edition, **_places: Any) -> bytes:
    """What can be taken for the PDF of an edition by whoever reads no more than its two ends and its foot."""
    told = f"%PDF-1.7 stand-in\nFingeraftryk: {edition.short_fingerprint}\n"
    return f"{told}xref\nstartxref\n{len(told)}\n%%EOF\n".encode()


def approval(member: CharterMember | None = None, **fields: Any) -> Approval:
    member = member or adopted().members.all()[0]
    fields = {"recorded_by": member.person} | fields
    return Approval.objects.create(member=member, **fields)


def follow_up(obligation: Obligation | None = None, **fields: Any) -> FollowUp:
    obligation = obligation or adopted().group.obligations.all()[0]
    fields = {"status": FollowUp.Status.UNDER_WAY, "made_by": obligation.introduced_in.adopted_by} | fields
    return FollowUp.objects.create(obligation=obligation, **fields)


def statement(obligation: Obligation | None = None, **fields: Any) -> Statement:
    """Where an obligation stands in another edition than it has been seen in."""
    obligation = obligation or adopted().group.obligations.all()[0]
    charter = fields.pop("charter", None) or obligation.introduced_in.next_edition(by=None)
    fields = {"section": charter.standing_sections()[0], "wording": obligation.wording} | fields
    return Statement.objects.create(obligation=obligation, charter=charter, **fields)


def point_choice(section: Section | None = None, **fields: Any) -> PointChoice:
    fields = {"wording": "Godkende projektbeskrivelse.", "marking": PointChoice.Marking.NONE} | fields
    return PointChoice.objects.create(section=section or draft().standing_sections()[0], **fields)


def calendar_address(owner: User | None = None, **fields: Any) -> CalendarAddress:
    return CalendarAddress.objects.create(owner=owner or user(), **fields)


def register_file(owner: User | None = None, **fields: Any) -> RegisterFile:
    """A list that waits; its one row puts somebody new in the register, and is of no group."""
    row = {"n": 2, "email": "bo@kommune.example", "name": "Bo Ek"}
    fields = {"name": "medlemmer.csv", "rows": {"rows": [row], "group": "", "unread": []}} | fields
    return RegisterFile.objects.create(owner=owner or user(), **fields)


def log_entry(person: User | None = None, **fields: Any) -> LogEntry:
    """A change of a person's title; with ``act`` what was done instead."""
    person = person or user()
    fields = {"action": LogEntry.Action.UPDATE, "changes": {"title": ["", "Konsulent"]}} | fields
    entry = LogEntry.objects.log_create(person, **fields)
    assert entry
    return entry


def bundle(owner: User | None = None, **fields: Any) -> Bundle:
    """All editions in force as one zip, asked for and not yet collected."""
    if not Charter.objects.adopted().exists():
        adopted()
    return ask_for(Selection(**fields), by=owner or user())


def bundle_entry(bundle_: Bundle | None = None) -> BundleEntry:
    return (bundle_ or bundle()).entries.all()[0]


def word_file(charter: Charter | None = None, owner: User | None = None, **fields: Any) -> WordFile:
    fields = {"name": "kommissorium.docx", "content": {"sections": []}} | fields
    return WordFile.objects.create(charter=charter or draft(), owner=owner or user(), **fields)


def presence(charter: Charter | None = None, person: User | None = None, **fields: Any) -> Presence:
    fields = {"window": str(uuid.uuid4())} | fields
    return Presence.objects.create(charter=charter or draft(), person=person or user(), **fields)


def attendance(charter: Charter | None = None, person: User | None = None, **fields: Any) -> Attendance:
    person = person or user()
    fields = {"ticked_by": person} | fields
    return Attendance.objects.create(charter=charter or draft(), person=person, **fields)


def reminder(person: User | None = None, **fields: Any) -> Reminder:
    fields = {"period_start": timezone.localdate().replace(day=1)} | fields
    return Reminder.objects.create(person=person or user(), **fields)


def yearly_check(group_: WorkingGroup | None = None, **fields: Any) -> YearlyCheck:
    right = {"members_right": True, "obligations_right": True, "charter_right": True}
    fields = {"made_by": fields.pop("made_by", None) or user(), **right} | fields
    return YearlyCheck.objects.create(group=group_ or group(), **fields)
