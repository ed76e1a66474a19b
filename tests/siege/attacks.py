"""Attacks on the edge of a server: connections that cost an attacker little.

    python -m tests.siege.attacks --port N --attack idle --seconds 15 [--share 0.1]

Each attack is a number of clients, and what one of them does with a connection until it ends. One
that was dropped comes back after a second, up to twenty times. Prints as JSON how often what
came of it. `tests.siege.edge` measures what honest clients notice meanwhile.
"""

from __future__ import annotations

import asyncio
import collections
import json
import resource
import time
from dataclasses import dataclass
from random import random
from urllib.parse import quote

import click

from tests.siege.lives import (
    DUMP,
    NOT_SPOKEN,
    Life,
    Line,
    leaves_streams_open,
    leaves_unread,
    reads_slowly,
    sends,
    shuts_the_window,
)

_LIVES = 20
_HOST = b"Host: localhost\r\n"
_POST = b"POST /sparql HTTP/1.1\r\n" + _HOST + b"Content-Type: application/sparql-query\r\n"
_GET = "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n\r\n"
# Rows of 102,400 bytes; 600 are 61 MB, within the limit of 64, and take a second or less.
_WIDE = """SELECT ?n ?d {
  { SELECT ?n { ?n ?p ?o . ?m ?q ?r } LIMIT %d } BIND("0123456789" AS ?a)
  BIND(CONCAT(?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a) AS ?b)
  BIND(CONCAT(?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b) AS ?c)
  BIND(CONCAT(?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c) AS ?e)
  BIND(CONCAT(?e, ?e, ?e, ?e, ?e, ?e, ?e, ?e) AS ?d)
} # %s"""


def large() -> bytes:
    """Return the request of an answer of 61 MB, which no cache has."""
    return _rows(600, str(random()))  # noqa: S311


def _rows(count: int, name: str) -> bytes:
    path = "/sparql?query=" + quote(_WIDE % (count, name))
    return (_GET % (path, "application/sparql-results+json")).encode()


def _bomb(fields: bytes, path: bytes = b"/page/japan") -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + _HOST + fields + b"\r\n"


_PAGE = (_GET % ("/page/japan", "text/html")).encode()
_DUMPS = (_GET % (DUMP, "*/*")).encode()
_LENGTH = b"Content-Length: 5000\r\n\r\nSELECT"
_CHUNKS = b"Transfer-Encoding: chunked\r\n\r\n6\r\nSELECT\r\n"
_ACCEPT = b"Accept: " + b"a/b," * 120_000 + b"\r\n"
# Of each attack, how many clients, what they are called, and what each does with a connection.
ATTACKS: dict[str, list[tuple[int, str, Life]]] = {
    "slow-bodies": [
        (300, "six bytes of a body", sends(_POST + _LENGTH)),
        (100, "a byte now and then", sends(_POST + _LENGTH, 1, b" ")),
        (100, "chunks without end", sends(_POST + _CHUNKS, 1, b"1\r\n \r\n")),
    ],
    "idle": [
        (1200, "nothing sent", sends(b"")),
        (150, "one request, then nothing", sends(_PAGE)),
        (150, "half a request line", sends(b"GET /page/ja")),
    ],
    "unread": [
        (40, "60 MB not read", leaves_unread(large)),
        (100, "7 MB from the cache not read", leaves_unread(lambda: _rows(70, "alike"))),
        (40, "a dump not read", leaves_unread(lambda: _DUMPS)),
        (10, "50 dumps in one go not read", leaves_unread(lambda: _DUMPS * 50)),
        (10, "60 MB at 1 KB a second", reads_slowly(large)),
    ],
    "http2": [
        (6, "60 bodies that do not come", leaves_streams_open),
        (2, "100 dumps and no window", shuts_the_window),
    ],
    "headers": [
        (8, "480 KB of Accept, a page", sends(_bomb(_ACCEPT))),
        (8, "480 KB of Accept, a query", sends(_bomb(_ACCEPT, b"/sparql?query=ASK%7B%7D"))),
        (4, "10,000 fields", sends(_bomb(b"".join(b"X-%d: a\r\n" % n for n in range(10_000))))),
        (20, "a header line without end", sends(_bomb(b"X: ")[:-2], 0.1, b"a" * 1024)),
    ],
}
ATTACKS["all"] = [part for parts in list(ATTACKS.values()) for part in parts]


@dataclass
class Tally:
    """How the connections of one kind of attacker ended, and the longest that one was held."""

    ends: collections.Counter[str]
    longest: float = 0


async def _slot(tally: Tally, life: Life, port: int, until: float) -> None:
    for _ in range(_LIVES):
        start = time.monotonic()
        line = Line(port, until)
        try:
            end = await life(line)
        except TimeoutError:
            end = "held"
        except OSError as error:
            end = type(error).__name__
        finally:
            line.close()
        tally.ends[end] += 1
        tally.longest = max(tally.longest, time.monotonic() - start)
        if end == NOT_SPOKEN or until - time.monotonic() < 1:
            break
        await asyncio.sleep(0.5 + random())  # noqa: S311


async def assault(port: int, attack: str, seconds: float, share: float) -> dict[str, Tally]:
    """Attack for so long with a share of the clients; return a tally for each kind."""
    until = time.monotonic() + seconds
    parts = ATTACKS[attack]
    tallies = {name: Tally(collections.Counter()) for _, name, _ in parts}
    slots = [
        _slot(tallies[name], life, port, until)
        for count, name, life in parts
        for _ in range(max(1, round(count * share)))
    ]
    await asyncio.gather(*slots)
    return tallies


@click.command()
@click.option("--port", type=int, required=True)
@click.option("--attack", type=click.Choice(list(ATTACKS)), required=True)
@click.option("--seconds", default=15.0, show_default=True)
@click.option("--share", default=1.0, show_default=True, help="Of the number of clients.")
def main(port: int, attack: str, seconds: float, share: float) -> None:
    """Attack a server that runs."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 20_000), most))
    tallies = asyncio.run(assault(port, attack, seconds, share))
    print(json.dumps({name: (tally.ends, tally.longest) for name, tally in tallies.items()}))


if __name__ == "__main__":
    main()
