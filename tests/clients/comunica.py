"""Comunica as a client: what `make clients` installs of it, and how a test asks with it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


class Comunica:
    """A process that asks one query after another: to load its modules takes seconds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(
        self,
        site: str,
        query: str,
        *sources: str | dict[str, str],
        engine: str = ENGINE,
        lenient: bool = False,
    ) -> Answer:
        """Ask a query of sources; canonical IRIs lead to `site`, as the redirect of w3id.org does.

        A source of a type is `{"type": "sparql", "value": …}`; of others Comunica looks what they
        are. `lenient` passes over documents that cannot be read, such as those of other hosts.
        """
        answer = self._send(
            {
                "engine": engine,
                "query": query,
                "sources": sources,
                "lenient": lenient,
                "redirect": [BASE, f"{site}/"],
            }
        )
        assert "error" not in answer, answer["error"]
        # Comunica adds a member "metadata", which the reader of results does not take.
        members = {name: answer["results"][name] for name in ("head", "results")}
        return Answer(rows_in(json.dumps(members).encode()), frozenset(answer["requested"]))

    def _send(self, request: dict[str, object]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], _SECONDS)
        assert ready, f"Comunica took longer than {_SECONDS} seconds"
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def comunica_process() -> Iterator[Comunica]:
    """Start Comunica; it ends with the block."""
    with subprocess.Popen(
        [NODE, HERE / "ask.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Comunica(process)
        finally:
            process.kill()


def require_comunica() -> None:
    """Skip the test where npm clients are not installed; fail it with KG_REQUIRE_CLIENTS=1."""
    if NODE.exists() and (HERE / "node_modules").exists():
        return
    missing = "Comunica is not tested: `make clients` installs it"
    if os.environ.get("KG_REQUIRE_CLIENTS", "") not in {"", "0"}:
        pytest.fail(missing)
    pytest.skip(missing)
