"""A query as Virtuoso has to be sent it, so that it reads the graphs that the query means.

Virtuoso's default graph is the union of all its graphs, unless a request names graphs: then these
are its default graph, a `GRAPH ?g` matches any graph, and `GRAPH <iri>` none that was not named. So
the prologue names the graph that stands for the default graph, and each `GRAPH <iri>`. Where a
`GRAPH ?g` stands beside these, naming them would keep it from all others: there `GRAPH <iri>` is
written as a variable that a filter binds. A filter keeps hidden graphs from `GRAPH ?g`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model.errors import QueryError
from kg.sparql.dataset import graphs_in
from kg.sparql.form import query_form
from kg.sparql.joins.group_elements import closing
from kg.sparql.prologue import read_prologue
from kg.sparql.tokens import Token, fits, tokenize
from kg.store.engine import DatasetNames
from kg.store.remote.virtuoso.renamed import renamed_in_query
from kg.store.remote.virtuoso.upper_bounds import without_index

# Graphs that Virtuoso brings, or that its packages do.
SYSTEM_GRAPHS = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://localuriqaserver/sparql",
    "http://localhost:8890/sparql",
    "http://localhost:8890/DAV/",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
)
# Variables in place of named graphs; they do not show in an answer.
GRAPH_VARIABLE = "virtuoso_graph_"
# The name of no graph. With no named graph at all, Virtuoso would take every graph for one.
_NO_GRAPH = "urn:x-aide-memoire:no-graph"


@dataclass(frozen=True)
class _Graph:
    """One `GRAPH … {` of a query: the token after GRAPH, the offset after `{`, and any IRI."""

    name: Token
    inside: int
    iri: str = ""


def virtuoso_query(
    query: str,
    dataset: DatasetNames,
    default_graph: str,
    hidden: Sequence[str] = (),
    base: str = "",
) -> str:
    """Return a query as Virtuoso takes it, with the dataset in its prologue.

    `default_graph` stands for the default graph, and no `GRAPH ?g` matches it or one that is
    `hidden`. QueryError for several default graphs: Virtuoso does not merge them, so that a triple
    of two of them would count twice.
    """
    written = without_index(_with_separators(renamed_in_query(query)))
    if query_form(query) == "DESCRIBE":
        # Virtuoso would describe a node by what points to it, too.
        written = f'define sql:describe-mode "SPO" {written}'
    stated = dataset if dataset[0] or dataset[1] else graphs_in(query, base)
    if stated[0] or stated[1]:
        return _with_dataset(written, stated)
    out_of_reach = dict.fromkeys((default_graph, *hidden))
    graphs = list(_graphs(written, base))
    if all(graph.iri for graph in graphs):
        named = [graph.iri for graph in graphs if graph.iri not in out_of_reach]
        return _define("default", [default_graph]) + _define("named", named) + written
    return _define("default", [default_graph]) + _filtered(written, graphs, list(out_of_reach))


def _with_dataset(query: str, graphs: DatasetNames) -> str:
    if len(set(graphs[0])) > 1:
        raise QueryError(
            "the engine behind this site cannot merge several default graphs; "
            "name one with FROM, the others with FROM NAMED"
        )
    return _define("default", graphs[0]) + _define("named", graphs[1] or [_NO_GRAPH]) + query


def _define(kind: str, iris: Sequence[str]) -> str:
    return "".join(f"define input:{kind}-graph-uri <{iri}> " for iri in dict.fromkeys(iris))


def _graphs(query: str, base: str) -> Iterator[_Graph]:
    tokens = tokenize(query)
    # The keyword first: fitting every token takes three times as long as making it.
    places = [at for at, token in enumerate(tokens) if token.keyword == "GRAPH"]
    if not places:
        return
    prologue = read_prologue(tokens, base)
    for at in places:
        if fits(tokens, at, "GRAPH iri/name/variable {"):
            name = tokens[at + 1]
            iri = "" if name.kind == "variable" else prologue.iri(name)
            yield _Graph(name, tokens[at + 2].end, iri)


def _filtered(query: str, graphs: Sequence[_Graph], out_of_reach: Sequence[str]) -> str:
    excluded = ", ".join(f"<{iri}>" for iri in out_of_reach)
    pieces: list[str] = []
    done = 0
    for number, graph in enumerate(graphs):
        variable = f"?{GRAPH_VARIABLE}{number}" if graph.iri else graph.name.text
        is_it = f"{variable} = <{graph.iri}>" if graph.iri else f"{variable} NOT IN ({excluded})"
        pieces.append(f"{query[done : graph.name.start]}{variable} {{ FILTER({is_it}) ")
        done = graph.inside
    return "".join(pieces) + query[done:]


def _with_separators(query: str) -> str:
    """Name the separator of each GROUP_CONCAT(DISTINCT …): Virtuoso fails without one.

    >>> _with_separators("SELECT (GROUP_CONCAT(DISTINCT ?x) AS ?y) { ?s ?p ?x }")
    'SELECT (GROUP_CONCAT(DISTINCT ?x; separator=" ") AS ?y) { ?s ?p ?x }'
    """
    if "group_concat" not in query.casefold():
        return query
    tokens = tokenize(query)
    pieces: list[str] = []
    done = 0
    for at in range(len(tokens)):
        if fits(tokens, at, "GROUP_CONCAT ( DISTINCT"):
            end = closing(tokens, at + 1)
            if not any(token.keyword == "SEPARATOR" for token in tokens[at:end]):
                pieces.append(query[done : tokens[end].start] + '; separator=" "')
                done = tokens[end].start
    return "".join(pieces) + query[done:]
