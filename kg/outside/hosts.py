"""Which hosts may be asked, how often, and where: the check of each address before a request."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urldefrag, urlsplit

from kg.model.errors import KGError
from kg.model.outside_datasets import OutsideDataset, outside_datasets
from kg.outside.errors import OutsideRefused

# In place of a host: any at a public address, for an address that the user of a command gave.
ANY_HOST = "*"
_PORTS = {None, 80, 443}
_ORIGIN = re.compile(r"https?://[\w.:\[\]-]+")
_RESERVED = ":/?#[]@!$&'()*+,;=%~"


class Turn(NamedTuple):
    """How an address is asked: its host, the host's interval in seconds, and where to connect.

    `target` is the origin that answers in place of the host, "" for the host itself.
    """

    host: str
    interval: float
    target: str
    any_address: bool


@dataclass(frozen=True)
class AllowedHosts:
    """Hosts with the seconds between two requests; origins of ours that may be at any address.

    `mirrors` are origins that answer in place of a host: a copy of a dataset, or a test's server.
    """

    intervals: Mapping[str, float]
    local: Collection[str] = ()
    mirrors: Mapping[str, str] = field(default_factory=dict)

    def turn(self, url: str) -> Turn:
        """Return how an address is asked; OutsideRefused if it is not to be asked.

        >>> AllowedHosts({"example.org": 1.0}).turn("https://example.org/a")
        Turn(host='example.org', interval=1.0, target='', any_address=False)
        """
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError as error:
            raise OutsideRefused(url, "is no address of HTTP") from error
        if parts.scheme not in {"http", "https"} or not host:
            raise OutsideRefused(url, "is not asked: only http and https addresses are")
        if "@" in parts.netloc:
            raise OutsideRefused(url, "is not asked: the address names a user")
        if f"{parts.scheme}://{parts.netloc}" in self.local:
            return Turn(parts.netloc, self.intervals.get(host, 0.0), "", any_address=True)
        interval = self.intervals.get(host, self.intervals.get(ANY_HOST))
        if interval is None or port not in _PORTS:
            raise OutsideRefused(url, "is not asked: it is not among the hosts of linked datasets")
        if host in self.mirrors:
            return Turn(self.mirrors[host], 0.0, self.mirrors[host], any_address=True)
        return Turn(host, interval, "", any_address=False)


def dataset_hosts(datasets: Mapping[str, OutsideDataset] | None = None) -> dict[str, float]:
    """Return the hosts that datasets name, with the seconds between two requests to each.

    >>> dataset_hosts()["query.wikidata.org"], "example.org" in dataset_hosts()
    (1.0, False)
    """
    intervals: dict[str, float] = {}
    for dataset in (outside_datasets() if datasets is None else datasets).values():
        addresses = (dataset.space, *dataset.other_spaces, dataset.page, dataset.record)
        services = (dataset.sparql, dataset.reconcile)
        named = (urlsplit(address).hostname or "" for address in (*addresses, *services))
        for host in filter(None, (*named, *dataset.hosts)):
            # Where datasets share a host, the longest interval holds.
            intervals[host] = max(dataset.interval, intervals.get(host, 0.0))
    return intervals


def read_mirror(text: str) -> tuple[str, str]:
    """Read HOST=ORIGIN: who answers in place of a dataset's host; KGError if it is neither.

    >>> read_mirror("query.wikidata.org=http://127.0.0.1:8001/")
    ('query.wikidata.org', 'http://127.0.0.1:8001')
    """
    host, _, origin = text.partition("=")
    origin = origin.removesuffix("/")
    if host in dataset_hosts() and _is_origin(origin):
        return host, origin
    example = "www.wikidata.org=http://127.0.0.1:8001"
    raise KGError(f"“{text}” is no mirror; write it as {example}, with the host of a dataset")


def _is_origin(text: str) -> bool:
    """Tell whether a text is the origin of an HTTP server.

    >>> [_is_origin(text) for text in ("http://127.0.0.1:8001", "http://h/", "h:80", "http://u@h")]
    [True, False, False, False]
    """
    try:
        parts = urlsplit(text)
        origin = f"{parts.scheme}://{parts.netloc}"
        return text == origin and parts.port != 0 and bool(_ORIGIN.fullmatch(origin))
    except ValueError:
        return False


def request_address(iri: str) -> str:
    """Return an IRI as the address of a request: ASCII, without a fragment; OutsideRefused.

    >>> request_address("http://dbpedia.org/resource/Kunashir_Æ#a")
    'http://dbpedia.org/resource/Kunashir_%C3%86'
    """
    try:
        return quote(urldefrag(iri).url, safe=_RESERVED)
    except ValueError as error:
        raise OutsideRefused(iri, "is no address of HTTP") from error
