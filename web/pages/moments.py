"""What is in order of time, in the groups that pages show it in (`kg.model.dates`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.lists.items import ListItem
from kg.things.panel_rows import PanelRow

Moment = PanelRow | ListItem


@dataclass(frozen=True)
class Group:
    """What happened (no heading), or what did not; those with a date and those without."""

    heading: str
    dated: Sequence[Moment]
    undated: Sequence[Moment]


def moments(found: Iterable[Moment]) -> list[Group]:
    """Gather what is in order of time; the heading says what the things are that did not happen."""
    groups = []
    for apart, same in groupby(found, lambda one: one.not_occurred):
        rows = list(same)
        dated, undated = [r for r in rows if r.day], [r for r in rows if not r.day]
        groups.append(Group(_heading(rows) if apart else "", dated, undated))
    return groups


def _heading(rows: Iterable[Moment]) -> str:
    *others, last = sorted({row.thing.status for row in rows})
    words = f"{', '.join(others)} or {last}" if others else last
    return words[:1].upper() + words[1:]
