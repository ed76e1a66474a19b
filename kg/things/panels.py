"""Panels: questions that the pages of a class answer, as `ontology/display.ttl` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from kg.index.reader import LONGEST_NAME, index
from kg.model.dates import chronological_key, is_apart
from kg.model.graphs import SOURCES
from kg.model.prefixes import SOURCE, TERM, THING
from kg.model.text import truncate
from kg.sparql.named_queries import page_query, unbounded_query
from kg.statements.edges import StatementEdge, graphs_of
from kg.statements.footnotes import Footnotes, StatementSupport
from kg.store.store import Store, Term
from kg.terms.date_text import format_dates
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import Vocabulary, read_vocabulary, text
from kg.things.lead import gist
from kg.things.panel_kinds import PanelKind, find_panel_kind, panel_kinds

# A panel lists so many; its question finds a few more, so that it can say so.
ROWS_SHOWN = 12
# So many answers are looked at where all are listed.
MOST_ROWS = 10_000

# What is no date may be of any length.
_DAY = 40
_ENDS = (TERM + "startDate", TERM + "endDate")
_ATTESTED = (TERM + "attested",)

_Between: TypeAlias = Callable[[Term, Term], list[Quad]]


@dataclass(frozen=True)
class PanelRow:
    """One solution of a panel's query: a thing, its role in the matter, the sentences cited.

    `role` is empty where the panel's title states it; `gist` describes the thing, if its class has
    a pattern for that; `name` is a name or post that the query asks for. `earliest` and `latest`
    are ISO dates and `day` the same in words; `date_support` cites them if they are not the thing's
    own. `not_occurred` is true of what was only planned, alleged and so on. `statements` are the
    (property, subject) pairs that the row shows, which the page does not list again.
    """

    thing: DisplayValue
    role: str
    gist: tuple[DisplayValue, ...]
    name: str
    day: str
    earliest: str
    latest: str
    date_support: StatementSupport
    not_occurred: bool
    footnotes: tuple[int, ...]
    provenance: tuple[str, ...]
    statements: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Panel:
    """A question answered: its title, its view (list, timeline, tenures), its first rows."""

    title: str
    question: str
    view: str
    rows: tuple[PanelRow, ...]
    more: bool


def answer_panels(
    store: Store, node: NamedNode, classes: Iterable[str], footnotes: Footnotes
) -> tuple[Panel, ...]:
    """Answer the questions of the classes of a thing; what has no answer is left out."""
    own = frozenset(classes)
    known = [kind for kind in panel_kinds(store) if kind.classes & own]
    # Several panels may show a thing, and each asks twice how it is linked.
    between = cache(store.between)
    found = (_panel(store, between, node, kind, footnotes, range(ROWS_SHOWN)) for kind in known)
    return tuple(one for one in found if one.rows)


def answer_panel(
    store: Store, node: NamedNode, question: str, footnotes: Footnotes, part: range
) -> Panel:
    """Answer one question in full and return that part of its rows.

    NotFound if it is not the question of a panel.
    """
    kind = find_panel_kind(store, question)
    return _panel(store, cache(store.between), node, kind, footnotes, part)


def _panel(
    store: Store,
    between: _Between,
    node: NamedNode,
    kind: PanelKind,
    footnotes: Footnotes,
    part: range,
) -> Panel:
    vocabulary = read_vocabulary(store)
    rows: dict[tuple[str, str], list[dict[str, Term]]] = defaultdict(list)
    for row in _answers(store, between, node, kind, part):
        if text(row["item"]).startswith(THING):
            rows[text(row["item"]), text(row.get("name", row.get("as", node)))].append(row)
    ordered = sorted(
        rows, key=lambda key: (_moment(store, rows[key][0]), vocabulary.order(key[0]), key)
    )
    # The index has left out what is before the part.
    ordered = ordered if kind.of else ordered[part.start :]
    shown = tuple(
        _row(store, between, node, kind, rows[key], footnotes) for key in ordered[: len(part)]
    )
    return Panel(kind.title, kind.question, kind.view, shown, len(ordered) > len(part))


def _answers(
    store: Store, between: _Between, node: NamedNode, kind: PanelKind, part: range
) -> list[dict[str, Term]]:
    """Answer the question of a panel, by the index if it only asks for things of some classes.

    However many things there are, only the first so many are looked at.
    """
    if not kind.of:
        few = part == range(ROWS_SHOWN)
        query = (
            page_query(kind.question)
            if few
            else f"{unbounded_query(kind.question)}LIMIT {MOST_ROWS}"
        )
        return store.select(query, thing=node)
    found = index(store).tied(node.value, kind.of, part.stop + 1)[part.start :]
    return [
        {"thing": node, "item": NamedNode(iri), "role": role}
        for iri in found
        for role in dict.fromkeys(q.predicate for q in between(NamedNode(iri), node))
    ]


def _moment(store: Store, row: dict[str, Term]) -> str:
    ends = _ends(row)
    if any(ends):
        return chronological_key(*ends)
    return index(store).resource(text(row["item"])).moment


def _ends(row: dict[str, Term]) -> tuple[str, str]:
    start, end = (text(row[name])[:_DAY] if name in row else "" for name in ("from", "until"))
    return start, end


def _row(
    store: Store,
    between: _Between,
    node: NamedNode,
    kind: PanelKind,
    rows: list[dict[str, Term]],
    notes: Footnotes,
) -> PanelRow:
    vocabulary = read_vocabulary(store)
    said = [_said(between, node, row) for row in rows]
    # Of the parts that a thing has in a matter, what the sources say, and the narrowest.
    edge = min(
        said, key=lambda e: (not e.asserted, -len(vocabulary.implied(e.predicate)), e.predicate)
    )
    cited, marks = notes.of(edge)
    first, iri = rows[0], text(rows[0]["item"])
    known, ends = index(store).resource(iri), _ends(first)
    earliest, latest = ends if any(ends) else (known.earliest, known.latest)
    return PanelRow(
        display_thing(vocabulary, iri),
        "" if edge.predicate in kind.says else vocabulary.inverse_label(edge.predicate),
        gist(store, iri, node.value),
        _name(vocabulary, first),
        _tenure(store, first) if any(ends) else format_dates(earliest, latest, known.said),
        earliest,
        latest,
        _dated(store, first, notes) if any(ends) else StatementSupport(),
        is_apart(known.moment) and not any(ends),
        cited,
        marks,
        frozenset((text(row["role"]), iri) for row in rows),
    )


def _tenure(store: Store, row: dict[str, Term]) -> str:
    """Say from when until when; a day on which it is merely attested is neither end."""
    known = index(store).resource(text(row["via"])) if "via" in row else None
    stated = format_dates(known.earliest, known.latest, known.said) if known else ""
    start, end = _ends(row)
    attested = format_dates(start, end or start, start)
    return stated or (f"attested {attested}" if attested else "")


def _dated(store: Store, row: dict[str, Term], notes: Footnotes) -> StatementSupport:
    """Tell who says from when until when: seldom the sentence that names the office."""
    via = row.get("via")
    if not isinstance(via, NamedNode):
        return StatementSupport()
    stated = index(store).resource(via.value).said
    names = _ENDS if stated else _ATTESTED
    told = [q for name in names for q in store.quads_around(via, True, NamedNode(name))]
    return notes.of(StatementEdge("", via, graphs_of(told)))


def _said(between: _Between, node: NamedNode, row: dict[str, Term]) -> StatementEdge:
    """Return what a row rests on: the item's link to the thing, or to what lies between them.

    If no source states that link, then the link from there to the thing.
    """
    item, role, via = row["item"], text(row["role"]), row.get("via")
    if via is None:
        own = [quad for quad in between(item, node) if quad.predicate.value == role]
        return StatementEdge(role, item, graphs_of(own))
    graphs = graphs_of([*between(via, item), *between(item, via)])
    stated = any(graph.startswith(SOURCE) and graph != SOURCES.value for graph in graphs)
    return StatementEdge(role, item, graphs if stated else graphs | graphs_of(between(via, node)))


def _name(vocabulary: Vocabulary, row: dict[str, Term]) -> str:
    if "as" in row:
        return vocabulary.label(text(row["as"]))
    return truncate(text(row["name"]), LONGEST_NAME) if "name" in row else ""
