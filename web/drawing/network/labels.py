"""Labels beside nodes, where nothing is in their way: the more, the nearer one looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from web.drawing.lines import text_width, wrap_label
from web.drawing.network.layout import LINE, Form, NodeLabel
from web.drawing.network.spread import Point

# Magnifications at which more labels get room. Beyond the last, none is added.
ZOOMS = (1.0, 1.5, 2.2, 3.3, 5.0)
NO_ROOM = 1000.0
# In pixels: the width of a letter of 11 px in a wide font, from a node to its label, and from the
# top of a line to its baseline.
_LETTER, _GAP, _BASELINE = 6.9, 4.0, 9.5
# A line has at most so many letters: wider labels leave room to fewer.
_LETTERS = 22
# Labels of this many nodes may cover other nodes, for each 100 pixels of a form's width.
_LEADING = 1.4
# Width and height of the buttons in the upper right corner of a drawing: they hide what is below.
_BUTTONS = (54.0, 150.0)
# Boxes are looked up in squares of this side, in pixels.
_CELL = 96.0

# Where a box is at a magnification, and where its node stands there.
_Box = tuple[float, float, float, float, float, float]


class _Boxes:
    """Boxes by the squares of a grid, so that only those close by are compared."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Box]] = defaultdict(list)

    def add(self, box: _Box) -> None:
        for cell in _cells(box, 0):
            self._cells[cell].append(box)

    def free(self, box: _Box) -> bool:
        """Tell whether a box meets none, here and at any larger magnification."""
        # What a larger magnification could bring together is no further apart than two gaps.
        return all(
            _apart(box, other) for cell in _cells(box, 4 * _GAP) for other in self._cells[cell]
        )


def place_labels(
    texts: Sequence[str], points: Sequence[Point], sizes: Sequence[float], form: Form
) -> list[NodeLabel]:
    """Return the label of each node, the first ones served first.

    A label that has room only when the drawing is magnified carries that magnification; one that
    never has carries `NO_ROOM`, for scripts that point its node out.
    """
    labels: list[NodeLabel | None] = [None] * len(texts)
    wrapped = [wrap_label(text, min(form.letters, _LETTERS)) for text in texts]
    leading = int(_LEADING * form.width / 100)
    for zoom in ZOOMS:
        room = _Room(form, zoom, points, sizes, labels)
        for at, lines in enumerate(wrapped):
            if labels[at] is None:
                may_cover = at < leading and zoom == ZOOMS[0]
                labels[at] = room.place(lines, points[at], sizes[at], may_cover)
    return [
        label or replace(next(_sides(lines, size)), zoom=NO_ROOM)
        for label, lines, size in zip(labels, wrapped, sizes, strict=True)
    ]


class _Room:
    """The room for labels at a magnification: what nodes and labels leave free of a form."""

    def __init__(
        self,
        form: Form,
        zoom: float,
        points: Sequence[Point],
        sizes: Sequence[float],
        labels: Sequence[NodeLabel | None],
    ) -> None:
        self._form, self._zoom = form, zoom
        self._nodes, self._taken = _Boxes(), _Boxes()
        for point, size, label in zip(points, sizes, labels, strict=True):
            self._nodes.add(_around(point, size, zoom))
            if label:
                self._taken.add(_box(label, point, zoom))

    def place(
        self, lines: tuple[str, ...], point: Point, size: float, may_cover: bool
    ) -> NodeLabel | None:
        """Take the room for a label; one that `may_cover` nodes needs to be free of labels only."""
        boxes = [(label, _box(label, point, self._zoom)) for label in _sides(lines, size)]
        free = [(label, box) for label, box in boxes if self._free(box)]
        clear = [(label, box) for label, box in free if self._nodes.free(box)]
        for label, box in clear or (free if may_cover else []):
            self._taken.add(box)
            return replace(label, zoom=self._zoom)
        return None

    def _free(self, box: _Box) -> bool:
        return _inside(box, self._form, self._zoom) and self._taken.free(box)


def _sides(lines: tuple[str, ...], size: float) -> Iterator[NodeLabel]:
    """Yield a label below its node, above it, to its right and to its left: the best side first."""
    height, beside = len(lines) * LINE, size + _GAP
    yield NodeLabel(lines, "middle", 0.0, round(beside + _BASELINE - 2, 1))
    yield NodeLabel(lines, "middle", 0.0, round(_BASELINE - beside - height, 1))
    for anchor, dx in (("start", beside), ("end", -beside)):
        yield NodeLabel(lines, anchor, round(dx, 1), round(_BASELINE - height / 2, 1))


def _box(label: NodeLabel, point: Point, zoom: float) -> _Box:
    width = max(map(text_width, label.lines)) * _LETTER
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
    x, y = point[0] * zoom, point[1] * zoom
    left, top = x + label.dx - shift * width, y + label.dy - _BASELINE
    return left, top, left + width, top + len(label.lines) * LINE, x, y


def _around(point: Point, size: float, zoom: float) -> _Box:
    x, y = point[0] * zoom, point[1] * zoom
    return x - size, y - size, x + size, y + size, x, y


def _inside(box: _Box, form: Form, zoom: float) -> bool:
    left, top, right, bottom, _, _ = box
    width, height = form.width * zoom, form.height * zoom
    below_buttons = right <= width - _BUTTONS[0] or top >= _BUTTONS[1]
    return left >= 0 and top >= 0 and right <= width and bottom <= height and below_buttons


def _apart(a: _Box, b: _Box) -> bool:
    """Tell whether boxes are apart on the side where their nodes are: these part when magnified."""
    return (
        (a[2] <= b[0] and a[4] <= b[4])
        or (b[2] <= a[0] and b[4] <= a[4])
        or (a[3] <= b[1] and a[5] <= b[5])
        or (b[3] <= a[1] and b[5] <= a[5])
    )


def _cells(box: _Box, margin: float) -> Iterator[tuple[int, int]]:
    for column in range(int((box[0] - margin) // _CELL), int((box[2] + margin) // _CELL) + 1):
        for row in range(int((box[1] - margin) // _CELL), int((box[3] + margin) // _CELL) + 1):
            yield column, row
