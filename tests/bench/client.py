"""Asks over HTTP: once for the answer, one client for latency, several for throughput."""

from __future__ import annotations

import http.client
import json
import math
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Hashable
from pathlib import Path
from urllib.parse import quote

from tests.bench.contenders import Contender
from tests.bench.shapes import Query

_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_OK = 200
_SCRIPT = """
local paths, kinds = {}, {}
for line in io.lines(os.getenv("BENCH_QUERIES")) do
  local kind, path = line:match("(%S+) (%S+)")
  kinds[#kinds + 1], paths[#paths + 1] = kind, path
end
local n = math.random(#paths)
local connection = os.getenv("BENCH_CONNECTION")
request = function()
  n = n % #paths + 1
  return wrk.format("GET", paths[n], {Accept = kinds[n], Connection = connection})
end
"""


def path(contender: Contender, query: Query) -> str:
    """Return the path and query of a URL that asks."""
    return f"{contender.path}?query={quote(query.text, safe='')}"


def answer(contender: Contender, port: int, query: Query) -> Hashable:
    """Ask once, and return what can be compared: rows as a multiset, a truth, triples by number."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("GET", path(contender, query), headers={"Accept": _accept(query)})
    got = line.getresponse()
    body = got.read()
    line.close()
    if got.status != _OK:
        raise SystemExit(f"{contender.name} answers {got.status} to {query.text}\n{body[:500]!r}")
    if query.shape == "describe":
        return bool(body.strip())
    if query.graph:
        return len({one for one in body.splitlines() if one.strip() and one[:1] != b"#"})
    found = json.loads(body)
    if "boolean" in found:
        return bool(found["boolean"])
    if query.shape == "ask":
        # Virtuoso tells a truth by a row.
        return bool(found["results"]["bindings"])
    rows = Counter(frozenset(_cells(row)) for row in found["results"]["bindings"])
    return frozenset(rows.items())


def _cells(row: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    # xsd:string may be named or not: they are the same type.
    kinds = {name: term.get("datatype", "").removesuffix("#string") for name, term in row.items()}
    return [
        (name, term["value"], term.get("xml:lang", "") or kinds[name].rpartition("#")[2])
        for name, term in row.items()
    ]


def latencies(contender: Contender, port: int, queries: list[Query]) -> dict[str, list[float]]:
    """Ask each query by one client that keeps its connection; seconds by shape."""
    taken: dict[str, list[float]] = defaultdict(list)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for query in queries:
        target = path(contender, query)
        start = time.perf_counter()
        line.request("GET", target, headers={"Accept": _accept(query)})
        got = line.getresponse()
        body = got.read()
        taken[query.shape].append(time.perf_counter() - start)
        if got.status != _OK:
            said = f"{contender.name} answers {got.status} to {query.text}"
            raise SystemExit(f"{said}\n{body[:500]!r}")
        if contender.close:
            line.close()
    line.close()
    return taken


def throughput(
    contender: Contender, port: int, queries: list[Query], clients: int, seconds: float
) -> tuple[float, int]:
    """Ask by so many clients for so long; queries a second, and how many were not answered."""
    if not shutil.which("wrk"):
        return _without_wrk(contender, port, queries, clients, seconds)
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder) / "ask.lua", Path(folder) / "queries"
        script.write_text(_SCRIPT)
        lines = (f"{_accept(query)} {path(contender, query)}\n" for query in queries)
        listed.write_text("".join(lines))
        said = subprocess.run(
            [
                *("wrk", "-t1", f"-c{clients}", f"-d{math.ceil(seconds)}s", "--timeout", "60s"),
                *("-s", str(script), f"http://127.0.0.1:{port}"),
            ],
            env=os.environ
            | {
                "BENCH_QUERIES": str(listed),
                "BENCH_CONNECTION": "close" if contender.close else "keep-alive",
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return answered(said)


def answered(said: str) -> tuple[float, int]:
    """Read what wrk says: answers a second, and how many requests were refused or failed.

    >>> answered("  300 requests in 2.00s, 1.00MB read\\n  Non-2xx or 3xx responses: 100\\n")
    (100.0, 100)
    """
    whole = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)\b", said)
    if not whole:
        raise SystemExit(f"wrk does not say how many requests it made:\n{said}")
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    failed = re.search(r"errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    bad = int(refused[1]) if refused else 0
    lost = sum(map(int, failed.groups())) if failed else 0
    seconds = float(whole[2]) * {"ms": 0.001, "s": 1, "m": 60}[whole[3]]
    return (int(whole[1]) - bad) / seconds, bad + lost


def _without_wrk(
    contender: Contender, port: int, queries: list[Query], clients: int, seconds: float
) -> tuple[float, int]:
    from multiprocessing import Pool

    with Pool(clients) as pool:
        jobs = [(contender, port, queries[n:] + queries[:n], seconds) for n in range(clients)]
        counts = pool.starmap(_ask_for, jobs)
    return sum(good for good, _ in counts) / seconds, sum(bad for _, bad in counts)


def _ask_for(
    contender: Contender, port: int, queries: list[Query], seconds: float
) -> tuple[int, int]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    good = bad = 0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        query = queries[(good + bad) % len(queries)]
        line.request("GET", path(contender, query), headers={"Accept": _accept(query)})
        got = line.getresponse()
        got.read()
        good, bad = good + (got.status == _OK), bad + (got.status != _OK)
    line.close()
    return good, bad


def _accept(query: Query) -> str:
    return _TRIPLES if query.graph else _JSON
