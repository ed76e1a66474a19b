"""Group items that are in order of time: occurred or not, dated or not (`kg.model.dates`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.lists.items import ListItem
from kg.model.translations import format_names
from kg.things.panel_rows import PanelRow

Moment = PanelRow | ListItem


@dataclass(frozen=True)
class PeriodGroup:
    """Items that occurred (no heading), or did not: those with a date and those without."""

    heading: str
    dated: Sequence[Moment]
    undated: Sequence[Moment]


def moments(items: Iterable[Moment]) -> list[PeriodGroup]:
    """Group items in order of time; a heading names the status of those that did not occur."""
    groups = []
    # The order of time puts what did not occur last, so that groupby() makes two groups at most.
    for not_occurred, same in groupby(items, lambda item: item.not_occurred):
        rows = list(same)
        # A page gives undated items one heading instead of an empty day each.
        dated, undated = [r for r in rows if r.day], [r for r in rows if not r.day]
        groups.append(PeriodGroup(_heading(rows) if not_occurred else "", dated, undated))
    return groups


def _heading(rows: Iterable[Moment]) -> str:
    words = format_names(sorted({row.thing.status for row in rows}), "or")
    return words[:1].upper() + words[1:]
