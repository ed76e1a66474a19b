"""The pages that a question stands behind, read from the question itself."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from kg.model.prefixes import BASE, THING, shorten
from kg.sparql.named_queries import QUERIES, page_query, title, unbounded_query
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary
from web import urls

# What a page fills into its question stands at the end, each row beginning with what it is about.
# The expressions are possessive, and begin where a plain search has led: reading is linear.
_VARIABLES = re.compile(r"VALUES\s++\(?+((?:\s*+\?\w++)++)\s*+\)?+\s*+")
_ROWS = re.compile(r"([^}]*+)\}\s*+")
# What a list is narrowed by stands in lines of their own.
_CHOSEN = re.compile(
    r"VALUES \?(class|kind|actor|place|year|from|until) \{ (?:<([^<>]*+)>|\"([^\"]*+)\")[^{}]*+\}"
)
_IRI = re.compile(r"<([^<>\s]*+)>")
_WHOLE = {
    "dated": ("the timeline", "/timeline"),
    "placed": ("the map", "/map"),
    "members": ("the list of the class", "/class"),
    "sources": ("the sources", "/sources"),
}
_MOST = 12


class PageLink(NamedTuple):
    """A page that leads to a question: what it is called, and its path."""

    name: str
    path: str


def pages_of_query(store: Store, query: str) -> list[PageLink]:
    """Return the pages that a question stands behind; none for one that no page asks."""
    variables, written = _filled(query)
    if not variables:
        return _view(query)
    rows = dict.fromkeys(_IRI.findall(written)[:: len(variables)])
    about = [iri for iri in rows if iri.startswith(BASE)][:_MOST]
    pages = [_page(store, iri) for iri in about]
    things = [iri.removeprefix(THING) for iri in about if iri.startswith(THING)]
    if things and query.startswith(page_query("neighbourhood").rstrip()):
        pages.append(PageLink("the network around it", urls.network_path(things)))
    return pages


def _filled(query: str) -> tuple[list[str], str]:
    """Return the variables and the rows of the VALUES that a query ends with; else nothing.

    >>> _filled("SELECT * {} VALUES (?thing ?day) { (<x:a> 1) }")
    (['?thing', '?day'], ' (<x:a> 1) ')
    >>> _filled("SELECT * {}")
    ([], '')
    """
    before, _, after = query.rpartition("{")
    found = _VARIABLES.fullmatch(before, max(0, before.rfind("VALUES")))
    rows = _ROWS.fullmatch(after)
    return (found[1].split(), rows[1]) if found and rows else ([], "")


def page_query_title(query: str) -> str:
    """Return the words of a question behind a page; nothing if it is none of ours."""
    start = query.partition("\nVALUES ")[0].strip()
    return title(query) if start in _panels() or _view(query) else ""


def _view(query: str) -> list[PageLink]:
    """Return the view of the graph that asks a query, narrowed as the query is."""
    page = next(
        (page for name, page in _WHOLE.items() if title(query) == title(page_query(name))), None
    )
    if not page:
        return []
    chosen = {name: re.split("[/#]", iri)[-1] or said for name, iri, said in _CHOSEN.findall(query)}
    path = "/".join(filter(None, (page[1], quote(chosen.pop("class", "")))))
    return [PageLink(page[0], f"{path}?{urlencode(chosen)}" if chosen else path)]


@cache
def _panels() -> set[str]:
    names = (path.stem for path in (QUERIES / "pages").glob("*.rq"))
    return {unbounded_query(name).strip() for name in names}


def _page(store: Store, iri: str) -> PageLink:
    name = read_vocabulary(store).name(iri) or shorten(iri).strip("<>")
    return PageLink(name, urls.local_path(iri))
