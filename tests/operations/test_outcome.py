"""The counting behind ``tests.crash.kill9``: it tells what is missing, doubled, or told to nobody."""

from __future__ import annotations

from django.test import SimpleTestCase

from tests.crash.outcome import Outcome


class OutcomeTests(SimpleTestCase):
    def test_what_is_told_and_stored_once_is_right(self) -> None:
        outcome = Outcome.of(["a", "b"], ["b", "a"])
        assert outcome == Outcome(acknowledged=2, lost=0, doubled=0, untold=0)
        assert outcome.is_right

    def test_what_is_told_and_not_stored_is_lost(self) -> None:
        outcome = Outcome.of(["a", "b"], ["a"])
        assert outcome.lost == 1
        assert not outcome.is_right

    def test_what_is_stored_twice_is_doubled(self) -> None:
        outcome = Outcome.of(["a", "b"], ["a", "a", "b"])
        assert outcome.doubled == 1
        assert not outcome.is_right

    def test_what_is_stored_and_told_to_nobody_is_noticed(self) -> None:
        outcome = Outcome.of(["a"], ["a", "b"])
        assert outcome.untold == 1
        assert not outcome.is_right
