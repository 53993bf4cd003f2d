""" "Vedtag": everything is stored together or nothing is, and the fingerprint can be worked out again."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.db import connection

from charters.adoption import StaleDraftError, UnfilledError, adopt
from charters.documents.charter_pdf import DocumentError
from charters.edition import Edition
from charters.models import Approval, Charter, CharterDocument, CharterMember, Obligation
from charters.models.manuscript import FrozenError, ManuscriptError
from members.models import Membership
from tests import factories
from tests.cast import CastCase

NOON = "2026-11-24T12:00:00+01:00"
TODAY = datetime.date(2026, 11, 24)


class AdoptionCase(CastCase):
    def setUp(self) -> None:
        self.enterContext(time_machine.travel(NOON, tick=False))
        self.charter = Charter.start(self.cast.steering, by=self.cast.karen)

    def adopt(self, **changed: object) -> None:
        given: dict[str, object] = {"by": self.cast.karen, "on": TODAY, **changed}
        adopt(self.charter, **given)  # type: ignore[arg-type]

    def assert_nothing_stored(self) -> None:
        stored = Charter.objects.get(pk=self.charter.pk)
        assert (stored.state, stored.fingerprint, stored.adopted_at) == ("draft", "", None)
        for model in (CharterMember, CharterDocument, Approval, Obligation):
            assert not model.objects.exists(), model


class StoredTests(AdoptionCase):
    def test_the_edition_says_who_adopted_it_when_and_when_to_look_at_it_again(self) -> None:
        self.adopt(on=datetime.date(2026, 11, 20))
        assert (self.charter.state, self.charter.adopted_by) == ("adopted", self.cast.karen)
        assert self.charter.adopted_at.isoformat() == "2026-11-24T11:00:00+00:00"
        assert self.charter.dated_on == datetime.date(2026, 11, 20)
        assert self.charter.review_on == datetime.date(2027, 11, 20)

    def test_a_leap_day_is_reviewed_on_the_28th(self) -> None:
        self.adopt(on=datetime.date(2024, 2, 29))
        assert self.charter.review_on == datetime.date(2025, 2, 28)

    def test_members_are_kept_as_they_were(self) -> None:
        self.adopt()
        kept = [(m.position, m.person, m.name, m.role, m.organisation) for m in self.charter.members.all()]
        assert kept == [
            (1, self.cast.karen, "Karen Havbirk", Membership.Role.CHAIR, "Odder Kommune"),
            (2, self.cast.jonas, "Jonas Engtoft", Membership.Role.MEMBER, "Ærø Kommune"),
        ]
        self.cast.karen.name = "Karen Nygift"
        self.cast.karen.save()
        assert self.charter.members.get(person=self.cast.karen).name == "Karen Havbirk"

    def test_the_groups_name_is_kept_as_it_was(self) -> None:
        self.cast.steering.name = "Styregruppen for kort"
        self.cast.steering.save()
        self.adopt()
        assert self.charter.group_name == "Styregruppen for kort"
        self.cast.steering.name = "Noget tredje"
        self.cast.steering.save()
        assert Edition.of(Charter.objects.get(pk=self.charter.pk)).title.endswith("tyregruppen for kort")

    def test_the_document_is_a_pdf_of_exactly_what_was_fingerprinted(self) -> None:
        self.adopt()
        document = CharterDocument.objects.get(charter=self.charter)
        assert bytes(document.pdf).startswith(b"%PDF-")
        assert hashlib.sha256(document.content.encode()).hexdigest() == self.charter.fingerprint

    def test_those_who_approve_in_the_meeting_are_recorded_and_fingerprinted(self) -> None:
        self.adopt(approving=[self.cast.jonas.pk])
        approval = Approval.objects.get()
        assert approval.member.person == self.cast.jonas
        assert (approval.given_on, approval.manner) == (TODAY, Approval.Manner.MEETING)
        assert approval.recorded_by == self.cast.karen
        content = json.loads(CharterDocument.objects.get().content)
        assert [member["approved"] for member in content["members"]] == [None, "2026-11-24"]

    def test_nobody_approved_at_a_meeting_before_they_were_in_the_group(self) -> None:
        yesterday = TODAY - datetime.timedelta(days=1)
        late = factories.membership(self.cast.steering, joined_on=TODAY)
        with pytest.raises(ManuscriptError, match="kan ikke have godkendt"):
            self.adopt(on=yesterday, approving=[late.person_id])
        self.assert_nothing_stored()
        self.adopt(on=yesterday, approving=[self.cast.jonas.pk])
        assert Approval.objects.get().member.person == self.cast.jonas

    def test_only_those_who_decide_approve(self) -> None:
        observer = factories.membership(self.cast.steering, role=Membership.Role.OBSERVER)
        self.adopt(approving=[observer.person_id, self.cast.nadia.pk, 0])
        assert not Approval.objects.exists()


class FingerprintTests(AdoptionCase):
    def setUp(self) -> None:
        super().setUp()
        self.adopt()

    def test_it_can_be_worked_out_again_from_the_database(self) -> None:
        edition = Edition.of(Charter.objects.get(pk=self.charter.pk))
        assert edition.canonical == CharterDocument.objects.get().content
        assert edition.fingerprint == self.charter.fingerprint
        assert len(edition.fingerprint) == 64

    def test_a_later_approval_does_not_change_it(self) -> None:
        member = self.charter.members.get(person=self.cast.jonas)
        Approval.objects.create(member=member, recorded_by=self.cast.jonas)
        edition = Edition.of(Charter.objects.get(pk=self.charter.pk))
        assert edition.fingerprint == self.charter.fingerprint

    def test_names_enter_only_as_salted_commitments(self) -> None:
        content = CharterDocument.objects.get().content
        karen = self.charter.members.get(person=self.cast.karen)
        assert "Karen" not in content
        assert "karen@" not in content
        committed = hashlib.sha256(f"{karen.salt}\x00Karen Havbirk".encode()).hexdigest()
        assert json.loads(content)["members"][0]["name"] == committed
        assert len(karen.salt) == 32

    def test_two_members_never_share_a_salt(self) -> None:
        salts = [member.salt for member in self.charter.members.all()]
        assert len(set(salts)) == len(salts) == 2

    def test_everything_the_page_shows_is_in_it(self) -> None:
        content = json.loads(CharterDocument.objects.get().content)
        assert content["group"] == "Styregruppen for OS2naturkort"
        assert (content["kind"], content["edition"], content["template_version"]) == ("steering", 1, 1)
        assert (content["project"], content["level"], content["date"]) == (
            "OS2naturkort",
            "level_2",
            "2026-11-24",
        )
        assert [section["heading"] for section in content["sections"]] == [
            section.heading for section in self.charter.standing_sections()
        ]

    def test_canonical_json_is_one_form_only(self) -> None:
        content = CharterDocument.objects.get().content
        parsed = json.loads(content)
        assert content == json.dumps(parsed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert "å" in content  # UTF-8 as it is, not escaped


class RefusedTests(AdoptionCase):
    def test_nothing_is_stored_when_the_document_fails(self) -> None:
        with (
            mock.patch(
                "charters.adoption.charter_pdf", side_effect=DocumentError("PDF'en kunne ikke laves.")
            ),
            pytest.raises(DocumentError),
        ):
            self.adopt()
        self.assert_nothing_stored()

    def test_nothing_is_stored_when_the_last_step_fails(self) -> None:
        with (
            mock.patch("charters.adoption.take_on", side_effect=RuntimeError),
            pytest.raises(RuntimeError),
        ):
            self.adopt(approving=[self.cast.karen.pk])
        self.assert_nothing_stored()

    def test_the_document_is_made_before_the_transaction_begins(self) -> None:
        def during(_edition: Edition, **_places: Any) -> bytes:
            assert len(connection.savepoint_ids) == depth
            return b"%PDF-"

        depth = len(connection.savepoint_ids)
        with mock.patch("charters.adoption.charter_pdf", side_effect=during) as made:
            self.adopt()
        made.assert_called_once()

    def test_an_unfilled_draft_is_not_adopted(self) -> None:
        section = self.charter.standing_sections()[0]
        section.rewrite(heading="Formål", body="xyz", base=section.revision)
        with pytest.raises(UnfilledError, match="ikke udfyldt"):
            self.adopt()
        self.assert_nothing_stored()

    def test_the_day_is_never_in_the_future_but_may_be_today(self) -> None:
        with pytest.raises(ManuscriptError, match="fremtiden"):
            self.adopt(on=datetime.date(2026, 11, 25))
        self.assert_nothing_stored()
        self.adopt(on=TODAY)
        assert self.charter.is_frozen

    def test_the_day_is_not_before_the_group_was_established(self) -> None:
        self.cast.steering.established_on = datetime.date(2026, 3, 1)
        self.cast.steering.save()
        with pytest.raises(ManuscriptError, match=r"tidligst .* 1\. marts 2026\. Da blev gruppen nedsat"):
            self.adopt(on=datetime.date(2026, 2, 28))
        self.assert_nothing_stored()
        self.adopt(on=datetime.date(2026, 3, 1))
        assert self.charter.is_frozen

    def test_a_draft_that_was_changed_since_it_was_read_is_not_adopted(self) -> None:
        read = self.charter.revision
        section = self.charter.standing_sections()[0]
        section.rewrite(heading="Formål", body="Noget andet.", base=section.revision)
        with pytest.raises(StaleDraftError, match="ændret"):
            self.adopt(base=read)
        self.assert_nothing_stored()
        self.charter.refresh_from_db()
        self.adopt(base=self.charter.revision)
        assert self.charter.is_frozen

    def test_a_draft_that_is_changed_while_the_document_is_made_is_not_adopted(self) -> None:
        section = self.charter.standing_sections()[0]

        def meanwhile(_edition: Edition, **_places: Any) -> bytes:
            section.rewrite(heading="Formål", body="Noget andet.", base=section.revision)
            return b"%PDF-"

        with (
            mock.patch("charters.adoption.charter_pdf", side_effect=meanwhile),
            pytest.raises(StaleDraftError),
        ):
            self.adopt()
        self.assert_nothing_stored()

    def test_a_group_whose_members_change_while_the_document_is_made_adopts_nothing(self) -> None:
        def meanwhile(_edition: Edition, **_places: Any) -> bytes:
            factories.membership(self.cast.steering)
            return b"%PDF-"

        with (
            mock.patch("charters.adoption.charter_pdf", side_effect=meanwhile),
            pytest.raises(StaleDraftError, match="medlemmer"),
        ):
            self.adopt()
        self.assert_nothing_stored()

    def test_it_is_not_adopted_twice(self) -> None:
        self.adopt()
        fingerprint = self.charter.fingerprint
        with pytest.raises(FrozenError):
            self.adopt()
        self.charter.refresh_from_db()
        assert self.charter.fingerprint == fingerprint

    def test_a_closed_group_adopts_nothing(self) -> None:
        self.cast.steering.close()
        with pytest.raises(ManuscriptError, match="nedlagt"):
            self.adopt()
        self.assert_nothing_stored()


class NextEditionTests(AdoptionCase):
    def test_the_second_adoption_supersedes_the_first(self) -> None:
        self.adopt(on=datetime.date(2026, 1, 10))
        first = self.charter
        self.charter = first.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        self.adopt()
        first.refresh_from_db()
        assert (first.state, first.superseded_on) == ("superseded", TODAY)
        assert Charter.objects.adopted().get(group=self.cast.steering) == self.charter
        assert Edition.of(first).fingerprint == first.fingerprint

    def test_the_first_ends_on_the_day_that_the_second_is_adopted_on(self) -> None:
        self.adopt(on=datetime.date(2026, 1, 10))
        first = self.charter
        self.charter = first.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        self.adopt(on=datetime.date(2026, 2, 10))  # told a while after the meeting
        first.refresh_from_db()
        assert first.superseded_on == datetime.date(2026, 2, 10)

    def test_the_second_is_not_adopted_before_the_first(self) -> None:
        self.adopt(on=datetime.date(2026, 1, 10))
        self.charter = self.charter.next_edition(by=self.cast.karen, reason="Nye opgaver.")
        with pytest.raises(ManuscriptError, match=r"10\. januar 2026\. Da blev den forrige udgave vedtaget"):
            self.adopt(on=datetime.date(2026, 1, 9))
        assert self.charter.is_draft
        self.adopt(on=datetime.date(2026, 1, 10))
        assert self.charter.is_frozen

    def test_another_groups_edition_stays_in_force(self) -> None:
        other = factories.adopted(self.cast.coordination)
        self.adopt()
        other.refresh_from_db()
        assert other.state == "adopted"

    def test_the_first_stays_in_force_when_the_second_fails(self) -> None:
        self.adopt()
        first = self.charter
        self.charter = first.next_edition(by=None, reason="Nye opgaver.")
        with mock.patch("charters.adoption.take_on", side_effect=RuntimeError), pytest.raises(RuntimeError):
            self.adopt()
        first.refresh_from_db()
        assert first.state == "adopted"


class RedactionTests(AdoptionCase):
    def test_an_edition_still_verifies_from_its_document_when_a_name_was_taken_out(self) -> None:
        self.adopt()
        self.charter.members.filter(person=self.cast.jonas).update(name="", salt="")
        document = CharterDocument.objects.get()
        assert hashlib.sha256(document.content.encode()).hexdigest() == self.charter.fingerprint
        assert "Jonas" not in document.content
