"""Days in words, of dates that nobody has checked."""

import pytest

from kg.terms.date_text import format_dates

BAD = [
    "0000-01-01",
    "-0044-03-15",
    "99999-01-01",
    "2018-02-30",
    "9999-12-31",
    "yesterday",
    "w" * 99,
]


@pytest.mark.parametrize("bad", BAD)
def test_what_is_no_date_counts_as_nothing(bad: str) -> None:
    assert format_dates(bad, bad, bad) == ""
    assert format_dates("2018-04-13", bad) == "on or after 13 April 2018"
    assert format_dates("2018-04-13", "", bad) == "on or after 13 April 2018"
    assert format_dates(bad, "2018-04-13", bad) == "on or before 13 April 2018"


def test_a_date_with_a_zone_or_an_hour_is_that_day() -> None:
    assert format_dates("2018-04-13Z", "", "2018-04-13T10:00:00+14:00") == "from 13 April 2018 on"
