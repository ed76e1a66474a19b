"""What one query of the public may cost, and how many run at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.model.errors import KGError
from kg.store.store import MEMORY_QUADS

_MEGABYTE = 1_000_000
# Of each process, where a SPARQL engine elsewhere computes (KG_STORE): queries wait for it here,
# and a worker that waits has some 10 MB of its own.
_REMOTE = {"QUICK_SLOTS": 8, "SLOW_SLOTS": 8}
# Slow slots of each process beyond `slow_slots`, for clients that hold none: a client with many
# slow queries cannot keep a first slow query of another waiting.
SPARE_SLOTS = 1


@dataclass(frozen=True)
class Limits:
    """Bounds of one server process, each a `KG_` setting of the same name.

    A query may run for `query_seconds` of wall time from its arrival, take `query_memory` bytes
    beyond the graph, and have a result of `result_bytes`. `quick_slots` queries run at once; one
    that takes longer than `quick_seconds` needs one of the `slow_slots` and runs at low priority;
    `queue` more wait. Slow slots are those of all processes together, and `SPARE_SLOTS` for clients
    with none. A client that has used more than `budget_seconds` of query time in a minute comes
    after others; 0 is no bound. A graph of up to `memory_quads` is held in memory for them.
    """

    query_seconds: float = 30.0
    query_memory: int = 512 * _MEGABYTE
    result_bytes: int = 64 * _MEGABYTE
    quick_slots: int = 2
    quick_seconds: float = 0.25
    slow_slots: int = 2
    queue: int = 32
    memory_quads: int = MEMORY_QUADS
    # As much as one query after another takes: only parallel queries can use more.
    budget_seconds: float = 60.0

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Limits:
        """Read the limits from settings in capitals; KGError names one that is not a number > 0.

        >>> Limits.of({"QUERY_SECONDS": "5"}).query_seconds
        5.0
        >>> Limits.of({"STORE": "http://store:7878/query"}).quick_slots
        8
        """
        defaults, settings = asdict(cls()), {**remote_slots(settings), **settings}
        return cls(**{name: _number(name, settings, value) for name, value in defaults.items()})

    @property
    def max_memory(self) -> int:
        """Return the bytes that all queries of one server process may take together."""
        return (self.quick_slots + self.slow_slots + SPARE_SLOTS) * self.query_memory

    @property
    def max_queries(self) -> int:
        """Return how many queries may run or wait in one server process."""
        return self.quick_slots + self.slow_slots + self.queue


def remote_slots(settings: Mapping[str, object]) -> dict[str, int]:
    """Return the slots, by setting, that are the defaults with the settings' engine."""
    return _REMOTE if settings.get("STORE") else {}


def _number(name: str, settings: Mapping[str, object], default: float) -> Any:
    setting = name.upper()
    value = settings.get(setting, default)
    try:
        number = type(default)(str(value))
    except (TypeError, ValueError):
        number = -1
    is_no_bound = number == 0 and name == "budget_seconds"
    if not (is_no_bound or 0 < number < float("inf")):
        raise KGError(f"KG_{setting} is “{value}”; it must be a number greater than 0")
    return number
