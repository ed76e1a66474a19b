"""The values at the end of a path of properties, without inferred or wider repetitions.

Paths are followed side by side: a *reading* is a generator that yields the patterns of quads that
it waits for, and is sent the quads of each. So however many things a page describes, it asks the
store once for each step of the longest path.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from itertools import islice
from typing import TypeAlias, TypeVar

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.index.reader import index
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import TERM, expand
from kg.store.engine import QuadPattern
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.literals import text

_T = TypeVar("_T")
Reading: TypeAlias = Generator[Sequence[QuadPattern], list[list[Quad]], _T]

# Values read per step. An engine returns values in no order, so a sentence names the same three on
# every engine only where all are read.
VALUES_READ = 100
# Parts and wholes are compared pair by pair, which costs the square of their number.
_COMPARED = 8
_DEFAULT = DefaultGraph()

_PROPERTIES_TO_WHOLES = """
SELECT ?property { ?property <https://w3id.org/aide-memoire/ontology#toWhole> true }
"""


def run_readings(
    store: Store, readings: Iterable[Reading[_T]], most: int = VALUES_READ
) -> list[_T]:
    """Return the results of several readings, with one request for what all of them wait for.

    Of each pattern, at most so many quads are read.
    """
    reading = side_by_side(readings)
    # Things on a page have much in common, such as the countries around their places.
    answers: dict[QuadPattern, list[Quad]] = {}
    try:
        patterns = next(reading)
        while True:
            new = [one for one in dict.fromkeys(patterns) if one not in answers]
            answers.update(zip(new, store.quads_of_each(new, most), strict=True))
            patterns = reading.send([answers[one] for one in patterns])
    except StopIteration as finished:
        return list(finished.value)


def side_by_side(readings: Iterable[Reading[_T]]) -> Reading[list[_T]]:
    """Make one reading of several: what they wait for at a time is read at a time."""
    readings = list(readings)
    if len(readings) == 1:
        return [(yield from readings[0])]
    results: dict[int, _T] = {}
    waiting: list[tuple[int, Reading[_T], Sequence[QuadPattern]]] = []

    def advance(number: int, reading: Reading[_T], quads: list[list[Quad]] | None) -> None:
        try:
            patterns = next(reading) if quads is None else reading.send(quads)
            waiting.append((number, reading, patterns))
        except StopIteration as finished:
            results[number] = finished.value

    for number, reading in enumerate(readings):
        advance(number, reading, None)
    while waiting:
        quads = iter((yield [pattern for _, _, patterns in waiting for pattern in patterns]))
        answered, waiting = waiting, []
        for number, reading, patterns in answered:
            advance(number, reading, list(islice(quads, len(patterns))))
    return [results[number] for number in range(len(results))]


def follow_path(store: Store, iri: str, path: str) -> Reading[list[Term]]:
    """Read the terms at the end of a path of steps, separated by slashes, from one thing.

    A step is a property, `^` before it to follow it backwards, `@Class` behind it to keep only
    values of that class: `host`, `^locatedIn@City/label`.
    """
    ends: list[Term] = [NamedNode(iri)]
    for step in path.split("/"):
        nodes = [end for end in ends[:VALUES_READ] if isinstance(end, NamedNode)]
        values = yield from side_by_side(_follow_step(store, node, step) for node in nodes)
        ends = [value for of_node in values for value in of_node]
    return ends


def _follow_step(store: Store, node: NamedNode, step: str) -> Reading[list[Term]]:
    property_, backwards, of_class = _read_step(step)
    subject, object_ = (None, node) if backwards else (node, None)
    (quads,) = yield [QuadPattern(subject, property_, object_, _DEFAULT)]
    values: list[Term] = [quad.subject if backwards else quad.object for quad in quads]
    if of_class:
        values = [v for v in values if of_class in index(store).values(text(v), "class")]
    # A single value is shown however it came about: better inferred than none.
    if len(values) > 1:
        values = (yield from _without_inferred(node, property_, values, backwards)) or values
        values = yield from _narrowest(store, values, backwards)
    return values


def _read_step(step: str) -> tuple[NamedNode, bool, str]:
    """Return the property of a step, whether it is followed backwards, and the class of values."""
    name, _, local_class = step.partition("@")
    local = name.lstrip("^")
    property_ = NamedNode(expand(local) if ":" in local else TERM + local)
    return property_, name.startswith("^"), local_class and TERM + local_class


def _without_inferred(
    node: NamedNode, property_: NamedNode, values: list[Term], backwards: bool
) -> Reading[list[Term]]:
    """Leave out what only the rules add: the state around a city, members of members."""
    values = [value for value in values if not backwards or isinstance(value, NamedNode)]
    statements = yield [
        QuadPattern(value, property_, node) if backwards else QuadPattern(node, property_, value)
        for value in values
    ]
    return [v for v, quads in zip(values, statements, strict=True) if not _is_inferred(quads)]


def _is_inferred(quads: Iterable[Quad]) -> bool:
    graphs = [quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)]
    return graphs == [INFERRED]


def _narrowest(store: Store, values: list[Term], backwards: bool) -> Reading[list[Term]]:
    """Of a part and its whole keep the part; among things that point to the subject, the whole."""
    if len(values) > _COMPARED:
        return values
    properties = _properties_to_wholes(store)
    of_each = yield from side_by_side(_wholes(value, properties) for value in values)
    wholes = dict(zip(values, of_each, strict=True))
    if backwards:
        return [value for value in values if not wholes[value] & {*values} - {value}]
    return [v for v in values if not any(v in wholes[part] for part in values if part != v)]


def _wholes(value: Term, properties: Sequence[NamedNode]) -> Reading[set[Term]]:
    """Read what a thing is part of, directly or through other wholes."""
    wholes: set[Term] = set()
    level = {value}
    # Bounded, for third-party data may make a thing part of thousands.
    while len(wholes) <= VALUES_READ:
        nodes = [node for node in level if isinstance(node, NamedNode)]
        if not nodes:
            break
        around = yield [QuadPattern(node, p, None, _DEFAULT) for node in nodes for p in properties]
        wider: set[Term] = {quad.object for quads in around for quad in quads[:_COMPARED]}
        level = wider - wholes
        wholes |= wider
    return wholes


@per_store
def _properties_to_wholes(store: Store) -> tuple[NamedNode, ...]:
    rows = store.select(_PROPERTIES_TO_WHOLES)
    return tuple(NamedNode(text(row["property"])) for row in rows)
