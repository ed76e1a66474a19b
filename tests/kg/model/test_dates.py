from datetime import date

import pytest

from kg.model.dates import Period, period


@pytest.mark.parametrize(
    ("value", "first", "last", "whole"),
    [
        ("2018-04-13", date(2018, 4, 13), date(2018, 4, 13), True),
        ("2018-04-13+09:00", date(2018, 4, 13), date(2018, 4, 13), True),
        ("2018-04-13T23:30:00Z", date(2018, 4, 13), date(2018, 4, 13), True),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), False),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28), False),
        ("2018-12-05:00", date(2018, 12, 1), date(2018, 12, 31), False),
        ("1945", date(1945, 1, 1), date(1945, 12, 31), False),
        ("1945-05:00", date(1945, 1, 1), date(1945, 12, 31), False),
    ],
)
def test_a_date_allows_its_days(value: str, first: date, last: date, whole: bool) -> None:
    assert period(value) == Period(first, last, whole)


@pytest.mark.parametrize("value", ["", "soon", "-0044", "0000", "9999", "12018", "2018-02-30"])
def test_what_no_calendar_can_mark_allows_none(value: str) -> None:
    assert period(value) is None
