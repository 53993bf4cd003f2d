"""The columns of a list, by the headings people give them: Danish or English, in any order and case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from members.register.table import ListError, Sheet

FIRST_ROWS = 10  # among which the headings are looked for; a title may stand above them

_WORDS = {
    "name": "navn, name, fulde navn, full name, medlem, member, person",
    "first_name": "fornavn, fornavne, first name, firstname, given name",
    "last_name": "efternavn, last name, lastname, surname, family name",
    "email": "email, mail, emailadresse, mailadresse, email address, e mail, e mailadresse, e mail adresse, "
    "e mail address, arbejdsmail, epost",
    "organisation": "organisation, organization, kommune, municipality, myndighed, arbejdsplads, "
    "virksomhed, company, organisationsnavn",
    "role": "rolle, role, rolle i gruppen, funktion",
    "joined_on": "fra, from, fra dato, startdato, start, start date, medlem fra, member from, member since, "
    "indtrådt, joined, joined on",
    "left_on": "til, to, til dato, slutdato, slut, end date, end, medlem til, member until, until, udtrådt, "
    "left, left on",
    "group": "gruppe, group, arbejdsgruppe, working group, gruppenavn, gruppens navn, group name",
    "group_address": "gruppens adresse, gruppeadresse, group address, slug",
    "phone": "telefon, phone, tlf, telefonnummer, telefonnr, mobil, mobile, phone number",
    "title": "stilling, title, job title, stillingsbetegnelse, titel, position",
}
_FIELDS = {word.strip(): name for name, words in _WORDS.items() for word in words.split(",")}


@dataclass
class Heading:
    """Where the columns are.

    Attributes:
        row: the number of the row of headings.
        columns: the position of each field that was found.
        others: the headings that say nothing to us; their columns are not read.
    """

    row: int
    columns: dict[str, int]
    others: list[str] = field(default_factory=list)

    @property
    def names_groups(self) -> bool:
        return bool({"group", "group_address"} & self.columns.keys())


def _field(heading: str) -> str:
    return _FIELDS.get(" ".join(re.sub(r"[._*:/()-]+", " ", heading.lower()).split()), "")


def known(cells: Iterable[str]) -> set[str]:
    """The fields that a row of headings names."""
    return {name for name in map(_field, cells) if name}


def heading_of(sheet: Sheet) -> Heading | None:
    """The sheet's row of headings: the first that has an e-mail address among others."""
    for number, cells in sheet.first(FIRST_ROWS):
        found = known(cells)
        if "email" in found and len(found) > 1:
            return _heading(number, cells)
    return None


def _heading(number: int, cells: Sequence[str]) -> Heading:
    heading = Heading(number, {})
    for position, cell in enumerate(cells):
        name = _field(cell)
        if not name:
            heading.others += [cell] if cell else []
        elif name in heading.columns:
            raise ListError(
                _("To kolonner siger det samme: »%(one)s« og »%(other)s«. Slet eller omdøb den ene.")
                % {"one": cells[heading.columns[name]], "other": cell}
            )
        else:
            heading.columns[name] = position
    return heading
