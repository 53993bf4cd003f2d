"""What the database holds of an edition's life: it comes into force whole, and ends once and for good."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from charters.models import Charter, CharterDocument, CharterMember
from tests import factories
from tests.charters.test_frozen import TODAY, FrozenCase

State = Charter.State


class AdoptionTests(FrozenCase):
    """Only an edition with its document, its members and its fingerprint comes into force."""

    def adopt(self, **changed: Any) -> int:
        given = {
            "state": State.ADOPTED,
            "adopted_at": self.draft.created_at,
            "adopted_by": self.writer,
            "dated_on": TODAY,
            "fingerprint": "f" * 64,
        }
        return Charter.objects.filter(pk=self.draft.pk).update(**{**given, **changed})

    def give(self, *, document: bool = True, member: bool = True) -> None:
        if document:
            CharterDocument.objects.create(charter=self.draft, content="{}", pdf=b"")
        if member:
            CharterMember.objects.create(charter=self.draft, position=1, name="A", role="member")

    def test_with_all_of_it_a_draft_is_adopted(self) -> None:
        self.give()
        assert self.adopt() == 1

    def test_without_a_document_it_is_not(self) -> None:
        self.give(document=False)
        self.assert_refused(self.adopt)

    def test_without_members_it_is_not(self) -> None:
        self.give(member=False)
        self.assert_refused(self.adopt)

    def test_without_a_fingerprint_it_is_not(self) -> None:
        self.give()
        self.assert_refused(self.adopt, fingerprint="")

    def test_a_draft_ends_in_no_other_way(self) -> None:
        self.give()
        for ending in EndTests.ENDS.values():
            self.assert_refused(self.adopt, **ending)

    def test_no_edition_is_made_adopted(self) -> None:
        group = factories.group()
        made = {field: getattr(self.frozen, field) for field in ("template", "adopted_at", "fingerprint")}
        for state in (State.ADOPTED, State.SUPERSEDED, State.RETIRED):
            with self.subTest(state=state):
                self.assert_refused(
                    Charter.objects.create,
                    group=group,
                    number=1,
                    state=state,
                    adopted_by=self.writer,
                    dated_on=TODAY,
                    **made,
                )
        assert Charter.objects.create(group=group, number=1, template=self.published).is_draft


class EndTests(FrozenCase):
    """An edition that has ended stays as it ended, and the day it did comes and stays with the ending."""

    RULE = "charter_ended_on_a_day"
    ENDS = {
        State.SUPERSEDED: {"state": State.SUPERSEDED, "superseded_on": TODAY},
        State.RETIRED: {"state": State.RETIRED, "retired_on": TODAY},
    }

    def rows(self) -> models.QuerySet[Charter]:
        return Charter.objects.filter(pk=self.frozen.pk)

    def test_one_that_has_ended_takes_no_change_at_all(self) -> None:
        other_day = TODAY + datetime.timedelta(days=1)
        for end, ending in self.ENDS.items():
            changes = [
                *[{"state": state} for state in State if state != end],
                *[ending for other, ending in self.ENDS.items() if other != end],
                {"review_on": other_day},
                {"superseded_on": other_day},
                {"retired_on": other_day},
                {"superseded_on": None, "retired_on": None},
            ]
            with transaction.atomic():
                self.rows().update(**ending)
                for change in changes:
                    with self.subTest(end=end, change=change):
                        self.assert_refused(self.rows().update, **change)
                transaction.set_rollback(True)

    def test_the_day_is_set_with_the_state_and_only_then(self) -> None:
        wrong: list[dict[str, Any]] = [
            {"state": State.SUPERSEDED},
            {"state": State.RETIRED},
            {"state": State.RETIRED, "superseded_on": TODAY},
            {"state": State.SUPERSEDED, "superseded_on": TODAY, "retired_on": TODAY},
            {"superseded_on": TODAY},
            {"retired_on": TODAY},
        ]
        for change in wrong:
            with self.subTest(change=change), pytest.raises(IntegrityError, match=self.RULE):
                self.update(self.frozen, **change)
        for change in wrong[-2:]:
            with self.subTest(draft=change), pytest.raises(IntegrityError, match=self.RULE):
                self.update(self.draft, **change)

    def update(self, charter: Charter, **change: Any) -> None:
        with transaction.atomic():
            Charter.objects.filter(pk=charter.pk).update(**change)
