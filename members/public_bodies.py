"""Denmark's public bodies that OS2's members come from: all 98 municipalities and the five regions."""

from __future__ import annotations

from members.models import Organisation

# Two are not called "<name> Kommune".
_OTHER_FORMS = {"Bornholm": "Bornholms Regionskommune", "København": "Københavns Kommune"}

MUNICIPALITIES = """
Albertslund, Allerød, Assens, Ballerup, Billund, Bornholm, Brøndby, Brønderslev, Dragør, Egedal, Esbjerg,
Fanø, Favrskov, Faxe, Fredensborg, Fredericia, Frederiksberg, Frederikshavn, Frederikssund, Furesø,
Faaborg-Midtfyn, Gentofte, Gladsaxe, Glostrup, Greve, Gribskov, Guldborgsund, Haderslev, Halsnæs,
Hedensted, Helsingør, Herlev, Herning, Hillerød, Hjørring, Holbæk, Holstebro, Horsens, Hvidovre,
Høje-Taastrup, Hørsholm, Ikast-Brande, Ishøj, Jammerbugt, Kalundborg, Kerteminde, Kolding, København,
Køge, Langeland, Lejre, Lemvig, Lolland, Lyngby-Taarbæk, Læsø, Mariagerfjord, Middelfart, Morsø,
Norddjurs, Nordfyns, Nyborg, Næstved, Odder, Odense, Odsherred, Randers, Rebild, Ringkøbing-Skjern,
Ringsted, Roskilde, Rudersdal, Rødovre, Samsø, Silkeborg, Skanderborg, Skive, Slagelse, Solrød, Sorø,
Stevns, Struer, Svendborg, Syddjurs, Sønderborg, Thisted, Tønder, Tårnby, Vallensbæk, Varde, Vejen,
Vejle, Vesthimmerlands, Viborg, Vordingborg, Ærø, Aabenraa, Aalborg, Aarhus
"""
REGIONS = [
    "Region Hovedstaden",
    "Region Midtjylland",
    "Region Nordjylland",
    "Region Sjælland",
    "Region Syddanmark",
]


def municipality_names() -> list[str]:
    """The full names, in the order of a Danish list."""
    names = MUNICIPALITIES.replace("\n", " ").split(",")
    return [_OTHER_FORMS.get(name, f"{name} Kommune") for name in map(str.strip, names)]


def load_public_bodies() -> int:
    """Add the municipalities and regions that the register lacks; safe to run at any time.

    Returns:
        The number of organisations that were added.
    """
    kinds = Organisation.Kind
    wanted = dict.fromkeys(municipality_names(), kinds.MUNICIPALITY) | dict.fromkeys(REGIONS, kinds.REGION)
    there = set(Organisation.objects.filter(name__in=wanted).values_list("name", flat=True))
    added = [Organisation(name=name, kind=kind) for name, kind in wanted.items() if name not in there]
    Organisation.objects.bulk_create(added)
    return len(added)
