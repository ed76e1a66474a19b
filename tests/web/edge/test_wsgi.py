"""A request as WSGI has it."""

from typing import Any

from web.edge.wsgi import environment

SCOPE: dict[str, Any] = {
    "method": "POST",
    "raw_path": b"/page/caf%C3%A9%2F",
    "query_string": b"a=%20b",
    "server": ("127.0.0.1", 8000),
    "client": ("127.0.0.2", 5),
    "http_version": "1.1",
    "scheme": "http",
    "headers": [],
}


def read(*headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return environment({**SCOPE, "headers": list(headers)})  # type: ignore[arg-type]


def test_path_is_bytes_as_latin_1_and_the_query_stays_as_it_came() -> None:
    environ = read()
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/page/café/"
    assert environ["QUERY_STRING"] == "a=%20b"
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("127.0.0.2", "8000")
    assert environ["wsgi.input"].read() == b""


def test_fields_of_a_name_are_one_and_content_has_no_prefix() -> None:
    environ = read(
        (b"accept", b"a/b"),
        (b"accept", b"c/d"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"content-type", b"text/plain"),
        (b"content-length", b"4"),
    )
    assert environ["HTTP_ACCEPT"] == "a/b,c/d"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("text/plain", "4")


def test_a_field_with_an_underscore_does_not_pass_for_another() -> None:
    environ = read((b"x_forwarded_for", b"10.0.0.1"), (b"x-forwarded-for", b"192.0.2.1"))
    assert environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert "" not in environ
