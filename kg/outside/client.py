"""The client through which all requests to other datasets go, and the rules that it keeps."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

from kg.federation.connection import USER_AGENT, Resolver, resolve_name
from kg.outside.errors import (
    NoNetwork,
    OutsideMalformed,
    OutsideRefused,
    OutsideStatus,
    OutsideTimeout,
)
from kg.outside.exchange import Deadline, Exchange, OutsideRequest, exchange
from kg.outside.hosts import AllowedHosts, Turn, dataset_hosts, request_address
from kg.outside.pacing import PASSING, Pacing, backoff, retry_after
from kg.outside.response_files import OutsideResponse, ResponseFiles

DAY = 86_400.0
CACHE_BYTES = 500_000_000
_ERROR, _REDIRECTS, _SAME_METHOD = 400, {301, 302, 303, 307, 308}, {307, 308}


@dataclass(frozen=True)
class Patience:
    """How much one request may take.

    Each of at most `attempts` may take `seconds` with all its `redirects`, and send `size` bytes.
    Before one, at most `wait` seconds pass, whatever Retry-After demands.
    """

    seconds: float = 30.0
    size: int = 20_000_000
    attempts: int = 4
    redirects: int = 5
    wait: float = 120.0


class OutsideClient:
    """Sends requests to other datasets: one for a command, or for a process of the server.

    Threads may share it. Hosts are asked only if `hosts` has them (with the seconds between two
    requests; by default those of the datasets that links lead to), if their origin is in
    `allowed_local`, or if `mirrors` has an origin in their place; only origins of the latter two
    may be at an address that is not public.
    """

    def __init__(
        self,
        cache: Path | None,
        *,
        hosts: Mapping[str, float] | None = None,
        allowed_local: Collection[str] = (),
        mirrors: Mapping[str, str] | None = None,
        patience: Patience | None = None,
        cache_bytes: int = CACHE_BYTES,
        resolve: Resolver = resolve_name,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Take a folder for responses (None: nothing is cached), and whom it may ask."""
        self._files = ResponseFiles(cache, cache_bytes) if cache else None
        intervals = dataset_hosts() if hosts is None else hosts
        self._hosts = AllowedHosts(intervals, allowed_local, mirrors or {})
        self._patience = patience or Patience()
        self._resolve, self._clock, self._sleep = resolve, clock, sleep
        self._pacing = Pacing(clock)
        self._reached = False

    def get(
        self,
        url: str,
        accept: str = "*/*",
        max_age: float = DAY,
        patience: Patience | None = None,
    ) -> OutsideResponse:
        """Return the response to a GET, from the cache if it is no older than `max_age` seconds.

        With a `max_age` of 0 the response is not cached either. OutsideError says why there is
        none; OutsideStatus, if its status is 400 or more.
        """
        request = OutsideRequest("GET", request_address(url), {"Accept": accept})
        return self._cached(f"{accept} {url}", request, max_age, patience)

    def post(
        self,
        url: str,
        body: bytes,
        content_type: str,
        accept: str = "*/*",
        max_age: float = DAY,
        headers: Mapping[str, str] | None = None,
    ) -> OutsideResponse:
        """Return the response to a question that is sent in the body, as `get` does."""
        headers = {**(headers or {}), "Accept": accept, "Content-Type": content_type}
        request = OutsideRequest("POST", request_address(url), headers, body)
        key = f"{accept} {url} {content_type} {sha256(body).hexdigest()}"
        return self._cached(key, request, max_age)

    def head(self, url: str, accept: str = "*/*") -> OutsideResponse:
        """Return status and redirects of an address, errors too; its body stays empty."""
        request = OutsideRequest("HEAD", request_address(url), {"Accept": accept})
        return self._fetch(request, self._patience)

    def cached(self, url: str, accept: str = "*/*", max_age: float = DAY) -> OutsideResponse | None:
        """Return what `get` would return without a request; None if it would send one."""
        return self._lookup(f"{accept} {url}", max_age)

    def _cached(
        self, key: str, request: OutsideRequest, max_age: float, patience: Patience | None = None
    ) -> OutsideResponse:
        response = self._lookup(key, max_age)
        if response is None:
            response = self._fetch(request, patience or self._patience)
            if response.status >= _ERROR:
                raise OutsideStatus(request.url, response.status)
            if self._files and max_age:
                self._files.put(key, response)
        return response

    def _lookup(self, key: str, max_age: float) -> OutsideResponse | None:
        response = self._files.get(key) if self._files else None
        # A clock that was set back must not keep a response for ever.
        return response if response and abs(time.time() - response.fetched_at) < max_age else None

    def _fetch(self, request: OutsideRequest, patience: Patience) -> OutsideResponse:
        """Try until there is a response that is not about trouble that passes."""
        headers = {**request.headers, "User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        complete = replace(request, headers=headers)
        attempt = 0
        while True:
            attempt += 1
            last, demanded = attempt >= patience.attempts, 0.0
            try:
                response, demanded = self._follow(complete, patience)
                passing = response.status in PASSING and demanded <= patience.wait
                if last or not passing:
                    return response
            except (NoNetwork, OutsideMalformed, OutsideTimeout) as error:
                # Without a network from the start, the user should hear of it at once.
                if last or (isinstance(error, NoNetwork) and not self._reached):
                    raise
            self._sleep(max(backoff(attempt), demanded))

    def _follow(self, request: OutsideRequest, patience: Patience) -> tuple[OutsideResponse, float]:
        """Send a request and follow redirects; return the response, and what Retry-After says."""
        turn = self._wait_for_turn(request.url, patience.wait)
        deadline = Deadline(request.url, patience.seconds, patience.size, self._clock)
        redirects: list[tuple[int, str]] = []
        while True:
            answer = self._exchange(request, turn, deadline)
            location = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not location:
                demanded = retry_after(answer.headers.get("Retry-After", ""))
                return _response(request.url, answer, redirects), demanded
            request = _redirected(request, answer.status, location)
            redirects.append((answer.status, request.url))
            if len(redirects) > patience.redirects:
                most = patience.redirects
                raise OutsideRefused(request.url, f"is not asked after {most} redirects")
            before, turn = turn, self._hosts.turn(request.url)
            if turn.host != before.host:
                turn = self._wait_for_turn(request.url, deadline.seconds_left())

    def _exchange(self, request: OutsideRequest, turn: Turn, deadline: Deadline) -> Exchange:
        answer = exchange(
            request,
            deadline,
            target=turn.target,
            any_address=turn.any_address,
            resolve=self._resolve,
        )
        self._reached = True
        return answer

    def _wait_for_turn(self, url: str, most: float) -> Turn:
        turn = self._hosts.turn(url)
        wait = self._pacing.reserve(turn.host, turn.interval, most)
        if wait is None:
            raise OutsideTimeout(url, most)
        if wait:
            self._sleep(wait)
        return turn


def _redirected(request: OutsideRequest, status: int, location: str) -> OutsideRequest:
    # http.client reads headers as Latin-1; servers write UTF-8 into them.
    text = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        target = urljoin(request.url, text)
    except ValueError as error:
        raise OutsideMalformed(request.url, "redirects to what is no address") from error
    if status in _SAME_METHOD or request.method != "POST":
        return replace(request, url=request_address(target))
    headers = {name: text for name, text in request.headers.items() if name != "Content-Type"}
    return OutsideRequest("GET", request_address(target), headers)


def _response(url: str, answer: Exchange, redirects: list[tuple[int, str]]) -> OutsideResponse:
    media = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return OutsideResponse(answer.status, url, media, answer.body, time.time(), tuple(redirects))
