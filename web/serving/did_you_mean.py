"""Names that come near one that is not there, each with the address that was perhaps meant."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode

from flask import request

from kg.model.errors import BuildMissing, NotFound
from kg.model.languages import SPOKEN
from kg.model.prefixes import TERM, THING
from kg.terms.slugs import similar_slugs
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.serving.current_build import store


class Suggestion(NamedTuple):
    """What was perhaps meant: its name, the language of that if it is not English, its address."""

    text: str
    language: str
    address: str


def suggestions_for(error: NotFound) -> list[Suggestion]:
    """Return the near names, each at the address that was asked for, with the name put right."""
    found = [_named(name, _page_of(replace_name(error.asked, name))) for name in error.near]
    pages = request.args.get("page") == error.asked
    return [one._replace(text=f"page {one.text}") for one in found] if pages else found


def suggestions_for_path() -> list[Suggestion]:
    """Return the things that the last part of an address may mean that nothing is at."""
    last = request.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    try:
        return (
            [_named(name, urls.page_path(name)) for name in similar_slugs(store(), last)]
            if last
            else []
        )
    except BuildMissing:
        return []


def replace_name(asked: str, meant: str) -> str:
    """Return the address of the request with a name in it replaced; nothing if it is not there.

    The first part of a path is no name.
    """
    if not asked:
        return ""
    first, _, rest = request.path.removeprefix("/").partition("/")
    before, found, after = rest.rpartition(asked)
    if found:
        return f"/{first}/{quote(before + meant + after)}{_question(request.query_string)}"
    pairs = list(request.args.items(multi=True))
    if asked not in (value.strip() for _, value in pairs):
        return ""
    kept = [(name, meant if value.strip() == asked else value) for name, value in pairs]
    return f"{quote(request.path)}?{urlencode(kept)}"


def _page_of(address: str) -> str:
    return f"/page/{address.removeprefix('/id/')}" if address.startswith("/id/") else address


def _question(query: bytes) -> str:
    return f"?{query.decode()}" if query else ""


def _named(name: str, address: str) -> Suggestion:
    """Call a name what the thing, term or language of that name is called."""
    vocabulary = read_vocabulary(store())
    iri = next((space + name for space in (THING, TERM) if vocabulary.name(space + name)), "")
    text = vocabulary.name(iri) if iri else SPOKEN.get(name, name)
    return Suggestion(text, vocabulary.name_language(iri) if iri else "", address)
