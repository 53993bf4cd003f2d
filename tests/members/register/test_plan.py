"""What a list would make of the register: row by row, with the reason, and nothing written."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import SimpleTestCase
from django.utils import timezone

from members.models import Membership, Organisation, User, WorkingGroup
from members.register.known import Organisations, Register
from members.register.plan import Choices, Deed, Line, Plan, plan
from members.register.reading import read_list

pytestmark = pytest.mark.no_database

Role = Membership.Role
TODAY = datetime.date(2026, 11, 24)
ODDER = Organisation(pk=1, name="Odder Kommune")
AEROE = Organisation(pk=2, name="Ærø Kommune")
KOEBENHAVN = Organisation(pk=3, name="Københavns Kommune")
AARHUS = Organisation(pk=4, name="Aarhus Kommune")
LAW = WorkingGroup(pk=1, name="Open source-jura", slug="open-source-jura")
MAPS = WorkingGroup(pk=2, name="Kort", slug="kort")
CLOSED = WorkingGroup(pk=3, name="Lukket", slug="lukket", closed_on=datetime.date(2026, 1, 1))
SAME = [WorkingGroup(pk=pk, name="Drift", slug=f"drift-{pk}") for pk in (4, 5)]
IDA = User(pk=1, name="Ida Skovmark", email="ida@odder.example", organisation=ODDER, phone="11")
OEJVIND = User(pk=2, name="Øjvind Strandby", email="oejvind@os2.example", is_superuser=True)
GONE = User(pk=3, name="Søren Lyngdal", email="soeren@aeroe.example", is_active=False)
DAY = datetime.date.fromisoformat


def member(person: User = IDA, **fields: Any) -> Membership:
    fields = {"pk": 10, "group": LAW, "organisation": ODDER, "joined_on": DAY("2025-01-01")} | fields
    membership = Membership(person=person, **fields)
    membership._state.adding = False
    return membership


class PlanCase(SimpleTestCase):
    memberships: list[Membership] = []

    def planned(
        self, *rows: dict[str, str], memberships: list[Membership] | None = None, **choices: bool
    ) -> Plan:
        register = Register(
            today=TODAY,
            groups=[LAW, MAPS, CLOSED, *SAME],
            organisations=[ODDER, AEROE, KOEBENHAVN, AARHUS],
            people={person.email: person for person in (IDA, OEJVIND, GONE)},
        )
        for membership in memberships or []:
            pair = membership.group_id, membership.person.email
            register.memberships.setdefault(pair, []).append(membership)
        numbered = [{"email": "ida@odder.example"} | row | {"n": n} for n, row in enumerate(rows, start=2)]
        return plan(numbered, register, choices=Choices(**choices))

    def line(self, memberships: list[Membership] | None = None, **row: str) -> Line:
        return self.planned({"group": "Open source-jura"} | row, memberships=memberships).lines[0]

    def assert_refused(self, line: Line, reason: str) -> None:
        assert line.deeds == []
        assert reason in " ".join(line.problems), line.problems


class PersonTests(PlanCase):
    def test_somebody_new_is_created_with_what_the_row_says(self) -> None:
        found = self.planned(
            {"email": "Bo@Kommune.example", "name": "Bo Ek", "organisation": "Aarhus", "phone": "22",
             "title": "Jurist", "group": "kort"}
        )  # fmt: skip
        assert [deed for deed, _words in found.lines[0].deeds] == [Deed.NEW_PERSON, Deed.NEW_MEMBERSHIP]
        (bo,) = found.people
        assert (bo.email, bo.organisation, bo.phone, bo.title) == (
            "bo@kommune.example",
            AARHUS,
            "22",
            "Jurist",
        )
        assert found.memberships[0].organisation == AARHUS

    def test_a_row_without_a_group_is_about_the_person_alone(self) -> None:
        assert len(self.planned({"email": "bo@x.example", "name": "Bo"}).people) == 1
        assert self.planned({"name": "Ida Skovmark"}).lines[0].is_unchanged
        self.assert_refused(self.planned({"role": "formand"}).lines[0], "hvilken gruppe")

    def test_somebody_new_needs_a_name_which_another_row_may_give(self) -> None:
        rows = {"email": "bo@x.example", "group": "kort"}, {"email": "bo@x.example", "name": "Bo"}
        self.assert_refused(self.planned(rows[0]).lines[0], "navnet skal med")
        found = self.planned(*rows)
        assert not found.refused
        assert [person.name for person in found.people] == ["Bo"]

    def test_another_name_is_told_and_not_written_unless_that_is_chosen(self) -> None:
        row = {"name": "Ida Skov", "phone": "22"}
        found = self.planned(row)
        assert found.lines[0].is_unchanged
        assert found.lines[0].notes[0] == "Registret har navn »Ida Skovmark«. Det rettes ikke."
        found = self.planned(row, people=True)
        assert [words for _deed, words in found.lines[0].deeds] == ["Ida Skovmark → Ida Skov", "11 → 22"]
        assert (found.corrected[0].name, IDA.name) == ("Ida Skov", "Ida Skovmark")

    def test_of_two_names_for_one_person_the_first_counts(self) -> None:
        rows = {"name": "Ida A"}, {"name": "Ida B", "group": "kort"}
        found = self.planned(*rows, people=True)
        assert [person.name for person in found.corrected] == ["Ida A"]
        assert "Ida A" in found.lines[1].notes[0]

    def test_a_superuser_may_be_a_member_and_is_never_corrected(self) -> None:
        found = self.planned({"email": OEJVIND.email, "name": "Anden", "group": "kort"}, people=True)
        assert [deed for deed, _words in found.lines[0].deeds] == [Deed.NEW_MEMBERSHIP]
        assert "Øjvind" in found.lines[0].notes[0]

    def test_somebody_inactive_joins_nothing_and_may_leave(self) -> None:
        row = {"email": GONE.email}
        self.assert_refused(self.line(**row), "deaktiveret")
        left = self.line([member(GONE)], left_on="2026-11-24", **row)
        assert [deed for deed, _words in left.deeds] == [Deed.END]


class CellTests(PlanCase):
    def test_a_cell_that_makes_no_sense_is_refused_with_the_reason(self) -> None:
        for cells, reason in [
            ({"email": "ida(a)odder"}, "ikke en e-mailadresse"),
            ({"email": ""}, "mangler"),
            ({"role": "konge"}, "Rollen »konge« kendes ikke. Brug en af: formand, næstformand"),
            ({"joined_on": "31.02.2026"}, "ikke en dato"),
            ({"joined_on": "24.11.26"}, "alle fire cifre"),
            ({"joined_on": "11/24/2026"}, "ikke en dato"),
            ({"joined_on": "45985"}, "ikke en dato"),
            ({"joined_on": "1790-06-24"}, "24. april 2012"),
            ({"joined_on": "24.11.9999"}, "ti år frem"),
            ({"joined_on": "2.2.2026", "left_on": "1.2.2026"}, "før startdatoen"),
            ({"group": "Findes ikke"}, "Gruppen »Findes ikke« findes ikke"),
            ({"group": "Drift"}, "Flere grupper hedder »Drift«"),
            ({"name": "010180-1234"}, "CPR-nummer"),
            ({"title": "cpr 0101801234"}, "CPR-nummer"),
            ({"name": "=1+1"}, "formel"),
            ({"name": "#N/A"}, "fejl fra regnearket"),
            ({"name": "SÃ¸ren"}, "forkerte tegn"),
            ({"name": "a" * 250}, "Navn: "),
            ({"phone": "1" * 31}, "Telefon: "),
        ]:
            with self.subTest(cells):
                self.assert_refused(self.line(**cells), reason)

    def test_all_that_is_wrong_with_a_row_is_said_at_once(self) -> None:
        assert len(self.line(role="konge", joined_on="x", group="y").problems) == 3

    def test_days_are_read_as_danes_write_them(self) -> None:
        for words in (
            "24.11.2025", "24-11-2025", "24/11/2025", "2025-11-24", "24. november 2025", "24. nov. 2025",
            "24 nov 2025", "2025-11-24T00:00:00", "24-11-2025 00:00",
        ):  # fmt: skip
            with self.subTest(words):
                found = self.planned({"group": "kort", "joined_on": words})
                assert found.memberships[0].joined_on == DAY("2025-11-24")

    def test_roles_are_read_by_label_english_word_and_stored_value(self) -> None:
        for words, role in [
            ("Formand", Role.CHAIR), ("chairman", Role.CHAIR), ("vice_chair", Role.VICE_CHAIR),
            ("TOVHOLDER", Role.FACILITATOR), ("Product owner", Role.PRODUCT_OWNER), ("", Role.MEMBER),
            ("Leverandør", Role.SUPPLIER), ("observer", Role.OBSERVER),
        ]:  # fmt: skip
            with self.subTest(words):
                assert self.planned({"group": "kort", "role": words}).memberships[0].role == role

    def test_a_cell_that_was_made_harmless_on_its_way_out_is_read_as_it_was(self) -> None:
        found = self.planned({"email": "bo@x.example", "name": "'=Bo", "phone": "'+45 22"})
        assert (found.people[0].name, found.people[0].phone) == ("=Bo", "+45 22")

    def test_a_group_is_found_by_its_address_too(self) -> None:
        for words in ("drift-5", "https://grupper.os2.example/grupper/drift-5/"):
            found = self.planned({"group_address": words, "group": "Drift"})
            assert found.memberships[0].group_id == 5


class OrganisationTests(PlanCase):
    def test_organisations_are_found_by_the_names_people_use(self) -> None:
        known = Organisations([ODDER, AEROE, KOEBENHAVN, AARHUS])
        for words, organisation in [
            ("odder", ODDER), ("Odder kommune", ODDER), ("ÆRØ", AEROE), ("Århus Kommune", AARHUS),
            ("København", KOEBENHAVN), ("Københavns Kommune", KOEBENHAVN), ("Kommune", None), ("Ø", None),
        ]:  # fmt: skip
            with self.subTest(words):
                assert known.find(words) is organisation

    def test_an_unknown_one_is_refused_with_the_nearest_name(self) -> None:
        self.assert_refused(self.line(organisation="Oder Kommune"), "Mener I »Odder Kommune«?")
        self.assert_refused(self.line(organisation="Fjordkode ApS"), "»Fjordkode ApS« findes ikke")

    def test_a_new_one_is_created_once_where_that_is_chosen_but_a_misspelt_one_never(self) -> None:
        rows = [
            {"group": group, "organisation": name}
            for group, name in (("kort", "Fjordkode"), ("open-source-jura", "FJORDKODE"))
        ]
        found = self.planned(*rows, organisations=True)
        assert [organisation.name for organisation in found.organisations] == ["Fjordkode"]
        assert [deed for deed, _words in found.lines[0].deeds] == [Deed.NEW_ORGANISATION, Deed.NEW_MEMBERSHIP]
        misspelt = self.planned({"group": "kort", "organisation": "Oder Kommune"}, organisations=True)
        self.assert_refused(misspelt.lines[0], "Mener I »Odder Kommune«?")

    def test_an_organisation_that_only_refused_rows_name_is_not_created(self) -> None:
        found = self.planned({"group": "x", "organisation": "Fjordkode"}, organisations=True)
        assert found.organisations == []

    def test_a_column_of_something_else_does_not_become_organisations(self) -> None:
        names = ("".join(chr(97 + (n // 26**k) % 26) for k in range(8)) * 2 for n in range(0, 10**11, 10**9))
        rows = [{"email": f"p{n}@x.example", "name": "P", "organisation": o} for n, o in enumerate(names)]
        found = self.planned(*rows, {"organisation": "Den ene for meget"}, organisations=True)
        self.assert_refused(found.lines[-1], "findes ikke")


class MembershipTests(PlanCase):
    def test_the_same_again_changes_nothing(self) -> None:
        row = {"role": "medlem", "organisation": "Odder", "joined_on": "1.1.2025"}
        assert self.line([member()], **row).is_unchanged
        assert self.line([member()]).is_unchanged

    def test_role_and_organisation_are_corrected_and_the_register_given_is_not_touched(self) -> None:
        before = member()
        line = self.line([before], role="formand", organisation="Ærø")
        assert line.deeds == [
            (Deed.CHANGE, "Medlem → Formand"), (Deed.CHANGE, "Odder Kommune → Ærø Kommune"),
        ]  # fmt: skip
        assert (before.role, before.organisation) == (Role.MEMBER, ODDER)

    def test_another_first_day_corrects_the_only_membership_it_can_mean(self) -> None:
        line = self.line([member()], joined_on="1.2.2025")
        assert line.deeds == [(Deed.CHANGE, "fra: 1. januar 2025 → 1. februar 2025")]

    def test_another_first_day_with_another_role_is_refused_for_it_would_change_the_past(self) -> None:
        for cells in ({"role": "formand"}, {"organisation": "Ærø"}):
            self.assert_refused(self.line([member()], joined_on="1.2.2025", **cells), "nyt fra den dag")
        assert self.line([member()], joined_on="1.2.2025", role="medlem", organisation="Odder").deeds

    def test_a_last_day_ends_the_membership_with_or_without_its_first(self) -> None:
        for row in ({}, {"joined_on": "1.1.2025"}):
            assert self.line([member()], left_on="24.11.2026", **row).deeds == [
                (Deed.END, "24. november 2026")
            ]

    def test_an_empty_last_day_never_opens_what_was_ended(self) -> None:
        ended = member(left_on=DAY("2026-01-01"))
        self.assert_refused(self.line([ended], joined_on="1.1.2025"), "slutdatoen 1. januar 2026")
        assert self.line([ended], joined_on="1.1.2025", left_on="1.1.2026").is_unchanged

    def test_whoever_left_comes_back_as_a_new_membership_and_that_is_told(self) -> None:
        line = self.line([member(left_on=DAY("2026-01-01"))])
        assert [deed for deed, _words in line.deeds] == [Deed.NEW_MEMBERSHIP]
        assert line.notes == ["Har været med i gruppen før."]

    def test_a_row_that_only_ends_does_not_end_what_another_row_begins(self) -> None:
        newcomer = {"email": "ny@odder.example", "name": "Ny Person", "group": "Kort"}
        for rows in ([{"left_on": "2026-01-28"}, {}], [{}, {"left_on": "2026-01-28"}]):
            lines = self.planned(*(newcomer | row for row in rows)).lines
            ending, beginning = sorted(lines, key=lambda line: not line.is_refused)
            self.assert_refused(ending, "handler om det samme medlemskab")
            assert Deed.NEW_MEMBERSHIP in dict(beginning.deeds)

    def test_the_same_membership_twice_is_refused_once_with_the_row_it_is_told_in(self) -> None:
        row = {"group": "kort", "joined_on": "1.1.2026"}
        found = self.planned(row, row | {"role": "formand"})
        assert len(found.memberships) == 1
        self.assert_refused(found.lines[1], "Række 2")

    def test_overlapping_periods_are_refused_and_those_one_after_the_other_are_not(self) -> None:
        first = {"group": "kort", "joined_on": "1.1.2025", "left_on": "1.1.2026"}
        found = self.planned(first, {"group": "kort", "joined_on": "1.6.2025"})
        self.assert_refused(found.lines[1], "Række 2")
        assert len(self.planned(first, {"group": "kort", "joined_on": "1.1.2026"}).memberships) == 2

    def test_a_period_across_two_memberships_is_refused(self) -> None:
        two = [member(left_on=DAY("2026-01-01")), member(pk=11, joined_on=DAY("2026-02-01"))]
        self.assert_refused(self.line(two, joined_on="1.6.2025"), "overlapper")

    def test_a_last_day_of_somebody_who_is_not_in_the_group_is_refused(self) -> None:
        self.assert_refused(self.line(left_on="24.11.2026"), "ikke med i gruppen nu")

    def test_a_closed_group_takes_in_nobody_but_those_of_its_time(self) -> None:
        self.assert_refused(self.line(group="Lukket"), "kan ikke få nye medlemmer")
        then = self.line(group="Lukket", joined_on="1.1.2025", left_on="1.1.2026")
        assert [deed for deed, _words in then.deeds] == [Deed.NEW_MEMBERSHIP]


class LongListTests(PlanCase):
    def test_ten_thousand_rows_are_read_and_planned(self) -> None:
        lines = (f"P {n};p{n}@x.example;Odder;formand;24.11.2025;kort" for n in range(10_000))
        content = "Navn;E-mail;Organisation;Rolle;Fra;Gruppe\n" + "\n".join(lines)
        register = Register(groups=[MAPS], organisations=[ODDER])
        found = plan(read_list(content.encode()).rows, register)
        assert found.counts == [(Deed.NEW_PERSON, 10_000), (Deed.NEW_MEMBERSHIP, 10_000)]


class MarkTests(PlanCase):
    def test_a_plan_is_known_again_until_the_register_the_list_or_a_choice_is_another(self) -> None:
        row = {"group": "open-source-jura", "role": "formand", "name": "Ida Skov"}
        mark = self.planned(row).mark
        assert self.planned(row).mark == mark
        assert self.planned(row, memberships=[member()]).mark != mark
        assert self.planned(row | {"role": "medlem"}).mark != mark
        assert self.planned(row, people=True).mark != mark

    def test_it_is_made_for_a_day(self) -> None:
        assert Register().today == timezone.localdate()
