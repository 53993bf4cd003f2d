"""Every rule the database holds about the register is broken once: in words, and in the database."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from members.models import (
    Explanation,
    Membership,
    Organisation,
    Project,
    SearchEntry,
    Submission,
    User,
    WorkingGroup,
)
from tests.cast import Cast, CastCase

Kind = WorkingGroup.Kind
KEY = uuid.UUID(int=4)
EARLY, LATE = datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)

# For each constraint a row that breaks it and nothing else.
BREAKERS: dict[str, Callable[[Cast], models.Model]] = {
    "organisation_unique_name": lambda c: Organisation(name="Odder Kommune"),
    "organisation_known_kind": lambda c: Organisation(name="Ny", kind="band"),
    "user_unique_email": lambda c: User(name="To", email="Karen@Odder.example", password="!"),
    "user_known_mail_rhythm": lambda c: User(
        name="To", email="to@odder.example", password="!", mail_rhythm="hourly"
    ),
    "user_anonymised_stays_so": lambda c: User(
        name="To", email="to@odder.example", password="!", anonymised_at=timezone.now()
    ),
    "project_unique_name": lambda c: Project(name="OS2naturkort", slug="andet"),
    "project_unique_slug": lambda c: Project(name="Andet", slug="os2naturkort"),
    "project_known_kind": lambda c: Project(name="Ny", slug="ny", kind="drøm"),
    "project_known_level": lambda c: Project(name="Ny", slug="ny", level="level_9"),
    "explanation_one_a_requirement": lambda c: Explanation(project=c.project, requirement="G6", text="Igen."),
    "workinggroup_known_kind": lambda c: WorkingGroup(name="Ny", slug="ny", kind="klub", project=c.project),
    "workinggroup_known_visibility": lambda c: WorkingGroup(
        name="Ny", slug="ny", kind=Kind.PROFESSIONAL, visibility="secret"
    ),
    "workinggroup_project_required": lambda c: WorkingGroup(name="Ny", slug="ny", kind=Kind.STEERING),
    "workinggroup_parent_only_coordination": lambda c: WorkingGroup(
        name="Ny", slug="ny", kind=Kind.PROFESSIONAL, parent=c.coordination
    ),
    "workinggroup_closed_after_established": lambda c: WorkingGroup(
        name="Ny", slug="ny", kind=Kind.PROFESSIONAL, established_on=LATE, closed_on=EARLY
    ),
    "workinggroup_unique_slug": lambda c: WorkingGroup(
        name="Ny", slug=c.steering.slug, kind=Kind.PROFESSIONAL
    ),
    "workinggroup_one_open_steering": lambda c: WorkingGroup(
        name="Ny", slug="ny", kind=Kind.STEERING, project=c.project
    ),
    "workinggroup_one_open_coordination": lambda c: WorkingGroup(
        name="Ny", slug="ny", kind=Kind.COORDINATION, project=c.project
    ),
    "membership_one_open_a_person": lambda c: Membership(group=c.steering, person=c.jonas),
    "membership_left_after_joined": lambda c: Membership(
        group=c.steering, person=c.ida, joined_on=LATE, left_on=EARLY
    ),
    "membership_known_role": lambda c: Membership(group=c.steering, person=c.ida, role="king"),
    "searchentry_unique_thing": lambda c: SearchEntry(kind="group", key=c.steering.pk, words="kgroup"),
    "submission_one_a_form": lambda c: Submission(user=c.karen, key=KEY, location="/"),
}

# And beside each rule that has an edge, the row just inside it.
ALLOWED: list[Callable[[Cast], models.Model]] = [
    lambda c: WorkingGroup(name="Ny", slug="ny", kind=Kind.STEERING, project=c.project, closed_on=LATE),
    lambda c: WorkingGroup(
        name="Ny", slug="ny", kind=Kind.COORDINATION, project=c.project, parent=c.coordination
    ),
    lambda c: WorkingGroup(name="Ny", slug="ny", kind=Kind.PROFESSIONAL, project=c.project),
    lambda c: WorkingGroup(name="Ny", slug="ny", kind=Kind.PROFESSIONAL, established_on=LATE, closed_on=LATE),
    lambda c: Membership(group=c.steering, person=c.jonas, joined_on=EARLY, left_on=EARLY),
    lambda c: Explanation(project=c.project, requirement="G7", text="Kommer."),
    lambda c: Submission(user=c.jonas, key=KEY, location="/"),
]


def named() -> dict[str, models.BaseConstraint]:
    """All constraints of the register."""
    found = [k for model in apps.get_app_config("members").get_models() for k in model._meta.constraints]
    return {constraint.name: constraint for constraint in found}


class ConstraintTests(CastCase):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        Explanation.objects.create(project=cls.cast.project, requirement="G6", text="Kommer.")
        Submission.objects.create(user=cls.cast.karen, key=KEY, location="/")

    def test_every_named_constraint_is_broken_here(self) -> None:
        assert set(BREAKERS) == set(named())

    def test_each_says_in_danish_what_is_wrong(self) -> None:
        for name, breaker in BREAKERS.items():
            with self.subTest(name):
                message = named()[name].violation_error_message
                assert message != models.BaseConstraint.default_violation_error_message
                with pytest.raises(ValidationError) as raised:
                    breaker(self.cast).validate_constraints()
                assert raised.value.messages == [message]
                with pytest.raises(ValidationError):
                    breaker(self.cast).full_clean()

    def test_each_holds_in_the_database_too(self) -> None:
        for name, breaker in BREAKERS.items():
            row = breaker(self.cast)
            with self.subTest(name), pytest.raises(IntegrityError), transaction.atomic():
                type(row)._base_manager.bulk_create([row])  # past save(), as an import would

    def test_what_lies_just_inside_a_rule_is_taken(self) -> None:
        for breaker in ALLOWED:
            row = breaker(self.cast)
            with self.subTest(str(row)), transaction.atomic():
                row.full_clean()
                row.save()
                transaction.set_rollback(True)
