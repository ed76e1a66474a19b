"""The formats of answers and graphs: name, media type and the engine's own word for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, Triple, serialize

from kg.prefixes import prefixes


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
    # https://www.w3.org/TR/sparql11-results-csv-tsv/
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


def write(statements: Iterable[Triple] | Iterable[Quad], form: GraphFormat) -> bytes:
    """Write triples or quads in the order given, with our prefixes where the format has them."""
    body = serialize(statements, format=form.engine, prefixes=prefixes()) or b""
    return _tidy_header(body) if form.name in ("ttl", "trig") else body


def _tidy_header(body: bytes) -> bytes:
    # The engine declares every prefix, in an order that changes from run to run; equal graphs
    # must be equal bytes.
    lines = body.split(b"\n")
    header = [line for line in lines if line.startswith(b"@prefix ")]
    rest = b"\n".join(lines[len(header) :])
    used = {name for name, _ in re.findall(rb"(?<![\w:<\"-])([a-z]+):(?=([\w]))", rest)}
    kept = sorted(line for line in header if line.split()[1].rstrip(b":") in used)
    return b"\n".join([*kept, b"", rest] if kept else [rest])
