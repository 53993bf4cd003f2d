"""What is wrong in the register, each as one rule over many groups and projects.

A rule is a queryset of what is wrong, one row each; ``lines`` puts those of all rules in one query.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charters.models import Approval, Charter, CharterMember, CharterTemplate, Obligation
from charters.overview.scope import Scope, without_charter
from members import shortfalls
from members.access import LEADING_ROLES
from members.models import Explanation, Membership, User, WorkingGroup
from members.models.membership import MembershipQuerySet

LONG_A_DRAFT = datetime.timedelta(days=60)  # a group meets about every other month: it has had its chance
TIME_TO_MEET = datetime.timedelta(days=30)
LONG_UNAPPROVED = datetime.timedelta(days=30)  # what could be answered in writing has been by then

_Requirement = Explanation.Requirement


class Fault(models.TextChoices):
    """In the order of the list: what keeps a group from working stands first."""

    NO_MEMBERS = "ingen-medlemmer", _("Grupper uden medlemmer")
    NO_LEADER = "ingen-leder", _("Grupper uden formand eller tovholder")
    MEMBER_GONE = "medlem-vaek", _("Medlemmer, der er deaktiveret")
    FACILITATOR_GONE = "tovholder-vaek", _("Projekter, hvis tovholder er deaktiveret")
    G3 = "g3", _("Projekter uden tovholder (G3)")
    G6 = "g6", _("Projekter uden styregruppe (G6)")
    G11 = "g11", _("Styregrupper, som bestyrelsen ikke har godkendt (G11)")
    G12 = "g12", _("Styregrupper uden bestyrelsens repræsentant (G12)")
    NO_CHARTER = "intet-kommissorium", _("Grupper uden kommissorium efter første møde")
    DRAFT_STANDING = "gammelt-udkast", _("Udkast, der har stået i over 60 dage")
    REVIEW_DUE = "gennemgang", _("Kommissorier, der skal gennemgås")
    OLDER_TEXT = "aeldre-standardtekst", _("Kommissorier på en ældre standardtekst")
    UNAPPROVED = "godkendelser", _("Godkendelser, der mangler 30 dage efter vedtagelsen")
    UNMANNED = "ansvarlig-vaek", _("Forpligtelser, hvis ansvarlige har forladt gruppen")

    @property
    def rank(self) -> int:
        return list(type(self)).index(self)

    @property
    def sentence(self) -> str:
        """What is wrong with the one it is told of; empty where its line says more."""
        return str(_SENTENCES.get(self, ""))

    @property
    def requirement(self) -> str:
        """The requirement of OS2's governance that is not met; empty where it is something else."""
        return _REQUIREMENTS.get(self, "")


_SENTENCES: dict[str, Any] = {
    Fault.NO_MEMBERS: _("Ingen medlemmer i dag"),
    Fault.NO_LEADER: _("Ingen formand, tovholder eller projektleder"),
    Fault.G3: _("Ingen tovholder"),
    Fault.G6: _("Ingen styregruppe"),
    Fault.G11: _("Ingen dato for bestyrelsens godkendelse"),
    Fault.G12: _("Ingen repræsenterer bestyrelsen"),
    Fault.NO_CHARTER: _("Hverken kommissorium eller udkast"),
    Fault.DRAFT_STANDING: _("Udkastet er ikke vedtaget"),
    Fault.REVIEW_DUE: _("Dagen for gennemgang er passeret"),
    Fault.OLDER_TEXT: _("OS2 har en nyere standardtekst"),
}
_REQUIREMENTS = {
    Fault.G3: _Requirement.G3,
    Fault.G6: _Requirement.G6,
    Fault.G11: _Requirement.G11,
    Fault.G12: _Requirement.G12,
}


class Found(NamedTuple):
    """One thing that is wrong: since when, and the keys of what it is about."""

    rank: int
    since: datetime.date | None
    project: int | None
    group: int | None
    about: int | None  # a membership or an obligation, or how many approvals are missing

    @property
    def fault(self) -> Fault:
        return list(Fault)[self.rank]


class Place(NamedTuple):
    """Where something is wrong: the keys of a project, of a group, or of both."""

    project: int | None
    group: int | None


