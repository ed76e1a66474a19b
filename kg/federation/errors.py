"""What can go wrong with SERVICE calls, for the client and within a relay."""

from __future__ import annotations

from typing import ClassVar

from kg.federation.addresses import Block
from kg.model.errors import LimitReached, QueryError


class EndpointFailed(QueryError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """Another endpoint, which a query calls, was not called or did not answer."""


class ServiceLimit(LimitReached):
    """A query made too many calls of endpoints, or they sent too many rows or bytes."""

    _ADVICE: ClassVar = {
        "calls": "put all patterns for one endpoint into one SERVICE, or send several queries",
        "rows": "ask for less there, by VALUES or a SELECT with LIMIT in the braces of SERVICE",
        "bytes": "ask for less there, by VALUES or a SELECT with LIMIT in the braces of SERVICE",
    }

    def __init__(self, limit: float, unit: str) -> None:
        """Record the limit, and its unit: `calls`, `rows` or `bytes`."""
        self.unit = unit
        amount = f"{limit / 1e6:g} MB" if unit == "bytes" else f"{limit:g} {unit}"
        super().__init__(
            limit,
            f"the endpoints that this query calls by SERVICE take more than {amount}, the most for "
            f"all of them together, so nothing is sent: {self._ADVICE[unit]}",
        )

    def __reduce__(self) -> tuple[type[ServiceLimit], tuple[object, ...]]:
        """Pickle the arguments, for the way from a worker to its pool."""
        return (type(self), (self.limit, self.unit))


class CallFailed(Exception):  # noqa: N818 - the name says what happened
    """An endpoint was not called, or its response is not valid."""


class OutOfTime(CallFailed):
    """The time for all calls of a query is used up."""


class NameNotResolved(CallFailed):
    """The name of a host has no address, as far as this machine can tell."""

    def __init__(self) -> None:
        """Record nothing but the message."""
        super().__init__("its name cannot be resolved")


class NotPublic(CallFailed):
    """A host is at an address that is not of the public Internet."""

    def __init__(self, address: str, block: Block) -> None:
        """Record the address, and the block of addresses that it belongs to."""
        reason = f"{block.purpose}, {block.rfc}"
        super().__init__(f"it is at {address}, which is not a public address ({reason})")
