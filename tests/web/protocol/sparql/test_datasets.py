"""Which graphs a query is asked of."""

from urllib.parse import urlencode

from werkzeug.test import Client

from tests.web.protocol.sparql.asking import ANY, ask


def test_get_query_union_graph(client: Client) -> None:
    graph = "https://w3id.org/aide-memoire/graph/links"
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = client.get(
        "/sparql",
        query_string={"query": query, "default-graph-uri": graph},
        headers={"Accept": "text/csv"},
    )
    assert answer.text.split() == ["n", "1"]


def test_get_query_union_graph_and_default_graph(client: Client) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    fields = [("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ("format", "csv")]
    fields += [("default-graph-uri", base + name) for name in ("p1s1", "p2s1")]
    assert client.get("/sparql?" + urlencode(fields)).text.split() == ["n", "10"]


def test_get_query_named_graph(client: Client) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    fields = {"query": query, "named-graph-uri": base + "p1s2", "format": "csv"}
    assert client.get("/sparql", query_string=fields).text.split() == ["g", base + "p1s2"]


def test_get_query_several_named_graphs(client: Client) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    fields = [("query", query), ("format", "tsv")]
    fields += [("named-graph-uri", base + name) for name in ("p1s1", "p1s2")]
    assert len(client.get("/sparql?" + urlencode(fields)).text.splitlines()) == 3


def test_get_query_dataset_overrides_from(client: Client) -> None:
    graph = "https://w3id.org/aide-memoire/graph/links"
    query = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/none> { ?s ?p ?o }"
    assert ask(client, query, format="csv").text.split() == ["n", "0"]
    fields = {"query": query, "format": "csv", "default-graph-uri": graph}
    assert client.get("/sparql", query_string=fields).text.split() == ["n", "1"]


def test_get_query_bad_graph(client: Client) -> None:
    fields = {"query": ANY, "default-graph-uri": "not an iri"}
    assert client.get("/sparql", query_string=fields).status_code == 400


def test_claims_are_not_in_the_default_graph(client: Client) -> None:
    query = "ASK { ?s <https://w3id.org/aide-memoire/ontology#responsibleParty> ?o }"
    assert ask(client, query).get_json(force=True)["boolean"] is False
