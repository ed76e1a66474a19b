"""All that a request may bring has a bound: within it is served, beyond it is refused in short."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from time import thread_time
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Quad

from tests.publishing import publish
from tests.serving import serving
from web.request import bounds

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
NAMES = "/sparql/names"


class Sent(NamedTuple):
    """A request as it goes over the line."""

    target: str = "/search?q=x"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    kind: str = FORM


class Case(NamedTuple):
    """What has a bound, the status beyond it and within it, and a request of a size.

    `slack` is what clients add of their own.
    """

    most: int
    beyond: int
    within: int
    of: Callable[[int], Sent]
    slack: int = 0


def header(name: str) -> Callable[[str], Sent]:
    return lambda value: Sent(headers=((name, value),))


def address(size: int) -> Sent:
    """Make an address of /sparql with a query and many graphs."""
    start = "query=ASK+%7B%7D"
    rest = size - len("/sparql") - len(start)
    graph = "&named-graph-uri=urn:"
    pieces = [graph + "a" * (4000 - len(graph))] * (rest // 4000 - 1)
    last = graph + "a" * (rest - 4000 * len(pieces) - len(graph))
    return Sent(f"/sparql?{start}{''.join(pieces)}{last}")


def query(size: int) -> Sent:
    start = "query=%41%53%4B%7B%7D"
    rest = size - len(start) + len("query=")
    return Sent("/sparql", body=start + "%20" * (rest // 3) + "+" * (rest % 3))


def many_headers(size: int) -> Sent:
    return Sent(headers=tuple((f"X-{n}", "x" * 7900) for n in range(size // 7900)))


CASES = {
    "path": Case(bounds.PATH, 414, 404, lambda n: Sent("/page/" + "a" * (n - 6))),
    "address of a page": Case(
        bounds.PAGE_ADDRESS,
        414,
        200,
        lambda n: Sent("/search?q=" + "a" * 6000 + "&fbclid=" + "1" * (n - 6017)),
    ),
    "address of a query": Case(bounds.ADDRESS, 414, 200, address),
    "number of parameters": Case(
        bounds.PARAMETERS, 400, 200, lambda n: Sent(NAMES, body="&".join(["iri=a"] * n))
    ),
    "name of a parameter": Case(
        bounds.PARAMETER_NAME, 413, 400, lambda n: Sent(NAMES, body="a" * n + "=1")
    ),
    "value": Case(bounds.VALUE, 413, 200, lambda n: Sent(NAMES, body="iri=" + "a" * n)),
    "value in an address": Case(bounds.VALUE, 414, 200, lambda n: Sent("/search?q=" + "a" * n)),
    "query in a form": Case(bounds.VALUES["query"], 413, 200, query),
    "handle in a form": Case(
        bounds.VALUES["handle"], 413, 204, lambda n: Sent("/sparql/stop", body="handle=" + "a" * n)
    ),
    "Host": Case(
        bounds.HEADERS["Host"], 431, 200, lambda n: header("Host")("a." * (n // 2) + "a" * (n % 2))
    ),
    "Content-Type": Case(
        bounds.HEADERS["Content-Type"],
        431,
        200,
        lambda n: Sent("/sparql", body="ASK {}", kind=QUERY + "; a=" + "a" * (n - len(QUERY) - 4)),
    ),
    "Query-Handle": Case(
        bounds.HEADERS["Query-Handle"],
        431,
        200,
        lambda n: Sent("/sparql?query=ASK+%7B%7D", (("Query-Handle", "a" * n),)),
    ),
    "Accept": Case(
        bounds.HEADERS["Accept"],
        431,
        200,
        lambda n: header("Accept")("text/html,a/" + "b" * (n - 12)),
    ),
    "Accept-Language": Case(
        bounds.HEADERS["Accept-Language"],
        431,
        200,
        lambda n: header("Accept-Language")("ja," + "b" * (n - 3)),
    ),
    "Accept-Encoding": Case(
        bounds.HEADERS["Accept-Encoding"],
        431,
        200,
        lambda n: header("Accept-Encoding")("gzip," + "b" * (n - 5)),
    ),
    "If-None-Match": Case(
        bounds.HEADERS["If-None-Match"],
        431,
        200,
        lambda n: header("If-None-Match")('"' + "a" * (n - 2) + '"'),
    ),
    "entries of a header": Case(
        bounds.ENTRIES, 431, 200, lambda n: header("Accept")(",".join(["text/html;q=0.5"] * n))
    ),
    "Cookie": Case(bounds.FIELD, 431, 200, lambda n: header("Cookie")("a=" + "a" * (n - 2))),
    "another header": Case(bounds.FIELD, 431, 200, lambda n: header("X-A")("a" * n)),
    "number of headers": Case(
        bounds.FIELDS,
        431,
        200,
        lambda n: Sent(headers=tuple((f"X-{at}", "") for at in range(n))),
        slack=8,
    ),
    "all headers": Case(bounds.HEADER_SECTION, 431, 200, many_headers, slack=8000),
    "body": Case(
        bounds.BODY,
        413,
        200,
        lambda n: Sent(NAMES, body="&".join(["iri=" + "a" * 4995] * (n // 5000))),
    ),
}


def inside(client: FlaskClient, sent: Sent) -> tuple[int, bytes]:
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.headers}
    if sent.body:
        answer = client.post(
            sent.target, data=sent.body, content_type=sent.kind, environ_overrides=environ
        )
    else:
        answer = client.get(sent.target, environ_overrides=environ)
    return answer.status_code, answer.data


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client without cookies of its own, which would replace what a test sends."""
    return app.test_client(use_cookies=False)


