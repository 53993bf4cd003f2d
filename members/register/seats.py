"""Which of a person's memberships of a group each row means, and what becomes of it.

No two rows mean the same membership. A row that gives the first day goes before one that gives none, so that
a list says the same in whatever order its rows stand. An empty cell never clears anything.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.models import Membership, User, WorkingGroup
from members.register.wishes import Wish

_KNOWN = {"group", "person", "organisation"}  # chosen from the register, and need not be asked for


@dataclass
class Outcome:
    """What becomes of a row's membership.

    Attributes:
        membership: as it will be.
        before: as it is in the register; None when it is new.
        problem: why nothing becomes of it.
    """

    membership: Membership | None = None
    before: Membership | None = None
    problem: str = ""
    note: str = ""


@dataclass
class _Seat:
    membership: Membership
    taken_by: int | None = None  # a row


@dataclass
class Seats:
    """One person's memberships of one group, those of the past and those to come."""

    person: User
    group: WorkingGroup
    today: datetime.date
    seats: list[_Seat] = field(default_factory=list)
    is_alone: bool = False  # of the list's rows about this person and group

    @classmethod
    def of(
        cls, person: User, group: WorkingGroup, memberships: Sequence[Membership], *, today: datetime.date
    ) -> Seats:
        return cls(person, group, today, [_Seat(membership) for membership in memberships])

    def settle(self, wishes: Sequence[Wish]) -> dict[int, Outcome]:
        """What becomes of each row, by its number."""
        self.is_alone = len(wishes) == 1
        outcomes: dict[int, Outcome] = {}
        dated = (self._same_period, self._still_in, self._same_start, self._other_period)
        steps = (*dated, self._undated, self._ending)
        for step in steps:
            for wish in wishes:
                if wish.number not in outcomes and (outcome := step(wish)) is not None:
                    outcomes[wish.number] = outcome
        return outcomes

    # --- The steps, each for the rows that those before it said nothing of ------------------------

    def _same_period(self, wish: Wish) -> Outcome | None:
        seat = self._free(lambda m: (m.joined_on, m.left_on) == (wish.joined_on, wish.left_on))
        return self._take(seat, wish, joined_on=seat.membership.joined_on) if seat else None

    def _still_in(self, wish: Wish) -> Outcome | None:
        """Without an end in the list, and with one to come in the register: that stays."""
        if wish.joined_on is None or wish.left_on is not None:
            return None
        seat = self._free(lambda m: m.joined_on == wish.joined_on and self._is_in(m))
        return self._take(seat, wish, joined_on=wish.joined_on) if seat else None

    def _same_start(self, wish: Wish) -> Outcome | None:
        if wish.joined_on is None:
            return None
        if seat := self._free(lambda m: m.joined_on == wish.joined_on):
            return self._take(seat, wish, joined_on=wish.joined_on)
        taken = self._taken(lambda m: m.joined_on == wish.joined_on)
        return Outcome(problem=_twice(taken)) if taken else None

    def _other_period(self, wish: Wish) -> Outcome | None:
        """Another first day than the register has: a new period, or a correction if it can only be that."""
        if wish.joined_on is None:
            return None
        new = self._new(wish, joined_on=wish.joined_on)
        across = [seat for seat in self.seats if _is_sound(new) and new.overlaps(seat.membership)]
        if not across:
            return self._join(new, wish)
        taken = next((seat for seat in across if seat.taken_by is not None), None)
        if taken:
            return Outcome(problem=_twice(taken))
        if len(across) > 1 or not self.is_alone:
            return Outcome(problem=_overlap(across[0].membership))
        if _is_another_seat(wish, across[0].membership):
            return Outcome(problem=_changed_from(across[0].membership))
        return self._take(across[0], wish, joined_on=wish.joined_on)

    def _undated(self, wish: Wish) -> Outcome | None:
        if wish.left_on is not None:
            return None
        if seat := self._free(self._is_in):
            return self._take(seat, wish, joined_on=seat.membership.joined_on)
        if taken := self._taken(self._is_in):
            return Outcome(problem=_twice(taken))
        return self._join(self._new(wish, joined_on=self.today), wish)

    def _ending(self, wish: Wish) -> Outcome | None:
        """Last of all: a row that only ends may not end what another row has just begun."""
        if seat := self._free(lambda m: m.left_on == wish.left_on) or self._free(self._is_in):
            return self._take(seat, wish, joined_on=seat.membership.joined_on)
        if taken := self._taken(self._is_in):
            return Outcome(problem=_twice(taken))
        return Outcome(problem=_("Personen er ikke med i gruppen nu. Skriv også datoen for »fra«."))

    # --- What the steps ask and do ----------------------------------------------------------------

    def _free(self, is_it: Callable[[Membership], bool]) -> _Seat | None:
        return next((seat for seat in self.seats if seat.taken_by is None and is_it(seat.membership)), None)

    def _taken(self, is_it: Callable[[Membership], bool]) -> _Seat | None:
        return next((s for s in self.seats if s.taken_by is not None and is_it(s.membership)), None)

    def _is_in(self, membership: Membership) -> bool:
        """Whether it is of today or of days to come."""
        left_on = membership.left_on
        return left_on is None or (left_on > self.today and left_on != membership.joined_on)

    def _take(self, seat: _Seat, wish: Wish, *, joined_on: datetime.date) -> Outcome:
        """The membership is this row's, even where the row asks for what cannot be."""
        seat.taken_by = wish.number
        before = seat.membership
        if (
            wish.left_on is None
            and before.left_on is not None
            and (joined_on != before.joined_on or not self._is_in(before))
        ):
            return Outcome(problem=_ended(before))
        organisation = wish.organisation or before.organisation
        wanted = (wish.role or before.role, organisation, joined_on, wish.left_on or before.left_on)
        if wanted == (before.role, before.organisation, before.joined_on, before.left_on):
            return Outcome(before, before)
        after = copy.copy(before)
        after.role, after.organisation, after.joined_on, after.left_on = wanted
        if problem := self._problem_with(after, seat):
            return Outcome(problem=problem)
        seat.membership = after
        return Outcome(after, before)

    def _new(self, wish: Wish, *, joined_on: datetime.date) -> Membership:
        return Membership(
            group=self.group,
            person=self.person,
            role=wish.role or Membership.Role.MEMBER,
            organisation=wish.organisation or self.person.organisation,
            joined_on=joined_on,
            left_on=wish.left_on,
        )

    def _join(self, new: Membership, wish: Wish) -> Outcome:
        if not self.person.is_active:
            return Outcome(problem=_("Personen er deaktiveret. Gør personen aktiv igen først."))
        if problem := self._problem_with(new, None):
            return Outcome(problem=problem)
        was_in = any(not self._is_in(seat.membership) for seat in self.seats)
        self.seats.append(_Seat(new, wish.number))
        return Outcome(new, note=_("Har været med i gruppen før.") if was_in else "")

    def _problem_with(self, membership: Membership, own: _Seat | None) -> str:
        """What ``WorkingGroup.keep`` would say, with the person's other memberships as they will be."""
        others = [seat.membership for seat in self.seats if seat is not own]
        membership.group = self.group
        try:
            membership.clean_fields(exclude=_KNOWN)
            if not _is_sound(membership):
                return _("Slutdatoen kan ikke ligge før startdatoen.")
            if own is None:
                membership.refuse_newcomer_in_closed_group()
            membership.refuse_overlap(others)
        except ValidationError as error:
            return " ".join(error.messages)
        if membership.left_on is None and any(other.left_on is None for other in others):
            return _("Personen er allerede medlem af gruppen.")
        return ""


