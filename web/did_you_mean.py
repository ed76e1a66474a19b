"""Suggestions for a name that does not exist: similar names, each with its address."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode

from flask import request

from kg.model.errors import BuildMissing, NotFound
from kg.model.prefixes import TERM, THING
from kg.terms.slugs import similar_slugs
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.root_path import root_path
from web.serving.current_build import store


class Suggestion(NamedTuple):
    """A similar name: its text, the language of that if it is not English, its address."""

    text: str
    language: str
    address: str


def suggestions_for(error: NotFound) -> list[Suggestion]:
    """Return similar names, each with the requested address in which it replaces the name."""
    addresses = {name: replace_name(error.name, name, pages=True) for name in error.similar}
    suggestions = [_named(name, address) for name, address in addresses.items()]
    pages = request.args.get("page") == error.name
    return [one._replace(text=f"page {one.text}") for one in suggestions] if pages else suggestions


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


def replace_name(name: str, replacement: str, pages: bool = False) -> str:
    """Return the path of the request with a name in it replaced; nothing if it is not there.

    The first part of a path is no name. With `pages` an identifier becomes the path of its page.
    """
    if not name:
        return ""
    first, _, rest = request.path.removeprefix("/").partition("/")
    before, match, after = rest.rpartition(name)
    if match:
        path = f"{quote(before + replacement + after)}{_question(request.query_string)}"
        # Where an identifier redirects to is its page.
        return f"{root_path().pages}/{'page' if pages and first == 'id' else first}/{path}"
    pairs = list(request.args.items(multi=True))
    if name not in (value.strip() for _, value in pairs):
        return ""
    replaced = [(key, replacement if value.strip() == name else value) for key, value in pairs]
    return f"{root_path().pages}{quote(request.path)}?{urlencode(replaced)}"


def _question(query: bytes) -> str:
    return f"?{query.decode()}" if query else ""


def _named(name: str, address: str) -> Suggestion:
    """Call a name what the thing or term of that name is called."""
    vocabulary = read_vocabulary(store())
    iri = next((space + name for space in (THING, TERM) if vocabulary.name(space + name)), "")
    text = vocabulary.name(iri) if iri else name
    return Suggestion(text, vocabulary.name_language(iri) if iri else "", address)
