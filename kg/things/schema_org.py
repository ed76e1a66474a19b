"""A thing in the words of schema.org, as far as `ontology/alignments.ttl` has them.

https://schema.org/docs/jsonld.html; the data of record is the thing's own RDF. Only what somebody
states is said, neither what rules add nor what is only claimed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.dates import period
from kg.model.prefixes import SOURCE, TERM, THING, expand
from kg.model.text import LONGEST_VALUE
from kg.sparql.named_queries import page_query
from kg.statements.documents import SourceDocument, documents_by_iri
from kg.statements.stated_values import stated_values
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary
from kg.things.lead import lead_sentence

SCHEMA = "https://schema.org/"

_FEW = 20
_SAME, _TYPE, _SPOKEN = (expand(name) for name in ("owl:sameAs", "rdf:type", "dcterms:language"))
_DATE, _STATUS = TERM + "date", TERM + "assertionStatus"
# What has a date without a beginning and an end of its own lasts from it to it.
_ENDS = ("startDate", "endDate")
# What schema.org would have as fact, for it has no word for the difference.
_UNREAL = {TERM + name for name in ("proposed", "hypothetical", "claimedOnly")}


def describe_as_schema_org(store: Store, iri: str) -> dict[str, Any]:
    """Describe a thing or a source in JSON-LD: type, names, links, and what is stated of it.

    At most twenty values of a property are given, none that is longer than a page shows. The
    context is within, for nobody to fetch.
    """
    source = documents_by_iri(store).get(iri) if iri.startswith(SOURCE) else None
    found = _document(store, source) if source else _thing(store, iri)
    start = {"@context": {"@vocab": SCHEMA}, "@id": iri, "url": iri}
    return {name: value for name, value in (start | found).items() if value}


def _document(store: Store, source: SourceDocument) -> dict[str, Any]:
    node = NamedNode(source.iri)
    kinds = [text(term) for term in store.objects(node, NamedNode(_TYPE), _FEW)]
    languages = store.objects(node, NamedNode(_SPOKEN), _FEW)
    return {
        "@type": _nearest(store, kinds) or "CreativeWork",
        "name": source.title or source.label,
        "headline": source.title,
        "author": [_linked(store, who.iri) for who in source.creators[:_FEW]],
        "publisher": [_linked(store, who.iri) for who in source.publishers[:_FEW]],
        "datePublished": source.issued,
        "dateModified": source.modified,
        "inLanguage": sorted(text(term) for term in languages),
    }


def _thing(store: Store, iri: str) -> dict[str, Any]:
    vocabulary = read_vocabulary(store)
    others = {name for kind, name, _ in index(store).resource(iri).names if kind != "point"}
    label, kind = vocabulary.label(iri), _type(store, iri)
    return {
        "@type": kind,
        "name": label,
        "alternateName": sorted(others - {label})[:_FEW],
        "description": lead_sentence(store, iri),
        "disambiguatingDescription": vocabulary.status(iri),
        "sameAs": [
            text(term) for term in stated_values(store, vocabulary, NamedNode(iri), _SAME, _FEW)
        ],
        **_facts(store, iri, kind),
        **_where(store, iri),
    }


@per_store
def _words(store: Store) -> dict[str, str]:
    rows = store.select(page_query("schema-org"))
    return {text(row["ours"]): text(row["theirs"]).removeprefix(SCHEMA) for row in rows}


def _type(store: Store, iri: str) -> str:
    """Return schema.org's word for the kind of a thing, if the thing can be taken for a fact."""
    statuses = store.objects(NamedNode(iri), NamedNode(_STATUS), _FEW)
    if _UNREAL.intersection(map(text, statuses)):
        return "Thing"
    return _nearest(store, index(store).values(iri, "class")) or "Thing"


def _nearest(store: Store, classes: Iterable[str]) -> str:
    """Return schema.org's word for the narrowest of the classes that it has one for."""
    vocabulary, theirs = read_vocabulary(store), _words(store)
    known = (kind for kind in classes if kind in theirs)
    nearest = max(known, key=lambda kind: (len(vocabulary.ancestors(kind)), kind), default="")
    return theirs.get(nearest, "")


@per_store
def _types_at(store: Store) -> dict[tuple[str, str], set[str]]:
    """Return the types that schema.org has a property of, and those that it leads to."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in store.select(page_query("schema-org-ends")):
        name, end, kind = (text(row[key]) for key in ("property", "end", "type"))
        found[name.removeprefix(SCHEMA), end.removeprefix(SCHEMA)].add(kind.removeprefix(SCHEMA))
    return dict(found)


def _fits(store: Store, name: str, end: str, kind: str) -> bool:
    """Tell whether schema.org has things of a type at an end of a property."""
    return kind in _types_at(store).get((name, end), {kind})


def _facts(store: Store, iri: str, kind: str) -> dict[str, Any]:
    """Return what is stated with properties that schema.org has for things of a type."""
    vocabulary, node = read_vocabulary(store), NamedNode(iri)
    found: dict[str, list[Any]] = defaultdict(list)
    for ours, theirs in _words(store).items():
        if ours in vocabulary.properties and _fits(store, theirs, "domainIncludes", kind):
            for term in stated_values(store, vocabulary, node, ours, _FEW):
                if len(text(term)) > LONGEST_VALUE:
                    continue
                value = _value(store, ours, theirs, term)
                linked = isinstance(term, NamedNode)
                if not linked or _fits(store, theirs, "rangeIncludes", value["@type"]):
                    found[theirs].append(value)
    dates = [
        date
        for term in stated_values(store, vocabulary, node, _DATE, _FEW)
        if period(date := text(term))
    ]
    spans = _fits(store, _ENDS[0], "domainIncludes", kind)
    if spans and dates and not any(found[end] for end in _ENDS):
        found |= dict.fromkeys(_ENDS, dates)
    if TERM + "planned" in map(text, store.objects(node, NamedNode(_STATUS), _FEW)):
        found["eventStatus"] = [{"@id": SCHEMA + "EventScheduled"}]
    return {name: v[0] if len(v) == 1 else v for name, v in found.items() if v}


def _value(store: Store, ours: str, theirs: str, term: Term) -> Any:
    if not isinstance(term, Literal):
        return _linked(store, text(term))
    if theirs != "identifier":
        return term.value
    scheme = read_vocabulary(store).term_label(ours)
    return {"@type": "PropertyValue", "propertyID": scheme, "value": term.value}


def _linked(store: Store, iri: str) -> dict[str, str]:
    kind = _type(store, iri) if iri.startswith(THING) else "Thing"
    return {"@type": kind, "@id": iri, "name": read_vocabulary(store).label(iri)}


def _where(store: Store, iri: str) -> dict[str, Any]:
    points = index(store).points(Narrowing(among=(iri,)), _FEW)
    own = [point for point in points if point.place == iri]
    if len(own) != 1:
        return {}
    degrees = {"latitude": own[0].latitude, "longitude": own[0].longitude}
    return {"geo": {"@type": "GeoCoordinates", **degrees}}
