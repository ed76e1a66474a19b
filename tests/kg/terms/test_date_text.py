"""Days in words, of dates that nobody has checked."""

import pytest

from kg.model.languages import in_language
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


@pytest.mark.parametrize(
    ("dates", "japanese", "russian"),
    [
        (("2018-03-04", "2018-03-04", "2018-03-04"), "2018年3月4日", "4 марта 2018 г."),
        (("2016-05-01", "2016-05-31", "2016-05"), "2016年5月", "май 2016 г."),
        (("1945-01-01", "1945-12-31", "1945"), "1945年", "1945 г."),
        (("2018-04-22", "2018-04-24", "2018-04-22"), "2018年4月22日～24日", "22–24 апреля 2018 г."),
        (("1945-01-01", "", "1945"), "1945年以降", "с 1945 г."),
        (("2014-03-01", "", "2014-03"), "2014年3月以降", "с марта 2014 г."),
        (("2014-03-01", ""), "2014年3月以降", "не ранее марта 2014 г."),
        (("", "2018-04-24"), "2018年4月24日以前", "не позднее 24 апреля 2018 г."),
        (
            ("2018-04-13", "2018-04-22"),
            "2018年4月13日から22日までの間",
            "с 13 по 22 апреля 2018 г.",
        ),
        (
            ("2014-03-01", "2018-04-30"),
            "2014年3月から2018年4月までの間",
            "с марта 2014 г. по апрель 2018 г.",
        ),
    ],
)
def test_dates_are_in_the_readers_language(
    dates: tuple[str, ...], japanese: str, russian: str
) -> None:
    with in_language("ja"):
        assert format_dates(*dates) == japanese
    with in_language("ru"):
        # A space that does not break stands before the abbreviation of "year".
        assert format_dates(*dates).replace("\N{NO-BREAK SPACE}", " ") == russian
