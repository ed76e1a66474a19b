"""One row of a panel: a thing, its role, its dates, and the sentences that support them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from kg.index.reader import LONGEST_NAME, index
from kg.model.dates import chronological_key, has_not_occurred
from kg.model.named_graphs import SOURCES
from kg.model.prefixes import SOURCE, TERM
from kg.model.text import truncate
from kg.model.translations import gettext
from kg.statements.edges import StatementEdge, graphs_of
from kg.statements.footnotes import Footnotes, StatementSupport
from kg.store.engine import QuadPattern
from kg.store.store import Store, Term
from kg.terms.date_text import format_dates
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary
from kg.things.lead import gists
from kg.things.panel_declarations import PanelKind

Solution: TypeAlias = dict[str, Term]

# A malformed date may be a literal of any length.
_LONGEST_DATE = 40
_ENDS = (TERM + "startDate", TERM + "endDate")
_ATTESTED = (TERM + "attested",)


@dataclass(frozen=True)
class PanelContext:
    """The thing of a page, its footnotes, and what the rows of its panels are made of.

    `between` are the quads that link two nodes, `dates` those that date a node of `?via`; `gists`
    describe the things of rows.
    """

    store: Store
    node: NamedNode
    footnotes: Footnotes
    between: Mapping[tuple[Term, Term], Sequence[Quad]]
    dates: Mapping[Term, Sequence[Quad]]
    gists: Mapping[str, tuple[DisplayValue, ...]]


def panel_context(
    store: Store, node: NamedNode, footnotes: Footnotes, solutions: Sequence[Solution]
) -> PanelContext:
    """Read what the rows for some solutions are made of, in a bounded number of requests."""
    pairs = dict.fromkeys(pair for solution in solutions for pair in _links(node, solution))
    between = dict(zip(pairs, store.between_each(pairs), strict=True))
    items = list(dict.fromkeys(text(solution["item"]) for solution in solutions))
    described = dict(zip(items, gists(store, items, node.value), strict=True))
    return PanelContext(store, node, footnotes, between, _read_dates(store, solutions), described)


def _links(node: NamedNode, solution: Solution) -> list[tuple[Term, Term]]:
    """Return the pairs of nodes whose links a row is about."""
    item, via = solution["item"], solution.get("via")
    return [(item, node)] if via is None else [(via, item), (item, via), (via, node)]


def _read_dates(store: Store, solutions: Iterable[Solution]) -> dict[Term, list[Quad]]:
    """Read the statements that date the nodes between: seldom of the one that names the office."""
    nodes = dict.fromkeys(s["via"] for s in solutions if any(_ends(s)) and "via" in s)
    patterns = [
        QuadPattern(via, NamedNode(name))
        for via in nodes
        if isinstance(via, NamedNode)
        for name in (_ENDS if index(store).resource(via.value).stated else _ATTESTED)
    ]
    dates: dict[Term, list[Quad]] = defaultdict(list)
    for pattern, quads in zip(patterns, store.quads_of_each(patterns), strict=True):
        dates[pattern.subject] += quads  # type: ignore[index]
    return dates


@dataclass(frozen=True)
class PanelRow:
    """A thing, its role in the matter, and the sentences cited.

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


def describe_row(context: PanelContext, kind: PanelKind, solutions: list[Solution]) -> PanelRow:
    """Describe the solutions for one item, and one name or post, as a row."""
    store, vocabulary = context.store, read_vocabulary(context.store)
    first, iri = solutions[0], text(solutions[0]["item"])
    edge = _best_role(vocabulary, [_role_edge(context, solution) for solution in solutions])
    support = context.footnotes.support(edge)
    resource, ends = index(store).resource(iri), _ends(first)
    has_ends = any(ends)
    earliest, latest = ends if has_ends else (resource.earliest, resource.latest)
    return PanelRow(
        display_thing(vocabulary, iri),
        "" if edge.predicate in kind.implied_roles else vocabulary.inverse_label(edge.predicate),
        context.gists[iri],
        _name(vocabulary, first),
        _tenure(store, first) if has_ends else format_dates(earliest, latest, resource.stated),
        earliest,
        latest,
        _date_support(context, first) if has_ends else StatementSupport(),
        has_not_occurred(resource.moment) and not has_ends,
        support.footnotes,
        support.provenance,
        frozenset((text(solution["role"]), iri) for solution in solutions),
    )


def row_order(store: Store, solution: Solution) -> str:
    """Return the sort key of a row by time: by the dates of the solution, else of the item."""
    ends = _ends(solution)
    if any(ends):
        return chronological_key(*ends)
    return index(store).resource(text(solution["item"])).moment


def _ends(solution: Solution) -> tuple[str, str]:
    """Return ?from and ?until, empty where the query has none."""
    start, end = (
        text(solution[name])[:_LONGEST_DATE] if name in solution else ""
        for name in ("from", "until")
    )
    return start, end


def _best_role(vocabulary: Vocabulary, roles: list[StatementEdge]) -> StatementEdge:
    """Choose a stated role before an inferred one, then the narrowest."""
    return min(
        roles,
        # The narrowest property implies the most others.
        key=lambda e: (not e.asserted, -len(vocabulary.implied(e.predicate)), e.predicate),
    )


def _role_edge(context: PanelContext, solution: Solution) -> StatementEdge:
    """Return what supports a row: the item's link to the thing, or to the node between (?via).

    If no source states the latter, the link from the node between to the thing supports it too.
    """
    between, node = context.between, context.node
    item, role, via = solution["item"], text(solution["role"]), solution.get("via")
    if via is None:
        quads = [quad for quad in between[item, node] if quad.predicate.value == role]
        return StatementEdge(role, item, graphs_of(quads))
    graphs = graphs_of([*between[via, item], *between[item, via]])
    stated = any(graph.startswith(SOURCE) and graph != SOURCES.value for graph in graphs)
    return StatementEdge(role, item, graphs if stated else graphs | graphs_of(between[via, node]))


def _name(vocabulary: Vocabulary, solution: Solution) -> str:
    if "as" in solution:
        return vocabulary.label(text(solution["as"]))
    return truncate(text(solution["name"]), LONGEST_NAME) if "name" in solution else ""


def _tenure(store: Store, solution: Solution) -> str:
    """Say from when until when; a day that only attests a tenure is neither its end."""
    resource = index(store).resource(text(solution["via"])) if "via" in solution else None
    stated = format_dates(resource.earliest, resource.latest, resource.stated) if resource else ""
    start, end = _ends(solution)
    # A first day without a last is a day on which a source saw somebody in office.
    attested = format_dates(start, end or start, start)
    return stated or (gettext("attested %(day)s", day=attested) if attested else "")


def _date_support(context: PanelContext, solution: Solution) -> StatementSupport:
    """Return the support of the dates: seldom the sentence that names the office."""
    via = solution.get("via")
    if not isinstance(via, NamedNode):
        return StatementSupport()
    return context.footnotes.support(StatementEdge("", via, graphs_of(context.dates.get(via, ()))))
