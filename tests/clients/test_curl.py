"""curl reads what a thing's address leads to, in the format that it accepts, and asks questions."""

import shutil
import subprocess
from collections.abc import Callable

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse

from kg.model.prefixes import BASE, node
from tests.clients.conftest import QUESTIONS
from tests.clients.rows import Rows, rows_in

JAPAN = NamedNode(f"{BASE}id/japan")
LABEL = node("rdfs:label")
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    # A range and weights, as browsers and libraries send them.
    "text/turtle;q=0.5, application/n-triples;q=0.9, */*;q=0.1": RdfFormat.N_TRIPLES,
}

Expected = Callable[[str], Rows]

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl here")


def curl(*arguments: str) -> bytes:
    command = ["curl", "--silent", "--show-error", "--max-time", "60", *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout


def status_and_address(accept: str, url: str) -> list[str]:
    written = curl("-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", "-H", accept, url)
    return written.decode().split()


@pytest.mark.parametrize("accept", FORMATS)
def test_a_thing_leads_to_its_data(site: str, accept: str) -> None:
    status, address = status_and_address(f"Accept: {accept}", f"{site}/id/japan")
    assert status == "303"
    assert address.startswith(f"{site}/data/japan.")
    body = curl("--location", "--fail", "-H", f"Accept: {accept}", f"{site}/id/japan")
    triples = {quad.triple for quad in parse(body, format=FORMATS[accept])}
    assert Triple(JAPAN, LABEL, Literal("日本", language="ja")) in triples


def test_a_thing_leads_readers_to_its_page(site: str) -> None:
    assert status_and_address("Accept: text/html", f"{site}/id/japan") == [
        "303",
        f"{site}/page/japan",
    ]


def test_a_format_that_there_is_not_is_refused(site: str) -> None:
    assert status_and_address("Accept: image/png", f"{site}/id/japan") == ["406"]


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
@pytest.mark.parametrize("way", [["--get"], ["--request", "POST"]])
def test_a_question_is_answered(site: str, expected: Expected, form: str, way: list[str]) -> None:
    results = QueryResultsFormat.from_extension({"json": "srj", "xml": "srx"}.get(form, form))
    assert results
    body = curl(
        *(*way, "--fail", "--data-urlencode", f"query@{QUESTIONS / 'expelling-states.rq'}"),
        *("-H", f"Accept: {results.media_type}", f"{site}/sparql"),
    )
    assert rows_in(body, results) == expected("expelling-states")


def test_the_description_leads_to_a_dump(site: str, expected: Expected) -> None:
    void = curl("--fail", "-H", "Accept: text/turtle", f"{site}/.well-known/void")
    described = rdflib.Graph().parse(void, format="turtle")
    dumps = described.objects(None, rdflib.VOID.dataDump)
    (dump,) = (str(file) for file in dumps if str(file).endswith(".nt"))
    body = curl("--fail", "--compressed", dump)
    data = rdflib.Graph().parse(body, format="nt")
    result = data.query((QUESTIONS / "expelling-states.rq").read_text(encoding="utf-8"))
    assert len(result) == expected("expelling-states").total() > 0
