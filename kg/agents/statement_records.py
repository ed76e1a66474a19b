"""Statements, values and sentences as JSON records, which programs read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from kg.index.reader import index
from kg.index.statement_keys import is_citable, statement_key
from kg.inference.derivation import Derivations
from kg.model.named_graphs import DISAGREEMENTS, INFERRED, LINKS, OURS, is_claim_content
from kg.statements.documents import documents_by_iri
from kg.statements.edges import StatementEdge
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.statements.variations import variation_of
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_term, display_thing, display_value
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary

Record: TypeAlias = dict[str, Any]

STATED, CLAIMED, BACKGROUND, INFERENCE = "stated", "claimed", "background", "inferred"
# Of a third-party file; in no graph, as what a query constructs.
OUTSIDE, UNKNOWN = "outside", "unknown"
# What a statement is that no sentence states, by its graph; the first that fits.
_KINDS = {LINKS.value: "link", DISAGREEMENTS.value: "compared"}


class StatementRecords:
    """Makes the records of one response, and collects the sentences that they cite."""

    def __init__(self, store: Store) -> None:
        """Start without a sentence."""
        self._store, self._vocabulary = store, read_vocabulary(store)
        self._derivations = Derivations(store)
        self._cited: dict[str, None] = {}

    @property
    def sentences(self) -> list[Record]:
        """Return the records of the sentences cited so far, in reading order."""
        sentences = (sentences_by_iri(self._store)[iri] for iri in self._cited)
        ordered = sorted(sentences, key=lambda sentence: sentence.rank)
        return [citation_record(self._store, sentence) for sentence in ordered]

    def edge(self, node: Term, edge: StatementEdge, outwards: bool) -> Record:
        """Return the record of a statement that has a thing at one end.

        An inferred statement cites the sentences that it follows from.
        """
        subject, value = (node, edge.other) if outwards else (edge.other, node)
        variation = variation_of(self._store, text(subject), edge.predicate, text(value))
        return {
            "key": _key(subject, edge.predicate, value),
            **self._ends(subject, edge.predicate, value),
            "kind": self._kind(edge),
            **self._days(edge.other),
            "disagreement": variation.page.iri if variation and not variation.is_course else "",
            "sentences": self.cite(edge.graphs) or self._premises(subject, edge, value),
        }

    def claimed(self, subject: Term, property_: str, value: Term) -> Record:
        """Return the record of a statement that only a claim makes: none of it is a fact."""
        return {
            "key": _key(subject, property_, value),
            **self._ends(subject, property_, value),
            "kind": CLAIMED,
        }

    def cite(self, graphs: Iterable[str]) -> list[str]:
        """Return the sentences among some graphs, in reading order, and collect them."""
        sentences = sentences_by_iri(self._store)
        cited = [iri for iri in graphs if iri in sentences]
        cited.sort(key=lambda iri: sentences[iri].rank)
        self._cited.update(dict.fromkeys(cited))
        return cited

    def _ends(self, subject: Term, property_: str, value: Term) -> Record:
        return {
            "subject": value_record(self._store, subject),
            "property": display_record(display_term(self._vocabulary, property_)),
            "value": value_record(self._store, value),
        }

    def _kind(self, edge: StatementEdge) -> str:
        if edge.graphs & sentences_by_iri(self._store).keys():
            return STATED
        if any(is_claim_content(NamedNode(graph)) for graph in edge.graphs):
            return CLAIMED
        if not edge.asserted:
            return INFERENCE
        fits = (kind for graph, kind in _KINDS.items() if graph in edge.graphs)
        ours = {graph.value for graph in OURS}
        otherwise = OUTSIDE if edge.graphs else UNKNOWN
        return next(fits, BACKGROUND if edge.graphs & ours else otherwise)

    def _days(self, other: Term) -> Record:
        resource = index(self._store).resource(text(other))
        return {"earliest": resource.earliest, "latest": resource.latest}

    def _premises(self, subject: Term, edge: StatementEdge, value: Term) -> list[str]:
        if INFERRED.value not in edge.graphs or not isinstance(subject, NamedNode):
            return []
        triple = Triple(subject, NamedNode(edge.predicate), value)
        return self.cite(self._derivations.provenance(triple).graphs)


def _key(subject: Term, property_: str, value: Term) -> str:
    """Return the key of a statement; empty for one that has none, of a blank node for example."""
    if not isinstance(subject, NamedNode) or isinstance(value, Triple):
        return ""
    triple = Triple(subject, NamedNode(property_), value)
    return statement_key(*triple) if is_citable(triple) else ""


def value_record(store: Store, term: Term) -> Record:
    """Return the record of a node with its label, or of a literal with its datatype."""
    vocabulary = read_vocabulary(store)
    if not isinstance(term, Literal):
        return display_record(display_thing(vocabulary, text(term)))
    shown = display_value(vocabulary, term)
    record = {"value": shown.raw, "text": shown.text, "datatype": term.datatype.value}
    if term.language:
        record["lang"] = term.language
    # Only the first characters of a very long literal are in the record.
    return record | ({"length": shown.length} if shown.length else {})


def display_record(value: DisplayValue) -> Record:
    """Return the record of a value with its label; its status if it did not simply occur.

    >>> display_record(DisplayValue("Japan", "https://w3id.org/aide-memoire/id/japan"))
    {'iri': 'https://w3id.org/aide-memoire/id/japan', 'label': 'Japan'}
    """
    record = {"iri": value.iri, "label": value.text}
    return record | ({"status": value.status} if value.status else {})


def citation_record(store: Store, sentence: Sentence) -> Record:
    """Return the record of a sentence: its source, its place, its address in the original.

    `original` is null where no address of the original is on record.
    """
    document = documents_by_iri(store).get(sentence.source)
    addresses = document.addresses if document else ()
    return {
        "iri": sentence.iri,
        "source": sentence.source,
        "title": sentence.title,
        "issued": document.issued if document else "",
        "place": sentence.place,
        "original": f"{addresses[0]}#{sentence.fragment}".rstrip("#") if addresses else None,
    }
