"""Bars on a line of time, of rows whose dates nobody has checked."""

import pytest

from kg.statements.footnotes import StatementSupport
from kg.terms.display import DisplayValue
from kg.things.panel_rows import PanelRow
from web.drawing.timeline.tenures import WIDTH, scale


def row(earliest: str, latest: str) -> PanelRow:
    tenure = DisplayValue("tenure", "https://w3id.org/aide-memoire/id/tenure")
    return PanelRow(
        tenure, "", (), "", "", earliest, latest, StatementSupport(), False, (), (), frozenset()
    )


def test_a_bar_reaches_from_the_first_day_to_the_last() -> None:
    drawn = scale([row("2018-01-01", "2018-12-31"), row("2019", "")])
    assert drawn is not None
    assert [(bar.start, bar.open) for bar in drawn.bars] == [(0.0, False), (50.0, True)]
    assert drawn.bars[0].width == 50.0
    assert [year for year, _ in drawn.ticks] == [2018, 2019, 2020]


@pytest.mark.parametrize(
    "day",
    ["0000-01-01", "-0044-03-15", "99999-01-01", "2018-02-30", "9999-12-31", "soon", "w" * 99],
)
def test_a_row_whose_day_is_no_date_has_no_bar(day: str) -> None:
    assert scale([row(day, "")]) is None
    drawn = scale([row(day, day), row("2018-01-01", day)])
    assert drawn is not None
    assert [bar.row.earliest for bar in drawn.bars] == ["2018-01-01"]
    assert drawn.bars[0].open


def test_a_bar_that_ends_before_it_begins_stays_in_the_drawing() -> None:
    drawn = scale([row("2018-06-01", "1900-01-01")])
    assert drawn is not None
    assert 0 <= drawn.bars[0].start < WIDTH
