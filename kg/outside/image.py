"""The image that a record names on Wikimedia Commons, with the credit that its licence demands."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urlencode, urlsplit

from kg.model.text import truncate
from kg.outside.client import OutsideClient, Patience
from kg.outside.errors import OutsideMalformed

_COMMONS = "https://commons.wikimedia.org/"
_FILE_PATHS = ("/wiki/Special:FilePath/", "/wiki/Special:Redirect/file/", "/wiki/File:")
_FIELDS = ("Artist", "LicenseShortName", "LicenseUrl")
_PATIENCE = Patience(seconds=3.0, size=2_000_000, attempts=1, wait=1.0)
_WIDTH = 480
# Characters of mark-up that are read for a name: `html.parser` takes the square of what is broken.
_LONGEST_FIELD = 2_000
_MONTH = 30 * 86_400.0
# What the first bytes of each type are: a body that is something else is not passed on.
_SIGNATURES = {
    "image/png": (b"\x89PNG\r\n\x1a\n", b""),
    "image/jpeg": (b"\xff\xd8\xff", b""),
    "image/webp": (b"RIFF", b"WEBP"),
}
_JSON, _PICTURES = "application/json", ", ".join(_SIGNATURES)

# Whatever must be had to send a request, for as long as it takes; KGError if it cannot be had.
Permit: TypeAlias = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class CreditedImage:
    """A file of Wikimedia Commons: its name, its page there, author and licence."""

    name: str
    page: str
    author: str
    licence: str
    licence_page: str = ""


def commons_file(iri: str) -> str:
    """Return the name of the file of Wikimedia Commons that an address leads to, else "".

    >>> commons_file("http://commons.wikimedia.org/wiki/Special:FilePath/Mount%20Fuji.jpg?width=300")
    'Mount Fuji.jpg'
    >>> commons_file("https://example.org/wiki/Special:FilePath/a.jpg")
    ''
    """
    try:
        parts = urlsplit(iri)
    except ValueError:
        return ""
    if parts.hostname != urlsplit(_COMMONS).hostname:
        return ""
    names = (
        parts.path.removeprefix(start) for start in _FILE_PATHS if parts.path.startswith(start)
    )
    return unquote(next(names, "")).replace("_", " ")[:240]


def credited_image(client: OutsideClient, iri: str, permit: Permit) -> CreditedImage | None:
    """Return who made an image and under what licence; None if that cannot be said.

    A request is sent within `permit`. OutsideError says why nobody answers.
    """
    name = commons_file(iri)
    if not name:
        return None
    address = _credit_address(name)
    response = client.cached(address, _JSON, _MONTH)
    if response is None:
        with permit():
            response = client.get(address, _JSON, _MONTH, _PATIENCE)
    author, licence, licence_page = (_field(response.body, field) for field in _FIELDS)
    if not licence:
        return None
    return CreditedImage(name, _page(name), author, licence, _https(licence_page))


def _credit_address(name: str) -> str:
    arguments = {
        "action": "query",
        "format": "json",
        "formatversion": "2",
        "prop": "imageinfo",
        "iiprop": "extmetadata",
        "iiextmetadatafilter": "|".join(_FIELDS),
        "titles": f"File:{name}",
    }
    # https://commons.wikimedia.org/wiki/Commons:Machine-readable_data
    return f"{_COMMONS}w/api.php?{urlencode(arguments)}"


def thumbnail(client: OutsideClient, name: str, permit: Permit) -> tuple[str, bytes]:
    """Return the media type and the bytes of a file of Commons, some hundred pixels wide.

    A request is sent within `permit`. OutsideMalformed if it is no picture of the types that any
    browser shows.
    """
    address = f"{_COMMONS}wiki/Special:FilePath/{quote(name, safe='')}?width={_WIDTH}"
    response = client.cached(address, _PICTURES, _MONTH)
    if response is None:
        with permit():
            response = client.get(address, _PICTURES, _MONTH, _PATIENCE)
    if response.media_type not in _SIGNATURES:
        media = response.media_type[:80] or "no media type"
        raise OutsideMalformed(address, f"sends an image as {media}, which is not shown here")
    first, eighth = _SIGNATURES[response.media_type]
    if not (response.body.startswith(first) and response.body[8:].startswith(eighth)):
        raise OutsideMalformed(address, f"sends an image that is no {response.media_type}")
    return response.media_type, response.body


def _page(name: str) -> str:
    return f"{_COMMONS}wiki/File:{quote(name.replace(' ', '_'))}"


def _https(address: str) -> str:
    """Return an address as one of https, "" if it is none.

    >>> _https("http://creativecommons.org/licenses/by/4.0"), _https("//x/"), _https("javascript:1")
    ('https://creativecommons.org/licenses/by/4.0', 'https://x/', '')
    """
    for start in ("https://", "http://", "//"):
        if address.startswith(start):
            return f"https://{address.removeprefix(start)}"
    return ""


def _field(body: bytes, name: str) -> str:
    """Return the text of one field of the answer, without mark-up; "" if there is none.

    >>> page = {"imageinfo": [{"extmetadata": {"Artist": {"value": "<a href='x'>Ann</a> B"}}}]}
    >>> _field(json.dumps({"query": {"pages": [page]}}).encode(), "Artist")
    'Ann B'
    >>> _field(b"[1]", "Artist"), _field(b"{", "Artist")
    ('', '')
    """
    try:
        answer: Any = json.loads(body)
        value = answer["query"]["pages"][0]["imageinfo"][0]["extmetadata"][name]["value"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
    parser = _Text()
    parser.feed(str(value)[:_LONGEST_FIELD])
    parser.close()
    return truncate(" ".join("".join(parser.pieces).split()), 200)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
