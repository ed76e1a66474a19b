"""A thing described in schema.org's terms, as far as `ontology/alignments.ttl` maps ours to them.

https://schema.org/docs/jsonld.html; the data of record is the thing's RDF. It has stated values
only, neither inferred nor claimed ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
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

SCHEMA = "https://schema.org/"

_VALUES_READ = 20
_SAME, _TYPE, _LANGUAGE = (expand(name) for name in ("owl:sameAs", "rdf:type", "dcterms:language"))
_DATE, _EXPECTED = TERM + "date", TERM + "expectedDate"
# An event with a date, but without a start and an end, starts and ends on it.
_ENDS = ("startDate", "endDate")
# Statuses for which schema.org has no term: readers would take such a thing for a fact.
_UNREAL = {
    TERM + name
    for name in ("proposed", "demanded", "hopedFor", "hypothetical", "refused", "claimedOnly")
}
# What is to come has, for schema.org, the type of what it would be.
_WOULD_BE, _TO_COME = NamedNode(TERM + "wouldBe"), {TERM + "planned", TERM + "expected"}


def describe_as_schema_org(store: Store, iri: str, lead: str = "") -> dict[str, Any]:
    """Describe a thing or a source in JSON-LD: type, names, links, and stated values.

    `lead` is the sentence that opens the page of a thing. At most twenty values of a property are
    listed, none longer than a page shows. The context is inline, so that no client has to fetch it.
    """
    source = documents_by_iri(store).get(iri) if iri.startswith(SOURCE) else None
    description = _document(store, source) if source else _thing(store, iri, lead)
    start = {"@context": {"@vocab": SCHEMA}, "@id": iri, "url": iri}
    return {name: value for name, value in (start | description).items() if value}


def _document(store: Store, source: SourceDocument) -> dict[str, Any]:
    properties = ((NamedNode(source.iri), NamedNode(name)) for name in (_TYPE, _LANGUAGE))
    classes, languages = store.objects_of_each(properties, _VALUES_READ)
    agents = (source.creators[:_VALUES_READ], source.publishers[:_VALUES_READ])
    types = _types(store, [agent.iri for of_source in agents for agent in of_source])
    authors, publishers = (
        [_linked(store, agent.iri, types) for agent in of_source] for of_source in agents
    )
    return {
        "@type": _nearest(store, map(text, classes)) or "CreativeWork",
        "name": source.title or source.label,
        "headline": source.title,
        "author": authors,
        "publisher": publishers,
        "datePublished": source.issued,
        "dateModified": source.modified,
        "inLanguage": sorted(text(term) for term in languages),
    }


def _thing(store: Store, iri: str, lead: str) -> dict[str, Any]:
    vocabulary = read_vocabulary(store)
    names = {name for kind, name, _ in index(store).resource(iri).names if kind != "point"}
    label, kind = vocabulary.label(iri), _types(store, (iri,))[iri]
    values = _read_values(store, iri, kind)
    return {
        "@type": kind,
        "name": label,
        "alternateName": sorted(names - {label})[:_VALUES_READ],
        "description": lead,
        "disambiguatingDescription": vocabulary.status(iri),
        "sameAs": [text(term) for term in values[_SAME]],
        **_facts(store, iri, kind, values),
        **_where(store, iri),
    }


@per_store
def _alignments(store: Store) -> dict[str, str]:
    rows = store.select(page_query("schema-org"))
    return {text(row["ours"]): text(row["theirs"]).removeprefix(SCHEMA) for row in rows}


def _types(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return schema.org's type for each thing, "Thing" if it is not known to be a fact."""
    nodes = {iri: NamedNode(iri) for iri in iris if iri.startswith(THING)}
    expected = store.objects_of_each(((node, _WOULD_BE) for node in nodes.values()), _VALUES_READ)
    return {iri: _type(store, iri, would_be) for iri, would_be in zip(nodes, expected, strict=True)}


def _type(store: Store, iri: str, would_be: Iterable[Term]) -> str:
    if _UNREAL & _statuses(store, iri):
        return "Thing"
    ancestors = read_vocabulary(store).ancestors
    wider = [name for expected in map(text, would_be) for name in (expected, *ancestors(expected))]
    return _nearest(store, (*index(store).values(iri, "class"), *wider)) or "Thing"


def _statuses(store: Store, iri: str) -> set[str]:
    return set(index(store).resource(iri).status.split())


