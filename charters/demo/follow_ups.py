"""How the demo's groups follow up: one obligation is overdue, one met, one deviates, one is nobody's."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from charters.models import FollowUp, Rhythm
from members.models import User, WorkingGroup

Status = FollowUp.Status


@dataclass(frozen=True)
class Line:
    """A follow-up that somebody wrote."""

    weeks_ago: int
    by: str
    status: str
    note: str = ""


@dataclass(frozen=True)
class Followed:
    """An obligation, known by how its words begin; ``due`` is in weeks from today, past when negative."""

    words: str
    responsible: str = ""
    due: int | None = None
    every: int | None = None
    lines: tuple[Line, ...] = ()


FOLLOW_UPS = {
    "Koordinationsgruppen for OS2grøndrift": (
        Followed(
            "Gruppen står for at igangsætte",
            "Rikke Tangsø",
            lines=(
                Line(
                    6,
                    "Rikke Tangsø",
                    Status.MET,
                    "Begge projekter er sat i gang; styregruppen har nu opgaven.",
                ),
            ),
        ),
    ),
    "Styregruppen for OS2mødebog": (
        Followed(
            "Godkende projektbeskrivelse",
            "Fatima Lindtorp",
            lines=(
                Line(16, "Fatima Lindtorp", Status.UNDER_WAY, "Udkastet er sendt til høring i kommunerne."),
                Line(9, "Fatima Lindtorp", Status.MET, "Projektbeskrivelsen blev godkendt på mødet."),
            ),
        ),
        Followed("Skabe gode rammer", "Per Egelund-Dam", 7),
        Followed(
            "Sikre at væsentlige interessenter",
            due=2,
            lines=(Line(9, "Per Egelund-Dam", Status.UNDER_WAY, "Vi mangler at høre servicecentrene."),),
        ),
        Followed(
            "Stille krav til kvalitet",
            "Hanne Vestermose",
            10,
            lines=(
                Line(12, "Hanne Vestermose", Status.NOT_BEGUN),
                Line(
                    3,
                    "Hanne Vestermose",
                    Status.DEVIATES,
                    "Vi stiller ikke egne krav. OS2s fælles kvalitetskrav dækker vores behov.",
                ),
            ),
        ),
        Followed(
            "Løbende opfølgning",
            "Jonas Engtoft",
            -2,
            Rhythm.QUARTERLY,
            (Line(15, "Jonas Engtoft", Status.UNDER_WAY, "To kommuner har målt deres gevinster."),),
        ),
        Followed("Styregruppens forpligtelser", "Hanne Vestermose", 18, Rhythm.YEARLY),
    ),
    "Koordinationsgruppen for OS2fællesvagt": (
        Followed(
            "Gruppen står for at indsamle",
            "Jonas Engtoft",
            5,
            Rhythm.HALF_YEARLY,
            (Line(20, "Jonas Engtoft", Status.MET, "Ønskerne er samlet i en fælles liste."),),
        ),
        Followed(
            "Gruppen står for at prioritere",
            "Mette Fjordager",
            -1,
            lines=(Line(12, "Mette Fjordager", Status.UNDER_WAY, "Tre ønsker er sat øverst."),),
        ),
        Followed(
            "Gruppen har ansvaret for at udmønte",
            "Oskar Vindelev",
            3,
            Rhythm.QUARTERLY,
            (
                Line(28, "Oskar Vindelev", Status.NOT_BEGUN),
                Line(10, "Oskar Vindelev", Status.UNDER_WAY, "Første statusmøde med leverandøren er holdt."),
            ),
        ),
    ),
    # One whose responsible has left the group since.
    "Koordinationsgruppen for OS2mødebog": (
        Followed("Gruppen står for at igangsætte", "Søren Lyngdal", 9, Rhythm.HALF_YEARLY),
    ),
}


def follow_up(group: WorkingGroup, people: dict[str, User]) -> None:
    """Write what the demo says of a group's obligations."""
    today = timezone.localdate()
    for followed in FOLLOW_UPS.get(group.name, ()):
        obligation = group.obligations.in_force().get(wording__startswith=followed.words)
        for line in followed.lines:
            obligation.follow_ups.create(
                status=line.status,
                note=line.note,
                made_on=today - datetime.timedelta(weeks=line.weeks_ago),
                made_by=people[line.by],
            )
        obligation.responsible = people.get(followed.responsible)
        obligation.every = followed.every
        if followed.due is not None:
            obligation.next_on = today + datetime.timedelta(weeks=followed.due)
        obligation.save()
