"""The sentences that support each row of a result.

`add_evidence` adds one member to SPARQL results in JSON, which other clients leave alone:

    "evidence": {
      "rows": [ {                        one for each row, in the same order
        "sentences": [ {"citation": IRI, "source": IRI, "title": text, "part": text,
                        "paragraph": number or null, "sentence": number,
                        "inferred": true if the matched triple is derived from the sentence,
                        in one step or several} ],
        "background": [ IRI ],           other graphs that contain a matched triple
        "unestablished": [ {"pattern": text, "reason": text} ] } ],
      "unestablished": [ {"pattern": text, "reason": text} ] }      of all rows alike

A row's triples are those that the query's patterns match with the row's values: the query runs
again as a CONSTRUCT of its patterns, so that OPTIONAL, UNION, FILTER and MINUS keep their meaning.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.inference.derivation import UNTRACEABLE, ContainingGraphs, Derivations
from kg.inference.premises import matching_triples
from kg.model.errors import QueryError
from kg.model.named_graphs import DISAGREEMENTS, INFERRED
from kg.model.prefixes import shorten
from kg.sparql.named_queries import page_query
from kg.sparql.patterns import (
    OtherPart,
    QueryPatterns,
    Unreadable,
    pattern_variables,
    read_patterns,
)
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.literals import text

# Each row runs another query, and may trace inferred triples through rules.
MAX_ROWS = 1000

Member = dict[str, Any]


class TooManyToCite(QueryError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """An answer has more rows than evidence is looked up for."""


def add_evidence(
    store: Store,
    query: str,
    body: bytes,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> bytes:
    """Add evidence to the result of a SELECT in SPARQL JSON.

    QueryError for an ASK; TooManyToCite for more than `MAX_ROWS` rows: evidence covers all or none.
    """
    result = json.loads(body)
    if "results" not in result:
        raise QueryError("evidence=true goes with SELECT: a yes or no has no rows to cite for")
    rows = result["results"]["bindings"]
    if len(rows) > MAX_ROWS:
        raise TooManyToCite(
            f"evidence=true goes with at most {MAX_ROWS:,} rows, and there are {len(rows):,}; "
            f"add LIMIT {MAX_ROWS} and page with OFFSET"
        )
    patterns, others = _read(query, bool(default_graphs or named_graphs))
    result["evidence"] = {
        "rows": _rows(store, patterns, rows),
        "unestablished": [_unestablished(other) for other in others],
    }
    return json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode()


def _read(query: str, other_dataset: bool) -> tuple[QueryPatterns | None, list[OtherPart]]:
    """Return the patterns to match again, if possible, and what cannot be established."""
    if other_dataset:
        reason = "evidence covers the default dataset, and the request names another"
        return None, [OtherPart("the whole query", reason)]
    try:
        query_parts = read_patterns(query)
    except Unreadable as error:
        return None, [OtherPart("the whole query", str(error))]
    # A group is no match that could be repeated: each of its rows would be evidence.
    grouped = any(other.text.startswith("GROUP BY") for other in query_parts.others)
    return (None if grouped or not query_parts.patterns else query_parts), query_parts.others


def _rows(
    store: Store, query: QueryPatterns | None, rows: Sequence[Mapping[str, Any]]
) -> list[Member]:
    """Return the evidence of each row: a request for its triples, and one for all their graphs.

    Inferred triples are traced besides, by a request for each rule and one for their premises.
    """
    if query is None:
        return [_RowEvidence().member({}) for _ in rows]
    names = {name for pattern in query.patterns for name in pattern_variables(pattern)}
    matched = [
        matching_triples(
            store, query, {name: read_json_term(row[name]) for name in row if name in names}
        )
        for row in rows
    ]
    triples = dict.fromkeys(triple for of_row in matched for triple in of_row)
    graphs = dict(zip(triples, store.graphs_containing_each(triples), strict=True))
    derivations, members = Derivations(store), []
    for of_row in matched:
        evidence = _RowEvidence()
        for triple in of_row:
            at = ContainingGraphs.of(graphs[triple])
            _cite(store, triple, at, evidence, derivations)
        members.append(evidence.member(_citations(store)))
    return members


class _RowEvidence:
    """The evidence of one row."""

    def __init__(self) -> None:
        self.sentences: dict[str, bool] = {}
        self.background: dict[str, None] = {}
        self.others: dict[OtherPart, None] = {}

    def add(self, graphs: Iterable[str], citations: dict[str, Member], *, inferred: bool) -> None:
        for graph in graphs:
            if graph in citations:
                # Stated for one triple of the row outweighs inferred for another.
                self.sentences[graph] = self.sentences.get(graph, True) and inferred
            else:
                self.background[graph] = None

    def member(self, citations: dict[str, Member]) -> Member:
        return {
            "sentences": [
                {**citations[iri], "inferred": inferred}
                for iri, inferred in sorted(
                    self.sentences.items(), key=lambda item: citations[item[0]]["order"]
                )
            ],
            "background": sorted(self.background),
            "unestablished": [_unestablished(other) for other in self.others],
        }


def _cite(
    store: Store,
    triple: Triple,
    at: ContainingGraphs,
    evidence: _RowEvidence,
    derivations: Derivations,
) -> None:
    """Add the graphs that contain a triple or, if it was inferred, those it follows from."""
    graphs, inferred = at
    evidence.add(graphs, _citations(store), inferred=False)
    # A disagreement follows from the sentences that state its values.
    if DISAGREEMENTS.value in graphs:
        compared = _compared_sentences(store).get(text(triple.subject), ())
        evidence.add(compared, _citations(store), inferred=True)
    if graphs or not inferred:
        return
    provenance = derivations.provenance(triple)
    evidence.add(provenance.graphs, _citations(store), inferred=True)
    cited = any(graph in _citations(store) for graph in provenance.graphs)
    if provenance.missing or not cited:
        evidence.background[INFERRED.value] = None
    # One rule that cannot be traced is no gap if another led to a sentence.
    if provenance.missing and not (cited and provenance.missing == UNTRACEABLE):
        evidence.others[OtherPart(_text_of(triple), provenance.missing)] = None


@per_store
def _citations(store: Store) -> dict[str, Member]:
    """Read the place of each sentence in its source, by the IRI of its graph."""
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


@per_store
def _compared_sentences(store: Store) -> dict[str, list[str]]:
    """Read the sentences compared in each disagreement, and for each of its values."""
    sentences: dict[str, list[str]] = defaultdict(list)
    for row in store.select(page_query("compared-sentences")):
        sentences[text(row["node"])].append(text(row["sentence"]))
    return dict(sentences)


def _unestablished(other: OtherPart) -> dict[str, str]:
    return {"pattern": other.text, "reason": other.reason}


def _text_of(triple: Triple) -> str:
    """Write a triple with our prefixes.

    >>> day = Literal("2018-05-26", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    >>> _text_of(Triple(NamedNode("urn:a"), NamedNode("urn:b"), day))
    '<urn:a> <urn:b> "2018-05-26"^^xsd:date'
    """
    return " ".join(_term_text(part) for part in triple)


def _term_text(term: Term) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if isinstance(term, Literal) and "^^" in str(term):
        return f"{Literal(term.value)}^^{shorten(term.datatype.value)}"
    return str(term)


def read_json_term(value: Mapping[str, Any]) -> Term:
    """Read a term of SPARQL results in JSON."""
    if value["type"] == "uri":
        return NamedNode(value["value"])
    if value["type"] == "bnode":
        return BlankNode(value["value"])
    # https://www.w3.org/TR/sparql11-results-json/#select-encode-terms
    language, datatype = value.get("xml:lang"), value.get("datatype")
    return Literal(
        str(value["value"]), language=language, datatype=NamedNode(datatype) if datatype else None
    )
