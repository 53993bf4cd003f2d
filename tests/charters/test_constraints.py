"""Each rule that the database holds about charters, broken once in the model and once in the database."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from charters import triggers
from charters.models import (
    Approval,
    Attendance,
    Bundle,
    BundleEntry,
    CalendarAddress,
    Charter,
    CharterMember,
    CharterTemplate,
    FollowUp,
    Obligation,
    PointChoice,
    Presence,
    Reminder,
    SectionRevision,
    Statement,
    WordFile,
)
from tests import factories
from tests.cast import CastCase


class ConstraintTests(CastCase):
    def broken(self) -> dict[str, Callable[[], models.Model]]:
        """For each constraint a row that breaks it, and it alone."""
        cast = self.cast
        adopted = factories.adopted(cast.steering)
        draft = factories.draft(cast.coordination)
        template = CharterTemplate.objects.published().get(kind="steering")
        obligation = cast.steering.obligations.all()[0]
        revision = draft.standing_sections()[0].revisions.get()
        key = uuid.uuid4()
        revision.section.revisions.create(number=98, heading="x", author=cast.mette, key=key)
        factories.presence(draft, cast.mette, window="her")
        factories.attendance(draft, cast.mette)
        factories.word_file(draft, cast.mette)
        bundle = factories.bundle(cast.aase)
        entry = factories.bundle_entry(bundle)
        factories.statement(obligation, charter=draft)
        factories.point_choice(draft.standing_sections()[0], wording="Sagt.")
        for group in (None, cast.coordination):
            factories.calendar_address(cast.mette, group=group)
        period = factories.reminder(cast.mette).period_start
        factories.yearly_check(cast.steering)
        factories.group("professional", name="Fag")

        def point(**fields: Any) -> PointChoice:
            wording = fields.pop("wording", "Usagt.")
            digest = hashlib.sha256(wording.encode()).hexdigest()
            return PointChoice(section=draft.standing_sections()[0], wording=wording, digest=digest, **fields)

        def another(**fields: Any) -> BundleEntry:
            return BundleEntry(bundle=bundle, **{"charter": draft, "position": 98, "name": "x.pdf"} | fields)

        def charter(**fields: Any) -> Charter:
            group = fields.setdefault("group", cast.professional)
            fields = {"number": 9, "template": template, "group_name": group.name} | fields
            return Charter(**fields)

        whole = {
            "state": "adopted",
            "fingerprint": "f" * 64,
            "adopted_at": timezone.now(),
            "adopted_by": cast.karen,
            "dated_on": datetime.date(2026, 1, 1),
        }
        member = CharterMember(charter=draft, position=1, person=cast.mette, name="Mette", role="facilitator")
        member.save()
        return {
            "charter_unique_number": lambda: charter(group=cast.steering, number=1),
            "charter_one_draft": lambda: charter(group=cast.coordination),
            "charter_one_adopted": lambda: charter(group=cast.steering, **whole),
            "charter_known_state": lambda: charter(**{**whole, "state": "glemt"}),
            "charter_known_level": lambda: charter(level="level_9"),
            "charter_adopted_whole": lambda: charter(**{**whole, "fingerprint": ""}),
            "charter_ended_on_a_day": lambda: charter(**{**whole, "state": "retired"}),
            "chartertemplate_unique_version": lambda: CharterTemplate(kind="steering", version=1),
            "chartertemplate_one_published": lambda: CharterTemplate(
                kind="steering", version=9, state="published"
            ),
            "chartertemplate_one_draft": self._second_template_draft,
            "chartertemplate_known_kind": lambda: CharterTemplate(kind="bestyrelse"),
            "chartertemplate_known_state": lambda: CharterTemplate(kind="steering", version=9, state="glemt"),
            "chartermember_unique_position": lambda: CharterMember(charter=draft, position=1, role="member"),
            "chartermember_unique_person": lambda: CharterMember(
                charter=draft, position=2, person=cast.mette, role="member"
            ),
            "sectionrevision_unique_number": lambda: SectionRevision(
                section=revision.section, number=revision.number, heading="x"
            ),
            "sectionrevision_unique_key": lambda: SectionRevision(
                section=revision.section, number=99, heading="x", author=cast.mette, key=key
            ),
            "presence_one_a_window": lambda: Presence(charter=draft, person=cast.mette, window="her"),
            "attendance_once": lambda: Attendance(charter=draft, person=cast.mette, ticked_by=cast.mette),
            "wordfile_one_each": lambda: WordFile(charter=draft, owner=cast.mette, name="f", content={}),
            "bundle_known_state": lambda: Bundle(owner=cast.karen, state="glemt", total=1),
            "bundle_one_alike_under_way": lambda: Bundle(owner=cast.aase, total=1),
            "bundleentry_once_each": lambda: another(charter=adopted),
            "bundleentry_unique_name": lambda: another(name=entry.name),
            "bundleentry_unique_position": lambda: another(position=entry.position),
            "bundleentry_read_whole": lambda: another(size=7),
            "approval_known_manner": lambda: Approval(
                member=adopted.members.all()[0], manner="telepati", recorded_by=cast.karen
            ),
            "obligation_known_area": lambda: Obligation(
                group=cast.steering, area="moral", wording="x", introduced_in=adopted
            ),
            "obligation_known_rhythm": lambda: Obligation(
                group=cast.steering, area="economic", wording="x", introduced_in=adopted, every=7
            ),
            "statement_one_an_edition": lambda: Statement(
                obligation=obligation, charter=draft, section=draft.standing_sections()[1], wording="x"
            ),
            "pointchoice_one_a_point": lambda: point(wording="Sagt."),
            "pointchoice_new_or_continued": lambda: point(is_new=True, continues=obligation),
            "pointchoice_known_marking": lambda: point(marking="moral"),
            "calendaraddress_one_for_all": lambda: CalendarAddress(owner=cast.mette, token="x"),
            "calendaraddress_one_a_group": lambda: CalendarAddress(
                owner=cast.mette, group=cast.coordination, token="y"
            ),
            "reminder_one_a_period": lambda: Reminder(person=cast.mette, period_start=period),
            "reminder_known_state": lambda: Reminder(person=cast.karen, period_start=period, state="glemt"),
            "followup_known_status": lambda: FollowUp(
                obligation=obligation, status="glemt", made_by=cast.karen
            ),
            "followup_deviation_explained": lambda: FollowUp(
                obligation=obligation, status="deviates", made_by=cast.karen
            ),
        }

    def _second_template_draft(self) -> CharterTemplate:
        CharterTemplate.objects.published().get(kind="coordination").new_version()
        return CharterTemplate(kind="coordination", version=9)

    def named(self) -> Iterator[models.BaseConstraint]:
        for model in apps.get_app_config("charters").get_models():
            yield from model._meta.constraints

    def test_each_is_broken_here(self) -> None:
        assert self.broken().keys() == {constraint.name for constraint in self.named()}

    def test_the_model_refuses_each_with_its_own_words(self) -> None:
        messages = {constraint.name: str(constraint.violation_error_message) for constraint in self.named()}
        for name, broken in self.broken().items():
            with self.subTest(constraint=name), pytest.raises(ValidationError) as caught:
                broken().validate_constraints()
            assert messages[name] in caught.value.messages

    def test_the_database_refuses_each(self) -> None:
        with triggers.lifted():  # they would refuse some of the rows before the constraint is asked
            for name, broken in self.broken().items():
                row = broken()
                with self.subTest(constraint=name), pytest.raises(IntegrityError), transaction.atomic():
                    type(row)._base_manager.bulk_create([row])

    def test_each_has_danish_words_and_its_models_name(self) -> None:
        for constraint in self.named():
            with self.subTest(constraint=constraint.name):
                assert str(constraint.violation_error_message).endswith((".", ")."))
                assert "Constraint" not in str(constraint.violation_error_message)

    def test_what_breaks_none_is_stored(self) -> None:
        adopted = factories.adopted(self.cast.steering)
        factories.approval(adopted.members.all()[0])
        factories.follow_up(status="deviates", note="Der er ingen penge.")
        adopted.next_edition(by=None, reason="Nye opgaver.")
        CharterTemplate.objects.published().get(kind="steering").new_version()
        factories.draft(self.cast.coordination)
        assert Charter.objects.count() == 4
