"""Products that lack something: a group, a charter, a review. The comments say which situation each shows."""

from __future__ import annotations

from charters.demo.situations import Level, Product, Role, Seat, Text, coordination, steering
from members.models import Project

UNSETTLED = [
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
    # A secretariat employee as a member and a supplier in a styregruppe: warnings, never a stop. The board
    # sits in it, but has yet to approve it.
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
                Seat("Klaus Rørvang", board=True),
                age=5,
                text=Text(draft=True),
            ),
            coordination(Seat("Oskar Vindelev", Role.FACILITATOR), Seat("Yrsa Holmstrøm"), age=5),
        ),
    ),
    Product("OS2solkort", Level.SANDBOX, "Solceller på kommunens tage.", "", Project.Kind.PROJECT),
]
