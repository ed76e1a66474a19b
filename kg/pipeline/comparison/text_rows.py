"""Solutions of a query as text: the IRIs and lexical forms are all that a comparison reads."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.store.store import Store

PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX graph: <https://w3id.org/aide-memoire/graph/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def text_rows(store: Store, query: str) -> Iterator[dict[str, str]]:
    """Return the solutions of a SELECT, written with our prefixes; unbound names are left out."""
    for row in store.select(PREFIXES + query):
        yield {n: t.value for n, t in row.items() if isinstance(t, NamedNode | Literal)}
