"""Panels: lists on a thing's page that a query of `kg/queries/pages/` fills, by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

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
from kg.things.panel_rows import PanelContext, PanelRow, Solution, describe_row, row_order

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
    # Several panels may show a thing, and each reads twice how it is linked.
    context = PanelContext(store, node, footnotes, cache(store.between))
    panels = (
        _answer(context, kind, range(ROWS_SHOWN))
        for kind in panel_kinds(store)
        if kind.classes & of_thing
    )
    return tuple(panel for panel in panels if panel.rows)


def answer_panel(
    store: Store, node: NamedNode, query_name: str, footnotes: Footnotes, part: range
) -> Panel:
    """Answer one panel and return `part` of its rows; NotFound if there is no such panel."""
    kind = find_panel_kind(store, query_name)
    return _answer(PanelContext(store, node, footnotes, cache(store.between)), kind, part)


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


def _answer(context: PanelContext, kind: PanelKind, part: range) -> Panel:
    rows: dict[tuple[str, str], list[Solution]] = defaultdict(list)
    for solution in _solutions(context, kind, part):
        # Third-party data may tie a thing to an IRI that has no page here.
        if text(solution["item"]).startswith(THING):
            name = solution.get("name", solution.get("as", context.node))
            rows[text(solution["item"]), text(name)].append(solution)
    vocabulary, store = read_vocabulary(context.store), context.store
    ordered = sorted(
        rows, key=lambda key: (row_order(store, rows[key][0]), vocabulary.order(key[0]), key)
    )
    # The index has skipped the rows before the part, a query has not.
    ordered = ordered if kind.listed_classes else ordered[part.start :]
    shown = tuple(describe_row(context, kind, rows[key]) for key in ordered[: len(part)])
    return Panel(kind.title, kind.query_name, kind.view, shown, len(ordered) > len(part))


def _solutions(context: PanelContext, kind: PanelKind, part: range) -> list[Solution]:
    """Return the solutions of the panel's query, or of the index for one that lists classes.

    The index has them by day and reads only the first, however many concern the thing.
    """
    node = context.node
    if not kind.listed_classes:
        # The query's own limit suits the thing's page, which shows only the first rows.
        on_page = part == range(ROWS_SHOWN)
        query = page_query(kind.query_name)
        if not on_page:
            query = f"{unbounded_query(kind.query_name)}LIMIT {MOST_ROWS}"
        return context.store.select(query, thing=node)
    # One more than shown tells that there are more.
    tied = index(context.store).tied_things(node.value, kind.listed_classes, part.stop + 1)
    return [
        {"thing": node, "item": NamedNode(iri), "role": role}
        for iri in tied[part.start :]
        for role in dict.fromkeys(q.predicate for q in context.between(NamedNode(iri), node))
    ]
