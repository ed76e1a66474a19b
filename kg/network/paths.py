"""The shortest way from one thing to another, tie by tie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.network.network import Network, neighbourhood
from kg.store.store import Store
from kg.terms.display import DisplayValue
from kg.terms.slugs import has_page, thing_node

# So many things are looked around at the most: each costs as much as a small page.
_MOST = 80


@dataclass(frozen=True)
class PathStep:
    """A tie on the way: from which thing, by what as it reads from there, to which."""

    start: DisplayValue
    label: str
    end: DisplayValue


@dataclass(frozen=True)
class NetworkPath:
    """The things on a way by their slugs, ends included, and the step from each to the next."""

    slugs: tuple[str, ...]
    steps: tuple[PathStep, ...]


def shortest_path(
    store: Store, start: str, end: str, relations: Iterable[str] = ()
) -> NetworkPath | None:
    """Return a shortest way between two things, by these relations or by all.

    Nothing is returned if there is none, or none within what is looked around. NotFound if the
    graph says nothing of one of the two.
    """
    thing_node(store, start), thing_node(store, end)
    seen: dict[str, Network] = {}
    before: tuple[dict[str, str], dict[str, str]] = ({start: ""}, {end: ""})
    edges = [[start], [end]]
    chosen = tuple(relations)
    while all(edges) and len(seen) < _MOST:
        side = int(len(edges[1]) < len(edges[0]))
        edges[side], meeting = _step(
            store, edges[side], before[side], before[1 - side], seen, chosen
        )
        if meeting:
            return _told(seen, [*_back(before[0], meeting)[::-1], *_back(before[1], meeting)[1:]])
    return None


def _step(
    store: Store,
    edge: list[str],
    known: dict[str, str],
    others: dict[str, str],
    seen: dict[str, Network],
    relations: tuple[str, ...],
) -> tuple[list[str], str]:
    """Look one tie further from everything on an edge; return the next, and where both meet."""
    fresh: list[str] = []
    for slug in edge[: _MOST - len(seen)]:
        if not has_page(store, slug):
            continue
        seen[slug] = neighbourhood(store, slug, relations)
        for node in seen[slug].nodes[1:]:
            if node.slug not in known:
                known[node.slug] = slug
                fresh.append(node.slug)
                if node.slug in others:
                    return fresh, node.slug
    return fresh, ""


def _back(before: dict[str, str], slug: str) -> list[str]:
    """Return the things from here back to where a side began."""
    found = []
    while slug:
        found.append(slug)
        slug = before[slug]
    return found


def _told(seen: dict[str, Network], slugs: list[str]) -> NetworkPath:
    return NetworkPath(tuple(slugs), tuple(_put(seen, *ends) for ends in pairwise(slugs)))


def _put(seen: dict[str, Network], one: str, other: str) -> PathStep:
    """Put a step in words: one of its ends was looked around."""
    around = (seen[slug] for slug in (one, other) if slug in seen)
    found = next(near for near in around if {one, other} <= near.names.keys())
    tie = next(t for t in found.ties if {t.source, t.target} == {one, other})
    label = tie.property.text if tie.source == one else tie.inverse
    return PathStep(found.names[one], label, found.names[other])
