"""What one query of the public may cost, and how many are answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.errors import KGError
from kg.store import MEMORY_QUADS

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Bounds of one server process, each a `KG_` setting of the same name.

    A query may run for `query_seconds` of wall time from its arrival, take `query_memory` bytes
    beyond the graph, and answer with `result_bytes`. `quick_slots` queries run at once; one that
    takes longer than `quick_seconds` needs one of the `slow_slots` and runs at low priority;
    `queue` more wait for a quick slot. A graph of up to `memory_quads` is held in memory for them.
    """

    query_seconds: float = 30.0
    query_memory: int = 512 * _MEGABYTE
    result_bytes: int = 64 * _MEGABYTE
    quick_slots: int = 2
    quick_seconds: float = 0.25
    slow_slots: int = 2
    queue: int = 32
    memory_quads: int = MEMORY_QUADS

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Limits:
        """Read the limits from settings in capitals; KGError names one that is not a number > 0.

        >>> Limits.of({"QUERY_SECONDS": "5"}).query_seconds
        5.0
        """
        usual = asdict(cls())
        return cls(**{name: _number(name, settings, value) for name, value in usual.items()})

    @property
    def most_memory(self) -> int:
        """Return the bytes that queries of one server process may take together."""
        return (self.quick_slots + self.slow_slots) * self.query_memory

    @property
    def waiting(self) -> int:
        """Return how many requests may be in the hands of queries at once."""
        return self.quick_slots + self.slow_slots + self.queue


def _number(name: str, settings: Mapping[str, object], usual: float) -> Any:
    setting = name.upper()
    value = settings.get(setting, usual)
    try:
        number = type(usual)(str(value))
    except (TypeError, ValueError):
        number = 0
    if not 0 < number < float("inf"):
        raise KGError(f"KG_{setting} is “{value}”; it must be a number greater than 0")
    return number
