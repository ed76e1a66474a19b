"""Panels: questions that the pages of a class answer, as `ontology/display.ttl` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from kg.ask import panel
from kg.build.load import SOURCES
from kg.memory import per_store
from kg.moment import is_apart, moment
from kg.prefixes import SOURCE, THING
from kg.read.index import index
from kg.read.lead import gist
from kg.read.statement import Value, thing
from kg.read.support import Edge, Footnotes
from kg.read.vocabulary import Vocabulary, text, vocabulary
from kg.read.wording import span
from kg.store import Store, Term

# A panel lists so many; its question finds a few more, so that it can say so.
SHOWN = 12

_Between: TypeAlias = Callable[[Term, Term], list[Quad]]


@dataclass(frozen=True)
class Row:
    """One answer of a panel: a thing and its part in the matter, with its sentences.

    `gist` says more of the thing than its part, where its class has words for it.
    `earliest` and `latest` are dates; `day` says them in words; `name` is what else was asked for.
    `apart` is what did not happen. `said` are the statements that it says: the property and the
    thing that they start from.
    """

    thing: Value
    role: str
    gist: tuple[Value, ...]
    name: str
    day: str
    earliest: str
    latest: str
    apart: bool
    notes: tuple[int, ...]
    marks: tuple[str, ...]
    said: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Panel:
    """A question answered: its title, its view (list, timeline, tenures), its first rows."""

    title: str
    question: str
    view: str
    rows: tuple[Row, ...]
    more: bool


@dataclass(frozen=True)
class _Kind:
    title: str
    question: str
    view: str
    order: int
    classes: frozenset[str]
    of: tuple[str, ...]


def panels(
    store: Store, node: NamedNode, classes: Iterable[str], footnotes: Footnotes
) -> tuple[Panel, ...]:
    """Answer the questions of the classes of a thing; what has no answer is left out."""
    own = frozenset(classes)
    kinds = [kind for kind in _kinds(store) if kind.classes & own]
    # Several panels may show a thing, and each asks twice how it is linked.
    between = cache(store.between)
    found = (_panel(store, between, node, kind, footnotes) for kind in kinds)
    return tuple(one for one in found if one.rows)


def questions_of(store: Store) -> set[str]:
    """Return the names of the questions that panels answer."""
    return {kind.question for kind in _kinds(store)}


@per_store
def _kinds(store: Store) -> tuple[_Kind, ...]:
    classes: dict[str, set[str]] = defaultdict(set)
    of: dict[str, set[str]] = defaultdict(set)
    first: dict[str, dict[str, Term]] = {}
    for row in store.select(panel("panels")):
        first[text(row["panel"])] = row
        classes[text(row["panel"])].add(text(row["class"]))
        of[text(row["panel"])] |= {text(row["of"])} if "of" in row else set()
    found = (
        _Kind(
            text(row["title"]),
            text(row["question"]),
            text(row["view"]),
            int(text(row["order"])),
            frozenset(classes[iri]),
            tuple(sorted(of[iri])),
        )
        for iri, row in first.items()
    )
    return tuple(sorted(found, key=lambda kind: (kind.order, kind.question)))


def _panel(
    store: Store, between: _Between, node: NamedNode, kind: _Kind, footnotes: Footnotes
) -> Panel:
    words = vocabulary(store)
    rows: dict[tuple[str, str], list[dict[str, Term]]] = defaultdict(list)
    for row in _answers(store, between, node, kind):
        if text(row["item"]).startswith(THING):
            rows[text(row["item"]), text(row.get("name", row.get("as", node)))].append(row)
    ordered = sorted(rows, key=lambda key: (_moment(store, rows[key][0]), words.order(key[0]), key))
    shown = tuple(_row(store, between, node, rows[key], footnotes) for key in ordered[:SHOWN])
    return Panel(kind.title, kind.question, kind.view, shown, len(ordered) > SHOWN)


def _answers(
    store: Store, between: _Between, node: NamedNode, kind: _Kind
) -> list[dict[str, Term]]:
    """Answer the question of a panel, by the index if it only asks for things of some classes.

    However many things there are, only the first so many are looked at.
    """
    if not kind.of:
        return store.select(panel(kind.question), thing=node)
    found = index(store).tied(node.value, kind.of, SHOWN + 1)
    return [
        {"thing": node, "item": NamedNode(iri), "role": role}
        for iri in found
        for role in dict.fromkeys(q.predicate for q in between(NamedNode(iri), node))
    ]


def _moment(store: Store, row: dict[str, Term]) -> str:
    ends = _ends(row)
    return moment(*ends) if any(ends) else index(store).resource(text(row["item"])).moment


def _ends(row: dict[str, Term]) -> tuple[str, str]:
    start, end = (text(row[name]) if name in row else "" for name in ("from", "until"))
    return start, end


def _row(
    store: Store,
    between: _Between,
    node: NamedNode,
    rows: list[dict[str, Term]],
    notes: Footnotes,
) -> Row:
    words = vocabulary(store)
    said = [_said(between, node, row) for row in rows]
    # Of the parts that a thing has in a matter, what the sources say, and the narrowest.
    edge = min(said, key=lambda e: (not e.asserted, -len(words.implied(e.predicate)), e.predicate))
    cited, marks = notes.of(edge)
    first = rows[0]
    iri = text(first["item"])
    known = index(store).resource(iri)
    ends = _ends(first)
    earliest, latest = ends if any(ends) else (known.earliest, known.latest)
    return Row(
        thing(words, iri),
        words.inverse_label(edge.predicate),
        gist(store, iri, node.value),
        _name(words, first),
        _tenure(store, first) if any(ends) else span(earliest, latest, known.said),
        earliest,
        latest,
        is_apart(known.moment) and not any(ends),
        cited,
        marks,
        frozenset((text(row["role"]), iri) for row in rows),
    )


def _tenure(store: Store, row: dict[str, Term]) -> str:
    """Say from when until when; a day on which it is merely attested is neither end."""
    known = index(store).resource(text(row["via"])) if "via" in row else None
    stated = span(known.earliest, known.latest, known.said) if known else ""
    start, end = _ends(row)
    return stated or f"attested {span(start, end or start, start)}"


def _said(between: _Between, node: NamedNode, row: dict[str, Term]) -> Edge:
    """Return what a row rests on: the item's link to the thing, or to what lies between them.

    If no source states that link, then the link from there to the thing.
    """
    item, role, via = row["item"], text(row["role"]), row.get("via")
    if via is None:
        own = [quad for quad in between(item, node) if quad.predicate.value == role]
        return Edge(role, item, _graphs(own))
    graphs = _graphs([*between(via, item), *between(item, via)])
    stated = any(graph.startswith(SOURCE) and graph != SOURCES.value for graph in graphs)
    return Edge(role, item, graphs if stated else graphs | _graphs(between(via, node)))


def _graphs(quads: Iterable[Quad]) -> frozenset[str]:
    return frozenset(text(q.graph_name) for q in quads if isinstance(q.graph_name, NamedNode))


def _name(words: Vocabulary, row: dict[str, Term]) -> str:
    if "as" in row:
        return words.label(text(row["as"]))
    return text(row["name"]) if "name" in row else ""
