"""All statements of one property around a thing, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.model.errors import NotFound
from kg.model.prefixes import TERM
from kg.statements.edges import StatementEdge, gather_edges
from kg.statements.footnotes import Footnotes
from kg.statements.sentences import Sentence
from kg.statements.statement import Statement
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_term, display_thing, display_value
from kg.terms.slugs import similar_terms, thing_node
from kg.terms.vocabulary import read_vocabulary

PAGE_SIZE = 100
# The hundredth page takes as long as reading all that is before it.
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
        """Return the number of the first statement of the page."""
        return PAGE_SIZE * (self.page - 1) + 1


def property_statements(
    store: Store, slug: str, name: str, outwards: bool, page: int
) -> PropertyStatements:
    """List the statements of a property of ours, in the order in which the store has them.

    NotFound if there is no such thing, property or page.
    """
    node, vocabulary = thing_node(store, slug), read_vocabulary(store)
    iri = TERM + name
    if iri not in vocabulary.properties:
        raise NotFound(f"property called {name}", similar_terms(vocabulary.properties, name), name)
    check_page_number(page)
    # A statement may stand in several graphs; ends are counted, not quads.
    known, most = NamedNode(iri), PAGE_SIZE * page + 1
    ends = store.objects(node, known, most) if outwards else store.subjects(known, node, most)
    footnotes = Footnotes(store)
    listed = tuple(
        _statement(store, node, known, end, footnotes, outwards)
        for end in ends[PAGE_SIZE * (page - 1) : PAGE_SIZE * page]
    )
    label = vocabulary.term_label(iri) if outwards else vocabulary.inverse_label(iri)
    more = len(ends) == most and page < LAST_PAGE
    here = display_thing(vocabulary, node.value)
    return PropertyStatements(here, iri, label, outwards, listed, page, more, footnotes.sentences)


def check_page_number(page: int) -> None:
    """Raise NotFound for a page that is not shown."""
    if not 1 <= page <= LAST_PAGE:
        raise NotFound(f"page {page}; at most {LAST_PAGE} pages are shown, the rest is for a query")


def _statement(
    store: Store, node: NamedNode, known: NamedNode, end: Term, notes: Footnotes, outwards: bool
) -> Statement:
    vocabulary = read_vocabulary(store)
    quads = store.between(node, end) if outwards else store.between(end, node)
    found = (e for e in gather_edges(quads, outwards) if e.predicate == known.value)
    # An empty literal is no edge.
    edge = next(found, StatementEdge(known.value, end, frozenset()))
    cited, marks = notes.of(edge)
    here, there = display_thing(vocabulary, node.value), display_value(vocabulary, end)
    subject, target = (here, there) if outwards else (there, here)
    return Statement(subject, display_term(vocabulary, known.value), target, cited, marks)