def lines(scope: Scope, *, of: Iterable[Fault] = tuple(Fault)) -> QuerySet[Any]:
    """All that is wrong within a scope, as ``Found`` in the order of the list: one query, to be sliced."""
    ranked = [
        rows.annotate(of_rank=Value(fault.rank, IntegerField()))
        for fault, rows in rows_of(scope, of=of).items()
    ]
    order = ("of_rank", "since", "of_project", "of_group", "about")
    return _together(ranked, order).order_by(*order)


def places(scope: Scope) -> list[Place]:
    """Where each thing that is wrong within a scope is, in no order; for counting, at half the cost."""
    return [Place(*row) for row in _together(rows_of(scope).values(), ("of_project", "of_group"))]


def rows_of(scope: Scope, *, of: Iterable[Fault] = tuple(Fault)) -> dict[Fault, QuerySet[Any]]:
    """What each rule finds."""
    return {fault: _RULES[fault](scope) for fault in of}


def _together(found: Iterable[QuerySet[Any]], columns: Sequence[str]) -> QuerySet[Any]:
    """The rows of all rules in one query: the same columns, of the same types, from each."""
    first, *rest = [rows.order_by().values_list(*columns) for rows in found]
    together: QuerySet[Any] = first.union(*rest, all=True) if rest else first
    return together.order_by()


def _nothing(field: models.Field[Any, Any]) -> Cast:
    return Cast(Value(None), field)


def _told(
    rows: QuerySet[Any],
    *,
    since: Any = None,
    project: Any = None,
    group: Any = None,
    about: Any = None,
) -> QuerySet[Any]:
    """A rule's rows with what is told of each; what is None is unknown."""
    key = models.BigIntegerField()
    told: QuerySet[Any] = rows.annotate(
        since=_nothing(DateField()) if since is None else since,
        of_project=_nothing(key) if project is None else project,
        of_group=_nothing(key) if group is None else group,
        about=_nothing(key) if about is None else about,
    )
    return told


def _of_groups(groups: QuerySet[WorkingGroup], *, since: Any) -> QuerySet[Any]:
    return _told(groups, since=since, project=F("project_id"), group=F("pk"))


def _last_left(memberships: MembershipQuerySet) -> Coalesce:
    """The day the last of a group's ``memberships`` ended, or else the day it was established."""
    left = memberships.ended().filter(group=OuterRef("pk")).order_by("-left_on").values("left_on")
    return Coalesce(Subquery(left[:1]), F("established_on"))


def _seated() -> Exists:
    return Exists(Membership.objects.current().filter(group=OuterRef("pk")))


def without_members(scope: Scope) -> QuerySet[Any]:
    return _of_groups(scope.groups.filter(~_seated()), since=_last_left(Membership.objects.all()))


def without_leader(scope: Scope) -> QuerySet[Any]:
    """Groups that nobody leads; one without members is told of already."""
    leaders = Membership.objects.filter(role__in=LEADING_ROLES)
    led = Exists(leaders.current().filter(group=OuterRef("pk")))
    return _of_groups(scope.groups.filter(_seated(), ~led), since=_last_left(leaders))


def members_gone(scope: Scope) -> QuerySet[Any]:
    """Memberships of people who were deactivated; the register does not know since when."""
    inactive = User.objects.filter(is_active=False).values("pk")  # few, and asked for first
    gone = Membership.objects.current().filter(person__in=inactive, group__in=scope.groups.values("pk"))
    return _told(gone, project=F("group__project_id"), group=F("group_id"), about=F("pk"))


def facilitators_gone(scope: Scope) -> QuerySet[Any]:
    return _told(scope.projects.filter(facilitator__is_active=False), project=F("pk"))


def unmanaged(scope: Scope) -> QuerySet[Any]:
    return _told(shortfalls.short_of(scope.projects, _Requirement.G3), project=F("pk"))


def unsteered(scope: Scope) -> QuerySet[Any]:
    return _told(shortfalls.short_of(scope.projects, _Requirement.G6), project=F("pk"))


def unapproved_by_board(scope: Scope) -> QuerySet[Any]:
    return _of_steering_groups(scope, _Requirement.G11)


def unrepresented(scope: Scope) -> QuerySet[Any]:
    return _of_steering_groups(scope, _Requirement.G12)


