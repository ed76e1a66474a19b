"""What a text is the identifier of: an address, a code, another dataset's name, a term, a place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pyoxigraph import Literal, NamedNode

from kg.index.folding import fold
from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.errors import NotFound
from kg.model.prefixes import BASE, SOURCE, TERM, THING, expand
from kg.model.prefixes import node as known_node
from kg.sparql.named_queries import page_query
from kg.statements.documents import documents_by_iri
from kg.statements.sentences import sentences_by_iri
from kg.store.memory import per_reader, per_store
from kg.store.store import Store
from kg.terms.completion import UsableTerm, usable_terms
from kg.terms.vocabulary import text

_LONGEST = 200
_FEW = 10
_SAME = tuple(map(known_node, ("owl:sameAs", "skos:exactMatch", "skos:closeMatch")))
_IDENTIFIER = expand("schema:identifier")
# How people write the identifiers of other datasets, and their IRIs.
_SPELLINGS = (
    (re.compile(r"(?:https?://(?:www\.|m\.)?wikidata\.org/\w+/|wd:)?(Q\d+|P\d+)", re.I), "wd:{}"),
    (re.compile(r"(?:https?://(?:www|sws)\.geonames\.org/|gn:)?(\d{5,9})(?:/.*)?"), "gn:{}/"),
    (re.compile(r"(?:https?://dbpedia\.org/(?:page|resource)/|dbr:)([\w().,'%-]+)"), "dbr:{}"),
)
_ADDRESS = re.compile(r"/(id|page|class|ontology|source)[/#](.+)")
_SPACES = {"id": THING, "page": THING, "class": TERM, "ontology": TERM, "source": SOURCE}


@dataclass(frozen=True)
class TermOrSource:
    """What is no thing, but has a page: a class, a property, a concept, a source, a sentence."""

    iri: str
    text: str
    kind: str
    description: str


def resolve_identifier(store: Store, asked: str) -> tuple[list[str], list[TermOrSource]]:
    """Return the things that a text identifies, and what else it does.

    Known are our IRIs, prefixed names and addresses on whatever host, codes, identifiers of the
    datasets that we link to, places of sentences, and names of terms, of one or of many.
    """
    asked = asked.strip()
    if not asked or len(asked) > _LONGEST:
        return [], []
    iris = dict.fromkeys((*_addressed(asked), *_coded(store, asked), *_linked(store, asked)))
    things = [iri for iri in iris if iri.startswith(THING) and _known(store, iri)]
    named = dict.fromkeys((*iris, *_terms(store).get(fold(asked), ()), *_placed(store, asked)))
    return things, [found for iri in named if (found := _reference(store, iri))]


def _known(store: Store, iri: str) -> bool:
    return index(store).count(Narrowing(among=(iri,)), 1) > 0


def _addressed(asked: str) -> Iterator[str]:
    """Find IRIs of ours, prefixed names, and addresses of pages."""
    path = _ADDRESS.search(asked) if "/" in asked else None
    if path:
        yield _SPACES[path[1]] + unquote(urlsplit(path[2]).path)
    try:
        iri = expand(asked)
    except NotFound:
        return
    if iri.startswith(BASE):
        yield iri


def _coded(store: Store, asked: str) -> Iterator[str]:
    """Find what has a code, by one of the properties that schema.org calls an identifier."""
    for name in _codes(store):
        for code in dict.fromkeys((asked, asked.upper())):
            yield from map(text, store.subjects(NamedNode(name), Literal(code), _FEW))


@per_store
def _codes(store: Store) -> tuple[str, ...]:
    rows = store.select(page_query("schema-org"))
    return tuple(text(row["ours"]) for row in rows if text(row["theirs"]) == _IDENTIFIER)


def _linked(store: Store, asked: str) -> Iterator[str]:
    """Find what is linked to what another dataset calls so."""
    for spelling, name in _SPELLINGS:
        found = spelling.fullmatch(asked)
        if found:
            local = found[1] if "dbr" in name else found[1].upper()
            other = NamedNode(expand(name.format(local)))
            for link in _SAME:
                yield from map(text, store.subjects(link, other, _FEW))


def _placed(store: Store, asked: str) -> tuple[str, ...]:
    return tuple(_places(store).get(asked.casefold(), ()))[:_FEW]


@per_store
def _places(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for iri, sentence in sentences_by_iri(store).items():
        found[sentence.locator.casefold()].append(iri)
        found[f"{sentence.source.removeprefix(SOURCE)}/{sentence.locator}".casefold()].append(iri)
    return dict(found)


@per_reader
def _ours(store: Store) -> dict[str, UsableTerm]:
    return {known.iri: known for known in usable_terms(store) if known.iri.startswith(TERM)}


@per_reader
def _terms(store: Store) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for iri, known in _ours(store).items():
        for name in {fold(known.label), fold(iri.removeprefix(TERM))}:
            found[name].append(iri)
            found[f"{name}s"].append(iri)
    return dict(found)


def _reference(store: Store, iri: str) -> TermOrSource | None:
    known = _ours(store).get(iri)
    if known:
        return TermOrSource(iri, known.label, known.kind, known.definition)
    sentence, source = sentences_by_iri(store).get(iri), documents_by_iri(store).get(iri)
    if sentence:
        return TermOrSource(iri, sentence.place, "sentence", sentence.title)
    if source:
        by = ", ".join(who.text for who in (*source.creators, *source.publishers))
        return TermOrSource(iri, source.title or source.label, "source", by)
    return None
