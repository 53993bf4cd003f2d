"""What looks like a CPR number, and what does not."""

from __future__ import annotations

import calendar
import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from members.cpr import all_words, hidden, is_hidden, looks_like_cpr, numbers_in, without_cpr

pytestmark = pytest.mark.no_database

DAYS = st.dates(datetime.date(1858, 1, 1), datetime.date(2057, 12, 31))
LAST = st.integers(0, 9999).map("{:04}".format)
# Nothing, those on a keyboard, and those that Word and the web make.
BETWEEN = st.sampled_from(
    [
        "",
        "-",
        " ",
        "\u00a0",
        "\u2010",
        "\u2011",
        "\u2013",
        "\u2014",
        "\u2212",
        " - ",
        "\u00a0–\u00a0",
        "\t",
        "\u00ad",
        "\u200b-",
    ]
)
AROUND = st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="+"), max_size=5)


def begins(day: datetime.date, *, replacement: bool) -> str:
    return f"{day.day + 60 * replacement:02}{day:%m%y}"


@given(day=DAYS, replacement=st.booleans(), between=BETWEEN, last=LAST, before=AROUND, after=AROUND)
def test_a_day_and_four_digits_are_found_wherever_they_stand(
    day: datetime.date, replacement: bool, between: str, last: str, before: str, after: str
) -> None:
    begun = begins(day, replacement=replacement)
    assert numbers_in(f"{before}{begun}{between}{last}{after}") == [f"{begun}-…"]


@given(day=DAYS, last=LAST, before=st.integers(0, 10**6).map(str), after=st.integers(0, 10**6).map(str))
def test_part_of_a_longer_number_is_none(day: datetime.date, last: str, before: str, after: str) -> None:
    number = begins(day, replacement=False) + last
    assert not looks_like_cpr(before + number)
    assert not looks_like_cpr(number + after)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), BETWEEN, LAST)
def test_what_is_the_day_of_no_year_is_none(day: int, month: int, year: int, between: str, last: str) -> None:
    is_a_month = 1 <= month <= 12
    days = calendar.monthrange(2024, month)[1] if is_a_month else 0
    is_a_day = 1 <= day <= days or 61 <= day <= 60 + days
    assert looks_like_cpr(f"{day:02}{month:02}{year:02}{between}{last}") is is_a_day


@given(st.integers(10**7, 10**8 - 1), st.sampled_from(["", "+45 ", "+45", "0045", "CVR ", "tlf. "]))
def test_eight_digits_are_a_phone_or_a_cvr_number(number: int, before: str) -> None:
    digits = str(number)
    pairs = " ".join(digits[place : place + 2] for place in range(0, 8, 2))
    assert not looks_like_cpr(before + digits)
    assert not looks_like_cpr(before + pairs)


@given(st.integers(10**12, 10**13 - 1).map(str))
def test_thirteen_digits_are_an_ean_number(number: str) -> None:
    assert not looks_like_cpr(number)


@given(st.datetimes())
def test_days_as_they_are_written_are_none(moment: datetime.datetime) -> None:
    for form in ("%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d.%m.%y", "%Y-%m-%dT%H:%M:%S"):
        assert not looks_like_cpr(moment.strftime(form))


def test_amounts_and_other_numbers_are_none() -> None:
    for words in [
        "150.000 - 2000 kr.",
        "1.010.190 1234",
        "kr. 12500,00",
        "320190-1234",
        "311190-1234",  # no November has 31 days
        "DK50 0040 0440 1162 43",
        "5790001330552",
        "+3110123456",
        "10 03 38 83 94",
        "010190\n1234",
        "§ 11, stk. 2",
        "",
    ]:
        assert not looks_like_cpr(words), words


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_be_looked_through(words: str) -> None:
    assert looks_like_cpr(words) == bool(numbers_in(words))
    assert not looks_like_cpr(hidden(words))


def test_a_number_is_told_without_its_last_four_digits() -> None:
    with pytest.raises(ValidationError) as refused:
        without_cpr("Ring til 010190-4321 eller 020290 8765, 010190-4321")
    said = str(refused.value.messages[0])
    assert "»010190-…«, »020290-…« ligner et CPR-nummer" in said
    assert "4321" not in said
    assert "4321" not in repr(refused.value)
    without_cpr("Ring til 11 22 33 44")


def test_what_must_wait_waits_without_its_numbers() -> None:
    data = {"n": 2, "rows": [{"name": "Bo 010190-1234", "seen": None}], "unread": ["kolonnen »x«"]}
    kept = hidden(data)
    assert kept == {"n": 2, "rows": [{"name": "Bo 010190-…", "seen": None}], "unread": ["kolonnen »x«"]}
    assert is_hidden(kept["rows"][0]["name"])
    assert not is_hidden(kept["unread"][0])
    assert all_words(kept).split("\n") == ["", "Bo 010190-…", "", "kolonnen »x«"]


@pytest.mark.parametrize("number", ["01.01.90-1234", "01/01/90-1234", "61.01.90–1234"])
def test_a_day_written_with_dots_is_found_too(number: str) -> None:
    assert looks_like_cpr(f"Jonas ({number})")


@pytest.mark.parametrize("words", ["01.01.1990-2025", "31.12.24 1200", "10.01.90.1234", "99.01.90-1234"])
def test_dates_and_addresses_with_dots_are_none(words: str) -> None:
    assert not looks_like_cpr(words)
