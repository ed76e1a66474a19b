"""Comunica as a client: what `make clients` installs of it, and how a test asks with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.model.prefixes import BASE
from tests.clients.rows import Rows, rows_in

HERE = Path(__file__).parent
NODE = Path(sys.prefix) / "node" / "bin" / "node"
ENGINE = "@comunica/query-sparql"
TRAVERSAL = "@comunica/query-sparql-link-traversal"
_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """The rows that a client ended with, and the URLs that it requested for them."""

    rows: Rows
    requested: frozenset[str]


def ask_comunica(
    site: str,
    query: str,
    *sources: str | dict[str, str],
    engine: str = ENGINE,
    lenient: bool = False,
) -> Answer:
    """Ask a query of sources; canonical IRIs lead to `site`, as the redirect of w3id.org does.

    A source of a type is `{"type": "sparql", "value": …}`; of others Comunica looks what they are.
    `lenient` passes over documents that cannot be read, such as those of other hosts.
    """
    request = {
        "engine": engine,
        "query": query,
        "sources": sources,
        "lenient": lenient,
        "redirect": [BASE, f"{site}/"],
    }
    run = subprocess.run(
        [NODE, HERE / "ask.mjs"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    # Comunica adds a member "metadata", which the reader of results does not take.
    members = {name: answer["results"][name] for name in ("head", "results")}
    return Answer(rows_in(json.dumps(members).encode()), frozenset(answer["requested"]))


def require_comunica() -> None:
    """Skip the test where npm clients are not installed; fail it with KG_REQUIRE_CLIENTS=1."""
    if NODE.exists() and (HERE / "node_modules").exists():
        return
    missing = "Comunica is not tested: `make clients` installs it"
    if os.environ.get("KG_REQUIRE_CLIENTS", "") not in {"", "0"}:
        pytest.fail(missing)
    pytest.skip(missing)
