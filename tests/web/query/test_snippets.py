"""The programs that ask a query are run as they stand, against the real server."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import thread_time

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad

from kg.endpoint.guard import LARGEST
from tests.publishing import publish
from tests.web.test_server import free_port, serve, wait_until_up
from web.query.snippets import snippets

LABEL = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
# What a shell, Python and R each take for a sign of their own is in here.
AWKWARD = (
    f'# It\'s \\ """ \' $HOME `id` )" )-" é ルリタニア\n{LABEL}\n'
    'SELECT ?thing ("\\"it\'s\\" $HOME \\\\n é 100% )-\\"" AS ?said) WHERE {\n'
    '  ?thing rdfs:label "Ruritania"@en\n}'
)
QUERIES = {
    "rows": (AWKWARD, ["id/ruritania", "100%", "$HOME", "é"]),
    "truth": (f'{LABEL}ASK {{ ?thing rdfs:label "Ruritania"@en }}', ["true"]),
    "graph": (f'{LABEL}CONSTRUCT WHERE {{ ?thing rdfs:label "Ruritania"@en }}', ["Ruritania"]),
}


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Iterator[str]:
    builds = tmp_path_factory.mktemp("builds")
    publish(builds, tiny)
    number = free_port()
    with serve(builds, number) as server:
        wait_until_up(number)
        yield f"http://127.0.0.1:{number}/sparql"
        server.terminate()


def command(language: str) -> list[str]:
    if language == "Python":
        return [sys.executable, "-c"]
    program = shutil.which({"curl": "curl", "R": "Rscript"}[language])
    if program is None:
        pytest.skip(f"{language} is not installed")
    return ["/bin/sh", "-c"] if language == "curl" else [program, "--vanilla"]


def run(language: str, code: str, folder: Path) -> str:
    start = command(language)
    if language == "R":
        file = folder / "ask.R"
        file.write_text(code, encoding="utf-8")
        code = str(file)
    done = subprocess.run(
        [*start, code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("language", ["curl", "Python", "R"])
@pytest.mark.parametrize("kind", QUERIES)
def test_program_asks_the_query(endpoint: str, tmp_path: Path, kind: str, language: str) -> None:
    query, expected = QUERIES[kind]
    answer = run(language, dict(snippets(endpoint, query))[language], tmp_path)
    for text in expected:
        assert text.lower() in answer.lower()


@pytest.mark.parametrize("language", ["curl", "Python", "R"])
def test_program_asks_the_graphs_named(endpoint: str, tmp_path: Path, language: str) -> None:
    graphs = [("default-graph-uri", "https://w3id.org/aide-memoire/graph/links")]
    query = "SELECT (41 + COUNT(*) AS ?n) { ?s ?p ?o }"
    assert "42" in run(language, dict(snippets(endpoint, query, graphs))[language], tmp_path)


def test_programs_ask_the_host_that_was_asked(client: FlaskClient) -> None:
    answer = client.get(
        "/sparql/snippets", query_string={"query": "ASK {}"}, base_url="http://graph.example"
    )
    found = answer.get_json()["snippets"]
    assert [one["name"] for one in found] == ["curl", "Python", "R"]
    assert all("http://graph.example/sparql" in one["code"] for one in found)


def test_a_query_too_long_to_be_answered_has_no_program(client: FlaskClient) -> None:
    start = thread_time()
    answer = client.post("/sparql/snippets", data={"query": "." * 40_000})
    assert thread_time() - start < 0.5
    assert answer.status_code == 400
    assert f"at most {LARGEST}" in answer.text


def test_a_raw_string_of_r_has_the_fewest_dashes_that_hold_it() -> None:
    query = 'SELECT (")" AS ?a) (")-" AS ?b) (")---" AS ?c) {}'
    assert dict(snippets("http://a.example/sparql", query))["R"].startswith('query <- r"--(\n')
