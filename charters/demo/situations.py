"""What the demo is told in: products, groups and seats.

Time is told in months before today, so that what is overdue stays overdue.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from members.models import Membership, Project, WorkingGroup

Kind, Role, Level = WorkingGroup.Kind, Membership.Role, Project.Level


@dataclass(frozen=True)
class Seat:
    """Somebody's place in a group."""

    name: str
    role: str = Role.MEMBER
    approves: bool = True  # in the meeting that adopts the charter
    joined: float | None = None  # months ago; None for as long as the group
    left: float | None = None
    handover: str = ""
    wrote: float | None = None  # months ago that they approved in writing
    board: bool = False  # sits there for OS2's board


@dataclass(frozen=True)
class Text:
    """The group's charter: how old each of its editions is, and what the group changed."""

    editions: tuple[float, ...] = ()  # months ago each was adopted, oldest first
    draft: bool = False  # one is under way
    filled: dict[str, str] = field(default_factory=dict)  # heading -> the group's own text
    added: dict[str, str] = field(default_factory=dict)
    revised: dict[str, str] = field(default_factory=dict)  # heading -> its text from the second edition on
    project_name: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Group:
    kind: str
    seats: tuple[Seat, ...]
    text: Text = Text()
    name: str = ""
    age: float = 12  # months
    driven_by: str = ""
    public: bool = True
    closed: float | None = None
    subgroups: tuple[Group, ...] = ()
    board_approved: float | None = None


@dataclass(frozen=True)
class Product:
    name: str
    level: str
    summary: str
    facilitator: str = ""
    kind: str = Project.Kind.PRODUCT
    groups: tuple[Group, ...] = ()
    explanations: dict[str, str] = field(default_factory=dict)
    closed: float | None = None


MEETINGS = (
    "Vi mødes første torsdag i måneden, og altid virtuelt.\n"
    "- Dagsordenen kommer en uge før.\n"
    "- Referatet lægges ud senest to uger efter.\n"
    "  - Bemærkninger sendes til mødelederen."
)

BUDGET = (
    "Styregruppens forpligtelser er at godkende budget og sikre ressourcer. "
    "Budgettet for det kommende år godkendes senest i november."
)


def steering(
    *seats: Seat,
    text: Text | None = None,
    age: float = 12,
    closed: float | None = None,
    board_approved: float | None = None,
) -> Group:
    return Group(
        Kind.STEERING,
        seats,
        text or Text((age - 1,)),
        age=age,
        closed=closed,
        board_approved=board_approved,
    )


def coordination(
    *seats: Seat,
    text: Text | None = None,
    age: float = 12,
    driven_by: str = "",
    closed: float | None = None,
    subgroups: tuple[Group, ...] = (),
) -> Group:
    return Group(
        Kind.COORDINATION,
        seats,
        text or Text((age - 1,)),
        age=age,
        driven_by=driven_by,
        closed=closed,
        subgroups=subgroups,
    )


def professional(
    name: str, *seats: Seat, work: str, editions: tuple[float, ...], public: bool = True, reason: str = ""
) -> Group:
    """A faggruppe; ``work`` is its Arbejdsgrundlag, empty while it is still to be written."""
    filled = {"Arbejdsgrundlaget": work} if work else {}
    text = Text(editions, draft=not editions, filled=filled, reason=reason)
    return Group(Kind.PROFESSIONAL, seats, text, name=name, age=max(editions, default=1) + 1, public=public)
