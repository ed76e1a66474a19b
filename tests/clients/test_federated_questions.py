"""Our questions that join with Wikidata, against a loopback endpoint with data of its shape."""

import csv
import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kg.model.prefixes import BASE
from kg.model.source_texts import tree_texts
from tests.clients.comunica import Comunica
from tests.clients.rows import rows_in
from tests.kg.federation.endpoint import Endpoint, running
from tests.serving import serving

HERE = Path(__file__).parent
WIKIDATA = "https://query.wikidata.org/sparql"
QUERY_COMMAND = (sys.executable, "-m", "kg.cli", "query", "-", "--format", "csv")
WD = "http://www.wikidata.org/entity/"
HEADS, NEIGHBOURS = (
    "heads-of-government-of-expelling-states",
    "expelling-states-that-border-russia",
)
EXPECTED = {
    HEADS: [
        ["state", "head", "name", "from", "person"],
        [f"{BASE}id/estonia", f"{WD}Q900000004", "Head Four", "2016-11-23T00:00:00Z", ""],
        [f"{BASE}id/norway", f"{WD}Q900000002", "Head Two", "2013-10-16T00:00:00Z", ""],
    ],
    NEIGHBOURS: [
        ["state", "count", "population"],
        [f"{BASE}id/norway", "1", "5000001"],
        [f"{BASE}id/estonia", "1", "1000002"],
    ],
}


@pytest.fixture(scope="module")
def wikidata() -> Iterator[Endpoint]:
    with running() as server:
        server.graph.clear()
        server.graph.load(path=HERE / "wikidata.ttl", format=pyoxigraph.RdfFormat.TURTLE)
        yield server


@pytest.fixture(autouse=True)
def _nothing_asked(wikidata: Endpoint) -> None:
    wikidata.asked.clear()
    wikidata.reply = None


@pytest.fixture(scope="module")
def allowing(
    tmp_path_factory: pytest.TempPathFactory, builds: Path, wikidata: Endpoint
) -> Iterator[str]:
    """Serve the live graph by an owner who allows calls of the loopback endpoint."""
    log = tmp_path_factory.mktemp("log") / "server"
    named = {"SERVICE_ENDPOINTS": wikidata.iri, "SERVICE_LOCAL": wikidata.iri}
    with serving(log, BUILDS=builds, **named) as (port, _):
        yield f"http://127.0.0.1:{port}"


def federated(name: str, wikidata: Endpoint) -> str:
    text = tree_texts().federated_queries()[name]
    assert f"SERVICE <{WIKIDATA}>" in text
    return text.replace(WIKIDATA, wikidata.iri)


def refusal(site: str, query: str, **parameters: str) -> dict[str, object]:
    data = urllib.parse.urlencode({"query": query, **parameters}).encode()
    request = urllib.request.Request(f"{site}/sparql", data)  # noqa: S310
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(request)  # noqa: S310
    with error.value as response:
        assert response.headers["Content-Type"].startswith("application/problem+json")
        return dict(json.load(response))


def test_each_federated_question_is_tried() -> None:
    assert set(tree_texts().federated_queries()) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_question_joins_with_wikidata(allowing: str, wikidata: Endpoint, name: str) -> None:
    run = subprocess.run(
        [*QUERY_COMMAND, "--endpoint", f"{allowing}/sparql"],
        input=federated(name, wikidata),
        capture_output=True,
        text=True,
        check=True,
    )
    assert [*csv.reader(run.stdout.splitlines())] == EXPECTED[name]
    ((_, sent),) = wikidata.asked
    # All states that expelled somebody are asked about at once, and no others.
    assert f"<{WD}Q20>" in sent
    assert f"<{WD}Q191>" in sent
    assert "VALUES (?item" in sent
    assert f"<{WD}Q17>" not in sent


def test_the_sentences_behind_a_join_are_those_of_ours(allowing: str, wikidata: Endpoint) -> None:
    query = {"query": federated(NEIGHBOURS, wikidata), "evidence": "true", "format": "json"}
    address = f"{allowing}/sparql?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(address) as response:  # noqa: S310
        evidence = json.load(response)["evidence"]
    assert len(evidence["rows"]) == 2
    assert all(evidence["rows"])
    assert any("SERVICE" in other["pattern"] for other in evidence["unestablished"])


def test_an_endpoint_that_is_not_allowed_is_not_called(site: str, wikidata: Endpoint) -> None:
    problem = refusal(site, federated(HEADS, wikidata))
    assert "KG_SERVICE_ENDPOINTS" in str(problem["detail"])
    assert wikidata.asked == []


def test_another_endpoint_than_the_allowed_is_not_called(allowing: str, wikidata: Endpoint) -> None:
    problem = refusal(allowing, tree_texts().federated_queries()[HEADS])
    assert wikidata.iri in str(problem["detail"])
    assert "KG_SERVICE_ENDPOINTS" in str(problem["detail"])


def test_an_endpoint_that_fails_is_an_error_and_silent_is_not(
    allowing: str, wikidata: Endpoint
) -> None:
    wikidata.reply = (503, {}, b"")
    query = federated(NEIGHBOURS, wikidata)
    problem = refusal(allowing, query)
    assert wikidata.iri in str(problem["detail"])
    assert "503" in str(problem["detail"])
    silent = query.replace("SERVICE <", "SERVICE SILENT <")
    data = urllib.parse.urlencode({"query": silent, "format": "json"}).encode()
    with urllib.request.urlopen(f"{allowing}/sparql", data) as response:  # noqa: S310
        rows = json.load(response)["results"]["bindings"]
    assert rows
    assert all("population" not in row for row in rows)


def test_comunica_joins_ours_with_wikidata(
    comunica: Comunica, site: str, wikidata: Endpoint
) -> None:
    service = federated(NEIGHBOURS, wikidata)
    query = service.replace(f"SERVICE <{wikidata.iri}> {{", "{").partition("ORDER BY")[0]
    answer = comunica.ask(site, query, f"{site}/sparql", {"type": "sparql", "value": wikidata.iri})
    names, *rows = EXPECTED[NEIGHBOURS]
    head = {"vars": names}
    wanted = [
        {
            "state": {"type": "uri", "value": state},
            **{
                name: {"type": "literal", "value": value, "datatype": XSD_INTEGER}
                for name, value in zip(names[1:], numbers, strict=True)
            },
        }
        for state, *numbers in rows
    ]
    body = json.dumps({"head": head, "results": {"bindings": wanted}})
    assert answer.rows == rows_in(body.encode())


XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
