"""How agents name things, terms and values: short names out, and any usual name in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyoxigraph import Literal

from kg.index.folding import fold_name
from kg.lists.identifiers import resolve_identifier
from kg.lists.search import match_names
from kg.model.errors import NotFound
from kg.model.prefixes import TERM, THING, expand, shorten
from kg.store.store import Store
from kg.terms.slugs import has_page, similar_terms, thing_node
from kg.terms.vocabulary import Vocabulary, read_vocabulary

_SUGGESTED = 5
_INTEGER = re.compile(r"-?[0-9]+")


def find_thing(store: Store, name: str) -> str:
    """Return the slug of a thing by its IRI, prefixed name, slug, code or exact name.

    NotFound suggests things with names that are like it.
    """
    slug = name.strip().removeprefix("id:").removeprefix(THING)
    if has_page(store, slug):
        return slug
    folded = fold_name(name)
    matches, _ = match_names(store, folded, or_similar=True) if folded else ({}, False)
    exact = [iri for iri, matching in matches.items() if fold_name(matching) == folded]
    chosen = [*exact, *resolve_identifier(store, name)[0]]
    if chosen:
        return chosen[0].removeprefix(THING)
    if not matches:
        # It has the messages for what was merged, withdrawn or mistyped.
        return thing_node(store, slug).value.removeprefix(THING)
    similar = [shorten(iri) for iri in matches][:_SUGGESTED]
    raise NotFound(f"thing called {name}", similar, name)


def find_class(store: Store, name: str) -> str:
    """Return the IRI of a class by its IRI, prefixed name, local name or label."""
    vocabulary = read_vocabulary(store)
    return _find_term(vocabulary, vocabulary.classes, "class", name)


def find_property(store: Store, name: str) -> str:
    """Return the IRI of a property by its IRI, prefixed name, local name or label."""
    vocabulary = read_vocabulary(store)
    return _find_term(vocabulary, vocabulary.properties, "property", name)


def _find_term(vocabulary: Vocabulary, records: Mapping[str, object], kind: str, name: str) -> str:
    folded = name.strip().casefold()
    for iri in (_expanded(name), TERM + name.strip()):
        if iri in records:
            return iri
    labelled = [iri for iri in records if vocabulary.term_label(iri).casefold() == folded]
    if labelled:
        return min(labelled)
    local = name.strip().rpartition(":")[2].removeprefix(TERM)
    similar = [f"dip:{one}" for one in similar_terms(records, local)]
    raise NotFound(f"{kind} called {name}", similar, name)


def _expanded(name: str) -> str:
    try:
        return expand(name.strip())
    except NotFound:
        return ""


def short_value(record: Mapping[str, Any]) -> str:
    """Write the value of a record as a query has it; an integer bare.

    >>> short_value({"iri": "https://w3id.org/aide-memoire/id/japan", "label": "Japan"})
    'id:japan'
    >>> short_value({"value": "4", "datatype": "http://www.w3.org/2001/XMLSchema#integer"})
    '4'
    >>> short_value({"value": "2018", "datatype": "http://www.w3.org/2001/XMLSchema#gYear"})
    '"2018"^^xsd:gYear'
    """
    if "iri" in record:
        return record["iri"] if record["iri"].startswith("_:") else shorten(record["iri"])
    literal = str(Literal(record["value"]))
    if "lang" in record:
        return f"{literal}@{record['lang']}"
    datatype = shorten(record.get("datatype", ""))
    if datatype == "xsd:integer" and _INTEGER.fullmatch(record["value"]):
        return str(record["value"])
    return literal if datatype in {"xsd:string", "<>"} else f"{literal}^^{datatype}"