def _nearest(store: Store, classes: Iterable[str]) -> str:
    """Return schema.org's type for the narrowest of the classes that have one."""
    vocabulary, theirs = read_vocabulary(store), _alignments(store)
    aligned = (iri for iri in classes if iri in theirs)
    # The narrowest class has the most ancestors.
    nearest = max(aligned, key=lambda iri: (len(vocabulary.ancestors(iri)), iri), default="")
    return theirs.get(nearest, "")


@per_store
def _types_at(store: Store) -> dict[tuple[str, str], set[str]]:
    """Read the domains and ranges of schema.org's properties, by property and end."""
    types: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in store.select(page_query("schema-org-ends")):
        name, end, kind = (text(row[key]) for key in ("property", "end", "type"))
        types[name.removeprefix(SCHEMA), end.removeprefix(SCHEMA)].add(kind.removeprefix(SCHEMA))
    return dict(types)


def _fits(store: Store, name: str, end: str, kind: str) -> bool:
    """Tell whether schema.org allows a type in the domain or range of a property."""
    # A property may lack a domain or range (https://schema.org/docs/datamodel.html): all types fit.
    return kind in _types_at(store).get((name, end), {kind})


def _read_values(store: Store, iri: str, kind: str) -> dict[str, list[Term]]:
    """Read the stated values of the properties that schema.org allows for a type, and of dates."""
    names = dict.fromkeys((*_aligned(store, kind), _SAME, _DATE, _EXPECTED))
    node = NamedNode(iri)
    values = stated_values(store, ((node, name) for name in names), _VALUES_READ)
    return dict(zip(names, values, strict=True))


def _aligned(store: Store, kind: str) -> dict[str, str]:
    properties = read_vocabulary(store).properties
    return {
        ours: theirs
        for ours, theirs in _alignments(store).items()
        if ours in properties and _fits(store, theirs, "domainIncludes", kind)
    }


def _facts(
    store: Store, iri: str, kind: str, values: Mapping[str, Sequence[Term]]
) -> dict[str, Any]:
    """Describe the values of properties that schema.org has."""
    facts: dict[str, list[Any]] = defaultdict(list)
    nodes = (v for of_property in values.values() for v in of_property if isinstance(v, NamedNode))
    types = _types(store, (node.value for node in nodes))
    for ours, theirs in _aligned(store, kind).items():
        for term in values[ours]:
            # A shortened value would be a wrong one.
            if len(text(term)) > LONGEST_VALUE:
                continue
            value = _value(store, ours, theirs, term, types)
            linked = isinstance(term, NamedNode)
            if not linked or _fits(store, theirs, "rangeIncludes", value["@type"]):
                facts[theirs].append(value)
    if _fits(store, _ENDS[0], "domainIncludes", kind) and not any(facts[end] for end in _ENDS):
        stated = [text(term) for name in (_DATE, _EXPECTED) for term in values[name]]
        dates = [date for date in stated if period(date)]
        facts |= dict.fromkeys(_ENDS, dates)
    # schema.org has a status for events that are to come (https://schema.org/EventStatusType).
    if _TO_COME & _statuses(store, iri):
        facts["eventStatus"] = [{"@id": SCHEMA + "EventScheduled"}]
    return {name: v[0] if len(v) == 1 else v for name, v in facts.items() if v}


def _value(store: Store, ours: str, theirs: str, term: Term, types: Mapping[str, str]) -> Any:
    if not isinstance(term, Literal):
        return _linked(store, text(term), types)
    if theirs != "identifier":
        return term.value
    scheme = read_vocabulary(store).term_label(ours)
    return {"@type": "PropertyValue", "propertyID": scheme, "value": term.value}


def _linked(store: Store, iri: str, types: Mapping[str, str]) -> dict[str, str]:
    kind = types.get(iri, "Thing")
    return {"@type": kind, "@id": iri, "name": read_vocabulary(store).label(iri)}


def _where(store: Store, iri: str) -> dict[str, Any]:
    points = index(store).points(ThingFilter(among=(iri,)), _VALUES_READ)
    # The point of a thing itself, not of where it happened; of two, neither is certain.
    at_place = [point for point in points if point.place == iri]
    if len(at_place) != 1:
        return {}
    degrees = {"latitude": at_place[0].latitude, "longitude": at_place[0].longitude}
    return {"geo": {"@type": "GeoCoordinates", **degrees}}
