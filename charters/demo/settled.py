"""Products whose groups have adopted their charters; the comments say which situation each shows."""

from __future__ import annotations

from charters.demo.situations import (
    BUDGET,
    MEETINGS,
    Group,
    Kind,
    Level,
    Product,
    Role,
    Seat,
    Text,
    coordination,
    steering,
)

STEERING_POINTS = (
    "- Godkende projektbeskrivelse.\n"
    "- Skabe gode rammer for projektet og dets medarbejdere.\n"
    "- Stille krav til kvalitet.\n"
    "- Løbende opfølgning på business case og gevinstrealisering.\n"
    "- Fremlægge regnskabet for alle deltagende kommuner hvert år."
)
COORDINATION_POINTS = (
    "- Gruppen står for at indsamle de tilsluttede kommuners ønsker om produktudvikling hvert kvartal.\n"
    "- Gruppen står for at prioritere udviklingsprojekter så de gavner bredest muligt.\n"
    "- Gruppen har ansvaret for at udmønte udviklings- og driftskontrakten med leverandøren.\n"
    "- Gruppen kan indstille udviklingsprojekter til styregruppen, hvis omkostningerne ligger uden for "
    "produktets økonomiske ramme.\n"
    "- Holde testmiljøet i drift."
)

SETTLED = [
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
                board_approved=9.5,
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
    # Two editions: the second adopted, the first superseded; obligations that live on, came and went.
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
                text=Text(
                    (18, 5),
                    reason="Økonomien er blevet større.",
                    added={"Mødeform": MEETINGS},
                    revised={
                        "Økonomiske forpligtelser": BUDGET,
                        "Forpligtelser i forhold til udvikling": STEERING_POINTS,
                    },
                ),
            ),
            coordination(
                Seat("Rikke Tangsø", Role.FACILITATOR),
                Seat("Emil Højbro"),
                Seat("Gorm Lyngsø"),
                age=18,
                text=Text(
                    (10,),
                    draft=True,
                    reason="Gruppen har fået et nyt testmiljø at passe.",
                    revised={"Forpligtelser i forhold til udvikling": COORDINATION_POINTS},
                ),
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
    Product(
        "OS2vejnet",
        Level.LEVEL_2,
        "Huller, lygter og skilte: indberetning og drift af veje.",
        "Ulrik Sandbjerg",
        groups=(
            steering(
                Seat("Lone Bækhus", Role.CHAIR),
                Seat("Bjørn Ravnhøj"),
                Seat("Ulrik Sandbjerg", Role.PROJECT_MANAGER),
                age=11,
            ),
            coordination(
                Seat("Hassan Møllebro", Role.FACILITATOR),
                Seat("Malthe Kornbæk"),
                Seat("Nikolaj Skarpø", Role.SUPPLIER),
                age=10,
                driven_by="Nordlys Digital ApS",
            ),
        ),
    ),
    Product(
        "OS2kulturkort",
        Level.LEVEL_1,
        "Kunst og historie i det offentlige rum, sted for sted.",
        "Dorte Elkjærgaard",
        groups=(
            coordination(
                Seat("Dorte Elkjærgaard", Role.FACILITATOR),
                Seat("Signe Overmark"),
                age=4,
            ),
        ),
    ),
]
