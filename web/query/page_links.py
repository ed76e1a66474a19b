"""Links from a query back to the pages that offer it, recognised by the query's text."""

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

# A page adds a VALUES block to its query, at the end; the first value of each row is the page's
# thing. Possessive quantifiers and a plain search for the start keep the time linear in the text
# (tests/test_linear.py).
_VARIABLES = re.compile(r"VALUES\s++\(?+((?:\s*+\?\w++)++)\s*+\)?+\s*+")
_ROWS = re.compile(r"([^}]*+)\}\s*+")
# Each filter of a list is a VALUES block on a line of its own.
_FILTER = re.compile(
    r"VALUES \?(class|kind|actor|place|year|from|until) \{ (?:<([^<>]*+)>|\"([^\"]*+)\")[^{}]*+\}"
)
_IRI = re.compile(r"<([^<>\s]*+)>")
_VIEWS = {
    "dated": ("the timeline", "/timeline"),
    "placed": ("the map", "/map"),
    "members": ("the list of the class", "/class"),
    "sources": ("the sources", "/sources"),
}
# As many things as the network page takes.
_MAX_LINKS = 12


class PageLink(NamedTuple):
    """A page that offers a query: its name and its path."""

    name: str
    path: str


def pages_of_query(store: Store, query: str) -> list[PageLink]:
    """Return the pages that offer a query; none for a query that no page has."""
    variables, rows_text = _trailing_values(query)
    if not variables:
        return _view_links(query)
    rows = dict.fromkeys(_IRI.findall(rows_text)[:: len(variables)])
    subjects = [iri for iri in rows if iri.startswith(BASE)][:_MAX_LINKS]
    pages = [_page_link(store, iri) for iri in subjects]
    things = [iri.removeprefix(THING) for iri in subjects if iri.startswith(THING)]
    if things and query.startswith(page_query("neighbourhood").rstrip()):
        pages.append(PageLink("the network around it", urls.network_path(things)))
    return pages


def _trailing_values(query: str) -> tuple[list[str], str]:
    """Return the variables and the rows of the VALUES block that ends a query; else nothing.

    >>> _trailing_values("SELECT * {} VALUES (?thing ?day) { (<x:a> 1) }")
    (['?thing', '?day'], ' (<x:a> 1) ')
    >>> _trailing_values("SELECT * {}")
    ([], '')
    """
    before, _, after = query.rpartition("{")
    variables = _VARIABLES.fullmatch(before, max(0, before.rfind("VALUES")))
    rows = _ROWS.fullmatch(after)
    return (variables[1].split(), rows[1]) if variables and rows else ([], "")


def page_query_title(query: str) -> str:
    """Return the title of a query that a page offers; the empty string for any other."""
    start = query.partition("\nVALUES ")[0].strip()
    return title(query) if start in _page_query_texts() or _view_links(query) else ""


def _view_links(query: str) -> list[PageLink]:
    """Return the list, timeline or map that offers a query, with the query's filters."""
    page = next(
        (page for name, page in _VIEWS.items() if title(query) == title(page_query(name))), None
    )
    if not page:
        return []
    filters = {
        name: re.split("[/#]", iri)[-1] or value for name, iri, value in _FILTER.findall(query)
    }
    path = "/".join(filter(None, (page[1], quote(filters.pop("class", "")))))
    return [PageLink(page[0], f"{path}?{urlencode(filters)}" if filters else path)]


@cache
def _page_query_texts() -> set[str]:
    names = (path.stem for path in (QUERIES / "pages").glob("*.rq"))
    return {unbounded_query(name).strip() for name in names}


def _page_link(store: Store, iri: str) -> PageLink:
    name = read_vocabulary(store).name(iri) or shorten(iri).strip("<>")
    return PageLink(name, urls.local_path(iri))
