"""All statements of one property of a thing, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.model.errors import NotFound
from kg.model.prefixes import TERM
from kg.statements.edges import StatementEdge, gather_edges
from kg.statements.footnotes import Footnotes, describe_edge
from kg.statements.sentences import Sentence
from kg.statements.statement import Statement
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_thing
from kg.terms.slugs import similar_terms, thing_node
from kg.terms.vocabulary import read_vocabulary

# Each statement costs a look-up of its graphs (`_edges`).
PAGE_SIZE = 100
# All values of all pages are read for each: an engine returns them in no order.
LAST_PAGE = 100


@dataclass(frozen=True)
class PropertyStatements:
    """One page of the statements of a property: from a thing (`outwards`) or to it."""

    thing: DisplayValue
    predicate: str
    label: str
    outwards: bool
    statements: tuple[Statement, ...]
    page: int
    more: bool
    cited_sentences: tuple[Sentence, ...]

    @property
    def first(self) -> int:
        """Return the number of the first statement of the page, counted from 1."""
        return PAGE_SIZE * (self.page - 1) + 1


def property_statements(
    store: Store, slug: str, name: str, outwards: bool, page: int
) -> PropertyStatements:
    """List the statements of one of our properties, by its local name, in the order of their IRIs.

    NotFound if there is no such thing, property or page.
    """
    node, vocabulary = thing_node(store, slug), read_vocabulary(store)
    iri = TERM + name
    if iri not in vocabulary.properties:
        names = similar_terms(vocabulary.properties, name)
        raise NotFound(f"property called {name}", names, name)
    check_page_number(page)
    # A statement may stand in several graphs: count ends, not quads.
    ends = _ends(store, node, NamedNode(iri), outwards, PAGE_SIZE * LAST_PAGE + 1)
    on_page = ends[PAGE_SIZE * (page - 1) : PAGE_SIZE * page]
    footnotes = Footnotes(store)
    edges = _edges(store, node, iri, on_page, outwards)
    return PropertyStatements(
        display_thing(vocabulary, node.value),
        iri,
        vocabulary.term_label(iri) if outwards else vocabulary.inverse_label(iri),
        outwards,
        tuple(describe_edge(vocabulary, node, edge, footnotes, outwards) for edge in edges),
        page,
        len(ends) > PAGE_SIZE * page and page < LAST_PAGE,
        footnotes.sentences,
    )


def check_page_number(page: int) -> None:
    """Raise NotFound for a page that is not shown."""
    if not 1 <= page <= LAST_PAGE:
        raise NotFound(f"page {page}; at most {LAST_PAGE} pages are shown, the rest is for a query")


def _ends(
    store: Store, node: NamedNode, property_: NamedNode, outwards: bool, most: int
) -> list[Term]:
    if outwards:
        return sorted(store.objects(node, property_, most), key=str)
    return sorted(store.subjects(property_, node, most), key=str)


def _edges(
    store: Store, node: NamedNode, iri: str, ends: Sequence[Term], outwards: bool
) -> Iterator[StatementEdge]:
    quads = store.between_each((node, end) if outwards else (end, node) for end in ends)
    for end, linking in zip(ends, quads, strict=True):
        edges = (edge for edge in gather_edges(linking, outwards) if edge.predicate == iri)
        # An empty literal is no edge.
        yield next(edges, StatementEdge(iri, end, frozenset()))
