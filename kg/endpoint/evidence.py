"""Which sentences stand behind each row of an answer.

`add_evidence` adds one member to SPARQL results in JSON, which other clients leave alone:

    "evidence": {
      "rows": [ {                        one for each row, in the same order
        "sentences": [ {"citation": IRI, "source": IRI, "title": text, "part": text,
                        "paragraph": number or null, "sentence": number,
                        "inferred": true if the match is derived from what the sentence states,
                        in however many steps} ],
        "background": [ IRI ],           other graphs that hold what matched
        "unestablished": [ {"pattern": text, "reason": text} ] } ],
      "unestablished": [ {"pattern": text, "reason": text} ] }      of all rows alike

A row's triples are those that the query's own patterns match with the row's values: the query is
asked again as a CONSTRUCT of its patterns, so that OPTIONAL, UNION, FILTER and MINUS mean what they
mean in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.endpoint.derivation import UNKNOWN, Derivations
from kg.endpoint.premises import matching_triples
from kg.model.errors import QueryError
from kg.model.graphs import INFERRED
from kg.model.prefixes import shorten
from kg.sparql.named_queries import page_query
from kg.sparql.patterns import Other, Parts, Unreadable, parts, variables
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.vocabulary import text

MOST_ROWS = 1000

Member = dict[str, Any]


def add_evidence(
    store: Store,
    query: str,
    body: bytes,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> bytes:
    """Add the evidence to the answer of a SELECT in SPARQL JSON.

    QueryError for an ASK, and for more than `MOST_ROWS` rows: evidence is never given for a part.
    """
    answer = json.loads(body)
    if "results" not in answer:
        raise QueryError("evidence=true goes with SELECT: a yes or no has no rows to cite for")
    rows = answer["results"]["bindings"]
    if len(rows) > MOST_ROWS:
        raise QueryError(
            f"evidence=true goes with at most {MOST_ROWS:,} rows, and there are {len(rows):,}; "
            f"add LIMIT {MOST_ROWS} and page with OFFSET"
        )
    read, others = _read(query, bool(default_graphs or named_graphs))
    derivations = Derivations(store)
    answer["evidence"] = {
        "rows": [_row(store, read, row, derivations) for row in rows],
        "unestablished": [_named(other) for other in others],
    }
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _read(query: str, elsewhere: bool) -> tuple[Parts | None, list[Other]]:
    """Return the parts to match again, if they can be, and what cannot be established."""
    if elsewhere:
        reason = "evidence is told of the default dataset, and the request names another"
        return None, [Other("the whole query", reason)]
    try:
        read = parts(query)
    except Unreadable as error:
        return None, [Other("the whole query", str(error))]
    whole = any(other.text.startswith("GROUP BY") for other in read.others)
    return (None if whole or not read.patterns else read), read.others


def _row(store: Store, read: Parts | None, row: dict[str, Any], derivations: Derivations) -> Member:
    if read is None:
        return {"sentences": [], "background": [], "unestablished": []}
    known = {name for pattern in read.patterns for name in variables(pattern)}
    bound = {name: _term(value) for name, value in row.items() if name in known}
    found = _Found()
    for triple in matching_triples(store, read, bound):
        _cite(store, triple, found, derivations)
    return found.member(_places(store))


class _Found:
    """What was found for one row."""

    def __init__(self) -> None:
        self.sentences: dict[str, bool] = {}
        self.background: dict[str, None] = {}
        self.others: dict[Other, None] = {}

    def add(self, graphs: Iterable[str], places: dict[str, Member], *, inferred: bool) -> None:
        for graph in graphs:
            if graph in places:
                self.sentences[graph] = self.sentences.get(graph, True) and inferred
            else:
                self.background[graph] = None

    def member(self, places: dict[str, Member]) -> Member:
        return {
            "sentences": [
                {**places[iri], "inferred": inferred}
                for iri, inferred in sorted(
                    self.sentences.items(), key=lambda item: places[item[0]]["order"]
                )
            ],
            "background": sorted(self.background),
            "unestablished": [_named(other) for other in self.others],
        }


def _cite(store: Store, triple: Triple, found: _Found, derivations: Derivations) -> None:
    """Add what holds a triple or, if it was only inferred, what it is derived from."""
    graphs, inferred = derivations.graphs_containing(triple)
    found.add(graphs, _places(store), inferred=False)
    if graphs or not inferred:
        return
    origin = derivations.origin(triple)
    found.add(origin.graphs, _places(store), inferred=True)
    stated = any(graph in _places(store) for graph in origin.graphs)
    if origin.missing or not stated:
        found.background[INFERRED.value] = None
    if origin.missing and not (stated and origin.missing == UNKNOWN):
        found.others[Other(_said(triple), origin.missing)] = None


@per_store
def _places(store: Store) -> dict[str, Member]:
    """Read where each sentence stands."""
    return {
        text(row["sentence"]): {
            "citation": text(row["sentence"]),
            "source": text(row["source"]),
            "title": text(row["title"]) if "title" in row else None,
            "part": shorten(text(row["part"])).partition(":")[2] if "part" in row else None,
            "paragraph": int(text(row["paragraph"])) if "paragraph" in row else None,
            "sentence": int(text(row["number"])) if "number" in row else None,
            "order": int(text(row["order"])) if "order" in row else 0,
        }
        for row in store.select(page_query("sentences"))
    }


def _named(other: Other) -> dict[str, str]:
    return {"pattern": other.text, "reason": other.reason}


def _said(triple: Triple) -> str:
    """Write a triple with our prefixes.

    >>> day = Literal("2018-05-26", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    >>> _said(Triple(NamedNode("urn:a"), NamedNode("urn:b"), day))
    '<urn:a> <urn:b> "2018-05-26"^^xsd:date'
    """
    return " ".join(_written(part) for part in triple)


def _written(term: Term) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if isinstance(term, Literal) and "^^" in str(term):
        return f"{Literal(term.value)}^^{shorten(term.datatype.value)}"
    return str(term)


def _term(value: dict[str, Any]) -> Term:
    """Read a term of SPARQL results in JSON."""
    if value["type"] == "uri":
        return NamedNode(value["value"])
    if value["type"] == "bnode":
        return BlankNode(value["value"])
    language, kind = value.get("xml:lang"), value.get("datatype")
    return Literal(
        str(value["value"]), language=language, datatype=NamedNode(kind) if kind else None
    )