def _of_steering_groups(scope: Scope, requirement: str) -> QuerySet[Any]:
    """Where there is no styregruppe, that is what is to be mended first."""
    short = shortfalls.short_of(scope.projects, requirement)
    steering = WorkingGroup.objects.open().steering().filter(project__in=short.values("pk"))
    return _of_groups(steering, since=F("established_on"))


def without_charter_after_meeting(scope: Scope) -> QuerySet[Any]:
    """Source: standard text, which is to be filled in at the first meeting.

    Where the register knows of none, a group is given a month to hold it.
    """
    today = timezone.localdate()
    has_met = Q(first_meeting_on__lte=today)
    must_have_met = Q(first_meeting_on=None, established_on__lte=today - TIME_TO_MEET)
    groups = without_charter(scope.groups).filter(has_met | must_have_met)
    return _of_groups(groups, since=Coalesce("first_meeting_on", "established_on"))


def _of_charters(
    charters: QuerySet[Charter], scope: Scope, *, since: Any, about: Any = None
) -> QuerySet[Any]:
    within = charters.filter(group__in=scope.groups.values("pk"))
    return _told(within, since=since, project=F("group__project_id"), group=F("group_id"), about=about)


def standing_drafts(scope: Scope) -> QuerySet[Any]:
    old = Charter.objects.drafts().filter(created_at__lt=timezone.now() - LONG_A_DRAFT)
    return _of_charters(old, scope, since=TruncDate("created_at"))


def due_for_review(scope: Scope) -> QuerySet[Any]:
    return _of_charters(Charter.objects.due_for_review(), scope, since=F("review_on"))


def on_older_text(scope: Scope) -> QuerySet[Any]:
    published = CharterTemplate.objects.published().filter(kind=OuterRef("template__kind"))
    since = Subquery(published.values(day=TruncDate("published_at"))[:1])
    return _of_charters(Charter.objects.on_older_text(), scope, since=since)


def unapproved(scope: Scope) -> QuerySet[Any]:
    """Editions that members of the group have still not approved; of those who left nobody waits for it."""
    seat = Membership.objects.current().filter(group=OuterRef("charter__group"), person=OuterRef("person"))
    answered = Approval.objects.filter(member=OuterRef("pk"))
    deciding = CharterMember.objects.exclude(role__in=Membership.Role.not_deciding())
    awaited = deciding.filter(~Exists(answered)).filter(Exists(seat))  # few have not answered: asked first
    of_this = awaited.filter(charter=OuterRef("pk")).values("charter").annotate(n=Count("pk")).values("n")
    old = Charter.objects.adopted().filter(
        dated_on__lte=timezone.localdate() - LONG_UNAPPROVED, group__in=scope.groups.values("pk")
    )
    # At once, of what is in force alone; counted only where it is told.
    lacking = old.filter(pk__in=awaited.filter(charter__in=old.values("pk")).values("charter"))
    number = Cast(Subquery(of_this), models.BigIntegerField())
    return _of_charters(lacking, scope, since=F("dated_on"), about=number)


def without_responsible(scope: Scope) -> QuerySet[Any]:
    """Obligations whose responsible is no longer in the group; those who have none are the group's matter."""
    left = Obligation.objects.unmanned().exclude(responsible=None)
    within = left.filter(group__in=scope.groups.values("pk"))
    return _told(within, project=F("group__project_id"), group=F("group_id"), about=F("pk"))


_RULES: dict[Fault, Callable[[Scope], QuerySet[Any]]] = {
    Fault.NO_MEMBERS: without_members,
    Fault.NO_LEADER: without_leader,
    Fault.MEMBER_GONE: members_gone,
    Fault.FACILITATOR_GONE: facilitators_gone,
    Fault.G3: unmanaged,
    Fault.G6: unsteered,
    Fault.G11: unapproved_by_board,
    Fault.G12: unrepresented,
    Fault.NO_CHARTER: without_charter_after_meeting,
    Fault.DRAFT_STANDING: standing_drafts,
    Fault.REVIEW_DUE: due_for_review,
    Fault.OLDER_TEXT: on_older_text,
    Fault.UNAPPROVED: unapproved,
    Fault.UNMANNED: without_responsible,
}
