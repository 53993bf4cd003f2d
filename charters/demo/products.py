"""The demo's products and groups. The comments say which situation of DOMAIN each one shows."""

from __future__ import annotations

from charters.demo.situations import (
    MEETINGS,
    Group,
    Kind,
    Level,
    Product,
    Role,
    Seat,
    Text,
    coordination,
    professional,
    steering,
)
from members.models import Project

PRODUCTS = [
    # Both groups with charters, one supplier as tovholder, two from one municipality, roster changed since.
    Product(
        "OS2mødebog",
        Level.LEVEL_2,
        "Booking af mødelokaler på tværs af kommunens huse.",
        "Tobias Klitholm",
        groups=(
            steering(
                Seat("Fatima Lindtorp", Role.CHAIR),
                Seat("Jonas Engtoft", approves=False),
                Seat("Per Egelund-Dam"),
                Seat("Hanne Vestermose", approves=False, wrote=3.5),
                age=6,
                text=Text((4.5,), added={"Mødeform": MEETINGS}),
            ),
            coordination(
                Seat("Tobias Klitholm", Role.FACILITATOR),
                Seat("Ida Skovmark", Role.PRODUCT_OWNER),
                Seat("Emil Højbro"),
                Seat("Lone Bækhus"),
                Seat("Malthe Kornbæk"),
                Seat("Amina Fjeldsted"),
                Seat("Hassan Møllebro", approves=False),
                Seat("Søren Lyngdal", left=1, handover="Lone Bækhus overtager testgruppen."),
                Seat("Sofie Marklund", joined=1),
                age=8,
                driven_by="Fjordkode ApS",
                text=Text((6,)),
            ),
        ),
    ),
    # Niveau 3 without the board in its styregruppe: explained (følg-eller-forklar).
    Product(
        "OS2fællesvagt",
        Level.LEVEL_3,
        "Fælles vagtplan for beredskab og hjemmepleje.",
        "Mette Fjordager",
        groups=(
            steering(
                Seat("Per Egelund-Dam", Role.CHAIR),
                Seat("Lone Bækhus", Role.VICE_CHAIR),
                Seat("Klaus Rørvang"),
                Seat("Birgitte Åkær"),
                Seat("Vera Askholm", Role.OBSERVER),
                age=10,
            ),
            coordination(
                Seat("Mette Fjordager", Role.FACILITATOR),
                Seat("Oskar Vindelev"),
                Seat("Signe Overmark"),
                Seat("Jonas Engtoft", approves=False),
                Seat("Lea Grønbæk", Role.SUPPLIER),
                age=9,
                subgroups=(
                    Group(
                        Kind.COORDINATION,
                        (Seat("Oskar Vindelev", Role.FACILITATOR), Seat("Lea Grønbæk", Role.SUPPLIER)),
                        name="Undergruppen for drift af OS2fællesvagt",
                        age=3,
                    ),
                ),
            ),
        ),
        explanations={"G12": "Bestyrelsens repræsentant fratrådte i september. En ny udpeges i januar."},
    ),
    # Niveau 1 with a koordinationsgruppe only: it carries the styregruppe's duties too.
    Product(
        "OS2skovsti",
        Level.LEVEL_1,
        "Kort over stier, shelters og bålpladser, som borgerne selv kan rette.",
        "Rikke Tangsø",
        groups=(
            coordination(
                Seat("Rikke Tangsø", Role.FACILITATOR),
                Seat("Gorm Lyngsø"),
                Seat("Ægir Sandgaard"),
                Seat("Dorte Elkjærgaard"),
                age=7,
            ),
        ),
    ),
    # A sandbox project with a tovholder and no groups.
    Product(
        "OS2eksempel",
        Level.SANDBOX,
        "Et forsøg med fælles eksempler på digitale breve.",
        "Malthe Kornbæk",
        Project.Kind.PROJECT,
    ),
    # Niveau 2 without a styregruppe: a shortfall. Its koordinationsgruppe has not filled in everything.
    Product(
        "OS2lånebog",
        Level.LEVEL_2,
        "Udlån af værktøj og hjælpemidler mellem kommunens afdelinger.",
        "Mette Fjordager",
        groups=(
            coordination(
                Seat("Mette Fjordager", Role.FACILITATOR),
                Seat("Signe Overmark"),
                Seat("Torben Vesterlund"),
                age=2,
                driven_by="Middelfart Kommune",
                text=Text(draft=True, added={"Økonomi": "Den økonomiske ramme er xyz kroner om året."}),
            ),
        ),
    ),
    # Overdue for review.
    Product(
        "OS2havneplads",
        Level.LEVEL_2,
        "Bådpladser, ventelister og gæstesejlere i kommunens havne.",
        "Gorm Lyngsø",
        groups=(
            steering(
                Seat("Bjørn Ravnhøj", Role.CHAIR),
                Seat("Ægir Sandgaard"),
                Seat("Dorte Elkjærgaard"),
                age=15,
                text=Text((14,)),
            ),
            coordination(
                Seat("Gorm Lyngsø", Role.FACILITATOR),
                Seat("Jonas Engtoft"),
                Seat("Ulrik Sandbjerg"),
                age=12.5,
                text=Text((11.5,)),
            ),
        ),
    ),
    # A styregruppe about to adopt, and a koordinationsgruppe that has not begun.
    Product(
        "OS2fritidspas",
        Level.LEVEL_2,
        "Tilskud til fritidsaktiviteter for børn og unge.",
        "Ida Skovmark",
        Project.Kind.PROJECT,
        groups=(
            steering(
                Seat("Karen Havbirk", Role.CHAIR),
                Seat("Fatima Lindtorp"),
                Seat("Hanne Vestermose"),
                Seat("Torben Vesterlund"),
                age=1,
                text=Text(draft=True),
            ),
            coordination(
                Seat("Ida Skovmark", Role.PROJECT_MANAGER),
                Seat("Amina Fjeldsted"),
                Seat("Sofie Marklund"),
                age=1,
                text=Text(),
            ),
        ),
    ),
    Product(
        "OS2borgerråd",
        Level.LEVEL_1,
        "Digitale borgerråd og høringer.",
        "Zara Bøgelund",
        Project.Kind.PROJECT,
        groups=(
            coordination(
                Seat("Zara Bøgelund", Role.FACILITATOR),
                Seat("Nadia Elmark"),
                Seat("Nikolaj Skarpø", Role.SUPPLIER),
                age=2,
                text=Text(draft=True, project_name="xyz"),
            ),
        ),
    ),
    # Two editions: the second adopted, the first superseded.
    Product(
        "OS2grøndrift",
        Level.LEVEL_2,
        "Planlægning af kommunens grønne drift.",
        "Rikke Tangsø",
        groups=(
            steering(
                Seat("Ulrik Sandbjerg", Role.CHAIR),
                Seat("Karen Havbirk"),
                Seat("Birgitte Åkær"),
                Seat("Søren Lyngdal", left=8, handover="Birgitte Åkær følger budgettet."),
                age=20,
                text=Text((18, 5), reason="Økonomien er blevet større.", added={"Mødeform": MEETINGS}),
            ),
            coordination(
                Seat("Rikke Tangsø", Role.FACILITATOR),
                Seat("Emil Højbro"),
                Seat("Gorm Lyngsø"),
                age=18,
                text=Text((10,), draft=True),
            ),
        ),
    ),
    # Closed: its charters are retired.
    Product(
        "OS2affaldsrute",
        Level.LEVEL_2,
        "Ruter for affaldsbiler. Afløst af et fælles indkøb.",
        "Malthe Kornbæk",
        groups=(
            steering(Seat("Søren Lyngdal", Role.CHAIR), Seat("Klaus Rørvang"), age=30, closed=4),
            coordination(Seat("Malthe Kornbæk", Role.FACILITATOR), Seat("Hassan Møllebro"), age=29, closed=4),
        ),
        closed=4,
    ),
    Product(
        "OS2sprogbro",
        Level.LEVEL_1,
        "Ordbog til borgerservice på de sprog, borgerne taler.",
        "Sofie Marklund",
        groups=(
            coordination(
                Seat("Sofie Marklund", Role.FACILITATOR),
                Seat("Fatima Lindtorp"),
                Seat("Zara Bøgelund"),
                age=3,
            ),
        ),
    ),
    Product(
        "OS2bogbus",
        Level.LEVEL_2,
        "Køreplaner og bestillinger til bogbussen.",
        "Signe Overmark",
        groups=(
            steering(
                Seat("Birgitte Åkær", Role.CHAIR),
                Seat("Hanne Vestermose"),
                Seat("Torben Vesterlund"),
                age=9,
            ),
            coordination(
                Seat("Signe Overmark", Role.FACILITATOR),
                Seat("Amina Fjeldsted"),
                Seat("Lea Grønbæk", Role.SUPPLIER),
                age=8,
                driven_by="Næstved Kommune",
            ),
        ),
    ),
    # A secretariat employee as a member and a supplier in a styregruppe: warnings, never a stop.
    Product(
        "OS2tilsyn",
        Level.LEVEL_3,
        "Fælles tilsyn med private botilbud.",
        "Oskar Vindelev",
        groups=(
            steering(
                Seat("Per Egelund-Dam", Role.CHAIR),
                Seat("Åse Kildevang"),
                Seat("Nikolaj Skarpø"),
                Seat("Klaus Rørvang"),
                age=5,
                text=Text(draft=True),
            ),
            coordination(Seat("Oskar Vindelev", Role.FACILITATOR), Seat("Yrsa Holmstrøm"), age=5),
        ),
    ),
    Product("OS2solkort", Level.SANDBOX, "Solceller på kommunens tage.", "", Project.Kind.PROJECT),
]

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
    ),
    Group(
        Kind.PROFESSIONAL,
        (Seat("Zara Bøgelund", Role.FACILITATOR), Seat("Dorte Elkjærgaard")),
        name="Brugerinddragelse",
        age=1,
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