@pytest.mark.parametrize("name", CASES)
def test_what_is_just_within_its_bound_is_served(client: FlaskClient, name: str) -> None:
    case = CASES[name]
    status, _ = inside(client, case.of(case.most - case.slack))
    assert status == case.within


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("times", [1, 10])
def test_what_is_beyond_its_bound_is_refused_at_once(
    client: FlaskClient, name: str, times: int
) -> None:
    case = CASES[name]
    more = case.slack or (case.most // 100 if name == "body" else 1)
    sent = case.of(case.most * times + (2 * more if times == 1 else 0))
    start = thread_time()
    status, body = inside(client, sent)
    # Some of it is the test client's own reading; what was found took seconds.
    assert thread_time() - start < 0.5
    assert status == case.beyond
    assert len(body) < 400
    assert b"aaaaaaaa" not in body


def test_a_refusal_says_which_bound_and_how_much(client: FlaskClient) -> None:
    problem = client.get("/", headers={"Accept": "a/b," * 120_000})
    assert problem.mimetype == "application/problem+json"
    assert problem.get_json() == {
        "type": "https://w3id.org/aide-memoire/problem/request-header-fields-too-large",
        "title": "Request Header Fields Too Large",
        "status": 431,
        "detail": "the header Accept is longer than 4,000 bytes, the most that is read",
    }
    told = client.get("/sparql?handle=" + "a" * 3000, headers={"Accept": "text/html"})
    assert (told.status_code, told.mimetype) == (414, "text/plain")
    assert "the parameter handle is longer than 128 bytes" in told.text
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    assert client.head("/search?q=" + "a" * 9000).data == b""


@pytest.mark.parametrize(
    ("length", "status"), [("1" * 5000, 413), ("0" * 5000 + "6", 413), ("six", 400), ("-6", 400)]
)
def test_a_length_of_any_length_is_read(client: FlaskClient, length: str, status: int) -> None:
    answer = client.post(
        "/sparql",
        data=b"ASK {}",
        content_type=QUERY,
        environ_overrides={"CONTENT_LENGTH": length},
    )
    assert answer.status_code == status


def test_a_form_that_does_not_say_its_length_is_not_read(client: FlaskClient) -> None:
    answer = client.post(
        NAMES,
        input_stream=io.BytesIO(b"iri=a"),
        content_type=FORM,
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 411


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Iterator[int]:
    builds: Path = tmp_path_factory.mktemp("builds")
    publish(builds, tiny)
    with serving(builds / "log", BUILDS=builds) as (number, _):
        yield number


def served(port: int, sent: Sent) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=10)
    with closing(line):
        headers: dict[str, Any] = {"Content-Type": sent.kind} if sent.body else {}
        # Who refuses a request may answer, and hang up, before all of it was sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            line.request(
                "POST" if sent.body else "GET",
                sent.target,
                sent.body or None,
                headers | dict(sent.headers),
            )
        return line.getresponse().status


@pytest.mark.parametrize("name", CASES)
def test_a_server_holds_the_same_bounds(port: int, name: str) -> None:
    case = CASES[name]
    assert served(port, case.of(case.most - case.slack)) == case.within
    # What is too long for the server itself is refused by it before the application sees it.
    assert served(port, case.of(10 * case.most)) in {case.beyond, 431}
