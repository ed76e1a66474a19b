"""Queries that take about as long as is wished, on whatever machine."""

from __future__ import annotations

import itertools
import time
from urllib.parse import quote

from tests.siege.clients import Client

_WIDTH = 300
_SAMPLE = 4
_number = itertools.count()


class Load:
    """Makes queries of so many seconds, from how fast the server answered a small one."""

    def __init__(self, port: int) -> None:
        self._rows = _SAMPLE / min(self._seconds(port) for _ in range(3))

    @staticmethod
    def _seconds(port: int) -> float:
        start = time.monotonic()
        Client(port).get(_target(_SAMPLE))
        return time.monotonic() - start

    def path(self, seconds: float) -> str:
        """Return the target of a query, never sent before, that takes so many seconds alone."""
        return _target(max(1, min(_WIDTH, round(self._rows * seconds))))


def _target(rows: int) -> str:
    """Count rows of a product, each of `_WIDTH` times `_WIDTH` solutions."""
    numbers, few = (" ".join(map(str, range(count))) for count in (_WIDTH, rows))
    query = f"""SELECT (COUNT(*) AS ?n) {{
  VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} VALUES ?c {{ {few} }}
  FILTER(?a + ?b != ?c + 0.5)
}} # {next(_number)} {time.time()}"""
    return f"/sparql?query={quote(query)}"
