"""Panels: lists on a thing's page that a query of `kg/queries/pages/` fills, by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.errors import NotFound
from kg.model.prefixes import THING
from kg.sparql.named_queries import page_query, unbounded_query
from kg.statements.footnotes import Footnotes
from kg.statements.property_statements import LAST_PAGE, PAGE_SIZE, check_page_number
from kg.statements.sentences import Sentence
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary
from kg.things.panel_declarations import PanelKind, find_panel_kind, panel_kinds
from kg.things.panel_rows import PanelRow, Solution, describe_row, panel_context, row_order

# Rows on a thing's page; the query has a bound a little higher, which shows that there are more.
ROWS_SHOWN = 12
# Solutions read where a page of its own lists all rows.
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Panel:
    """A panel of a page: its title, page query, view (list, timeline, tenures) and first rows."""

    title: str
    query_name: str
    view: str
    rows: tuple[PanelRow, ...]
    more: bool


@dataclass(frozen=True)
class PanelAnswers:
    """One page of the rows of a panel, with the sentences cited."""

    thing: DisplayValue
    panel: Panel
    page: int
    cited_sentences: tuple[Sentence, ...]

    @property
    def more(self) -> bool:
        """Tell whether there is a page after this one."""
        return self.panel.more and self.page < LAST_PAGE


def answer_panels(
    store: Store, node: NamedNode, classes: Iterable[str], footnotes: Footnotes
) -> tuple[Panel, ...]:
    """Answer the panels that a thing's classes have; panels without rows are left out."""
    of_thing = frozenset(classes)
    kinds = [kind for kind in panel_kinds(store) if kind.classes & of_thing]
    panels = _answer(store, node, kinds, footnotes, range(ROWS_SHOWN))
    return tuple(panel for panel in panels if panel.rows)


def answer_panel(
    store: Store, node: NamedNode, query_name: str, footnotes: Footnotes, part: range
) -> Panel:
    """Answer one panel and return `part` of its rows; NotFound if there is no such panel."""
    kind = find_panel_kind(store, query_name)
    return _answer(store, node, [kind], footnotes, part)[0]


def panel_answers(store: Store, slug: str, query_name: str, page: int) -> PanelAnswers:
    """List the rows of a panel in order; NotFound if there is no such thing, panel or page."""
    node = thing_node(store, slug)
    check_page_number(page)
    footnotes = Footnotes(store)
    part = range(PAGE_SIZE * (page - 1), PAGE_SIZE * page)
    panel = answer_panel(store, node, query_name, footnotes, part)
    # An empty first page is valid: the thing has no rows in this panel.
    if page > 1 and not panel.rows:
        raise NotFound(f"page {page} here; there are fewer answers")
    thing = display_thing(read_vocabulary(store), node.value)
    return PanelAnswers(thing, panel, page, footnotes.sentences)


def _answer(
    store: Store, node: NamedNode, kinds: Sequence[PanelKind], footnotes: Footnotes, part: range
) -> list[Panel]:
    """Answer panels: a request for the query of each, and a bounded number for all their rows."""
    tied = _tied_things(store, node, kinds, part)
    rows = [_rows(store, node, _solutions(store, node, kind, tied, part)) for kind in kinds]
    # The index has skipped the rows before the part, a query has not.
    rows = [
        of_kind if kind.listed_classes else of_kind[part.start :]
        for kind, of_kind in zip(kinds, rows, strict=True)
    ]
    shown = [of_kind[: len(part)] for of_kind in rows]
    solutions = [one for of_kind in shown for row in of_kind for one in row]
    context = panel_context(store, node, footnotes, solutions)
    return [
        Panel(
            kind.title,
            kind.query_name,
            kind.view,
            tuple(describe_row(context, kind, row) for row in listed),
            len(of_kind) > len(listed),
        )
        for kind, of_kind, listed in zip(kinds, rows, shown, strict=True)
    ]


def _rows(store: Store, node: NamedNode, solutions: Iterable[Solution]) -> list[list[Solution]]:
    """Gather the solutions for one item, and one name or post, in the order of rows."""
    rows: dict[tuple[str, str], list[Solution]] = defaultdict(list)
    for solution in solutions:
        # Third-party data may tie a thing to an IRI that has no page here.
        if text(solution["item"]).startswith(THING):
            name = solution.get("name", solution.get("as", node))
            rows[text(solution["item"]), text(name)].append(solution)
    order = read_vocabulary(store).order
    for of_row in rows.values():
        of_row.sort(key=_solution_order)
    ordered = sorted(rows, key=lambda key: (row_order(store, rows[key][0]), order(key[0]), key))
    return [rows[key] for key in ordered]


def _solution_order(solution: Solution) -> tuple[bool, list[tuple[str, str]]]:
    """Return the sort key of a solution of one item: those that tie it to the thing itself first.

    Engines return them in any order, and a row is made of the first that fits best.
    """
    return "via" in solution, sorted((name, str(term)) for name, term in solution.items())


def _tied_things(
    store: Store, node: NamedNode, kinds: Iterable[PanelKind], part: range
) -> dict[str, list[Solution]]:
    """Return the solutions of the panels that list classes, by the panels' queries.

    The index has them by day and reads only the first, however many concern the thing.
    """
    # One more than shown tells that there are more.
    tied = {
        kind.query_name: index(store).tied_things(node.value, kind.listed_classes, part.stop + 1)
        for kind in kinds
        if kind.listed_classes
    }
    items = {kind: [NamedNode(iri) for iri in iris[part.start :]] for kind, iris in tied.items()}
    linked = iter(store.between_each((one, node) for of_kind in items.values() for one in of_kind))
    return {
        kind: [
            {"thing": node, "item": item, "role": role}
            for item in of_kind
            for role in dict.fromkeys(quad.predicate for quad in next(linked))
        ]
        for kind, of_kind in items.items()
    }


def _solutions(
    store: Store,
    node: NamedNode,
    kind: PanelKind,
    tied: Mapping[str, list[Solution]],
    part: range,
) -> list[Solution]:
    if kind.listed_classes:
        return tied[kind.query_name]
    # The query's own limit suits the thing's page, which shows only the first rows.
    if part == range(ROWS_SHOWN):
        return store.select(page_query(kind.query_name), thing=node)
    query = f"{unbounded_query(kind.query_name)}LIMIT {MOST_ROWS}"
    return store.select(query, thing=node)
