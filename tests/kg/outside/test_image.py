"""Thumbnails that are passed on to readers: pictures only, of a few types."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from kg.outside.client import OutsideClient, Patience
from kg.outside.errors import OutsideError, OutsideMalformed, OutsideTooLarge
from kg.outside.image import thumbnail
from tests.kg.outside.stand_in import Dataset, Reply, dataset

PATH = "/wiki/Special:FilePath/A%20b%26c.jpg?width=480"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
PICTURES = {
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 ",
}


@pytest.fixture
def server() -> Iterator[Dataset]:
    with dataset() as running:
        yield running


def client_of(server: Dataset, cache: Path | None = None) -> OutsideClient:
    hosts = ("commons.wikimedia.org", "upload.wikimedia.org")
    mirrors = dict.fromkeys(hosts, server.origin)
    return OutsideClient(cache, mirrors=mirrors, patience=Patience(attempts=1))


@pytest.mark.parametrize("media", PICTURES)
def test_a_picture_is_passed_on(server: Dataset, tmp_path: Path, media: str) -> None:
    there = {"Location": "https://upload.wikimedia.org/a/480px-A_b.jpg"}
    server.reply(PATH, Reply(status=302, headers=there))
    server.reply("/a/480px-A_b.jpg", Reply(PICTURES[media], headers={"Content-Type": media}))
    for _ in range(2):
        shown = thumbnail(client_of(server, tmp_path), "A b&c.jpg", nullcontext)
        assert shown == (media, PICTURES[media])
    assert len(server.requests) == 2


OTHERS = {
    "drawing with a script": (b"<svg xmlns='x'><script/></svg>", "image/svg+xml", "which is not"),
    "web page": (b"<html>", "text/html", "which is not shown"),
    "without a type": (PNG, "", "no media type"),
    "web page that says it is a picture": (b"<html>", "image/png", "that is no image/png"),
    "picture of another type": (PNG, "image/jpeg", "that is no image/jpeg"),
    "wave that says it is a picture": (b"RIFF\x24\0\0\0WAVEfmt ", "image/webp", "no image/webp"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_picture_is_not_passed_on(server: Dataset, kind: str) -> None:
    body, media, message = OTHERS[kind]
    server.reply(PATH, Reply(body, headers={"Content-Type": media}))
    with pytest.raises(OutsideMalformed, match=message):
        thumbnail(client_of(server), "A b&c.jpg", nullcontext)


def test_a_large_picture_is_not_passed_on(server: Dataset) -> None:
    headers = {"Content-Type": "image/png", "Content-Length": "2000001"}
    server.reply(PATH, Reply(PNG, headers=headers))
    with pytest.raises(OutsideTooLarge):
        thumbnail(client_of(server), "A b&c.jpg", nullcontext)


@pytest.mark.parametrize("name", ["../../w/api.php", "a.jpg?width=9999#", "%2e%2e/x"])
def test_a_name_stays_a_name(server: Dataset, name: str) -> None:
    with pytest.raises(OutsideError):
        thumbnail(client_of(server), name, nullcontext)
    ((_, path),) = server.requests
    assert path.startswith("/wiki/Special:FilePath/")
    assert path.endswith("?width=480")
