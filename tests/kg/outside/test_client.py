"""What the client asks of other datasets, and what it makes of their answers."""

import gzip
import json
import pickle
import socket
import threading
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import BASE
from kg.outside.client import OutsideClient, Patience
from kg.outside.errors import (
    NoNetwork,
    NoSuchRecord,
    OutsideError,
    OutsideMalformed,
    OutsideRefused,
    OutsideStatus,
    OutsideTimeout,
    OutsideTooLarge,
)
from tests.kg.outside.stand_in import Dataset, Reply, dataset, trickle

REPLY = Reply(b"<a> <b> <c> .", headers={"Content-Type": "text/turtle; charset=utf-8"})


class Time:
    """A clock that only sleeping moves on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[Dataset]:
    with dataset() as running:
        yield running


def client_of(server: Dataset, cache: Path | None = None, **options: Any) -> OutsideClient:
    time: Time = options.pop("time", Time())
    options = {
        "hosts": {},
        "allowed_local": [server.origin],
        "clock": time,
        "sleep": time.sleep,
        **options,
    }
    return OutsideClient(cache, **options)


def test_a_response_is_returned_with_what_was_asked(server: Dataset) -> None:
    server.reply("/a?b=c", REPLY)
    response = client_of(server).get(server.origin + "/a?b=c#d", "text/turtle")
    assert (response.status, response.body) == (200, REPLY.body)
    assert (response.media_type, response.url) == ("text/turtle", server.origin + "/a?b=c")
    assert not response.from_cache
    assert server.headers[0]["Accept"] == "text/turtle"
    agent = server.headers[0]["User-Agent"]
    assert agent.startswith("AideMemoire/")
    assert BASE in agent


def test_a_question_is_posted(server: Dataset) -> None:
    server.reply("/sparql", Reply(b"[]"))
    client_of(server).post(server.origin + "/sparql", b"q=1", "text/plain")
    assert server.requests == [("POST", "/sparql")]
    assert server.bodies == [b"q=1"]
    assert server.headers[0]["Content-Type"] == "text/plain"


HOSTS = {
    "ftp://example.org/": "only http and https",
    "file:///etc/passwd": "only http and https",
    "http://": "only http and https",
    "http://[::1": "is no address of HTTP",
    "https://user@example.org/": "names a user",
    "https://example.com/": "not among the hosts",
    "https://example.org:8080/": "not among the hosts",
    "http://sub.example.org/": "not among the hosts",
    "http://127.0.0.1/": "not among the hosts",
}


@pytest.mark.parametrize("url", HOSTS)
def test_other_addresses_are_not_asked(url: str) -> None:
    def resolve(*_: object) -> list[str]:
        raise AssertionError

    client = OutsideClient(None, hosts={"example.org": 1.0}, resolve=resolve)
    with pytest.raises(OutsideRefused, match=HOSTS[url]):
        client.get(url)


PRIVATE = ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.0.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_at_a_private_address_is_not_asked(address: str) -> None:
    client = OutsideClient(
        None, hosts={"example.org": 1.0}, resolve=lambda *_: ["93.184.216.34", address]
    )
    with pytest.raises(OutsideRefused, match="not a public address"):
        client.get("https://example.org/")


def test_a_name_is_resolved_once_and_the_address_checked_is_connected_to(server: Dataset) -> None:
    """A second answer of a name server, after the check, has no effect."""
    resolved: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        resolved.append(host)
        return ["127.0.0.1"] if len(resolved) == 1 else ["192.0.2.1"]

    server.reply("/", REPLY)
    origin = server.origin.replace("127.0.0.1", "example.org")
    client = client_of(server, allowed_local=[origin], resolve=rebinding)
    assert client.get(origin + "/").body == REPLY.body
    assert resolved == ["example.org"]
    assert server.headers[0]["Host"] == origin.removeprefix("http://")


def test_redirects_are_followed_and_listed(server: Dataset) -> None:
    utf_8 = "Q2 é.ttl".encode().decode("latin-1")
    server.reply("/entity/Q1", Reply(status=303, headers={"Location": "/data/Q1.ttl"}))
    server.reply("/data/Q1.ttl", Reply(status=301, headers={"Location": utf_8}))
    server.reply("/data/Q2%20%C3%A9.ttl", REPLY)
    response = client_of(server).get(server.origin + "/entity/Q1")
    moved = server.origin + "/data/Q2%20%C3%A9.ttl"
    assert response.redirects == ((303, server.origin + "/data/Q1.ttl"), (301, moved))
    assert (response.url, response.body) == (moved, REPLY.body)


def test_at_most_five_redirects_are_followed(server: Dataset) -> None:
    server.reply("/", Reply(status=302, headers={"Location": "/"}))
    with pytest.raises(OutsideRefused, match="after 5 redirects"):
        client_of(server).get(server.origin + "/")
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:9/x", "http://169.254.169.254/latest/", "file:///etc/passwd"]
)
def test_a_redirect_to_another_host_is_not_followed(server: Dataset, target: str) -> None:
    server.reply("/", Reply(status=302, headers={"Location": target}))
    with pytest.raises(OutsideRefused, match="is not asked"):
        client_of(server).get(server.origin + "/")


def test_a_redirect_to_a_listed_host_at_a_private_address_is_not_followed(server: Dataset) -> None:
    server.reply("/", Reply(status=302, headers={"Location": "https://example.org/"}))
    client = client_of(server, hosts={"example.org": 0.0}, resolve=_by_name)
    with pytest.raises(OutsideRefused, match=r"example.org is not asked: it is at 10\.0\.0\.7"):
        client.get(server.origin + "/")


def _by_name(host: str, _: int) -> list[str]:
    return ["10.0.0.7"] if host == "example.org" else [host]


def test_a_mirror_answers_in_place_of_a_host(server: Dataset) -> None:
    server.reply("/a", REPLY)
    client = client_of(
        server, hosts={"example.org": 1.0}, mirrors={"example.org": server.origin}, allowed_local=[]
    )
    response = client.get("https://example.org/a")
    assert (response.url, response.body) == ("https://example.org/a", REPLY.body)


def test_the_hosts_of_the_datasets_may_be_asked() -> None:
    asked: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        raise OSError

    for each in outside_datasets().values():
        for address in filter(None, (each.record, each.sparql, each.reconcile)):
            with pytest.raises(NoNetwork):
                OutsideClient(None, resolve=resolve).get(address.replace("{id}", "1"))
    assert {"www.wikidata.org", "query.wikidata.org", "sws.geonames.org"} <= set(asked)


def test_requests_to_one_host_keep_its_interval(server: Dataset) -> None:
    server.reply("/a", REPLY)
    server.reply("/b", Reply(status=302, headers={"Location": "/a"}))
    time = Time()
    client = client_of(server, hosts={"127.0.0.1": 2.0}, time=time)
    for path in ("/a", "/b", "/a"):
        client.get(server.origin + path)
    assert time.slept == [2.0, 2.0]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_trouble_that_passes_is_tried_again(server: Dataset, status: int) -> None:
    server.reply("/", Reply(status=status), Reply(status=status), REPLY)
    time = Time()
    assert client_of(server, time=time).get(server.origin + "/").body == REPLY.body
    first, second = time.slept
    assert 0.5 <= first <= 1 <= second <= 2


def test_retry_after_is_honoured_within_a_bound(server: Dataset) -> None:
    wait = Reply(status=429, headers={"Retry-After": "17"})
    server.reply("/", wait, REPLY)
    time = Time()
    client_of(server, time=time).get(server.origin + "/")
    assert time.slept == [17.0]
    server.reply("/", Reply(status=503, headers={"Retry-After": "3600"}), REPLY)
    with pytest.raises(OutsideStatus, match="HTTP 503"):
        client_of(server, time=time).get(server.origin + "/")
    assert time.slept == [17.0]


def test_attempts_end(server: Dataset) -> None:
    server.reply("/", Reply(status=500))
    with pytest.raises(OutsideStatus, match="answers HTTP 500") as caught:
        client_of(server).get(server.origin + "/")
    assert caught.value.status == 500
    assert len(server.requests) == 4


def test_a_lasting_error_is_not_tried_again(server: Dataset) -> None:
    with pytest.raises(OutsideStatus, match="answers HTTP 404"):
        client_of(server).get(server.origin + "/missing")
    assert client_of(server).head(server.origin + "/missing").status == 404
    assert server.requests == [("GET", "/missing"), ("HEAD", "/missing")]


def test_a_response_that_breaks_off_is_tried_again(server: Dataset) -> None:
    server.reply("/", Reply(b"half", headers={"Content-Length": "9"}), REPLY)
    assert client_of(server).get(server.origin + "/").body == REPLY.body
    server.reply("/", Reply(b"half", headers={"Content-Length": "9"}))
    with pytest.raises(OutsideMalformed, match="ends before it is complete"):
        client_of(server).get(server.origin + "/")


def test_without_a_network_the_user_hears_of_it_in_one_line_and_at_once() -> None:
    def resolve(*_: object) -> list[str]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    time = Time()
    client = OutsideClient(
        None, hosts={"example.org": 1.0}, resolve=resolve, clock=time, sleep=time.sleep
    )
    with pytest.raises(NoNetwork) as caught:
        client.get("https://example.org/a")
    assert str(caught.value) == (
        "example.org cannot be reached (its name cannot be resolved); is this machine online?"
    )
    assert time.slept == []


def test_a_network_that_was_there_is_waited_for(server: Dataset) -> None:
    server.reply("/", REPLY)
    time = Time()
    client = client_of(server, time=time)
    client.get(server.origin + "/", max_age=0)
    server.shutdown()
    server.server_close()
    with pytest.raises(NoNetwork, match="refused"):
        client.get(server.origin + "/", max_age=0)
    assert len(time.slept) == 3


def test_a_slow_resolver_holds_nobody() -> None:
    release = threading.Event()

    def resolve(*_: object) -> list[str]:
        release.wait(60)
        return ["127.0.0.1"]

    patience = Patience(seconds=0.2, attempts=1)
    client = OutsideClient(None, hosts={"example.org": 0}, resolve=resolve, patience=patience)
    with pytest.raises(OutsideTimeout, match=r"did not answer within 0\.2 s"):
        client.get("https://example.org/")
    release.set()


def test_a_trickle_ends_at_the_deadline(server: Dataset) -> None:
    server.reply("/", Reply(pieces=trickle(server)))
    patience = Patience(seconds=0.4, attempts=1)
    client = OutsideClient(None, hosts={}, allowed_local=[server.origin], patience=patience)
    with pytest.raises(OutsideTimeout, match=r"did not answer within 0\.4 s"):
        client.get(server.origin + "/")


LARGE = {
    "announced": Reply(b"", headers={"Content-Length": "100001"}),
    "endless": Reply(pieces=lambda: repeat(b"x" * 4096)),
    "packed": Reply(gzip.compress(b"a" * 200_000), headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_response_beyond_the_limit_is_not_read(server: Dataset, kind: str) -> None:
    server.reply("/", LARGE[kind])
    with pytest.raises(OutsideTooLarge, match="more than 100,000 bytes"):
        client_of(server, patience=Patience(size=100_000)).get(server.origin + "/")
    assert len(server.requests) == 1


def test_a_packed_response_is_unpacked(server: Dataset) -> None:
    server.reply("/", Reply(gzip.compress(b"a" * 90_000), headers={"Content-Encoding": "gzip"}))
    assert client_of(server).get(server.origin + "/").body == b"a" * 90_000
    assert server.headers[0]["Accept-Encoding"] == "gzip"


BODIES = {
    "plain": b"plain",
    "cut": gzip.compress(b"abc" * 99)[:-9],
    "many": gzip.compress(b"") * 200,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_is_not_gzip_as_it_says_is_malformed(server: Dataset, body: bytes) -> None:
    server.reply("/", Reply(body, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(OutsideMalformed):
        client_of(server).get(server.origin + "/")


def test_a_response_is_kept_for_a_time(server: Dataset, tmp_path: Path) -> None:
    server.reply("/a", REPLY)
    client = client_of(server, tmp_path / "cache")
    url = server.origin + "/a"
    assert client.cached(url, "text/turtle") is None
    first = client.get(url, "text/turtle")
    again = client_of(server, tmp_path / "cache").get(url, "text/turtle")
    assert again.from_cache
    assert (again.body, again.url, again.fetched_at) == (first.body, first.url, first.fetched_at)
    assert len(server.requests) == 1
    client.get(url, "application/json")
    assert not client.get(url, "text/turtle", max_age=0).from_cache
    assert len(server.requests) == 3
    # What nobody may have again is not written.
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_a_damaged_file_of_the_cache_is_fetched_again(server: Dataset, tmp_path: Path) -> None:
    server.reply("/a", REPLY)
    client = client_of(server, tmp_path)
    url = server.origin + "/a"
    client.get(url)
    (path,) = tmp_path.iterdir()
    for damaged in (b"", b"{}\n", path.read_bytes()[:-1], json.dumps([1]).encode()):
        path.write_bytes(damaged)
        assert not client.get(url).from_cache


def test_errors_are_not_kept(server: Dataset, tmp_path: Path) -> None:
    client = client_of(server, tmp_path)
    with pytest.raises(OutsideStatus):
        client.get(server.origin + "/missing")
    assert list(tmp_path.iterdir()) == []


def test_the_cache_is_bounded(server: Dataset, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"x" * 60_000)
    clients = [client_of(server, tmp_path, cache_bytes=50_000) for _ in range(2)]
    for number in range(20):
        server.reply(f"/{number}", Reply(b"x" * 9_000))
        clients[number % 2].get(f"{server.origin}/{number}")
        sizes = [path.stat().st_size for path in tmp_path.glob("*.response")]
        assert sum(sizes) <= 50_000
    assert clients[0].cached(f"{server.origin}/19") is not None
    assert clients[0].cached(f"{server.origin}/0") is None
    # What is not ours stays.
    assert (tmp_path / "thesis.txt").stat().st_size == 60_000


def test_a_cache_that_cannot_be_written_does_no_harm(server: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    server.reply("/a", REPLY)
    assert client_of(server, tmp_path / "file" / "cache").get(server.origin + "/a").body


def test_every_error_survives_pickling() -> None:
    errors: list[OutsideError] = [
        NoNetwork("http://x/", "r"),
        OutsideTimeout("http://x/", 3),
        OutsideRefused("http://x/", "m"),
        OutsideTooLarge("http://x/", 3),
        OutsideStatus("http://x/", 404),
        NoSuchRecord("http://x/", 410),
        OutsideMalformed("http://x/", "m"),
    ]
    for error in errors:
        assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - made here
