"""Dates of any year as days since 1970."""

from datetime import date, timedelta

import pytest

from web.drawing.timeline.dates import civil, day_number, days_of


def test_days_are_those_of_the_calendar() -> None:
    for number in range(-719_162, 2_900_000, 997):
        day = date(1970, 1, 1) + timedelta(days=number)
        assert civil(number) == (day.year, day.month, day.day)
        assert day_number(day.year, day.month, day.day) == number


def test_a_year_and_a_month_are_all_their_days() -> None:
    assert days_of("1970") == (0, 365)
    assert days_of("1970-02") == (31, 59)
    assert days_of("2016-12") == (day_number(2016, 12, 1), day_number(2017, 1, 1))
    assert days_of("-0044-03-15") == (-735_525, -735_524)


def test_a_moment_is_read_in_its_time_zone() -> None:
    assert days_of("1970-01-01T02:00:00+02:00") == (0, 0)
    assert days_of("1970-01-01T22:00:00-02:00") == (1, 1)


@pytest.mark.parametrize(
    "text", ["", "spring", "2018-13", "2018-00", "2018-02-30", "2018-04-31", "9" * 30, "1-1-1"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert days_of(text) is None
