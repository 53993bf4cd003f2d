"""Lives of a group and its charters, each of them another; ``make proof`` takes 500 lives of 50 steps."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.management import CommandError
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.cast import CastCase
from tests.charters.lives import Lives
from tests.support.proof import IS_PROOF

LIVES, STEPS = (500, 50) if IS_PROOF else (8, 20)
# Points that nobody takes on are met in few lives only: that takes half a minute.
BROKEN = "charters.adoption.take_on" if IS_PROOF else "members.access._sync_group"


@pytest.mark.long(40)
class LifeTests(CastCase):
    def test_whatever_happens_in_whatever_order_what_must_hold_holds(self) -> None:
        Lives.cast = self.cast
        run_state_machine_as_test(
            Lives, settings=settings(max_examples=LIVES, stateful_step_count=STEPS, deadline=None)
        )

    @pytest.mark.no_database
    def test_a_rule_that_is_broken_is_noticed(self) -> None:
        """The control: memberships that give no rights; in the long form points that nobody takes on."""
        Lives.cast = self.cast
        often = settings(
            max_examples=100,
            stateful_step_count=20,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
        )
        noticed = pytest.raises(CommandError, match="fejl")
        with mock.patch(BROKEN), noticed:
            run_state_machine_as_test(Lives, settings=often)
