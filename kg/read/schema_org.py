"""A thing in the words of schema.org, as far as `ontology/alignments.ttl` has them.

https://schema.org/docs/jsonld.html; the data of record is the thing's own RDF.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.ask import panel
from kg.memory import per_store
from kg.prefixes import THING, expand
from kg.read.index import Narrowing, index
from kg.read.lead import lead_text
from kg.read.vocabulary import text, vocabulary
from kg.store import Store, Term

SCHEMA = "https://schema.org/"

_FEW = 20
_SAME = NamedNode(expand("owl:sameAs"))


def schema_org(store: Store, iri: str) -> dict[str, Any]:
    """Describe a thing in JSON-LD: type, names, description, links, and what is stated of it."""
    words, known = vocabulary(store), index(store)
    others = {name for kind, name, _ in known.resource(iri).names if kind != "point"}
    label = words.label(iri)
    found: dict[str, Any] = {
        "@context": {"@vocab": SCHEMA},
        "@id": iri,
        "@type": _type(store, iri),
        "name": label,
        "alternateName": sorted(others - {label}),
        "description": lead_text(store, iri),
        "sameAs": sorted(text(term) for term in store.objects(NamedNode(iri), _SAME, _FEW)),
        **_facts(store, iri),
        **_where(store, iri),
    }
    return {name: value for name, value in found.items() if value}


@per_store
def _words(store: Store) -> dict[str, str]:
    rows = store.select(panel("schema-org"))
    return {text(row["ours"]): text(row["theirs"]).removeprefix(SCHEMA) for row in rows}


def _type(store: Store, iri: str) -> str:
    """Return schema.org's word for the nearest class that it has one for."""
    words, theirs = vocabulary(store), _words(store)
    classes = [kind for kind in index(store).values(iri, "class") if kind in theirs]
    nearest = max(classes, key=lambda kind: (len(words.ancestors(kind)), kind), default="")
    return theirs.get(nearest, "Thing")


def _facts(store: Store, iri: str) -> dict[str, Any]:
    words, node = vocabulary(store), NamedNode(iri)
    found = {}
    for ours, theirs in _words(store).items():
        if ours in words.properties:
            values = [_value(store, term) for term in store.objects(node, NamedNode(ours), _FEW)]
            found[theirs] = values if len(values) != 1 else values[0]
    return found


def _value(store: Store, term: Term) -> Any:
    if isinstance(term, Literal):
        return term.value
    iri = text(term)
    kind = _type(store, iri) if iri.startswith(THING) else "Thing"
    return {"@type": kind, "@id": iri, "name": vocabulary(store).label(iri)}


def _where(store: Store, iri: str) -> dict[str, Any]:
    points = index(store).points(Narrowing(among=(iri,)), 1)
    if not points or points[0].place != iri:
        return {}
    here = points[0]
    degrees = {"latitude": here.latitude, "longitude": here.longitude}
    return {"geo": {"@type": "GeoCoordinates", **degrees}}
