"""In which format an answer comes, and that other people's programs read it."""

import io

import pytest
from rdflib import Dataset, Graph
from rdflib.query import Result
from werkzeug.test import Client

from tests.web.protocol.sparql.asking import ANY, JSON, MEETING, STATES, XML, ask


def test_get_query_accept_star(client: Client) -> None:
    assert ask(client, STATES, "*/*").mimetype == JSON


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (JSON, JSON),
        ("application/json", JSON),
        (XML, XML),
        ("application/xml", XML),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
    ],
)
def test_get_query_accept_good(client: Client, accept: str, media: str) -> None:
    answer = ask(client, STATES, accept)
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert "Accept" in answer.headers["Vary"]


def test_get_query_accept_explicit_priority(client: Client) -> None:
    accept = "text/csv;q=0.5, text/tab-separated-values;q=0.8, application/foo"
    assert ask(client, STATES, accept).mimetype == "text/tab-separated-values"


def test_get_query_accept_implicit_priority(client: Client) -> None:
    assert ask(client, STATES, "text/csv;q=0.9, */*;q=0.1").mimetype == "text/csv"


def test_get_query_accept_with_parameters(client: Client) -> None:
    assert ask(client, STATES, "text/csv;header=present;charset=utf-8").mimetype == "text/csv"


def test_get_query_accept_refused_by_zero(client: Client) -> None:
    assert ask(client, STATES, f"{JSON};q=0, */*").mimetype == XML


def test_get_query_accept_bad(client: Client) -> None:
    answer = ask(client, STATES, "application/foo")
    assert answer.status_code == 406
    assert "text/csv" in answer.text


def test_get_query_format_beats_accept(client: Client) -> None:
    assert ask(client, STATES, "text/html", format="csv").mimetype == "text/csv"
    assert ask(client, STATES, format="ttl").status_code == 406


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_rows_are_read_back_by_rdflib(client: Client, kind: str) -> None:
    answer = ask(client, STATES, format=kind)
    rows = Result.parse(io.BytesIO(answer.data), format=kind)
    assert [str(row[1]) for row in rows] == ["Ruritania", "Sylvania"]


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_truth_is_read_back_by_rdflib(client: Client, kind: str) -> None:
    answer = ask(client, ANY, format=kind)
    assert Result.parse(io.BytesIO(answer.data), format=kind).askAnswer is True


# rdflib's own JSON-LD parser still makes a class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("kind", "media", "parser"),
    [
        ("ttl", "text/turtle", "turtle"),
        ("nt", "application/n-triples", "nt"),
        ("rdf", "application/rdf+xml", "xml"),
        ("jsonld", "application/ld+json", "json-ld"),
    ],
)
def test_graphs_are_read_back_by_rdflib(client: Client, kind: str, media: str, parser: str) -> None:
    answer = ask(client, MEETING, media)
    assert answer.mimetype == media
    assert ask(client, MEETING, format=kind).data == answer.data
    assert len(Graph().parse(data=answer.data, format=parser)) == 9


def test_turtle_is_the_default_for_graphs_and_has_our_prefixes(client: Client) -> None:
    answer = ask(client, MEETING)
    assert answer.mimetype == "text/turtle"
    assert "@prefix dip: <https://w3id.org/aide-memoire/ontology#>" in answer.text


def test_a_graph_has_no_rows(client: Client) -> None:
    assert ask(client, MEETING, "text/csv").status_code == 406


# rdflib's own parsers for quads still read what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated")
@pytest.mark.parametrize(
    ("kind", "media", "parser"),
    [("trig", "application/trig", "trig"), ("nq", "application/n-quads", "nquads")],
)
def test_a_graph_in_a_format_for_quads_is_the_default_graph(
    client: Client, kind: str, media: str, parser: str
) -> None:
    answer = ask(client, MEETING, media)
    assert answer.mimetype == media
    assert ask(client, MEETING, format=kind).data == answer.data
    found = Dataset().parse(data=answer.data, format=parser)
    assert len(found.default_graph) == len(list(found.quads())) == 9


def test_rows_have_no_format_for_quads(client: Client) -> None:
    answer = ask(client, STATES, "application/n-quads")
    assert answer.status_code == 406
    assert "text/csv" in answer.text
