"""rdflib, SPARQLWrapper and pyoxigraph find at the endpoint what `kg query` finds."""

from collections.abc import Callable

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import QueryResultsFormat
from rdflib import RDFS, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, N3, POST, POSTDIRECTLY, RDFXML, XML, SPARQLWrapper

from kg.model.prefixes import BASE
from tests.clients.rows import Rows, rows_in, rows_of, rows_with

Expected = Callable[[str], Rows]
Question = Callable[[str], str]

ID = Namespace(f"{BASE}id/")
FORMS = {JSON: QueryResultsFormat.JSON, XML: QueryResultsFormat.XML}
# What somebody has beside our data: a column of a spreadsheet, keyed by our IRIs.
OURS_BESIDE = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT ?state ?seat ?statement WHERE {
  ?state <x:seat> ?seat .
  SERVICE <ENDPOINT> { ?statement dip:signatory ?state }
}
"""
SEATS = {"japan": "8", "canada": "12", "nowhere": "0"}


@pytest.mark.parametrize("form", ["json", "xml", "csv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_sparqlstore_reads_rows(
    site: str, expected: Expected, question: Question, form: str, method: str
) -> None:
    store = SPARQLStore(f"{site}/sparql", returnFormat=form, method=method)
    result = rdflib.Graph(store).query(question("expelling-states"))
    names = [str(variable) for variable in result.vars or ()]
    rows = rows_with(names, result)  # type: ignore[arg-type]
    wanted = expected("expelling-states")
    # CSV keeps neither language nor datatype: https://www.w3.org/TR/sparql11-results-csv-tsv/
    assert values(rows) == values(wanted)
    assert form == "csv" or rows == wanted


def values(rows: Rows) -> list[list[str]]:
    return sorted(
        sorted(cell.strip('<"').split('"')[0].strip(">") for _, cell in row) for row in rows
    )


def test_sparqlstore_reads_triples(site: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{site}/sparql"))
    assert (ID.japan, RDFS.label, Literal("日本", lang="ja")) in graph
    names = set(graph.objects(ID.japan, RDFS.label))
    assert names >= {Literal("Japan", lang="en"), Literal("日本", lang="ja")}
    document = rdflib.Graph().parse(f"{site}/id/japan", format="turtle")
    assert names == set(document.objects(ID.japan, RDFS.label))


@pytest.mark.parametrize("method", [GET, POST, POSTDIRECTLY])
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_sparqlwrapper_reads_rows(
    site: str, expected: Expected, question: Question, form: str, method: str
) -> None:
    body = wrapped(site, question("expelling-states"), form, method)
    wanted = expected("expelling-states")
    if form == CSV:
        lines = body.decode().splitlines()
        assert lines[0] == "state,count,name,item"
        assert values(wanted) == sorted(sorted(line.split(",")) for line in lines[1:])
    else:
        assert rows_in(body, FORMS[form]) == wanted


@pytest.mark.parametrize("form", [N3, RDFXML])
def test_sparqlwrapper_reads_a_graph(
    site: str, builds_graph: Callable[[str], rdflib.Graph], question: Question, form: str
) -> None:
    body = wrapped(site, question("signatories"), form, GET)
    graph = rdflib.Graph().parse(body, format="turtle" if form == N3 else "xml")
    wanted = builds_graph("signatories")
    assert set(graph) == set(wanted) != set()


def test_sparqlwrapper_posts_a_query_that_is_too_long_for_an_address(
    site: str, expected: Expected, question: Question
) -> None:
    rows = " ".join(f"<{ID}{name}-{number}>" for number in range(120) for name in ("a", "b"))
    states = f"VALUES ?state {{ {rows} id:japan id:germany id:poland }}"
    text = question("expelling-states").replace("WHERE {", f"WHERE {{\n  {states}")
    assert len(text) > 8000
    found = rows_in(wrapped(site, text, JSON, POST))
    names = {str(URIRef(ID[name]).n3()) for name in ("germany", "poland", "japan")}
    wanted = [row for row in expected("expelling-states") if dict(row)["state"] in names]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted)) != []


def wrapped(site: str, query: str, form: str, method: str) -> bytes:
    client = SPARQLWrapper(f"{site}/sparql", returnFormat=form)
    client.setQuery(query)
    client.setMethod(POST if method == POSTDIRECTLY else method)
    client.setRequestMethod(POSTDIRECTLY if method == POSTDIRECTLY else "urlencoded")
    with client.query().response as response:
        return bytes(response.read())


def test_rdflib_joins_its_graph_with_ours(site: str) -> None:
    local = rdflib.Graph()
    for name, seat in SEATS.items():
        local.add((ID[name], URIRef("x:seat"), Literal(seat)))
    result = local.query(OURS_BESIDE.replace("ENDPOINT", f"{site}/sparql"))
    check_join(rows_with([str(name) for name in result.vars or ()], result))  # type: ignore[arg-type]


def test_pyoxigraph_joins_its_graph_with_ours(site: str) -> None:
    local = pyoxigraph.Store()
    for name, seat in SEATS.items():
        local.update(f'INSERT DATA {{ <{ID}{name}> <x:seat> "{seat}" }}')
    result = local.query(OURS_BESIDE.replace("ENDPOINT", f"{site}/sparql"))
    assert isinstance(result, pyoxigraph.QuerySolutions)
    check_join(rows_of(result))


def check_join(rows: Rows) -> None:
    signed = {
        (row["state"], row["seat"], row["statement"]) for row in (dict(each) for each in rows)
    }
    statement = f"<{ID}g7-statement-on-skripal>"
    assert {(f"<{ID}japan>", '"8"', statement), (f"<{ID}canada>", '"12"', statement)} <= signed
    assert {state for state, _, _ in signed} == {f"<{ID}japan>", f"<{ID}canada>"}
