"""The shortest path between two things, tie by tie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from kg.network.network import Network, neighbourhood
from kg.store.store import Store
from kg.terms.display import DisplayValue
from kg.terms.slugs import has_page, thing_node

# Neighbourhoods read at most: each costs as much as a small page. Without a
# limit, a search between unconnected things would read everything tied to either.
_MOST_READ = 80


@dataclass(frozen=True)
class PathStep:
    """A tie of a path: its start, its label read from there, its end."""

    start: DisplayValue
    label: str
    end: DisplayValue


@dataclass(frozen=True)
class NetworkPath:
    """The slugs of the things on a path, ends included, and the steps between them."""

    slugs: tuple[str, ...]
    steps: tuple[PathStep, ...]


@dataclass
class _Side:
    """One side of the search: the things to look around next, and how each was reached."""

    frontier: list[str]
    came_from: dict[str, str]


@dataclass
class _Search:
    """A search from both ends, with the neighbourhoods read so far."""

    store: Store
    relations: tuple[str, ...]
    read: dict[str, Network] = field(default_factory=dict)


def shortest_path(
    store: Store, start: str, end: str, relations: Iterable[str] = ()
) -> NetworkPath | None:
    """Return a shortest path between two things, by some relations or by all.

    Returns None if there is none, or none among the neighbourhoods that may be read. NotFound if
    one of the two is no thing.
    """
    # Raises NotFound before anything is read.
    thing_node(store, start), thing_node(store, end)
    search = _Search(store, tuple(relations))
    sides = (_Side([start], {start: ""}), _Side([end], {end: ""}))
    while all(side.frontier for side in sides) and len(search.read) < _MOST_READ:
        # The smaller frontier costs less to extend.
        here, there = sorted(sides, key=lambda side: len(side.frontier))
        meeting = _extend(search, here, there)
        if meeting:
            before, after = (_trace(side, meeting) for side in sides)
            return _describe_path(search, [*before[::-1], *after[1:]])
    return None


def _extend(search: _Search, side: _Side, other_side: _Side) -> str:
    """Go one tie further from every thing of a frontier; return where both sides meet."""
    reached: list[str] = []
    for slug in side.frontier[: _MOST_READ - len(search.read)]:
        # Replaced and withdrawn things still have statements, but no page to lead to.
        if not has_page(search.store, slug):
            continue
        search.read[slug] = neighbourhood(search.store, slug, search.relations)
        for node in search.read[slug].nodes[1:]:
            if node.slug not in side.came_from:
                side.came_from[node.slug] = slug
                reached.append(node.slug)
                if node.slug in other_side.came_from:
                    return node.slug
    side.frontier = reached
    return ""


def _trace(side: _Side, slug: str) -> list[str]:
    """Return the things from here back to where a side began."""
    slugs = []
    while slug:
        slugs.append(slug)
        slug = side.came_from[slug]
    return slugs


def _describe_path(search: _Search, slugs: list[str]) -> NetworkPath:
    steps = (_describe_step(search.read, start, end) for start, end in pairwise(slugs))
    return NetworkPath(tuple(slugs), tuple(steps))


def _describe_step(read: dict[str, Network], start: str, end: str) -> PathStep:
    """Put a step into words, by the neighbourhood of whichever end was read."""
    networks = (read[slug] for slug in (start, end) if slug in read)
    network = next(n for n in networks if {start, end} <= n.names.keys())
    tie = next(t for t in network.ties if {t.source, t.target} == {start, end})
    label = tie.property.text if tie.source == start else tie.inverse
    return PathStep(network.names[start], label, network.names[end])
