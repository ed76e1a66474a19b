"""Broken queries and broken requests, thousands of them, against the real server.

    python -m tests.siege.fuzz [--requests 10000] [--seed 1]

No answer may be a 5xx but those that say that a limit of the server was met (503) or that another
endpoint failed (502); no child may be left that nobody waits for; and memory must not grow. Exits
with 1 and prints the request if any of it does not hold.
"""

from __future__ import annotations

import collections
import http.client
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import click

from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import named_queries
from tests.serving import memory, serving, tree

_ALLOWED_5XX = {502, 503}
_SETTINGS = {"QUERY_SECONDS": 2, "QUERY_MEMORY": 200_000_000, "CACHE_BYTES": 4_000_000}
_PIECES = (
    *("SELECT", "*", "WHERE", "{", "}", "?s", "?p", "?o", ".", ";", "(", ")", "[", "]", "FILTER"),
    *("OPTIONAL", "UNION", "MINUS", "GRAPH", "SERVICE", "SILENT", "BIND", "AS", "VALUES", "FROM"),
    *("NAMED", "GROUP BY", "ORDER BY", "LIMIT 5", "OFFSET -1", "COUNT(*)", "REGEX(", "'", '"', "<"),
    *(">", "<x:y>", "\\u0041", "\\", "#", "\n", "\0", "\ufeff", "é", "💥", "1e9", "BASE", "PREFIX"),
    *(
        "a:",
        "INSERT",
        "DELETE",
        "LOAD",
        "<<",
        ">>",
        "^",
        "|",
        "/",
        "+",
        "!",
        "&&",
        "||",
        "_:b",
        "@",
    ),
)
_ACCEPTS = (
    *("", "*/*", "text/html", "text/csv", "application/json", "text/turtle", "q=;;", "a/b;q=x"),
    *("application/sparql-results+xml;q=0.5,*/*;q=0.1", "application/problem+json", "é", "," * 50),
)
_FIELDS = ("query", "format", "timeout", "evidence", "explain-empty", "default-graph-uri", "update")
_VALUES = ("", "true", "json", "-1", "1e999", "nan", "x:y", "http://[", "é", "0.01", "html", "\0")
_PATHS = ("/sparql", "/sparql", "/sparql", "/graph-store", "/query/x", "/search", "/id/japan")
_KINDS = (
    *("application/sparql-query", "application/x-www-form-urlencoded", "text/plain", "", "é"),
    *("application/sparql-update", "multipart/form-data", "application/sparql-query;charset=x"),
)


def mutated(dice: random.Random, texts: list[str]) -> str:
    """Return a query of ours that has met with some accidents, or a heap of pieces."""
    if dice.random() < 0.3:
        return " ".join(dice.choices(_PIECES, k=dice.randrange(1, 40)))
    text = dice.choice(texts)
    for _ in range(dice.randrange(0, 5)):
        at, to = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        text = dice.choice(
            (
                text[:at] + dice.choice(_PIECES) + text[at:],
                text[:at] + text[to:],
                text[:to] + text[at:],
                text[:at] + chr(dice.randrange(1, 0xD000)) + text[at:],
            )
        )[:20_000]
    return text


def request(dice: random.Random, texts: list[str]) -> tuple[str, str, bytes, dict[str, str]]:
    """Return method, target, body and headers of a request."""
    fields = [("query", mutated(dice, texts))]
    fields += [(dice.choice(_FIELDS), dice.choice(_VALUES)) for _ in range(dice.randrange(3))]
    headers = {"Accept": dice.choice(_ACCEPTS)}
    if dice.random() < 0.2:
        headers["If-None-Match"] = dice.choice(("*", "x", '"', 'W/"a", "b"'))
    if dice.random() < 0.3:
        headers["Accept-Encoding"] = dice.choice(("gzip", "gzip;q=0", "br", ",;", "*"))
    path, method = dice.choice(_PATHS), dice.choice(("GET", "GET", "GET", "POST", "HEAD", "PUT"))
    if method != "POST":
        return method, f"{path}?{urlencode(fields, errors='replace')}", b"", headers
    headers["Content-Type"] = dice.choice(_KINDS)
    body = fields[0][1] if "query" in headers["Content-Type"] else urlencode(fields)
    return method, path, body.encode(errors="replace"), headers


def send(port: int, asked: tuple[str, str, bytes, dict[str, str]]) -> int:
    """Send a request; return the status, 0 if the server did not answer."""
    method, target, body, headers = asked
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.putrequest(method, quote(target, safe="/?&=%+"))
        if body:
            line.putheader("Content-Length", str(len(body)))
        for name, value in headers.items():
            line.putheader(name, value.encode())
        line.endheaders(body or None)
        got = line.getresponse()
        got.read()
        return got.status
    except OSError:
        return 0
    finally:
        line.close()


def attack(
    port: int, requests: int, seed: int, clients: int = 4
) -> tuple[dict[int, int], list[str]]:
    """Send so many requests; return how often each status came, and what should not have."""
    texts = [question.text for question in named_queries(tree_texts())]
    statuses: collections.Counter[int] = collections.Counter()
    wrong: list[str] = []

    def work(number: int) -> None:
        dice = random.Random(seed * 1000 + number)  # noqa: S311
        for _ in range(requests // clients):
            asked = request(dice, texts)
            status = send(port, asked)
            statuses[status] += 1
            if not status or (status >= 500 and status not in _ALLOWED_5XX):
                wrong.append(f"{status}: {asked}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(statuses), wrong


@click.command()
@click.option("--requests", default=10_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(requests: int, seed: int) -> None:
    """Attack a server of our own, and say how it stood."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log", **_SETTINGS) as (port, process),
    ):
        attack(port, max(requests // 5, 40), seed + 1)
        held, living = memory(process), len(tree(process))
        statuses, wrong = attack(port, requests, seed)
        time.sleep(3)
        grown, left = memory(process) - held, len(tree(process))
    told = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    print(f"{sum(statuses.values()):,} requests; {told}")
    print(f"processes: {living} before, {left} after; memory: {held / 1e6:.0f} MB, ", end="")
    print(f"{grown / 1e6:+.0f} MB")
    print("\n".join(wrong[:20]))
    # Children that wait for questions come and go, up to the slots of both lanes.
    sys.exit(1 if wrong or left > living + 4 or grown > 100_000_000 else 0)


if __name__ == "__main__":
    main()
