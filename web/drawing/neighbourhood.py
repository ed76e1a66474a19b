"""A small drawing of the network around things: where each of them stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import TypeAlias

from kg.network.network import NEIGHBOURS_BESIDE_PAGE, Network, NetworkNode
from kg.network.ties import take_in_turns
from web.drawing.lines import broken, letters

# The width is that of a telephone, so that letters are as large there as they are meant.
WIDTH = 360.0

_LEAST = 110.0
# From the middle of a sign there to its upper edge, with some room.
_ABOVE = 14.0
# From the middle to a neighbour: at the ends of the column, and how much more half-way.
_REACH, _BULGE = 40.0, 16.0
_GAP = 9.0
_LINE, _BETWEEN, _HEADING = 12.5, 6.0, 14.0
# Letters in a line beside a neighbour, and below what stands in the middle; the latter are so wide.
_LETTERS, _LETTERS_OF_FOCUS, _LINES_OF_FOCUS = 17, 13, 4
_LETTER_OF_FOCUS = 7.4
# From what stands in the middle to the first line of its name, and half of a neighbour's sign.
_BELOW, _HALF = 22.0, 6.0


@dataclass(frozen=True)
class Mark:
    """A thing in the drawing; `side` is where its name stands: start, end or middle."""

    node: NetworkNode
    x: float
    y: float
    lines: tuple[str, ...]
    side: str
    relation: str = ""


@dataclass(frozen=True)
class Heading:
    """The relation of the things below it, as it reads from the middle."""

    text: str
    x: float
    y: float
    side: str


@dataclass(frozen=True)
class Line:
    """A tie from what is in the middle to a neighbour, or to another in the middle."""

    x1: float
    y1: float
    x2: float
    y2: float
    support: str


@dataclass(frozen=True)
class Drawing:
    """Everything in its place; `left_out` counts the neighbours that are not drawn."""

    height: float
    focus: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    left_out: int
    width: float = WIDTH


@dataclass(frozen=True)
class _Row:
    """A neighbour with its name in lines; the first of its relation has the heading above it."""

    node: NetworkNode
    lines: tuple[str, ...]
    relation: str
    heading: bool

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + _BETWEEN + (_HEADING if self.heading else 0)


def layout(found: Network, most: int = NEIGHBOURS_BESIDE_PAGE) -> Drawing:
    """Put what a network is about in the middle, and its neighbours on an arc at either side.

    Neighbours stand together by relation, each relation as it reads from the middle. Of every
    relation some are drawn; what several things in the middle share comes first.
    """
    bands = _bands(found, _kept(found, most))
    sides: tuple[list[_Row], list[_Row]] = ([], [])
    for groups in bands:
        for side, rows in zip(sides, _columns(groups), strict=True):
            side.extend(rows)
    height = max(_LEAST, _needed(found), *(_height(rows) for rows in sides))
    focus = _focus(found, height)
    placed = [_place(rows, side, height, focus) for rows, side in zip(sides, (-1, 1), strict=True)]
    marks = tuple(mark for column, _ in placed for mark in column)
    return Drawing(
        height,
        focus,
        marks,
        tuple(heading for _, column in placed for heading in column),
        tuple(_lines(found, [*focus, *marks])),
        len(found.nodes) - len(found.focus) - len(marks),
    )


_Groups: TypeAlias = dict[str, list[NetworkNode]]


def _tied(found: Network) -> Iterator[tuple[NetworkNode, str, int]]:
    """Yield each neighbour with a relation, as it reads from the middle, and what it is to."""
    known = {node.slug: node for node in found.nodes if node.slug not in found.focus}
    for t in found.ties:
        out, back = (t.source, t.target, t.property.text), (t.target, t.source, t.inverse)
        for here, there, label in (out, back):
            if here in found.focus and there in known:
                yield known[there], label, found.focus.index(here)


def _kept(found: Network, most: int) -> set[NetworkNode]:
    """Choose the neighbours to draw."""
    groups: dict[str, list[NetworkNode]] = defaultdict(list)
    ends: dict[NetworkNode, set[int]] = defaultdict(set)
    for node, label, at in _tied(found):
        groups[label].append(node)
        ends[node].add(at)
    shared = [node for node, known in ends.items() if len(known) > 1]
    return set([*shared, *take_in_turns(groups.values(), len(ends), len(ends))][:most])


def _bands(found: Network, kept: Collection[NetworkNode]) -> list[_Groups]:
    """Group what is drawn by what it is tied to, from the first in the middle to the last."""
    labels: dict[NetworkNode, str] = {}
    ends: dict[NetworkNode, set[int]] = defaultdict(set)
    for node, label, at in _tied(found):
        labels.setdefault(node, label)
        ends[node].add(at)
    bands: dict[float, _Groups] = defaultdict(lambda: defaultdict(list))
    for node, label in labels.items():
        if node in kept:
            bands[sum(ends[node]) / len(ends[node])][label].append(node)
    return [bands[middle] for middle in sorted(bands)]


def _columns(groups: _Groups) -> tuple[list[_Row], list[_Row]]:
    """Fill the left side and then the right, each with half of the height."""
    rows = [
        _Row(node, broken(node.thing.text, _LETTERS), label, not at)
        for label, nodes in groups.items()
        for at, node in enumerate(nodes)
    ]
    half, left = _height(rows) / 2, 0
    while left < len(rows) and _height(rows[: left + 1]) <= half + rows[left].height / 2:
        left += 1
    right = rows[left:]
    return rows[:left], [
        replace(row, heading=row.heading or not at) for at, row in enumerate(right)
    ]


def _height(rows: Iterable[_Row]) -> float:
    return sum(row.height for row in rows) + _BETWEEN


def _place(
    rows: Sequence[_Row], side: int, height: float, focus: Sequence[Mark]
) -> tuple[list[Mark], list[Heading]]:
    marks, headings = [], []
    anchor = "end" if side < 0 else "start"
    y = (height - _height(rows)) / 2 + _BETWEEN
    for row in rows:
        if row.heading:
            at = WIDTH / 2 + side * (_REACH + _BULGE + _GAP)
            headings.append(Heading(row.relation, at, round(y + _LINE - 3, 1), anchor))
            y += _HEADING
        middle = y + len(row.lines) * _LINE / 2
        lift = 1 - (2 * middle / height - 1) ** 2
        arc = _REACH + _BULGE * sqrt(max(0.0, lift))
        reach = max([arc, *(_room(one, middle) for one in focus)])
        x = WIDTH / 2 + side * reach
        marks.append(Mark(row.node, round(x, 1), round(middle, 1), row.lines, anchor, row.relation))
        y += len(row.lines) * _LINE + _BETWEEN
    return marks, headings


def _room(focus: Mark, y: float) -> float:
    """Return how far from the middle a neighbour stands that has a name there beside it."""
    last = focus.y + _BELOW + (len(focus.lines) - 1) * _LINE
    if not focus.y + _BELOW - _LINE - _HALF < y < last + _BETWEEN + _HALF:
        return 0.0
    return max(map(letters, focus.lines)) * _LETTER_OF_FOCUS / 2 + _HALF + _BETWEEN


def _needed(found: Network) -> float:
    """Return the height that what stands in the middle needs, each with its name below it."""
    lines = [len(_name(found.names[slug].text)) for slug in found.focus]
    below = _BELOW + _LINE * (max(lines, default=1) - 1) + _BETWEEN
    return max(2 * below, len(lines) * (below + _ABOVE))


def _name(text: str) -> tuple[str, ...]:
    return broken(text, _LETTERS_OF_FOCUS, _LINES_OF_FOCUS)


def _focus(found: Network, height: float) -> tuple[Mark, ...]:
    names = found.names
    nodes = {node.slug: node for node in found.nodes}
    step = height / len(found.focus) if found.focus else height
    return tuple(
        Mark(
            nodes[slug],
            WIDTH / 2,
            round(step * (at + 0.5), 1),
            _name(names[slug].text),
            "middle",
        )
        for at, slug in enumerate(found.focus)
    )


def _lines(found: Network, marks: Iterable[Mark]) -> Iterable[Line]:
    """Draw one line for all ties of a pair: as stated if any of them is."""
    placed = {mark.node.slug: mark for mark in marks}
    supports: dict[tuple[str, str], list[str]] = defaultdict(list)
    for t in found.ties:
        if t.source in placed and t.target in placed:
            ends = (min(t.source, t.target), max(t.source, t.target))
            supports[ends].append(t.basis)
    for (one, other), known in supports.items():
        a, b = placed[one], placed[other]
        inferred = all(support == "inferred" for support in known)
        yield Line(a.x, a.y, b.x, b.y, "inferred" if inferred else "stated")
