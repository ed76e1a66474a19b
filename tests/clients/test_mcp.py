"""Agents ask `kg mcp` with the SDK's client, over both transports, and the conformance package."""

import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import anyio
import pytest
from mcp import Client, StdioServerParameters

from kg.agents.schema_card import MOST_BYTES
from tests.clients.comunica import HERE, NODE, require_comunica
from tests.serving import free_port

PREFIXES = (
    "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"
    "PREFIX id: <https://w3id.org/aide-memoire/id/>\n"
)
SMALL = {"max_bytes": 5_000}
# A session about Japan and the Skripal attack.
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("search", {"text": "Skripal"}),
    ("describe", {"thing": "id:skripal-attack", "only": "statements"}),
    ("describe", {"thing": "id:skripal-attack", "only": "claims"}),
    ("search", {"text": "Japan", "class": "State"}),
    ("describe", {"thing": "Japan"}),
    ("shape", {"class": "Expulsion"}),
    ("examples", {"about": "Japan Skripal attack in its own words", "max_bytes": 8_000}),
    ("query", {"query": f"{PREFIXES}SELECT * {{ ?e a dip:Expulsion ; dip:agent ?state }}"}),
    (
        "query",
        {
            "query": f"{PREFIXES}SELECT ?claim ?p ?o {{ ?claim dip:claimant id:japan ;"
            " dip:content ?g . GRAPH ?g { ?s ?p ?o } }"
        },
    ),
    ("evidence", {"subject": "id:japan", "property": "dip:memberOf", "value": "id:g7"}),
    ("evidence", {"subject": "id:skripal-attack", "property": "dip:date"}),
    (
        "explain_empty",
        {"query": f"{PREFIXES}SELECT * {{ ?e dip:agent ?state . ?state dip:memberOff id:g7 }}"},
    ),
]
# Those for tools with other names than ours, prompts and resources are not for this server.
SCENARIOS = ("server-initialize", "ping", "tools-list", "dns-rebinding-protection")


@pytest.fixture(scope="session")
def command(builds: Path) -> StdioServerParameters:
    environment = {**os.environ, "KG_BUILDS": str(builds)}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "kg.cli", "mcp"], env=environment
    )


@pytest.fixture(scope="session")
def address(builds: Path) -> Iterator[str]:
    port = free_port()
    arguments = [sys.executable, "-m", "kg.cli", "mcp", "--http", "--port", str(port)]
    environment = {**os.environ, "KG_BUILDS": str(builds)}
    with subprocess.Popen(arguments, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_until_up(port)
            yield f"http://localhost:{port}/mcp"
        finally:
            server.terminate()


def _wait_until_up(port: int) -> None:
    for _ in range(600):
        try:
            urlopen(f"http://127.0.0.1:{port}/none", timeout=5)
        except HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("kg mcp --http does not start")


def ask(server: StdioServerParameters | str, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await use(client)

    # In a thread: the driver of browsers leaves a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, run).result()


async def session(client: Client) -> list[Any]:
    await client.list_tools()
    return [await client.call_tool(name, {**SMALL, **arguments}) for name, arguments in CALLS]


def test_a_session_over_standard_input_and_output(command: StdioServerParameters) -> None:
    results = ask(command, session)
    assert [result.content[0].text for result in results if result.is_error] == []
    # What is sent: structured content and text.
    sent = sum(len(result.model_dump_json(by_alias=True).encode()) for result in results)
    assert sent < 60_000
    answers = [result.structured_content for result in results]
    for (name, _), answer in zip(CALLS, answers, strict=True):
        assert answer["rows"], name
        assert answer["sentences"], name
        assert any(row["sentences"] for row in answer["rows"]), name
    claimed = [row for answer in (answers[2], answers[8]) for row in answer["rows"]]
    assert {row["kind"] for row in claimed} == {"claimed"}
    assert "claimed" not in {row["kind"] for row in answers[1]["rows"]}
    assert answers[5]["rows"][0]["example"]
    assert answers[6]["rows"][0]["first_row"]["cells"]


def test_a_session_over_http_gives_the_same(command: StdioServerParameters, address: str) -> None:
    there, here = (ask(server, session) for server in (address, command))
    assert [r.structured_content for r in there] == [r.structured_content for r in here]


def test_a_long_answer_goes_on_where_it_was_cut(address: str) -> None:
    asked = {"query": f"{PREFIXES}SELECT * {{ ?e a dip:Expulsion ; dip:agent ?state }}"}

    async def all_rows(client: Client) -> tuple[int, list[str]]:
        rows, cursor = [], {}
        while True:
            result = await client.call_tool("query", {**asked, **cursor, "max_bytes": 8_000})
            answer = result.structured_content
            rows += [str(row["cells"]) for row in answer["rows"]]
            if not answer["next"]:
                return answer["total"], rows
            cursor = {"cursor": answer["next"]}

    total, rows = ask(address, all_rows)
    assert len(set(rows)) == len(rows) == total > 10


def test_the_card_is_what_an_agent_reads_first(address: str) -> None:
    async def instructions(client: Client) -> str:
        return client.instructions or ""

    card = ask(address, instructions)
    assert "dip:Event" in card
    assert len(card.encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [("Host", "agents.example", 421), ("Origin", "https://agents.example", 403)],
)
def test_pages_of_other_hosts_are_refused(
    address: str, header: str, value: str, status: int
) -> None:
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    body = b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}'
    with pytest.raises(HTTPError) as error:
        urlopen(Request(address, body, {**headers, header: value}))  # noqa: S310
    error.value.close()
    assert error.value.code == status


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_conformance(address: str, scenario: str, tmp_path: Path) -> None:
    require_comunica()
    program = HERE / "node_modules" / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
    run = subprocess.run(
        [NODE, program, "server", "--url", address, "--scenario", scenario],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert ", 0 failed" in run.stdout
