"""Every URL of the site: from a canonical IRI to a local path and back."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, urlencode

from kg.ask import panel
from kg.prefixes import BASE, CLAIM, SOURCE, TERM, THING

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/#-]*")


@cache
def local(iri: str) -> str:
    """Return the local path of a page about an IRI of ours, else the empty string.

    >>> local("https://w3id.org/aide-memoire/id/japan")
    '/page/japan'
    >>> local("https://w3id.org/aide-memoire/ontology#State")
    '/ontology#State'
    >>> local("https://example.org/japan")
    ''
    """
    if iri.startswith(TERM):
        return "/ontology#" + iri.removeprefix(TERM)
    if iri.startswith(THING):
        return "/page/" + quote(iri.removeprefix(THING))
    return "/" + quote(iri.removeprefix(BASE), safe="/#") if iri.startswith(BASE) else ""


def thing_path(slug: str) -> str:
    """Return the path that answers for the thing itself, whatever the representation."""
    return f"/id/{quote(slug)}"


def data_path(slug: str, extension: str) -> str:
    """Return the path of a thing's data in one format."""
    return f"/data/{quote(slug)}.{extension}"


def class_path(iri: str) -> str:
    """Return the path of the list of a class's members.

    >>> class_path("https://w3id.org/aide-memoire/ontology#State")
    '/class/State'
    """
    return "/class/" + quote(iri.removeprefix(TERM))


def query_path(query: str, media: str = "") -> str:
    """Return the path that shows a query with its answer, or the answer alone in one format."""
    return "/sparql?" + urlencode({"query": query} | ({"format": media} if media else {}))


def panel_path(name: str, variable: str, iri: str) -> str:
    """Return the path of the question behind a panel, with the thing filled in.

    The filled-in text is what a visitor may change and send; our own pages bind the term instead.
    """
    filled = f"{panel(name).rstrip()}\nVALUES ?{variable} {{ <{iri}> }}\n"
    return query_path(filled)


def source_iri(source: str, locator: str = "") -> str:
    """Return the canonical IRI of a source document, or of one of its sentences."""
    return SOURCE + "/".join(part for part in (source, locator) if part)


def content_iri(slug: str) -> str:
    """Return the canonical IRI of the graph that holds what a claim says."""
    return f"{CLAIM}{slug}/content"


def is_slug(text: str) -> bool:
    """Tell whether a text may stand in an IRI of ours as it is.

    >>> is_slug("japan"), is_slug("a>b"), is_slug("a b")
    (True, False, False)
    """
    return bool(_SLUG.fullmatch(text))
