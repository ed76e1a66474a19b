"""What a text identifies: an address, a code, an identifier of another dataset, a term, a place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pyoxigraph import Literal, NamedNode

from kg.index.folding import fold_name
from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.errors import NotFound
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import BASE, SOURCE, TERM, THING, expand
from kg.sparql.named_queries import page_query
from kg.statements.documents import documents_by_iri
from kg.statements.sentences import sentences_by_iri
from kg.store.memory import per_reader, per_store
from kg.store.store import Store
from kg.terms.completion import UsableTerm, usable_terms
from kg.terms.literals import text
from kg.things.outside_links import linked_iris

# No identifier or address of ours is longer.
_LONGEST = 200
# An identifier should belong to one thing; third-party data may give it to many.
_VALUES_READ = 10
_IDENTIFIER = expand("schema:identifier")
# Addresses identify on any host, for readers copy them from other copies of the site.
_ADDRESS = re.compile(r"/(id|page|class|ontology|source)[/#](.+)")
_NAMESPACES = {"id": THING, "page": THING, "class": TERM, "ontology": TERM, "source": SOURCE}


@dataclass(frozen=True)
class TermOrSource:
    """A page that is not a thing's: of a class, property, concept, source or sentence."""

    iri: str
    text: str
    kind: str
    description: str


def resolve_identifier(store: Store, query: str) -> tuple[list[str], list[TermOrSource]]:
    """Return the IRIs of the things that a text identifies, and its terms, sources and sentences.

    It resolves our IRIs, prefixed names and addresses, codes, identifiers of linked datasets,
    places of sentences, and names of terms in singular or plural.
    """
    query = query.strip()
    if not query or len(query) > _LONGEST:
        return [], []
    iris = dict.fromkeys((*_by_address(query), *_by_code(store, query), *_by_link(store, query)))
    things = [iri for iri in iris if iri.startswith(THING) and _is_thing(store, iri)]
    terms, places = _terms_by_name(store).get(fold_name(query), ()), _by_place(store, query)
    pages = (_term_or_source(store, iri) for iri in dict.fromkeys((*iris, *terms, *places)))
    return things, [page for page in pages if page]


def _is_thing(store: Store, iri: str) -> bool:
    return index(store).count(ThingFilter(among=(iri,)), 1) > 0


def _by_address(query: str) -> Iterator[str]:
    """Read an address of a page, an IRI of ours, or a prefixed name."""
    path = _ADDRESS.search(query) if "/" in query else None
    if path:
        yield _NAMESPACES[path[1]] + unquote(urlsplit(path[2]).path)
    try:
        iri = expand(query)
    except NotFound:
        return
    if iri.startswith(BASE):
        yield iri


def _by_code(store: Store, query: str) -> Iterator[str]:
    """Look up codes, the values of properties that schema.org calls identifiers."""
    # Codes are upper-case, and readers type “jp”.
    codes = [Literal(code) for code in dict.fromkeys((query, query.upper()))]
    values = ((NamedNode(p), code) for p in _code_properties(store) for code in codes)
    for things in store.subjects_of_each(values, _VALUES_READ):
        yield from map(text, things)


@per_store
def _code_properties(store: Store) -> tuple[str, ...]:
    rows = store.select(page_query("schema-org"))
    return tuple(text(row["ours"]) for row in rows if text(row["theirs"]) == _IDENTIFIER)


def _by_link(store: Store, query: str) -> Iterator[str]:
    """Look up what is linked to the record of another dataset."""
    records = (one for dataset in outside_datasets().values() for one in dataset.records(query))
    yield from linked_iris(store, records)


def _by_place(store: Store, query: str) -> tuple[str, ...]:
    return tuple(_sentences_by_place(store).get(query.casefold(), ()))[:_VALUES_READ]


@per_store
def _sentences_by_place(store: Store) -> dict[str, list[str]]:
    """Read the sentences by their locators, with and without the slug of the source."""
    by_place: dict[str, list[str]] = defaultdict(list)
    for iri, sentence in sentences_by_iri(store).items():
        source = sentence.source.removeprefix(SOURCE)
        by_place[sentence.locator.casefold()].append(iri)
        by_place[f"{source}/{sentence.locator}".casefold()].append(iri)
    return dict(by_place)


@per_reader
def _our_terms(store: Store) -> dict[str, UsableTerm]:
    return {term.iri: term for term in usable_terms(store) if term.iri.startswith(TERM)}


@per_reader
def _terms_by_name(store: Store) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for iri, term in _our_terms(store).items():
        for name in {fold_name(term.label), fold_name(iri.removeprefix(TERM))}:
            by_name[name].append(iri)
            # Readers look for “meetings”, labels are singular.
            by_name[f"{name}s"].append(iri)
    return dict(by_name)


def _term_or_source(store: Store, iri: str) -> TermOrSource | None:
    term = _our_terms(store).get(iri)
    if term:
        return TermOrSource(iri, term.label, term.kind, term.definition)
    sentence, document = sentences_by_iri(store).get(iri), documents_by_iri(store).get(iri)
    if sentence:
        return TermOrSource(iri, sentence.place, "sentence", sentence.title)
    if document:
        by = ", ".join(agent.text for agent in (*document.creators, *document.publishers))
        return TermOrSource(iri, document.title or document.label, "source", by)
    return None
