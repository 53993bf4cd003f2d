"""What is public, as data: editions as JSON and Markdown, the list of groups, the feed, and Word files."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from charters.adoption import adopt
from charters.fingerprint import canonical_json
from charters.models import Charter, CharterMember
from charters.open_data import COLUMNS, groups_data
from members.models import WorkingGroup
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database

JSON, MARKDOWN = "application/json", "text/markdown"


class DataCase(CastCase):
    charter: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.adopted(cls.cast.steering, by=cls.cast.karen)

    def url(self, name: str, *arguments: Any, group: WorkingGroup | None = None) -> str:
        return reverse(f"charters:{name}", args=[(group or self.cast.steering).slug, *arguments])


class EditionTests(DataCase):
    def test_whoever_has_the_data_can_work_out_the_fingerprint(self) -> None:
        data = self.client.get(self.url("edition-json", 1)).json()
        assert data["schema"] == "os2arbejdsgrupper/udgave/1"
        digest = hashlib.sha256(canonical_json(data["content"]).encode()).hexdigest()
        assert digest == data["fingerprint"] == self.charter.fingerprint

    def test_each_name_is_the_one_that_the_content_is_bound_to(self) -> None:
        data = self.client.get(self.url("edition-json", 1)).json()
        assert [one["name"] for one in data["names"]] == ["Karen Havbirk", "Jonas Engtoft"]
        for one, member in zip(data["names"], data["content"]["members"], strict=True):
            assert hashlib.sha256(f"{one['salt']}\0{one['name']}".encode()).hexdigest() == member["name"]

    def test_a_name_that_was_taken_out_is_not_told_nor_its_salt(self) -> None:
        CharterMember.objects.filter(person=self.cast.jonas).update(name="", salt="")
        names = self.client.get(self.url("edition-json", 1)).json()["names"]
        assert names[1] == {"name": "", "salt": "", "removed": True, "approved_on": None}

    def test_who_approved_in_writing_is_told_beside_the_content(self) -> None:
        member = self.charter.members.get(person=self.cast.jonas)
        factories.approval(member, given_on=datetime.date(2025, 2, 1))
        data = self.client.get(self.url("edition-json", 1)).json()
        assert [one["approved_on"] for one in data["names"]] == [None, "2025-02-01"]
        assert [member["approved"] for member in data["content"]["members"]] == [None, None]

    def test_mail_and_phone_are_in_no_form_of_it(self) -> None:
        for name in ("edition-json", "edition-markdown"):
            page = self.client.get(self.url(name, 1)).content.decode()
            assert self.cast.karen.email not in page
            assert self.cast.karen.phone not in page

    def test_the_address_of_an_edition_gives_what_is_asked_for(self) -> None:
        for asked, given in {
            JSON: JSON,
            MARKDOWN: MARKDOWN,
            "text/html": "text/html",
            "*/*": "text/html",
            "": "text/html",
            "image/png": "text/html",
            "text/html,application/xhtml+xml,*/*;q=0.8": "text/html",
        }.items():
            answer = self.client.get(self.url("edition-detail", 1), headers={"accept": asked})
            assert answer["Content-Type"].split(";")[0] == given, asked
            assert "Accept" in answer["Vary"]

    def test_the_one_in_force_has_an_address_of_its_own_in_each_form(self) -> None:
        assert self.client.get(self.url("charter-json")).json()["content"]["edition"] == 1
        self.assertContains(self.client.get(self.url("charter-markdown")), "# Kommissorium for styregruppen")
        assert self.client.get(self.url("charter-json", group=self.cast.coordination)).status_code == 404

    def test_what_one_has_already_is_not_sent_again_until_it_is_superseded(self) -> None:
        for name in ("edition-json", "edition-markdown"):
            first = self.client.get(self.url(name, 1))
            assert first["ETag"].startswith(f'"{self.charter.fingerprint}')
            assert first["Vary"] == "Cookie"
            again = {"if-none-match": first["ETag"]}
            assert self.client.get(self.url(name, 1), headers=again).status_code == 304
        again = {"if-none-match": self.client.get(self.url("edition-json", 1))["ETag"]}
        self.charter.retire()
        answer = self.client.get(self.url("edition-json", 1), headers=again)
        assert (answer.status_code, answer.json()["state"]) == (200, "retired")

    def test_who_has_one_form_is_sent_the_other(self) -> None:
        url = self.url("edition-detail", 1)
        mark = self.client.get(url, headers={"accept": JSON})["ETag"]
        for asked, status in {JSON: 304, MARKDOWN: 200, "text/html": 200}.items():
            answer = self.client.get(url, headers={"accept": asked, "if-none-match": mark})
            assert answer.status_code == status, asked
            assert "Accept" in answer["Vary"]

    def test_a_private_groups_is_not_there_for_others(self) -> None:
        factories.adopted(self.cast.professional)
        for name in ("edition-json", "edition-markdown", "edition-word"):
            url = self.url(name, 1, group=self.cast.professional)
            assert self.client.get(url).status_code == 404
        page = self.url("edition-detail", 1, group=self.cast.professional)
        for asked in (JSON, MARKDOWN):
            assert self.client.get(page, headers={"accept": asked}).status_code == 404
        self.client.force_login(self.cast.nadia)
        assert self.client.get(url).status_code == 200

    def test_as_markdown_its_sections_are_headings_and_its_points_are_points(self) -> None:
        page = self.client.get(self.url("edition-markdown", 1)).content.decode()
        assert "\n## Forpligtelser i forhold til udvikling\n\n- Godkende projektbeskrivelse.\n- " in page
        assert "  - Karen Havbirk, Formand, Odder Kommune\n" in page
        assert self.charter.short_fingerprint in page


class ListTests(DataCase):
    def test_all_public_groups_are_in_it_with_the_charter_in_force(self) -> None:
        data = self.client.get(reverse("charters:groups-json")).json()
        assert data["schema"] == "os2arbejdsgrupper/grupper/1"
        by_name = {group["name"]: group for group in data["groups"]}
        assert set(by_name) == {"Styregruppen for OS2naturkort", "Koordinationsgruppen for OS2naturkort"}
        assert by_name["Styregruppen for OS2naturkort"]["charter"]["fingerprint"] == self.charter.fingerprint
        assert by_name["Koordinationsgruppen for OS2naturkort"]["charter"] is None

    def test_a_private_group_is_not_even_for_its_members(self) -> None:
        self.client.force_login(self.cast.nadia)
        for name in ("groups-json", "groups-csv", "newest-charters"):
            self.assertNotContains(self.client.get(reverse(f"charters:{name}")), "Open source-jura")

    def test_the_spreadsheet_has_the_same_in_danish(self) -> None:
        answer = self.client.get(reverse("charters:groups-csv"))
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        assert list(rows[0]) == COLUMNS
        steering = next(row for row in rows if row["type"] == "styregruppe")
        assert (steering["niveau"], steering["kommissorium"], steering["udgave"]) == ("Niveau 2", "ja", "1")

    def test_it_costs_as_many_queries_for_many_groups_as_for_one(self) -> None:
        for _ in range(5):
            factories.adopted()
        for name, expected in {"groups-json": 2, "groups-csv": 2, "newest-charters": 1}.items():
            with self.subTest(name), self.assertNumQueries(expected):
                self.client.get(reverse(f"charters:{name}"))

    def test_what_one_has_already_is_not_sent_again(self) -> None:
        urls = [reverse(f"charters:{name}") for name in ("groups-json", "groups-csv", "newest-charters")]
        marks = {url: {"if-none-match": self.client.get(url)["ETag"]} for url in urls}
        for url, mark in marks.items():
            assert self.client.get(url, headers=mark).status_code == 304, url
        factories.adopted(self.cast.coordination)
        for url, mark in marks.items():
            assert self.client.get(url, headers=mark).status_code == 200, url

    def test_the_feed_tells_of_what_was_adopted(self) -> None:
        answer = self.client.get(reverse("charters:newest-charters"))
        assert answer["Content-Type"].startswith("application/atom+xml")
        self.assertContains(answer, "Styregruppen for OS2naturkort, udgave 1")
        self.assertContains(answer, "http://testserver" + self.url("edition-detail", 1))

    def test_no_reader_of_the_feed_takes_a_reason_for_a_tag(self) -> None:
        draft = self.charter.next_edition(by=self.cast.karen)
        with factories.stand_in_pdf():
            adopt(draft, by=self.cast.karen, on=timezone.localdate(), reason="<b>Ny</b> & bedre")
        feed = ElementTree.fromstring(self.client.get(reverse("charters:newest-charters")).content)
        summary = feed.find(".//{*}summary")
        assert summary is not None
        assert (summary.get("type"), summary.text) == ("html", "&lt;b&gt;Ny&lt;/b&gt; &amp; bedre")

    def test_the_list_of_groups_leads_to_it(self) -> None:
        page = self.client.get(reverse("members:group-list"))
        for name in ("groups-csv", "groups-json", "newest-charters", "data"):
            self.assertContains(page, reverse(f"charters:{name}"))

    def test_the_page_of_the_data_tells_of_every_field(self) -> None:
        page = self.client.get(reverse("charters:data")).content.decode()
        group = next(one for one in groups_data(str) if one["charter"])
        edition = self.client.get(self.url("edition-json", 1)).json()
        content = edition["content"]
        within = [*content, *content["members"][0], *content["sections"][0], *edition["names"][0]]
        for field in [*group, *group["charter"], *edition, *within, *COLUMNS]:
            assert re.search(rf"\b{field}\b", page), field

    def test_the_page_of_the_data_shows_a_charter_that_is_there(self) -> None:
        self.assertContains(self.client.get(reverse("charters:data")), self.url("edition-json", 1))


class WordTests(DataCase):
    def headings(self, url: str) -> list[str]:
        answer = self.client.get(url)
        assert "attachment" in answer["Content-Disposition"]
        document = docx.Document(io.BytesIO(answer.content))
        return [p.text for p in document.paragraphs if (p.style.name or "").startswith("Heading")]

    def test_an_edition_is_had_for_word_by_everyone(self) -> None:
        assert "Rolle" in self.headings(self.url("edition-word", 1))

    def test_a_draft_by_the_members(self) -> None:
        factories.draft(self.cast.coordination)
        url = self.url("draft-word", group=self.cast.coordination)
        assert self.client.get(url).status_code == 302
        self.client.force_login(self.cast.mette)
        assert "Grundregler" in self.headings(url)
        name = self.client.get(url)["Content-Disposition"]
        assert "kommissorium-koordinationsgruppen-for-os2naturkort-udgave-1-udkast.docx" in name

    def test_the_pages_offer_it(self) -> None:
        self.assertContains(self.client.get(self.url("edition-detail", 1)), self.url("edition-word", 1))
        self.charter.next_edition(by=self.cast.karen)
        self.client.force_login(self.cast.jonas)
        self.assertContains(self.client.get(self.url("draft-detail")), self.url("draft-word"))


class KeptTests(DataCase):
    def test_the_canonical_content_is_served_as_it_was_stored(self) -> None:
        stored = self.charter.document.content
        data = self.client.get(self.url("edition-json", 1)).json()
        assert canonical_json(data["content"]) == stored
        assert json.loads(stored)["edition"] == 1
