"""The formats of answers and graphs: name, media type and the engine's name for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import cast

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    serialize,
)

from kg.model.prefixes import node, prefixes
from kg.model.syntaxes.jsonld import compact
from kg.model.syntaxes.xml import Unwritable, nested, write_xml


@dataclass(frozen=True)
class ResultFormat:
    """A format for the rows of a SELECT or the answer to an ASK."""

    name: str
    media_type: str
    engine: QueryResultsFormat


@dataclass(frozen=True)
class GraphFormat:
    """A format for triples, or for quads."""

    name: str
    media_type: str
    engine: RdfFormat


RESULTS = (
    # https://www.w3.org/TR/sparql11-results-json/
    ResultFormat("json", "application/sparql-results+json", QueryResultsFormat.JSON),
    # https://www.w3.org/TR/rdf-sparql-XMLres/
    ResultFormat("xml", "application/sparql-results+xml", QueryResultsFormat.XML),
    # https://www.w3.org/TR/sparql11-results-csv-tsv/; values stay as they are, `=HYPERLINK(…)` too
    ResultFormat("csv", "text/csv", QueryResultsFormat.CSV),
    ResultFormat("tsv", "text/tab-separated-values", QueryResultsFormat.TSV),
)

GRAPHS = (
    # https://www.w3.org/TR/turtle/
    GraphFormat("ttl", "text/turtle", RdfFormat.TURTLE),
    # https://www.w3.org/TR/n-triples/
    GraphFormat("nt", "application/n-triples", RdfFormat.N_TRIPLES),
    # https://www.w3.org/TR/rdf-syntax-grammar/
    GraphFormat("rdf", "application/rdf+xml", RdfFormat.RDF_XML),
    # https://www.w3.org/TR/json-ld11/
    GraphFormat("jsonld", "application/ld+json", RdfFormat.JSON_LD),
)

DATASETS = (
    # https://www.w3.org/TR/trig/
    GraphFormat("trig", "application/trig", RdfFormat.TRIG),
    # https://www.w3.org/TR/n-quads/
    GraphFormat("nq", "application/n-quads", RdfFormat.N_QUADS),
)

_TYPE = node("rdf:type")  # which Turtle writes as a
_BARE = {
    node("xsd:string").value: r"(?s:.*)",
    node("rdf:langString").value: r"(?s:.*)",
    node("xsd:boolean").value: r"true|false",
    node("xsd:integer").value: r"[+-]?[0-9]+",
    node("xsd:decimal").value: r"[+-]?[0-9]*\.[0-9]+",
    node("xsd:double").value: r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+",
}
_RESULTS = {key: row for row in RESULTS for key in (row.name, row.media_type)}
_GRAPHS = {key: row for row in GRAPHS + DATASETS for key in (row.name, row.media_type)}


def result_format(key: str) -> ResultFormat | None:
    """Find a format for rows by its name or media type.

    >>> result_format("csv").media_type
    'text/csv'
    """
    return _RESULTS.get(key)


def graph_format(key: str) -> GraphFormat | None:
    """Find a format for triples or quads by its name or media type.

    >>> graph_format("text/turtle").name
    'ttl'
    """
    return _GRAPHS.get(key)


def write(
    statements: Iterable[Triple] | Iterable[Quad],
    form: GraphFormat,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """Write triples or quads in their order, with prefixes where the format has them.

    The prefixes are those of a map, or of the one in force. Unwritable names the property that a
    format cannot write, and other formats.
    """
    quads = cast("Iterable[Quad]", tuple(statements))
    used = _used(quads, names or prefixes())
    if form.engine == RdfFormat.RDF_XML:
        return write_xml(quads, used)
    try:
        body = serialize(quads, format=form.engine, prefixes=used) or b""
    except OSError as error:  # JSON-LD has no triple terms
        raise Unwritable(f"{form.media_type} cannot write this graph ({error})") from error
    if form.engine == RdfFormat.JSON_LD:
        return compact(body)
    return _sorted_header(body) if form.name in ("ttl", "trig") else body


def _used(statements: Iterable[Quad], names: Mapping[str, str]) -> dict[str, str]:
    # The engine would declare every prefix.
    iris = {iri for statement in statements for inner in nested(statement) for iri in _iris(inner)}
    return {
        name: space for name, space in names.items() if any(iri.startswith(space) for iri in iris)
    }


def _iris(statement: Triple | Quad) -> Iterator[str]:
    for term in statement:
        if isinstance(term, NamedNode) and term != _TYPE:
            yield term.value
        elif isinstance(term, Literal) and not _bare(term):
            yield term.datatype.value


def _bare(literal: Literal) -> bool:
    # What Turtle writes without a datatype (https://www.w3.org/TR/turtle/#grammar-production-INTEGER).
    form = _BARE.get(literal.datatype.value)
    return form is not None and re.fullmatch(form, literal.value) is not None


def _sorted_header(body: bytes) -> bytes:
    # The engine's order changes from run to run; equal graphs must be equal bytes.
    lines = body.split(b"\n")
    header = list(takewhile(lambda line: line.startswith(b"@prefix "), lines))
    rest = b"\n".join(lines[len(header) :])
    return b"\n".join([*sorted(header), b"", rest] if header else [rest])
