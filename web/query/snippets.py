"""Programs that send a query: for curl, Python and R."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Sequence

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from kg.endpoint.guard import check_size
from kg.sparql.form import query_form
from web.request.hosts import root

bp = Blueprint("snippets", __name__)

# Parameters of the protocol that name the dataset: (name, IRI).
Graphs = Sequence[tuple[str, str]]
Snippet = tuple[str, str]

_ROWS, _TRUTH, _GRAPH = "rows", "truth", "graph"
_KINDS = {"SELECT": _ROWS, "ASK": _TRUTH, "CONSTRUCT": _GRAPH, "DESCRIBE": _GRAPH}
# CSV and Turtle can be read in a terminal; CSV has no form for a truth value.
_CURL = {_ROWS: "text/csv", _TRUTH: "application/sparql-results+json", _GRAPH: "text/turtle"}
_R = {_ROWS: ("csv", "read.csv"), _TRUTH: ("csv", "readLines"), _GRAPH: ("ttl", "readLines")}

_SPARQLWRAPPER = {
    _ROWS: (
        "JSON",
        """for row in endpoint.queryAndConvert()["results"]["bindings"]:
    print({name: term["value"] for name, term in row.items()})""",
    ),
    _TRUTH: ("JSON", 'print(endpoint.queryAndConvert()["boolean"])'),
    _GRAPH: (
        "RDFXML",
        'graph = endpoint.queryAndConvert()\nprint(graph.serialize(format="turtle"))',
    ),
}
# SPARQLWrapper's name for each parameter of the protocol is the parameter's own.
_DATASET = ("default-graph-uri", "named-graph-uri")
# What ends a raw string in R: `r"--(` ends at `)--"`, so other dashes are chosen.
_RAW_END = re.compile(r"\)(-*+)\"")


@bp.route("/sparql/snippets", methods=["GET", "POST"])
def show_snippets() -> Response:
    """Send the programs for `query` and its graphs; QueryRefused if the query is too long."""
    fields = request.values
    check_size(fields.get("query", ""))
    graphs = [(name, iri) for name in _DATASET for iri in fields.getlist(name)]
    programs = snippets(endpoint_address(), fields.get("query", ""), graphs)
    return jsonify(snippets=[{"name": name, "code": code} for name, code in programs])


def endpoint_address() -> str:
    """Return the endpoint's URL at the host of the request."""
    return f"{root(request.environ)}/sparql"


def snippets(endpoint: str, query: str, graphs: Graphs = ()) -> list[Snippet]:
    """Return (language, program) for each language, in the order of the page."""
    text = query.replace("\r\n", "\n").strip()
    return [
        ("curl", curl_snippet(endpoint, text, graphs)),
        ("Python", python_snippet(endpoint, text, graphs)),
        ("R", r_snippet(endpoint, text, graphs)),
    ]


def curl_snippet(endpoint: str, query: str, graphs: Graphs = ()) -> str:
    """Return a command for a POSIX shell."""
    fields = [("query", query), *graphs]
    data = (f"  --data-urlencode {shlex.quote(f'{name}={text}')} \\\n" for name, text in fields)
    return (
        f"curl --fail-with-body --header {shlex.quote(f'Accept: {_CURL[_kind(query)]}')} \\\n"
        f"{''.join(data)}  {shlex.quote(endpoint)}"
    )


def python_snippet(endpoint: str, query: str, graphs: Graphs = ()) -> str:
    """Return a Python program that uses SPARQLWrapper."""
    kind, use = _SPARQLWRAPPER[_kind(query)]
    names = ", ".join(sorted(["POST", "SPARQLWrapper", kind]))
    escaped = query.replace("\\", "\\\\").replace('"""', r"\"\"\"")
    return (
        f"from SPARQLWrapper import {names}\n\n"
        f"endpoint = SPARQLWrapper({_quoted(endpoint)}, returnFormat={kind})\n"
        f"endpoint.setMethod(POST)\n{''.join(_parameters(graphs))}"
        f'endpoint.setQuery("""\n{escaped}\n""")\n{use}'
    )


def r_snippet(endpoint: str, query: str, graphs: Graphs = ()) -> str:
    """Return an R program; it needs no package, and R 4.0 for the raw string."""
    kind, read = _R[_kind(query)]
    ends = {len(dashes) for dashes in _RAW_END.findall(query)}
    dashes = "-" * next(n for n in range(len(ends) + 1) if n not in ends)
    shown = "writeLines" if read == "readLines" else "print"
    fields = "".join(
        f',\n  "&{name}=", URLencode({_quoted(iri)}, reserved = TRUE)' for name, iri in graphs
    )
    return (
        f'query <- r"{dashes}(\n{query}\n){dashes}"\n'
        f"address <- paste0(\n  {_quoted(f'{endpoint}?format={kind}&query=')},\n"
        f"  URLencode(enc2utf8(query), reserved = TRUE){fields}\n)\n"
        f'answer <- {read}(address, encoding = "UTF-8")\n{shown}(answer)'
    )


def _parameters(graphs: Graphs) -> Iterable[str]:
    return (f"endpoint.addParameter({_quoted(n)}, {_quoted(iri)})\n" for n, iri in graphs)


def _kind(query: str) -> str:
    return _KINDS.get(query_form(query), _ROWS)


def _quoted(text: str) -> str:
    """Write a text as a literal of Python and of R, which have JSON's escapes in common."""
    return json.dumps(text, ensure_ascii=False)
