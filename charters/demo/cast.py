"""The demo's people: all fictional, on addresses that cannot exist, and who of them has a login."""

from __future__ import annotations

import re
from dataclasses import dataclass

from members.danish import danish_slug

SECRETARIAT = "OS2s sekretariat"
SUPPLIERS = ["Fjordkode ApS", "Nordlys Digital ApS", "Åben Drift A/S"]

_FORM = re.compile(r"(?<=København)s Kommune$|s Regionskommune$| Kommune$| ApS$| A/S$")


@dataclass(frozen=True)
class Person:
    name: str
    organisation: str
    title: str

    @property
    def email(self) -> str:
        """Short enough to type: karen@odder.example."""
        place = "os2" if self.organisation == SECRETARIAT else _FORM.sub("", self.organisation)
        return f"{danish_slug(self.name.split()[0])}@{danish_slug(place)}.example"


@dataclass(frozen=True)
class Login:
    """A door into the demo: one for each kind of user."""

    name: str
    what: str
    is_secretariat: bool = False
    is_superuser: bool = False


LOGINS = [
    Login("Åse Kildevang", "OS2s sekretariat: ser og retter alt", is_secretariat=True),
    Login("Karen Havbirk", "formand: har et udkast, der venter på at blive vedtaget"),
    Login("Mette Fjordager", "tovholder: leder to koordinationsgrupper"),
    Login("Jonas Engtoft", "medlem af tre grupper: noget venter på ham"),
    Login("Lea Grønbæk", "leverandørrepræsentant: læser med, men beslutter ikke"),
    Login("Søren Lyngdal", "tidligere medlem: ser kun det offentlige"),
    Login("Øjvind Strandby", "systemadministrator", is_secretariat=True, is_superuser=True),
]

PEOPLE = {
    person.name: person
    for person in [
        Person("Åse Kildevang", SECRETARIAT, "Produktkonsulent"),
        Person("Øjvind Strandby", SECRETARIAT, "Enterprisearkitekt"),
        Person("Vera Askholm", SECRETARIAT, "Kommunikationsmedarbejder"),
        Person("Karen Havbirk", "Odder Kommune", "Digitaliseringschef"),
        Person("Jonas Engtoft", "Ærø Kommune", "Digitaliseringskonsulent"),
        Person("Mette Fjordager", "Middelfart Kommune", "Projektleder"),
        Person("Søren Lyngdal", "Syddjurs Kommune", "It-chef"),
        Person("Bjørn Ravnhøj", "Aabenraa Kommune", "Afdelingsleder"),
        Person("Ida Skovmark", "Odder Kommune", "Digitaliseringskonsulent"),
        Person("Ægir Sandgaard", "Fanø Kommune", "It-arkitekt"),
        Person("Lone Bækhus", "Favrskov Kommune", "Centerchef"),
        Person("Tobias Klitholm", "Fjordkode ApS", "Produktudvikler"),
        Person("Nadia Elmark", "Aarhus Kommune", "Jurist"),
        Person("Hanne Vestermose", "Skanderborg Kommune", "Økonomichef"),
        Person("Emil Højbro", "Faaborg-Midtfyn Kommune", "It-konsulent"),
        Person("Fatima Lindtorp", "Ballerup Kommune", "Digitaliseringschef"),
        Person("Per Egelund-Dam", "Sønderborg Kommune", "Direktør"),
        Person("Rikke Tangsø", "Viborg Kommune", "Naturmedarbejder"),
        Person("Oskar Vindelev", "Hjørring Kommune", "It-arkitekt"),
        Person("Zara Bøgelund", "Københavns Kommune", "Chefkonsulent"),
        Person("Malthe Kornbæk", "Horsens Kommune", "Projektleder"),
        Person("Signe Overmark", "Næstved Kommune", "Biblioteksleder"),
        Person("Ulrik Sandbjerg", "Norddjurs Kommune", "It-chef"),
        Person("Amina Fjeldsted", "Odense Kommune", "Digitaliseringskonsulent"),
        Person("Gorm Lyngsø", "Bornholms Regionskommune", "Udviklingskonsulent"),
        Person("Dorte Elkjærgaard", "Jammerbugt Kommune", "Sekretariatsleder"),
        Person("Hassan Møllebro", "Vallensbæk Kommune", "It-konsulent"),
        Person("Birgitte Åkær", "Sorø Kommune", "Afdelingschef"),
        Person("Klaus Rørvang", "Region Midtjylland", "Programleder"),
        Person("Yrsa Holmstrøm", "Brønderslev Kommune", "Informationssikkerhedskoordinator"),
        Person("Nikolaj Skarpø", "Nordlys Digital ApS", "Kundeansvarlig"),
        Person("Lea Grønbæk", "Åben Drift A/S", "Driftsleder"),
        Person("Torben Vesterlund", "Ishøj Kommune", "Digitaliseringschef"),
        Person("Sofie Marklund", "Fredensborg Kommune", "Borgerservicechef"),
        Person("Preben Østermark", "Lejre Kommune", "Planlægger"),
    ]
}
