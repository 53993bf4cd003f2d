"""Faggrupper: across products, without a project and without obligations."""

from __future__ import annotations

from charters.demo.situations import Group, Kind, Role, Seat, professional

PROFESSIONAL = [
    # Across products: no project, and no obligations.
    professional(
        "Open source-jura",
        Seat("Nadia Elmark", Role.FACILITATOR),
        Seat("Zara Bøgelund"),
        Seat("Hanne Vestermose"),
        work=(
            "Faggruppen samler erfaringer med licenser, udbud og kontrakter om open source.\n"
            "- Vi svarer på spørgsmål fra produkternes grupper.\n- Vi holder fire temamøder om året."
        ),
        editions=(7,),
    ),
    # The placeholder is still unfilled.
    professional(
        "Tilgængelighed i praksis",
        Seat("Sofie Marklund", Role.FACILITATOR),
        Seat("Yrsa Holmstrøm"),
        work="",
        editions=(),
    ),
    professional(
        "Informationssikkerhed",
        Seat("Yrsa Holmstrøm", Role.FACILITATOR),
        Seat("Ægir Sandgaard"),
        Seat("Oskar Vindelev"),
        work="Vi deler hændelser og løsninger i fortrolighed.",
        editions=(9,),
        public=False,
    ),
    professional(
        "It-arkitektur",
        Seat("Oskar Vindelev", Role.FACILITATOR),
        Seat("Ægir Sandgaard"),
        Seat("Karen Havbirk"),
        work="Vi beskriver fælles byggeblokke og snitflader.\n1. Overblik\n2. Mønstre\n3. Anbefalinger",
        editions=(13.5, 2),
        reason="Kommissoriet er gennemgået og gælder fortsat.",
    ),
    Group(
        Kind.PROFESSIONAL,
        (Seat("Zara Bøgelund", Role.FACILITATOR), Seat("Dorte Elkjærgaard")),
        name="Brugerinddragelse",
        age=1,
    ),
    # Closed for so long that its memberships can be cleared, and one of its members is in nothing else.
    Group(
        Kind.PROFESSIONAL,
        (Seat("Preben Østermark", Role.FACILITATOR, left=70), Seat("Hanne Vestermose", left=70)),
        name="Åbne geodata",
        age=96,
        closed=69,
    ),
    professional(
        "Kunstig intelligens i kommuner",
        Seat("Klaus Rørvang", Role.FACILITATOR),
        Seat("Emil Højbro"),
        Seat("Amina Fjeldsted"),
        work="Vi prøver af, måler og fortæller ærligt, hvad der ikke virkede.",
        editions=(3,),
    ),
]
