"""Danish names are found and sorted alike on every database."""

import random

from django.test import TestCase

from members.danish import danish_slug
from members.models import Organisation, Project, User, WorkingGroup
from tests import factories

# All 98, in the order of a Danish list: æ, ø, å last, and aa as å.
MUNICIPALITIES = [
    "Albertslund",
    "Allerød",
    "Assens",
    "Ballerup",
    "Billund",
    "Bornholm",
    "Brøndby",
    "Brønderslev",
    "Dragør",
    "Egedal",
    "Esbjerg",
    "Fanø",
    "Favrskov",
    "Faxe",
    "Fredensborg",
    "Fredericia",
    "Frederiksberg",
    "Frederikshavn",
    "Frederikssund",
    "Furesø",
    "Faaborg-Midtfyn",
    "Gentofte",
    "Gladsaxe",
    "Glostrup",
    "Greve",
    "Gribskov",
    "Guldborgsund",
    "Haderslev",
    "Halsnæs",
    "Hedensted",
    "Helsingør",
    "Herlev",
    "Herning",
    "Hillerød",
    "Hjørring",
    "Holbæk",
    "Holstebro",
    "Horsens",
    "Hvidovre",
    "Høje-Taastrup",
    "Hørsholm",
    "Ikast-Brande",
    "Ishøj",
    "Jammerbugt",
    "Kalundborg",
    "Kerteminde",
    "Kolding",
    "København",
    "Køge",
    "Langeland",
    "Lejre",
    "Lemvig",
    "Lolland",
    "Lyngby-Taarbæk",
    "Læsø",
    "Mariagerfjord",
    "Middelfart",
    "Morsø",
    "Norddjurs",
    "Nordfyns",
    "Nyborg",
    "Næstved",
    "Odder",
    "Odense",
    "Odsherred",
    "Randers",
    "Rebild",
    "Ringkøbing-Skjern",
    "Ringsted",
    "Roskilde",
    "Rudersdal",
    "Rødovre",
    "Samsø",
    "Silkeborg",
    "Skanderborg",
    "Skive",
    "Slagelse",
    "Solrød",
    "Sorø",
    "Stevns",
    "Struer",
    "Svendborg",
    "Syddjurs",
    "Sønderborg",
    "Thisted",
    "Tønder",
    "Tårnby",
    "Vallensbæk",
    "Varde",
    "Vejen",
    "Vejle",
    "Vesthimmerlands",
    "Viborg",
    "Vordingborg",
    "Ærø",
    "Aabenraa",
    "Aalborg",
    "Aarhus",
]


class SortTests(TestCase):
    def test_all_municipalities_stand_as_in_a_danish_list(self) -> None:
        assert len(MUNICIPALITIES) == 98
        shuffled = random.Random(4).sample(MUNICIPALITIES, k=98)
        Organisation.objects.bulk_create([Organisation(name=name) for name in shuffled])
        assert list(Organisation.objects.values_list("name", flat=True)) == MUNICIPALITIES

    def test_case_does_not_sort(self) -> None:
        for name in ("Øst", "æble", "Åse", "zebra", "Zorro"):
            factories.user(name)
        names = list(User.objects.values_list("name", flat=True))
        assert names == ["zebra", "Zorro", "æble", "Øst", "Åse"]


class SearchTests(TestCase):
    def found(self, text: str) -> list[str]:
        return list(Organisation.objects.matching(text).values_list("name", flat=True))

    def test_danish_letters_are_found_whatever_their_case(self) -> None:
        for name in ("Ærø Kommune", "Aarhus Kommune", "Odder Kommune"):
            factories.organisation(name)
        assert self.found("ærø") == self.found("ÆRØ") == self.found(" Ærø ") == ["Ærø Kommune"]
        assert self.found("århus") == self.found("AARHUS") == self.found("Århus") == ["Aarhus Kommune"]
        assert self.found("aero") == []

    def test_letters_of_others_are_found_however_they_are_typed_and_written(self) -> None:
        for name in ("Špela Žižek", "Ñandú", "ČESKÁ ŘÍMSA", "Łódź-Šumava", "Søren Çelik", "Spela"):
            factories.organisation(name)
        for text, name in (
            ("Špela", "Špela Žižek"),
            ("ŽIŽEK", "Špela Žižek"),
            ("špela ž", "Špela Žižek"),
            ("S\N{COMBINING CARON}pela", "Špela Žižek"),
            ("ižek", "Špela Žižek"),
            ("Ñandú", "Ñandú"),
            ("ñandú", "Ñandú"),
            ("ÑANDÚ", "Ñandú"),
            ("česká", "ČESKÁ ŘÍMSA"),
            ("Římsa", "ČESKÁ ŘÍMSA"),
            ("łódź-šumava", "Łódź-Šumava"),
            ("SØREN ÇELIK", "Søren Çelik"),
        ):
            with self.subTest(text):
                assert self.found(text) == [name]
        assert self.found("nandu") == []

    def test_they_are_found_in_every_list(self) -> None:
        person = factories.user("Špela Ñandú", organisation=factories.organisation("Žalec"))
        group = factories.group(project=factories.project("OS2ñandú"), name="Štab")
        for text in ("špela", "ÑANDÚ", "žalec"):
            assert list(User.objects.matching(text)) == [person], text
        for text in ("štab", "os2Ñandú"):
            assert list(WorkingGroup.objects.matching(text)) == [group], text
        assert list(Project.objects.matching("ÑANDÚ")) == [group.project]

    def test_the_signs_of_a_search_are_taken_as_they_stand(self) -> None:
        factories.organisation("100 % Digital")
        factories.organisation("Odder Kommune")
        assert self.found("%") == ["100 % Digital"]
        assert self.found("_") == []

    def test_people_are_found_by_name_address_and_organisation(self) -> None:
        aase = factories.user(
            "Åse Kildevang", email="aase@os2.example", organisation=factories.organisation("Ærø")
        )
        factories.user("Per Dam")
        for text in ("åse", "AASE", "aase@OS2", "ærø"):
            assert list(User.objects.matching(text)) == [aase], text
        assert not User.objects.matching("karen").exists()

    def test_groups_are_found_by_their_own_name_and_their_projects(self) -> None:
        group = factories.group(project=factories.project("OS2mødebog"), name="De Øverste")
        factories.group()
        for text in ("MØDEBOG", "øverste"):
            assert list(WorkingGroup.objects.matching(text)) == [group], text


def test_an_address_is_readable_to_those_without_danish_letters() -> None:
    assert danish_slug("Ærø & Aabenraa") == "aeroe-aabenraa"
    assert danish_slug("Åben Drift – gruppe 2") == "aaben-drift-gruppe-2"
    assert danish_slug("???") == "gruppe"
