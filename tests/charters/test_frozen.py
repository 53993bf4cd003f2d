"""A final text refuses every write, whoever sends it: each way is tried, and on a draft each succeeds."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test import TestCase

from charters import triggers
from charters.models import (
    Charter,
    CharterDocument,
    CharterMember,
    CharterTemplate,
    PointChoice,
    Section,
    SectionRevision,
    TemplateSection,
)
from charters.models.manuscript import FrozenError
from members.models import Membership
from tests import factories

State = Charter.State
TODAY = datetime.date(2026, 11, 24)


class FrozenCase(TestCase):
    """An adopted edition beside a draft, each with everything that hangs on it."""

    @classmethod
    def setUpTestData(cls) -> None:
        section = factories.draft().standing_sections()[1]
        factories.point_choice(section)
        cls.frozen = factories.adopted(section.charter.group)
        cls.draft = factories.draft()
        cls.writer = factories.user("Mette Fjordager")
        cls.published = cls.frozen.template
        cls.unpublished = cls.published.new_version()

    def assert_refused(self, write: Any, *args: Any, **kwargs: Any) -> None:
        """The write raises, and the database says that it was the guard."""
        with pytest.raises((IntegrityError, FrozenError)) as caught, transaction.atomic():
            write(*args, **kwargs)
        if isinstance(caught.value, IntegrityError):
            assert triggers.MESSAGE in str(caught.value)

    def section(self, charter: Charter) -> Section:
        return charter.sections.order_by("position")[0]

    def template_section(self, template: CharterTemplate) -> TemplateSection:
        return template.sections.order_by("position")[0]


class ModelTests(FrozenCase):
    def test_an_edition_is_not_saved(self) -> None:
        self.frozen.project_name = "OS2andet"
        with pytest.raises(FrozenError):
            self.frozen.save()

    def test_an_edition_is_not_saved_field_by_field(self) -> None:
        with pytest.raises(FrozenError):
            self.frozen.save(update_fields=["reason"])

    def test_an_edition_is_not_deleted(self) -> None:
        with pytest.raises(FrozenError):
            self.frozen.delete()

    def test_a_section_is_not_saved_deleted_or_added(self) -> None:
        section = self.section(self.frozen)
        with pytest.raises(FrozenError):
            section.save()
        with pytest.raises(FrozenError):
            section.delete()
        with pytest.raises(FrozenError):
            self.frozen.sections.create(heading="Nyt")

    def test_no_verb_of_writing_reaches_an_edition(self) -> None:
        section = self.section(self.frozen)
        verbs = [
            lambda: section.rewrite(heading="Nyt", body="Nyt", base=section.revision),
            lambda: self.frozen.add_section("Nyt"),
            lambda: self.frozen.move_section(section, up=False),
            section.take_out,
            section.put_back,
            lambda: self.frozen.rewrite_heading(project_name="x", level="sandbox", dated_on=TODAY),
        ]
        for verb in verbs:
            with self.subTest(verb=verb), pytest.raises(FrozenError):
                verb()

    def test_a_draft_is_written_by_every_verb(self) -> None:
        section = self.section(self.draft)
        section.rewrite(heading="Nyt", body="Nyt", base=section.revision)
        self.draft.add_section("Nyt")
        self.draft.move_section(section, up=False)
        section.take_out()
        section.put_back()
        self.draft.rewrite_heading(project_name="OS2x", level="sandbox", dated_on=TODAY)
        section.save()
        section.revisions.all().delete()
        section.delete()
        self.draft.refresh_from_db()
        assert self.draft.project_name == "OS2x"
        assert self.draft.revision == 6

    def test_a_published_standard_text_is_not_saved_deleted_or_written(self) -> None:
        section = self.template_section(self.published)
        writes = [
            self.published.save,
            self.published.delete,
            section.save,
            section.delete,
            lambda: self.published.sections.create(heading="Nyt"),
            lambda: self.published.introduce("<p>Nyt</p>"),
            lambda: self.published.publish(by=None),
            lambda: section.rewrite(heading="Nyt", body="Nyt", base=section.revision),
        ]
        for write in writes:
            with self.subTest(write=write), pytest.raises(FrozenError):
                write()

    def test_an_unpublished_standard_text_is_written(self) -> None:
        section = self.template_section(self.unpublished)
        section.rewrite(heading="Nyt", body="Nyt", base=section.revision)
        self.unpublished.introduce("<p>Nyt</p>")
        section.refresh_from_db()
        section.delete()
        self.unpublished.save()
        self.unpublished.delete()
        assert not CharterTemplate.objects.filter(state=CharterTemplate.State.DRAFT).exists()


class QuerySetTests(FrozenCase):
    """What passes the models by is stopped by the database, on SQLite and on PostgreSQL."""

    def test_update_is_refused(self) -> None:
        revisions = SectionRevision.objects.filter(section__charter=self.frozen)
        changes: list[tuple[models.QuerySet[Any], dict[str, Any]]] = [
            (Charter.objects.filter(pk=self.frozen.pk), {field: value})
            for field, value in {
                "state": State.DRAFT,
                "number": 7,
                "group_name": "En anden gruppe",
                "project_name": "OS2andet",
                "level": "level_3",
                "dated_on": TODAY,
                "reason": "Nej",
                "revision": 77,
                "fingerprint": "0" * 64,
                "adopted_by": self.writer,
                "given_up_at": self.draft.created_at,
                "given_up_by": self.writer,
                "adopted_at": self.draft.created_at,
                "created_by": self.writer,
                "group": self.draft.group,
                "template": self.unpublished,
            }.items()
        ]
        changes += [
            (self.frozen.sections.all(), {"body": "<p>Nej</p>"}),
            (self.frozen.sections.all(), {"charter": self.draft}),
            (self.draft.sections.all(), {"charter": self.frozen}),
            (revisions, {"body": "<p>Nej</p>"}),
            (PointChoice.objects.filter(section__charter=self.frozen), {"marking": ""}),
            (self.frozen.statements.all(), {"wording": "Nej"}),
            (self.frozen.statements.all(), {"charter": self.draft}),
            (self.frozen.members.all(), {"role": Membership.Role.OBSERVER}),
            (self.frozen.members.all(), {"name": "En anden"}),
            (self.frozen.members.all(), {"name": ""}),
            (self.frozen.members.all(), {"approved_on": TODAY}),
            (CharterDocument.objects.filter(charter=self.frozen), {"pdf": b"nej"}),
            (CharterDocument.objects.filter(charter=self.frozen), {"content": "{}"}),
            (CharterTemplate.objects.filter(pk=self.published.pk), {"state": CharterTemplate.State.DRAFT}),
            (CharterTemplate.objects.filter(pk=self.published.pk), {"introduction": "<p>Nej</p>"}),
            (CharterTemplate.objects.filter(pk=self.published.pk), {"version": 9}),
            (self.published.sections.all(), {"heading": "Nej"}),
            (self.unpublished.sections.all(), {"template": self.published}),
        ]
        for rows, change in changes:
            with self.subTest(rows=rows.model.__name__, change=change):
                assert rows.exists()
                self.assert_refused(rows.update, **change)

    def test_a_member_is_not_moved_into_an_edition(self) -> None:
        mine = CharterMember.objects.create(charter=self.draft, position=1, name="A", role="member")
        self.assert_refused(CharterMember.objects.filter(pk=mine.pk).update, charter=self.frozen, position=99)

    def test_delete_is_refused(self) -> None:
        guarded: list[models.QuerySet[Any]] = [
            Charter.objects.filter(pk=self.frozen.pk),
            self.frozen.sections.all(),
            SectionRevision.objects.filter(section__charter=self.frozen),
            PointChoice.objects.filter(section__charter=self.frozen),
            self.frozen.statements.all(),
            self.frozen.members.all(),
            CharterDocument.objects.filter(charter=self.frozen),
            CharterTemplate.objects.filter(pk=self.published.pk),
            self.published.sections.all(),
        ]
        for rows in guarded:
            with self.subTest(rows=rows.model.__name__):
                assert rows.exists()
                with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
                    rows.delete()
                with self.subTest("past Django's own protection"):
                    self.assert_refused(rows._raw_delete, rows.db)

    def test_bulk_writes_are_refused(self) -> None:
        section, revision = (
            self.section(self.frozen),
            SectionRevision(section=self.section(self.frozen), number=9),
        )
        member = CharterMember(charter=self.frozen, position=99, name="Ny", role="member")
        section.body = "<p>Nej</p>"
        self.assert_refused(Section.objects.bulk_update, [section], ["body"])
        self.assert_refused(Section.objects.bulk_create, [Section(charter=self.frozen, heading="Nej")])
        self.assert_refused(SectionRevision.objects.bulk_create, [revision])
        self.assert_refused(CharterMember.objects.bulk_create, [member])
        self.assert_refused(
            TemplateSection.objects.bulk_create, [TemplateSection(template=self.published, heading="Nej")]
        )
        self.frozen.project_name = "OS2andet"
        self.assert_refused(
            Charter.objects.bulk_create,
            [self.frozen],
            update_conflicts=True,
            update_fields=["project_name"],
            unique_fields=["id"],
        )

    def test_a_drafts_rows_take_the_same_writes(self) -> None:
        section = self.section(self.draft)
        Charter.objects.filter(pk=self.draft.pk).update(group_name="En anden gruppe", reason="Ja")
        self.draft.sections.update(body="<p>Ja</p>")
        SectionRevision.objects.filter(section__charter=self.draft).update(body="<p>Ja</p>")
        SectionRevision.objects.filter(section__charter=self.draft).delete()
        Section.objects.bulk_create([Section(charter=self.draft, heading="Ja")])
        section.heading = "Ja"
        Section.objects.bulk_update([section], ["heading"])
        CharterMember.objects.bulk_create(
            [CharterMember(charter=self.draft, position=1, name="Ny", role="member")]
        )
        self.draft.members.update(name="En anden")
        self.draft.members.all().delete()
        CharterDocument.objects.create(charter=self.draft, content="{}", pdf=b"ja")
        CharterDocument.objects.filter(charter=self.draft).update(pdf=b"jo")
        CharterDocument.objects.filter(charter=self.draft).delete()
        self.unpublished.sections.update(heading="Ja")
        Charter.objects.filter(pk=self.draft.pk).delete()
        CharterTemplate.objects.filter(pk=self.unpublished.pk).delete()
        assert not Charter.objects.drafts().exists()


class SqlTests(FrozenCase):
    """The SQL prompt."""

    def execute(self, sql: str, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.rowcount

    def test_update_and_delete_are_refused_in_each_guarded_table(self) -> None:
        section, member = self.section(self.frozen).pk, self.frozen.members.all()[0].pk
        revision = SectionRevision.objects.filter(section=section).values_list("pk", flat=True)[0]
        published = self.template_section(self.published).pk
        rows = {
            ("charters_charter", "group_name"): self.frozen.pk,
            ("charters_section", "body"): section,
            ("charters_sectionrevision", "body"): revision,
            ("charters_pointchoice", "wording"): PointChoice.objects.get().pk,
            ("charters_statement", "wording"): self.frozen.statements.all()[0].pk,
            ("charters_followup", "note"): factories.follow_up(self.frozen.group.obligations.all()[0]).pk,
            ("charters_yearlycheck", "made_on"): factories.yearly_check(self.frozen.group).pk,
            ("charters_chartermember", "name"): member,
            ("charters_charterdocument", "content"): self.frozen.document.pk,
            ("charters_chartertemplate", "introduction"): self.published.pk,
            ("charters_templatesection", "body"): published,
        }
        assert {table for table, _ in rows} == {guard.table for guard in triggers.GUARDS}
        for (table, column), pk in rows.items():
            with self.subTest(table=table):
                change = f"UPDATE {table} SET {column} = '1999-01-01' WHERE id = %s"  # a word, or a day
                self.assert_refused(self.execute, change, pk)
                self.assert_refused(self.execute, f"DELETE FROM {table} WHERE id = %s", pk)

    def test_insert_is_refused_in_each_table_that_hangs_on_a_final_text(self) -> None:
        hanging = [
            ("charters_section", "charter_id", self.frozen.pk, self.draft.pk),
            ("charters_chartermember", "charter_id", self.frozen.pk, self.draft.pk),
            ("charters_charterdocument", "charter_id", self.frozen.pk, self.draft.pk),
            ("charters_statement", "charter_id", self.frozen.pk, self.draft.pk),
            ("charters_pointchoice", "section_id", self.section(self.frozen).pk, self.section(self.draft).pk),
            ("charters_templatesection", "template_id", self.published.pk, self.unpublished.pk),
        ]
        with triggers.lifted():
            for charter in (self.frozen, self.draft):
                CharterDocument.objects.filter(charter=charter).delete()
            CharterDocument.objects.create(charter=self.draft, content="{}", pdf=b"")
            CharterMember.objects.create(charter=self.draft, position=99, role="member")
        factories.statement(self.frozen.group.obligations.all()[0], charter=self.draft)
        factories.point_choice(self.section(self.draft))
        for table, owner, frozen, draft in hanging:
            with self.subTest(table=table):
                columns = ", ".join(
                    column.name
                    for column in connection.introspection.get_table_description(connection.cursor(), table)
                    if column.name not in ("id", owner)
                )
                copy = (
                    f"INSERT INTO {table} ({owner}, {columns}) SELECT %s, {columns} FROM {table} "
                    f"WHERE {owner} = {draft} LIMIT 1"
                )
                self.assert_refused(self.execute, copy, frozen)

    def test_replacing_a_row_is_refused(self) -> None:
        """SQLite's REPLACE deletes without firing triggers, unless told to."""
        if connection.vendor != "sqlite":
            self.skipTest("REPLACE is SQLite's own")
        self.assert_refused(
            self.execute,
            "INSERT OR REPLACE INTO charters_charter (id, group_id, number, template_id, state, group_name, "
            "project_name, level, reason, revision, created_at, fingerprint) "
            "SELECT id, group_id, number, template_id, 'draft', 'nej', '', '', '', 0, created_at, '' "
            "FROM charters_charter WHERE id = %s",
            self.frozen.pk,
        )
        self.assert_refused(
            self.execute,
            "UPDATE OR REPLACE charters_charter SET id = %s WHERE id = %s",
            self.frozen.pk,
            self.draft.pk,
        )

    def test_emptying_a_table_is_refused(self) -> None:
        if connection.vendor != "postgresql":
            self.skipTest("TRUNCATE is PostgreSQL's own")
        factories.follow_up(self.frozen.group.obligations.all()[0])
        factories.yearly_check(self.frozen.group)
        connection.check_constraints()  # else PostgreSQL refuses for what this transaction has still to check
        for table in sorted({guard.table for guard in triggers.GUARDS}):
            with self.subTest(table=table):
                self.assert_refused(self.execute, f"TRUNCATE {table} CASCADE")


