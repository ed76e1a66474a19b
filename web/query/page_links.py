"""Links from a query back to the pages that offer it, recognised by the query's text."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from kg.ask.question import FIELDS
from kg.lists.facets import DAYS, FACETS
from kg.model.prefixes import BASE, THING, shorten
from kg.model.translations import gettext, gettext_noop
from kg.sparql.named_queries import QUERIES, named_queries, page_query, title, unbounded_query
from kg.sparql.values import final_values, term_text, values_blocks
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary
from web import urls
from web.root_path import root_path

# The variables that filters of a list bind, each by a VALUES block.
_FILTERS = {f"?{name}" for name in ("class", "actor2", *FACETS, *DAYS, *FIELDS)}
_VIEWS = {
    "dated": (gettext_noop("the timeline"), "/timeline"),
    "placed": (gettext_noop("the map"), "/map"),
    "asked": (gettext_noop("the form"), "/ask"),
    "members": (gettext_noop("the list of the class"), "/class"),
    "sources": (gettext_noop("the sources"), "/sources"),
}
# As many things as the network page takes.
_MAX_LINKS = 12


class PageLink(NamedTuple):
    """A page that offers a query: its name and its path."""

    name: str
    path: str


def pages_of_query(store: Store, query: str) -> list[PageLink]:
    """Return the pages that offer a query; none for a query that no page has."""
    values = final_values(query)
    if not values:
        return _view_links(query)
    # A page binds its query by a block at the end; the first value of a row is the page's thing.
    iris = dict.fromkeys(term_text(row[0]) for row in values.rows if row[0].kind == "iri")
    subjects = [iri for iri in iris if iri.startswith(BASE)][:_MAX_LINKS]
    pages = [_page_link(store, iri) for iri in subjects]
    things = [iri.removeprefix(THING) for iri in subjects if iri.startswith(THING)]
    if things and query.startswith(page_query("neighbourhood").rstrip()):
        pages.append(PageLink(gettext("the network around it"), urls.network_path(things)))
    return pages


def query_title(store: Store, query: str) -> str:
    """Return the title of a named query of the build or of a page's query, if the query is one."""
    queries = named_queries(store.texts)
    titles = (q.title for q in queries if urls.named_query_text(q).strip() == query.strip())
    return next(titles, "") or page_query_title(query)


def page_query_title(query: str) -> str:
    """Return the title of a query that a page offers; the empty string for any other."""
    # Without its values a page's query is the file's text, by which it is recognised.
    values = final_values(query)
    start = query[: values.start if values else len(query)].strip()
    return title(query) if start in _page_query_texts() or _view_links(query) else ""


def _view_links(query: str) -> list[PageLink]:
    """Return the list, timeline or map that offers a query, with the query's filters."""
    page = next(
        (page for name, page in _VIEWS.items() if title(query) == title(page_query(name))), None
    )
    if not page:
        return []
    filters = _filters(query)
    name = quote(filters.pop("class", ""))
    path = root_path().pages + "/".join(filter(None, (page[1], name)))
    values = [(name.rstrip("2"), value) for name, value in filters.items()]
    return [PageLink(gettext(page[0]), f"{path}?{urlencode(values)}" if values else path)]


def _filters(query: str) -> dict[str, str]:
    """Return the value of each filter of a list: a string, or the last segment of an IRI.

    >>> _filters('{ VALUES ?year { "2018" } VALUES ?kind { <http://a.example/b#Visit> } }')
    {'year': '2018', 'kind': 'Visit'}
    """
    filters = {}
    for block in values_blocks(query):
        if len(block.variables) == 1 and block.variables[0] in _FILTERS and block.rows:
            term = block.rows[0][0]
            text = term_text(term)
            local = text.replace("#", "/").rpartition("/")[2] if term.kind == "iri" else text
            filters[block.variables[0][1:]] = local
    return filters


@cache
def _page_query_texts() -> set[str]:
    names = (path.stem for path in (QUERIES / "pages").glob("*.rq"))
    return {unbounded_query(name).strip() for name in names}


def _page_link(store: Store, iri: str) -> PageLink:
    name = read_vocabulary(store).name(iri) or shorten(iri).strip("<>")
    return PageLink(name, urls.local_path(iri))
