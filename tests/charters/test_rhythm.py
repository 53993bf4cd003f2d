"""When an obligation is to be followed up again: worked out, without a database."""

from __future__ import annotations

import datetime

import pytest
from django.test import SimpleTestCase

from charters.models import Obligation, Rhythm
from charters.obligations.rhythm import default_rhythm, months_after, next_after, next_date

pytestmark = pytest.mark.no_database


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


class NextDateTests(SimpleTestCase):
    def next(self, due: str | None, every: int, followed_up: str, today: str = "") -> str:
        return next_date(
            on(due) if due else None, every, followed_up_on=on(followed_up), today=on(today or followed_up)
        ).isoformat()

    def test_it_keeps_the_day_of_the_month(self) -> None:
        assert self.next("2026-01-15", Rhythm.MONTHLY, "2026-01-15") == "2026-02-15"
        assert self.next("2026-01-15", Rhythm.QUARTERLY, "2026-01-15") == "2026-04-15"
        assert self.next("2026-09-15", Rhythm.HALF_YEARLY, "2026-09-15") == "2027-03-15"
        assert self.next("2026-11-26", Rhythm.YEARLY, "2026-11-26") == "2027-11-26"

    def test_a_month_that_is_too_short_gives_its_last_day(self) -> None:
        assert self.next("2026-01-31", Rhythm.MONTHLY, "2026-01-31") == "2026-02-28"
        assert self.next("2028-01-31", Rhythm.MONTHLY, "2028-01-31") == "2028-02-29"
        assert self.next("2028-02-29", Rhythm.YEARLY, "2028-02-29") == "2029-02-28"
        assert self.next("2026-01-31", Rhythm.MONTHLY, "2026-03-05") == "2026-03-31"

    def test_one_that_is_late_goes_on_to_the_next_date_and_never_into_the_past(self) -> None:
        assert self.next("2026-01-15", Rhythm.MONTHLY, "2026-06-20") == "2026-07-15"
        assert self.next("2026-01-15", Rhythm.MONTHLY, "2026-02-01", today="2026-06-20") == "2026-07-15"
        assert self.next("2026-01-15", Rhythm.YEARLY, "2026-06-20") == "2027-01-15"

    def test_a_meeting_some_days_early_is_the_follow_up_of_that_date(self) -> None:
        assert self.next("2026-12-01", Rhythm.YEARLY, "2026-11-26") == "2027-12-01"
        assert self.next("2026-12-01", Rhythm.MONTHLY, "2026-11-26") == "2027-01-01"

    def test_a_word_in_between_or_a_correction_moves_nothing(self) -> None:
        assert self.next("2026-12-01", Rhythm.YEARLY, "2026-06-01") == "2026-12-01"
        assert self.next("2027-01-01", Rhythm.MONTHLY, "2026-11-27") == "2027-01-01"

    def test_without_a_date_it_counts_from_the_follow_up(self) -> None:
        assert self.next(None, Rhythm.QUARTERLY, "2026-11-26") == "2027-02-26"

    def test_months_are_counted_across_the_years(self) -> None:
        assert months_after(on("2026-12-31"), 2) == on("2027-02-28")
        assert months_after(on("2026-01-31"), 12) == on("2027-01-31")
        assert months_after(on("2026-12-05"), 1) == on("2027-01-05")


class NextAfterTests(SimpleTestCase):
    def after(self, status: str, *, due: str | None, every: int | None = None) -> datetime.date | None:
        obligation = Obligation(next_on=on(due) if due else None, every=every)
        day = on("2026-11-26")
        return next_after(obligation, status=status, on=day, today=day)

    def test_one_that_comes_back_does_so_whatever_was_said(self) -> None:
        for status in ("met", "under_way", "deviates"):
            assert self.after(status, due="2026-11-20", every=12) == on("2027-11-20")

    def test_one_that_is_met_once_and_for_all_asks_nothing_more(self) -> None:
        assert self.after("met", due="2026-11-20") is None
        assert self.after("met", due="2027-03-01") is None

    def test_one_that_is_not_met_is_asked_about_again(self) -> None:
        assert self.after("under_way", due="2027-03-01") == on("2027-03-01")
        assert self.after("under_way", due="2026-11-20") == on("2027-01-26")
        assert self.after("under_way", due=None) is None


class SuggestionTests(SimpleTestCase):
    def test_only_plain_words_suggest_a_rhythm(self) -> None:
        assert default_rhythm("Løbende opfølgning på business case.") == Rhythm.QUARTERLY
        assert default_rhythm("Styregruppen skal godkende budget.") == Rhythm.YEARLY
        assert default_rhythm("En årlig brugerundersøgelse.") == Rhythm.YEARLY
        assert default_rhythm("Stille krav til kvalitet.") is None
