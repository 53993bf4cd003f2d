"""``manage.py verify`` finds each way of damage and names it, and has nothing to say of what is right."""

from __future__ import annotations

import datetime
import hashlib
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from charters import triggers
from charters.adoption import adopt
from charters.edition import Edition
from charters.models import (
    Approval,
    Charter,
    CharterDocument,
    CharterMember,
    CharterTemplate,
    Obligation,
    Section,
    Statement,
)
from members.models import LogEntry, Membership, SearchEntry, WorkingGroupUserGrant
from members.privacy.anonymising import anonymise
from members.search.index import rebuild
from tests import factories
from tests.cast import CastCase
from tests.support.everything import hold_everything_about

LAST_YEAR = datetime.date(2025, 11, 3)


def verify() -> str:
    """What the command says; of a database that is wrong, what it finds."""
    out = StringIO()
    try:
        call_command("verify", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


class VerifyCase(CastCase):
    """A group with two editions, each with the document that was printed."""

    first: Charter
    second: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        karen, group = cls.cast.karen, cls.cast.steering
        cls.first = factories.adopted(group, by=karen, real_pdf=True)
        factories.approval(cls.first.members.get(person=karen), given_on=LAST_YEAR, recorded_by=karen)
        draft = cls.first.next_edition(by=karen, reason="Nyt budget")
        draft.add_section("Møder", body="<p>Vi mødes.</p>", by=karen)
        cls.adopt(draft, on=LAST_YEAR, approving=[karen.pk])
        cls.second = Charter.objects.get(pk=draft.pk)

    @classmethod
    def adopt(cls, draft: Charter, **how: Any) -> None:
        with factories.stand_in_pdf():
            adopt(draft, by=cls.cast.karen, **how)

    def damage(self, rows: Any, **fields: Any) -> None:
        """Change some rows as nobody can."""
        with triggers.lifted():
            assert rows.update(**fields)

    def assert_found(self, *words: str, where: Any = None) -> None:
        said = verify()
        lines = said.splitlines()
        for word in words:
            assert any(word in line and str(where or "") in line for line in lines), said
        assert len(lines) == len(words) + 1, said


class SearchTests(VerifyCase):
    def test_what_is_found_by_other_words_than_its_own(self) -> None:
        SearchEntry.objects.filter(kind="charter").update(words="kcharter fandet")
        self.assert_found("1 kan ikke søges frem, som de er. Kør rebuild_search.", where="Kommissorier")
        rebuild()
        assert "Alt er" in verify()


class RightTests(VerifyCase):
    def test_what_nobody_touched_is_right_and_is_counted(self) -> None:
        assert verify() == "Alt er, som det skal være: 2 vedtagne udgaver er set efter.\n"

    def test_a_retired_edition_and_a_new_one_after_it_are_right(self) -> None:
        self.second.retire()
        assert "2 vedtagne" in verify()
        draft = Charter.start(self.cast.steering, by=self.cast.karen)
        for section in draft.standing_sections():
            if section.must_be_filled and section.is_empty:
                section.rewrite(heading=section.heading, body="Ja.", base=section.revision)
        self.adopt(draft, on=timezone.localdate(), reason="Vi begynder forfra.")
        assert "3 vedtagne" in verify()

    def test_a_group_that_is_closed_is_right(self) -> None:
        self.cast.steering.close(on=timezone.localdate())
        assert "2 vedtagne" in verify()

    def test_a_name_that_was_taken_out_leaves_an_edition_that_verifies(self) -> None:
        self.first.members.filter(position=1).update(name="", salt="")
        assert "2 vedtagne" in verify()

    def test_whoever_is_in_every_table_can_be_anonymised_and_all_verifies(self) -> None:
        bo = factories.user("Bo Ek")
        hold_everything_about(bo)
        bo.memberships.get().end()
        anonymise(bo, by=self.cast.aase)
        assert verify().startswith("Alt er")

    def test_a_draft_is_not_asked_for_a_document(self) -> None:
        self.second.next_edition(by=self.cast.karen, reason="Igen")
        assert "2 vedtagne" in verify()


class DamagedTextTests(VerifyCase):
    def test_a_changed_section(self) -> None:
        section = self.first.standing_sections()[0]
        self.damage(Section.objects.filter(pk=section.pk), body="<p>Noget andet.</p>")
        self.assert_found(f"Afsnittet »{section.heading}« er ikke, som det blev vedtaget.", where=self.first)

    def test_a_section_that_is_gone_and_one_that_came(self) -> None:
        for edition, change in ((self.first, -1), (self.second, 1)):
            number = len(edition.standing_sections())
            with self.subTest(change=change):
                if change < 0:
                    own = edition.standing_sections()[0]
                    self.damage(Section.objects.filter(pk=own.pk), removed_at=timezone.now())
                else:
                    with triggers.lifted():
                        Section.objects.bulk_create([Section(charter=edition, heading="Nyt")])
                said = verify()
                assert f"Der er {number + change} afsnit; {number} blev vedtaget." in said

    def test_each_field_of_the_heading(self) -> None:
        fields = {
            "group_name": ("Andet", "Gruppens navn"),
            "project_name": ("OS2andet", "Projektets navn"),
            "level": ("level_3", "Produktniveauet"),
            "dated_on": (LAST_YEAR - datetime.timedelta(days=1), "Datoen"),
            "reason": ("Andet", "Begrundelsen"),
        }
        rows = Charter.objects.filter(pk=self.second.pk)
        for field, (other, words) in fields.items():
            with self.subTest(field=field):
                before = rows.values(field).get()
                self.damage(rows, **{field: other})
                assert f", udgave 2: {words} er ikke, som det blev vedtaget." in verify()
                self.damage(rows, **before)

    def test_the_standard_text_that_an_edition_was_made_from(self) -> None:
        other = CharterTemplate.objects.create(kind="steering", version=7, state="retired")
        self.damage(Charter.objects.filter(pk=self.second.pk), template=other)
        assert "Standardtekstens version er ikke" in verify()

    def test_a_fingerprint_that_is_another(self) -> None:
        self.damage(Charter.objects.filter(pk=self.first.pk), fingerprint="0" * 64)
        self.assert_found(
            "Det gemte indhold har ikke udgavens fingeraftryk.",
            "PDF-filen nævner ikke udgavens fingeraftryk.",
            where=self.first,
        )

    def test_text_and_content_and_fingerprint_changed_together_are_betrayed_by_the_pdf(self) -> None:
        """Whoever changes all of the rows has the document against them."""
        own = self.first.standing_sections()[0]
        rows = Charter.objects.filter(pk=self.first.pk)
        with triggers.lifted():
            Section.objects.filter(pk=own.pk).update(body="<p>Andet.</p>")
            edition = Edition.of(rows.get())
            CharterDocument.objects.filter(charter=self.first).update(content=edition.canonical)
            rows.update(fingerprint=edition.fingerprint)
        self.assert_found("PDF-filen nævner ikke udgavens fingeraftryk.", where=self.first)


class DamagedDocumentTests(VerifyCase):
    def pdf(self, pdf: bytes, **fields: Any) -> None:
        self.damage(CharterDocument.objects.filter(charter=self.first), pdf=pdf, **fields)

    def test_one_byte_of_the_pdf(self) -> None:
        pdf = bytearray(self.first.document.pdf)
        pdf[len(pdf) // 2] ^= 1
        self.pdf(bytes(pdf))
        assert f"{self.first}: PDF-filen er ikke den, der blev gemt (SHA-256)." in verify()

    def test_half_a_pdf_with_a_sum_that_is_right(self) -> None:
        half = bytes(self.first.document.pdf)[:5000]
        self.pdf(half, pdf_sha256=hashlib.sha256(half).hexdigest())
        self.assert_found("PDF-filen kan ikke åbnes.", where=self.first)

    def test_another_edition_s_pdf(self) -> None:
        other = self.second.document
        self.pdf(bytes(other.pdf), pdf_sha256=other.pdf_sha256)
        self.assert_found("PDF-filen nævner ikke udgavens fingeraftryk.", where=self.first)

    def test_what_the_pdf_carries_for_programs(self) -> None:
        pdf = bytes(self.first.document.pdf)
        enclosed = pdf.index(b"stream", pdf.index(b"/EmbeddedFile")) + 30
        changed = pdf[:enclosed] + bytes([pdf[enclosed] ^ 1]) + pdf[enclosed + 1 :]
        self.pdf(changed, pdf_sha256=hashlib.sha256(changed).hexdigest())
        self.assert_found("PDF-filen bærer et andet indhold end udgavens.", where=self.first)

    def test_a_document_that_is_gone(self) -> None:
        with triggers.lifted():
            CharterDocument.objects.filter(charter=self.first).delete()
        self.assert_found("Det vedtagne dokument mangler.", where=self.first)

    def test_content_that_is_no_json(self) -> None:
        self.damage(CharterDocument.objects.filter(charter=self.first), content="{")
        self.assert_found(
            "Det gemte indhold har ikke udgavens fingeraftryk.",
            "Det gemte indhold kan ikke læses.",
            "PDF-filen bærer et andet indhold end udgavens.",
            where=self.first,
        )


class DamagedPeopleTests(VerifyCase):
    def member(self) -> Any:
        return CharterMember.objects.filter(charter=self.second, person=self.cast.karen)

    def test_a_name_that_is_another(self) -> None:
        self.damage(self.member(), name="Karen Havbirch")
        self.assert_found("Navnet på plads 1 er ikke det, der blev vedtaget.", where=self.second)

    def test_a_role_that_is_another(self) -> None:
        self.damage(self.member(), role=Membership.Role.MEMBER)
        self.assert_found("Medlemslisten er ikke, som den blev vedtaget.", where=self.second)

    def test_a_member_that_is_gone(self) -> None:
        with triggers.lifted():
            CharterMember.objects.filter(charter=self.second, person=self.cast.jonas).delete()
        self.assert_found("Medlemslisten er ikke, som den blev vedtaget.", where=self.second)

    def test_an_approval_in_the_meeting_that_is_gone_or_has_another_day(self) -> None:
        rows = Approval.objects.filter(member__charter=self.second)
        rows.update(given_on=LAST_YEAR + datetime.timedelta(days=1))
        self.assert_found("Godkendelsen på mødet fra plads 1 har en anden dato.", where=self.second)
        rows.delete()
        self.assert_found("Godkendelsen på mødet fra plads 1 mangler.", where=self.second)

    def test_an_approval_from_before_the_adoption(self) -> None:
        before = factories.LONG_AGO - datetime.timedelta(days=1)
        Approval.objects.filter(member__charter=self.first).update(given_on=before)
        self.assert_found("Godkendelsen fra plads 1 er ældre end udgaven.", where=self.first)


class DamagedObligationTests(VerifyCase):
    def setUp(self) -> None:
        self.obligation = self.cast.steering.obligations.all()[0]
        self.rows = Obligation.objects.filter(pk=self.obligation.pk)

    def test_one_that_the_text_states_and_the_group_has_not(self) -> None:
        with triggers.lifted():
            Statement.objects.filter(obligation=self.obligation, charter=self.second).delete()
        words = "Teksten nævner en forpligtelse, som gruppen ikke har fået: »"
        assert f"{self.second}: {words}{self.obligation.wording}»"[:-1] in verify()

    def test_one_that_the_group_has_and_the_text_does_not_state(self) -> None:
        self.damage(Statement.objects.filter(charter=self.second, obligation=self.obligation), wording="Nyt")
        said = verify()
        assert "Gruppen har fået en forpligtelse, som teksten ikke nævner: »Nyt«" in said
        assert "Forpligtelsen har ikke de ord, som den sidste udgave giver den:" in said

    def test_words_that_are_others(self) -> None:
        self.rows.update(wording="Andet")
        self.assert_found(
            "Forpligtelsen har ikke de ord, som den sidste udgave giver den: »Andet«",
            where=self.cast.steering,
        )

    def test_one_that_ended_or_began_in_another_edition(self) -> None:
        self.rows.update(retired_in=self.second)
        self.assert_found("Forpligtelsen er udgået, selv om den gældende udgave nævner den:")
        self.rows.update(retired_in=None, introduced_in=self.second)
        self.assert_found("Forpligtelsen er ikke indført i den udgave, der først nævner den:")

    def test_one_that_goes_on_after_the_edition_ended(self) -> None:
        self.second.retire()
        self.rows.update(retired_in=None)
        self.assert_found("Forpligtelsen gælder, selv om udgaven ikke gør:")

    def test_one_of_another_group(self) -> None:
        self.rows.update(group=self.cast.coordination)
        assert "En forpligtelse hører til en anden gruppe." in verify()

    def test_one_that_no_edition_states(self) -> None:
        Obligation.objects.create(
            group=self.cast.steering, area="economic", wording="Løs", introduced_in=self.first
        )
        self.assert_found("Forpligtelsen står ikke i nogen udgave: »Løs«")


class DamagedSeriesTests(VerifyCase):
    def test_an_edition_that_is_in_force_again_beside_the_next(self) -> None:
        self.damage(Charter.objects.filter(pk=self.second.pk), state="retired", retired_on=LAST_YEAR)
        self.damage(Charter.objects.filter(pk=self.first.pk), state="adopted", superseded_on=None)
        assert "Udgave 1 gælder endnu, og der er en senere." in verify()

    def test_the_last_one_superseded_by_nothing(self) -> None:
        self.damage(Charter.objects.filter(pk=self.second.pk), state="superseded", superseded_on=LAST_YEAR)
        rebuild()
        self.assert_found("Udgave 2 er erstattet, men der er ingen senere.", where=self.cast.steering)

    def test_a_number_that_is_missing(self) -> None:
        self.damage(Charter.objects.filter(pk=self.second.pk), number=3)
        assert "Udgavernes numre har huller." in verify()


class DamagedRegisterTests(VerifyCase):
    def test_a_right_too_many_and_one_too_few(self) -> None:
        words = "Rettighederne følger ikke medlemskaberne. Kør sync_access."
        held = WorkingGroupUserGrant.objects.filter(content_object=self.cast.steering)
        grant = held.filter(user=self.cast.karen)[0]
        grant.delete()
        self.assert_found(words, where=self.cast.steering)
        call_command("sync_access", stdout=StringIO())
        assert verify().startswith("Alt er")
        held.filter(user=self.cast.karen).update(user=self.cast.nadia)
        self.assert_found(words, where=self.cast.steering)

    def test_what_came_back_of_somebody_anonymised(self) -> None:
        ida, aase = self.cast.ida, self.cast.aase
        anonymise(ida, by=aase)
        assert verify().startswith("Alt er")
        factories.submission(ida)
        factories.log_entry(ida)
        self.assert_found("Sendte formularer: 1 rækker", "Loggen: 1 rækker")

    def test_an_adoption_that_the_log_does_not_tell_of(self) -> None:
        LogEntry.objects.filter(act="charter_adopted", object_id=self.first.pk).delete()
        self.assert_found("Vedtagelsen står ikke i loggen.", where=self.first)

    def test_a_standard_text_without_sections_or_day(self) -> None:
        CharterTemplate.objects.create(kind="steering", version=7, state="retired")
        self.assert_found("Standardteksten gælder, men er ikke udgivet.", "Standardteksten har ingen afsnit.")


class DamagedDatabaseTests(VerifyCase):
    def run_sql(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def test_a_guard_that_is_gone(self) -> None:
        on = " ON charters_section" if connection.vendor == "postgresql" else ""
        self.run_sql(f"DROP TRIGGER frozen_charters_section_update{on}")
        self.assert_found("Værnet om de endelige tekster mangler", where="frozen_charters_section_update")

    def test_a_guard_that_lets_through(self) -> None:
        if connection.vendor == "sqlite":
            self.run_sql(
                "DROP TRIGGER frozen_charters_section_update",
                "CREATE TRIGGER frozen_charters_section_update BEFORE UPDATE ON charters_section "
                "WHEN 0 BEGIN SELECT RAISE(ABORT, 'frozen text'); END",
            )
        else:
            self.run_sql(
                "CREATE OR REPLACE FUNCTION frozen_charters_section_update() RETURNS trigger "
                "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            )
        self.assert_found("Værnet om de endelige tekster mangler", where="frozen_charters_section_update")

    def test_a_guard_that_sleeps(self) -> None:
        if connection.vendor != "postgresql":
            self.skipTest("SQLite's triggers do not sleep")
        connection.check_constraints()  # else the table is said to be in use
        self.run_sql("ALTER TABLE charters_section DISABLE TRIGGER frozen_charters_section_update")
        self.assert_found("Værnet om de endelige tekster mangler", where="frozen_charters_section_update")

    def test_a_migration_that_was_not_run_is_all_that_is_said(self) -> None:
        last = MigrationRecorder.Migration.objects.filter(app="charters").order_by("name").last()
        last.delete()
        self.assert_found("Migreringen mangler. Kør migrate.", where=f"charters.{last.name}")

    def test_a_row_that_points_at_nothing(self) -> None:
        if connection.vendor != "sqlite":
            self.skipTest("PostgreSQL keeps its keys")
        rows = Approval.objects.filter(member__charter=self.first)
        by = rows.get().recorded_by
        rows.update(recorded_by=4711)
        assert "charters_approval: Række" in verify()
        rows.update(recorded_by=by)
