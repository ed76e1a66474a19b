"""Positions for the nodes of any graph: edges short, nodes apart, the same at each call."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin, sqrt

from web.drawing.network.layout import Form

Point = tuple[float, float]
_Points = list[list[float]]

# Steps of the forces: after so many, a graph of 400 nodes hardly moves any more.
_STEPS = 40
# Nodes push each other apart within this distance, where an edge is 1 long; each step moves a node
# so far at most, in the end hardly at all.
_REACH, _FIRST_STEP, _LAST_STEP = 2.0, 0.8, 0.02
# What draws all nodes towards the middle, so that parts without an edge between them stay close.
_GRAVITY = 0.03
# A node's rank along an axis counts for this share of its position, its distance for the rest: the
# dense middle gets more room.
_BY_RANK = 0.6
# Free space at the edges of a form: for labels, and on the right for the buttons over a drawing.
_LEFT_SHARE = 0.07
_RIGHT, _TOP, _BOTTOM = 60.0, 18.0, 36.0
# A turn that never repeats a direction (the golden angle), for parts around the largest.
_GOLDEN = pi * (3 - sqrt(5))


def spread(count: int, edges: Iterable[tuple[int, int]], form: Form) -> list[Point]:
    """Return a position for each of `count` nodes within a form; edges are pairs of node numbers.

    The forces are those of Fruchterman and Reingold (1991) in their variant with a grid, which
    costs time in proportion to nodes and edges; they start from trees around the best-connected.

    >>> spread(2, [(0, 1)], Form(200.0, 100.0, 0, 0, 0))
    [(140.0, 41.0), (14.0, 41.0)]
    """
    pairs = sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]})
    points = _trees(count, pairs)
    for step in range(_STEPS):
        most = _FIRST_STEP + (_LAST_STEP - _FIRST_STEP) * step / (_STEPS - 1)
        _move(points, _forces(points, pairs), most)
    across, down = ([point[axis] for point in points] for axis in (0, 1))
    if _extent(down) > _extent(across) and form.width > form.height:
        across, down = down, across
    xs = _even(across, _LEFT_SHARE * form.width, form.width - _RIGHT)
    ys = _even(down, _TOP, form.height - _BOTTOM)
    return list(zip(xs, ys, strict=True))


def _trees(count: int, pairs: Sequence[tuple[int, int]]) -> _Points:
    """Place each part of a graph as a tree in rings around its best-connected node."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for start, end in pairs:
        neighbours[start].append(end)
        neighbours[end].append(start)
    points = [[0.0, 0.0] for _ in range(count)]
    seen: set[int] = set()
    roots = sorted(range(count), key=lambda node: -len(neighbours[node]))
    parts = [_tree(root, neighbours, seen) for root in roots if root not in seen]
    before = 0
    for rank, tree in enumerate(sorted(parts, key=len, reverse=True)):
        far, turn = sqrt(before + len(tree) / 2) if rank else 0.0, rank * _GOLDEN
        for node, (x, y) in _rings(tree).items():
            points[node] = [x + far * cos(turn), y + far * sin(turn)]
        before += len(tree)
    return points


def _tree(root: int, neighbours: Sequence[Sequence[int]], seen: set[int]) -> dict[int, int]:
    """Return each node of a part with its parent, breadth first; the root is its own parent."""
    parents = {root: root}
    seen.add(root)
    waiting = deque([root])
    while waiting:
        node = waiting.popleft()
        for other in neighbours[node]:
            if other not in seen:
                seen.add(other)
                parents[other] = node
                waiting.append(other)
    return parents


def _rings(parents: dict[int, int]) -> dict[int, Point]:
    """Place a tree in rings: each node within the sector of its parent, by the leaves below it."""
    leaves: dict[int, int] = defaultdict(int)
    for node, parent in reversed(parents.items()):
        leaves[node] = max(1, leaves[node])
        if parent != node:
            leaves[parent] += leaves[node]
    points: dict[int, Point] = {}
    sectors: dict[int, tuple[float, float, int]] = {}
    for node, parent in parents.items():
        if parent == node:
            sectors[node], points[node] = (0.0, 2 * pi, 0), (0.0, 0.0)
            continue
        start, end, depth = sectors[parent]
        width = 2 * pi * leaves[node] / leaves[next(iter(parents))]
        sectors[parent] = (start + width, end, depth)
        sectors[node] = (start, start + width, depth + 1)
        turn = start + width / 2
        points[node] = ((depth + 1) * cos(turn), (depth + 1) * sin(turn))
    return points


def _forces(points: _Points, pairs: Iterable[tuple[int, int]]) -> _Points:
    forces = [[-_GRAVITY * x, -_GRAVITY * y] for x, y in points]
    for start, end in pairs:
        x, y = points[end][0] - points[start][0], points[end][1] - points[start][1]
        pull = hypot(x, y)
        _push(forces, start, end, -x * pull, -y * pull)
    for one, other in _close(points):
        x, y = points[other][0] - points[one][0], points[other][1] - points[one][1]
        square = x * x + y * y
        if square < _REACH * _REACH:
            # Two nodes at the same point part along a direction of their own.
            x, y, square = (x, y, square) if square > 1e-6 else (0.01 * (one + 1), 0.01, 0.01)
            _push(forces, one, other, x / square, y / square)
    return forces


def _push(forces: _Points, one: int, other: int, x: float, y: float) -> None:
    forces[one][0] -= x
    forces[one][1] -= y
    forces[other][0] += x
    forces[other][1] += y


def _close(points: _Points) -> Iterable[tuple[int, int]]:
    """Yield the pairs of nodes in the same cell of a grid or in two that touch, each pair once."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for node, (x, y) in enumerate(points):
        cells[int(x // _REACH), int(y // _REACH)].append(node)
    for (column, row), nodes in cells.items():
        for at, one in enumerate(nodes):
            for other in nodes[at + 1 :]:
                yield one, other
        for right, down in ((1, 0), (-1, 1), (0, 1), (1, 1)):
            for other in cells.get((column + right, row + down), ()):
                for one in nodes:
                    yield one, other


def _move(points: _Points, forces: _Points, most: float) -> None:
    for point, (x, y) in zip(points, forces, strict=True):
        share = min(1.0, most / max(hypot(x, y), 1e-9))
        point[0] += x * share
        point[1] += y * share


def _extent(values: Sequence[float]) -> float:
    return max(values, default=0.0) - min(values, default=0.0)


def _even(values: Sequence[float], least: float, most: float) -> list[float]:
    """Spread values over a range, drawn towards even steps; equal ones stand in its middle."""
    order = sorted(range(len(values)), key=lambda at: (round(values[at], 6), at))
    extent = _extent(values)
    if extent < 1e-6:
        return [round((least + most) / 2, 1)] * len(values)
    low, placed = values[order[0]], [0.0] * len(values)
    for rank, at in enumerate(order):
        share = _BY_RANK * rank / (len(values) - 1)
        share += (1 - _BY_RANK) * (values[at] - low) / extent
        placed[at] = round(least + share * (most - least), 1)
    return placed
