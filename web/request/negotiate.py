"""Which representation to send: its media type, its language and its coding."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from werkzeug.datastructures import Accept, LanguageAccept, MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from kg.model import formats
from kg.model.languages import DEFAULT, LANGUAGES

HTML = "text/html"
IDENTITY, GZIP = "", "gzip"
_PRIMARY = re.compile("[-_]")

# Media types that clients also use for a format; the response has the format's registered type.
RESULT_ALIASES = {
    "application/xhtml+xml": HTML,
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
GRAPH_ALIASES = {
    "application/xhtml+xml": HTML,
    "application/x-turtle": "text/turtle",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
    "application/x-trig": "application/trig",
    "text/x-nquads": "application/n-quads",
}

# Names for a format that clients put into `?format=` besides our own (SPARQLWrapper does).
FORMAT_ALIASES = {
    "turtle": "ttl",
    "n3": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "nquads": "nq",
    "n-quads": "nq",
    "rdf+xml": "rdf",
    "rdf/xml": "rdf",
    "xml": "rdf",
    "json-ld": "jsonld",
    "ld+json": "jsonld",
    "json": "jsonld",
}

# What each page of data offers, best first: the name that `?format=` takes and the media type.
RESULT_TYPES = {row.name: row.media_type for row in formats.RESULTS}
GRAPH_TYPES = {row.name: row.media_type for row in formats.GRAPHS}
DATA_TYPES = GRAPH_TYPES | {row.name: row.media_type for row in formats.DATASETS}
PAGE_TYPES = {"html": HTML} | DATA_TYPES


# For rows and for graphs: what is on offer, and what clients call it. A graph in a format for quads
# is their default graph, as triple stores have it.
ROWS, GRAPHS = (RESULT_TYPES, RESULT_ALIASES), (DATA_TYPES, GRAPH_ALIASES)


_EXCERPT = 80


class NothingOffered(NotAcceptable):
    """The client accepts none of the representations on offer."""

    def __init__(self, offers: Mapping[str, str], wanted: str) -> None:
        """Record what is on offer, to be listed in the answer."""
        listed = ", ".join(f"{media} (?format={name})" for name, media in offers.items())
        shown = wanted if len(wanted) <= _EXCERPT else f"{wanted[:_EXCERPT]}…"
        super().__init__(f"“{shown}” is not offered here; these are: {listed}")


def choose(
    offers: Mapping[str, str],
    header: str,
    format_name: str = "",
    also: Mapping[str, str] | None = None,
) -> str:
    """Return the media type to send; NothingOffered (406) if the client takes none of them.

    `offers` maps names to media types, best first; `format_name` is the value of `?format=`, which
    beats the header; an empty header takes the first offer.

    >>> choose(PAGE_TYPES, "text/turtle;charset=utf-8, text/html;q=0.9")
    'text/turtle'
    >>> choose(PAGE_TYPES, "*/*", format_name="nt")
    'application/n-triples'
    """
    if format_name:
        name = format_name if format_name in offers else FORMAT_ALIASES.get(format_name, "")
        if name not in offers:
            raise NothingOffered(offers, f"format={format_name}")
        return offers[name]
    ranges = _ranges(header)
    if not ranges:
        return next(iter(offers.values()))
    aliases = {alias: media for alias, media in (also or {}).items() if media in offers.values()}
    accepted = _fitting(ranges, [*offers.values(), *aliases])
    candidates = [m for m in (*offers.values(), *aliases) if accepted[m] > 0]
    if best := accepted.best_match(candidates):
        return aliases.get(best, best)
    raise NothingOffered(offers, header)


def content_type(media: str) -> str:
    """Return the Content-Type of a body in UTF-8; only the text types have a charset to name.

    >>> content_type("text/turtle"), content_type("application/n-triples")
    ('text/turtle; charset=utf-8', 'application/n-triples')
    """
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


@lru_cache(maxsize=256)
def content_coding(accepted: str) -> str:
    """Return the coding to send for an Accept-Encoding header.

    >>> content_coding("gzip, deflate, br"), content_coding("gzip;q=0"), content_coding("")
    ('gzip', '', '')
    """
    return GZIP if parse_accept_header(accepted, Accept)[GZIP] > 0 else IDENTITY


@lru_cache(maxsize=256)
def preferred_language(header: str) -> str:
    """Return the supported language that a header prefers; other languages in it are ignored.

    https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4

    >>> preferred_language("ja"), preferred_language("de, ru;q=0.5"), preferred_language("")
    ('ja', 'ru', 'en')
    """
    accepted = parse_accept_header(header, Accept)
    tags = {*LANGUAGES, "*"}
    supported = [tag for tag in accepted if _PRIMARY.split(tag[0].lower(), 1)[0] in tags]
    return LanguageAccept(supported).best_match(LANGUAGES, DEFAULT) or DEFAULT


# Pages ask several times of one header, and clients send the same one with every request.
@lru_cache(maxsize=256)
def _ranges(header: str) -> tuple[tuple[str, float], ...]:
    """Read an Accept header without the parameters of its types, which would match nothing."""
    # `Accept` compares complete texts; MIMEAccept would split each range to sort them.
    ranges = parse_accept_header(header, Accept)
    return tuple((kind.partition(";")[0].strip().lower(), quality) for kind, quality in ranges)


def _fitting(ranges: Iterable[tuple[str, float]], media: Collection[str]) -> MIMEAccept:
    """Return the ranges that fit one of some media types.

    Werkzeug compares each range with each type on offer, and takes the square of a range's length
    to read one with spaces in it.
    """
    fitting = {"*/*", *media, *(f"{one.partition('/')[0]}/*" for one in media)}
    return MIMEAccept([one for one in ranges if one[0] in fitting])
