"""The bounds of all that a request may bring, in bytes as they are sent, and what goes beyond.

The server's edge and the application take their numbers from here; nothing heavy is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kg.endpoint.guard import LARGEST

# A byte takes three characters percent-encoded.
_ENCODED = 3
_QUERY = _ENCODED * LARGEST

# The names of a thousand IRIs (`web.query.editor_data`) take a tenth of it.
BODY = 1_000_000
# The longest query that is answered, percent-encoded, and the graphs to ask it of.
ADDRESS = _QUERY + 8_192
# Addresses without a query: the site's own have at most some hundred characters, and pages repeat
# theirs in links.
PAGE_ADDRESS = 8_192
# A slug has at most 200 characters, of at most four bytes each; of a longer one a person hears that
# there is no such thing.
PATH = 4_096
# Addresses that carry a query.
_LONG = ("/sparql", "/reconcile")

# Places and dated items that are laid out for a query's results (`web.query.layouts`): as many as a
# map or timeline shows apart, and each is laid out in half a second.
PLACES, ITEMS = 1_000, 500

# A table to reconcile (`web.reconciliation`): a thousand names are looked up in a second or two.
# Candidates are those of a query that does not say how many; conditions and values of each.
NAMES, CANDIDATES, CONDITIONS, COLUMNS = 1_000, 5, 50, 50
# Of all names together, and the time of the processor for them.
ALL_CONDITIONS, SECONDS = 5_000, 15

# In an address or a form: `web.query.editor_data` answers for a thousand at a time.
PARAMETERS = 1_024
PARAMETER_NAME = 64
# An IRI of 2,000 bytes, percent-encoded.
VALUE = 6_144
VALUES = {"query": _QUERY, "handle": 128, "queries": BODY, "extend": BODY}

# A graph to lay out (`web.pages.network`): 400 nodes with these edges take half a second.
LAYOUT_NODES, LAYOUT_EDGES = 400, 4_000
# Characters of a label: the longest names of things have some 200.
LAYOUT_LABEL = 1_000

# Browsers send some 2 KB, and cookies of other sites on the same host; nginx takes 32 KB as well.
HEADER_SECTION = 32_768
FIELDS = 64
FIELD = 8_192
HEADERS = {
    "Host": 300,
    "Content-Type": 300,
    "Query-Handle": 300,
    # Clients that name every format of RDF with a quality for each send about 1 KB.
    "Accept": 4_000,
    "Accept-Language": 1_000,
    "Accept-Encoding": 1_000,
    "If-None-Match": 2_000,
}
# Media types, languages, codings or entity tags of one field.
ENTRIES = 100
_SHORTEST = min(HEADERS.values())
_LISTS = ("Accept", "Accept-Language", "Accept-Encoding", "If-None-Match")
# What a header is called in WSGI (PEP 3333).
_HEADER = ("HTTP_", "CONTENT_TYPE")
_NAMES = {"HTTP_" + name.upper().replace("-", "_"): name for name in HEADERS}
_NAMES["CONTENT_TYPE"] = "Content-Type"

FORM = "application/x-www-form-urlencoded"


class Refusal(NamedTuple):
    """The status of an answer to a request that goes beyond a bound, and what to tell of it."""

    status: int
    detail: str


def refusals(environ: Mapping[str, Any]) -> Iterator[Refusal]:
    """Yield for each bound that a request (PEP 3333) goes beyond; its body is not read."""
    yield from _address(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
    if len(environ) > FIELDS or not _short(environ):
        yield from _headers({key: environ[key] for key in environ if key.startswith(_HEADER)})
    yield from _length(environ)


def parameters(text: str, status: int) -> Iterator[Refusal]:
    """Yield for each bound that the parameters of an address or a form, as sent, go beyond."""
    if text.count("&") >= PARAMETERS:
        yield Refusal(400, f"there are more than {PARAMETERS:,} parameters")
        return
    for name, _, value in (part.partition("=") for part in text.split("&")):
        most = VALUES.get(name, VALUE)
        if len(name) > PARAMETER_NAME:
            yield _longer(status, "the name of a parameter", PARAMETER_NAME)
        elif len(value) > most:
            # Only a name of the table is repeated.
            which = f"the parameter {name}" if name in VALUES else "the value of a parameter"
            yield _longer(status, which, most)


def _address(path: str, query: str) -> Iterator[Refusal]:
    most = ADDRESS if path.startswith(_LONG) else PAGE_ADDRESS
    if len(path) > PATH:
        yield _longer(414, "the path of the address", PATH)
    elif len(path) + len(query) > most:
        hint = "; a query may come in the body of a POST" if path.startswith("/sparql") else ""
        yield _longer(414, "the address", most, hint)
    else:
        yield from parameters(query, 414)


def _short(environ: Mapping[str, Any]) -> bool:
    """Tell whether nothing is long enough to be looked at: so it is for most programs."""
    longest = max(map(len, environ))
    for value in environ.values():
        if type(value) is str and len(value) > longest:
            longest = len(value)
    return longest <= _SHORTEST


def _headers(fields: Mapping[str, str]) -> Iterator[Refusal]:
    if len(fields) > FIELDS:
        yield Refusal(431, f"there are more than {FIELDS} header fields")
    for key, value in fields.items():
        if len(value) > _SHORTEST:
            yield from _header(_NAMES.get(key, ""), value)
    if sum(map(len, fields)) + sum(map(len, fields.values())) > HEADER_SECTION:
        yield Refusal(431, f"all header fields have more than {HEADER_SECTION:,} bytes together")


def _header(name: str, value: str) -> Iterator[Refusal]:
    """Check one field; `name` is empty if it is not in the table."""
    if len(value) > HEADERS.get(name, FIELD):
        yield _longer(431, f"the header {name}" if name else "a header", HEADERS.get(name, FIELD))
    elif name in _LISTS and value.count(",") >= ENTRIES:
        yield Refusal(431, f"the header {name} lists more than {ENTRIES} entries")


def _length(environ: Mapping[str, Any]) -> Iterator[Refusal]:
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        yield Refusal(411, "say how long the body is: send a Content-Length")
    elif not length:
        return
    elif not (length.isascii() and length.isdigit()):
        yield Refusal(400, "the Content-Length is no number")
    # Digits first: Python reads no number of thousands of them.
    elif len(length) > len(str(BODY)) or int(length) > BODY:
        yield _longer(413, "the body", BODY)


def _longer(status: int, what: str, most: int, hint: str = "") -> Refusal:
    return Refusal(status, f"{what} is longer than {most:,} bytes, the most that is read{hint}")