def _is_sound(membership: Membership) -> bool:
    return membership.left_on is None or membership.left_on >= membership.joined_on


def _is_another_seat(wish: Wish, membership: Membership) -> bool:
    role, organisation = wish.role or membership.role, wish.organisation or membership.organisation
    return (role, organisation) != (membership.role, membership.organisation)


def _changed_from(membership: Membership) -> str:
    """With another first day a new role would be true of the past too, or the past would be gone."""
    return _(
        "Personen er med i gruppen fra %(date)s, og rækken har både en anden dato og en anden rolle eller "
        "organisation. Er det nyt fra den dag, så skriv det under »Ret« på gruppens side."
    ) % {"date": date_format(membership.joined_on)}


def _twice(seat: _Seat) -> str:
    said = _("Række %(number)s handler om det samme medlemskab. Lad kun den ene stå.")
    return said % {"number": seat.taken_by}


def _ended(membership: Membership) -> str:
    return _(
        "Registret har slutdatoen %(date)s for medlemskabet. Skriv den i »til«, eller skriv en ny dato i "
        "»fra«, hvis personen er kommet med igen."
    ) % {"date": date_format(membership.left_on) if membership.left_on else ""}


def _overlap(membership: Membership) -> str:
    return _("Perioden overlapper et medlemskab fra %(date)s. Ret det på gruppens side.") % {
        "date": date_format(membership.joined_on)
    }