class AllowedTests(FrozenCase):
    """The few changes that a final text does take."""

    def rows(self) -> models.QuerySet[Charter]:
        return Charter.objects.filter(pk=self.frozen.pk)

    def test_an_edition_in_force_is_given_a_review_date_and_is_superseded(self) -> None:
        self.rows().update(review_on=TODAY)
        self.rows().update(state=State.SUPERSEDED, superseded_on=TODAY)
        self.frozen.refresh_from_db()
        assert (self.frozen.state, self.frozen.review_on) == (State.SUPERSEDED, TODAY)

    def test_or_is_retired(self) -> None:
        self.rows().update(state=State.RETIRED, retired_on=TODAY)
        self.frozen.refresh_from_db()
        assert (self.frozen.state, self.frozen.retired_on) == (State.RETIRED, TODAY)

    def test_a_name_is_taken_out_together_with_its_salt(self) -> None:
        self.frozen.members.update(name="", salt="")
        assert self.frozen.members.get().name == ""

    def test_a_name_that_was_taken_out_is_not_put_back(self) -> None:
        self.frozen.members.update(name="", salt="")
        self.assert_refused(self.frozen.members.update, name="Karen Havbirk")

    def test_a_published_standard_text_is_retired_for_good(self) -> None:
        rows = CharterTemplate.objects.filter(pk=self.published.pk)
        rows.update(state=CharterTemplate.State.RETIRED)
        self.assert_refused(rows.update, state=CharterTemplate.State.PUBLISHED)
        self.assert_refused(rows.update, state=CharterTemplate.State.DRAFT)
