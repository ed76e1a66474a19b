"""What can go wrong with requests to other datasets, as one tree.

OutsideError
├── NoNetwork          the host cannot be reached
├── OutsideTimeout     it did not answer in time
├── OutsideRefused     the request is not sent: the host or its address is not allowed
├── OutsideTooLarge    its response is larger than what is read
├── OutsideStatus      it answered with a status of HTTP that is an error
│   └── NoSuchRecord   404 or 410 for a record of a dataset
└── OutsideMalformed   its response cannot be read

OutsideBusy (an Overloaded) and OutsideBudget (a BudgetSpent) keep a server from sending too many.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from kg.model.errors import BudgetSpent, KGError, Overloaded


class OutsideError(KGError):
    """Another dataset was not asked, or did not answer as it should."""

    def __init__(self, url: str, message: str) -> None:
        """Record the address that was asked for, and what happened."""
        self.url, self.message = url, message
        super().__init__(f"{_host(url)} {message}")

    def __reduce__(self) -> tuple[type[OutsideError], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.url, self.message))


class NoNetwork(OutsideError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The host cannot be reached: its name is not resolved, or nothing takes the connection."""

    def __init__(self, url: str, reason: str) -> None:
        """Record the address and the reason."""
        self.reason = reason
        super().__init__(url, f"cannot be reached ({reason}); is this machine online?")

    def __reduce__(self) -> tuple[type[NoNetwork], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.url, self.reason))


class OutsideTimeout(OutsideError):  # noqa: N818 - as above
    """There was no complete response in time."""

    def __init__(self, url: str, seconds: float) -> None:
        """Record the address, and the seconds allowed."""
        self.seconds = seconds
        super().__init__(url, f"did not answer within {seconds:.3g} s")

    def __reduce__(self) -> tuple[type[OutsideTimeout], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.url, self.seconds))


class OutsideRefused(OutsideError):  # noqa: N818 - as above
    """A request that is not sent."""


class OutsideTooLarge(OutsideError):  # noqa: N818 - as above
    """A response that is larger than what is read."""

    def __init__(self, url: str, limit: int) -> None:
        """Record the address, and the limit in bytes."""
        self.limit = limit
        super().__init__(url, f"sends more than {limit:,} bytes, the most that is read")

    def __reduce__(self) -> tuple[type[OutsideTooLarge], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.url, self.limit))


class OutsideStatus(OutsideError):  # noqa: N818 - as above
    """An answer with a status of 400 or more."""

    def __init__(self, url: str, status: int) -> None:
        """Record the address and the status."""
        self.status = status
        super().__init__(url, f"answers HTTP {status} for {url[:300]}")

    def __reduce__(self) -> tuple[type[OutsideStatus], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.url, self.status))


class NoSuchRecord(OutsideStatus):
    """A record that a dataset does not have, or no longer has."""

    def __init__(self, url: str, status: int) -> None:
        """Record the address and the status."""
        super().__init__(url, status)
        self.message = f"has no such record (HTTP {status})"
        self.args = (f"{_host(url)} {self.message}",)


class OutsideMalformed(OutsideError):  # noqa: N818 - as above
    """A response that breaks off, or is not what HTTP or its media type demand."""


class OutsideBusy(Overloaded):
    """The server waits for as many answers of other datasets as it may."""

    _WORDS = "this server waits for as many other datasets as it does at once"


class OutsideBudget(BudgetSpent):
    """A client has had as many requests sent to other datasets as it may."""

    _WORDS = "your address has looked up as much in other datasets as it may in a minute"


def _host(url: str) -> str:
    """Return what to call the other side: its host, or the address if it names none."""
    try:
        return urlsplit(url).hostname or url[:200]
    except ValueError:
        return url[:200]
