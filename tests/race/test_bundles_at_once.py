"""Two workers, and two clicks, at the same moment, on both databases."""

from __future__ import annotations

import uuid

from django.test import TransactionTestCase
from django_tasks_db.models import DBTaskResult

from charters.bundling import ask_for, collect
from charters.models import Bundle, Selection
from tests import factories
from tests.support.at_once import at_once


class BundleRaceTests(TransactionTestCase):
    def test_of_several_workers_one_takes_a_bundle_and_the_others_leave_it(self) -> None:
        bundle = factories.bundle()
        runs = at_once([bundle.take] * 4)
        assert sum(isinstance(run, uuid.UUID) for run in runs) == 1
        assert runs.count(None) == 3

    def test_several_workers_on_one_bundle_finish_it_once(self) -> None:
        bundle = factories.bundle()
        assert at_once([lambda: collect.call(bundle.pk)] * 3) == [None] * 3
        bundle.refresh_from_db()
        assert bundle.is_done

    def test_an_order_sent_several_times_at_once_is_one_bundle(self) -> None:
        person = factories.user()
        factories.adopted()
        answers = at_once([lambda: ask_for(Selection(), by=person)] * 4)
        assert {type(answer) for answer in answers} == {Bundle}
        assert len({answer.pk for answer in answers}) == 1
        assert DBTaskResult.objects.count() == 2, "one for now and one in case of a death"
