"""The paths of the site: from canonical IRIs, and from the names in a page's address.

All but `site_path` begin as the address of the current request does (`web.root_path`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote, urldefrag, urlencode, urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.prefixes import BASE, CLAIM, GRAPH, SOURCE, STATEMENT, TERM, THING
from kg.pipeline.describe import DUMP
from kg.pipeline.examples import QUERY, shown
from kg.sparql.named_queries import NamedQuery, filtered_query, page_query, unbounded_query
from web.root_path import root_path

DATA_PAGE = "/data"

_PAGES = {BASE + "ontology", BASE + "sparql", BASE + "void", BASE + "reconcile", BASE + "catalogue"}
_UNDER_BASE = (SOURCE, GRAPH, CLAIM, STATEMENT, QUERY, DUMP)


@lru_cache(maxsize=4096)
def site_path(iri: str) -> str:
    """Return the path within the site of the page about an IRI, for absolute addresses.

    The empty string for an IRI that is not of this dataset.

    >>> site_path("https://w3id.org/aide-memoire/id/japan")
    '/page/japan'
    >>> site_path("https://w3id.org/aide-memoire/ontology#State")
    '/ontology#State'
    >>> site_path("https://example.org/japan")
    ''
    """
    if iri.startswith(TERM):
        return "/ontology#" + quote(iri.removeprefix(TERM))
    if iri.startswith(THING):
        return "/page/" + quote(iri.removeprefix(THING))
    known = iri.startswith(_UNDER_BASE) or urldefrag(iri).url in _PAGES
    return "/" + quote(iri.removeprefix(BASE), safe="/#") if known else ""


def local_path(iri: str) -> str:
    """Return the path of the page about an IRI of this dataset, else the empty string.

    >>> from web.root_path import in_root_path, RootPath
    >>> with in_root_path(RootPath("/kg", "ja")):
    ...     local_path("https://w3id.org/aide-memoire/id/japan")
    '/kg/ja/page/japan'
    """
    path = site_path(iri)
    return root_path().pages + path if path else ""


def href(iri: str) -> str:
    """Return the target of a link to an IRI; the empty string for schemes that could run scripts.

    >>> href("https://w3id.org/aide-memoire/id/japan"), href("https://example.org/japan")
    ('/page/japan', 'https://example.org/japan')
    >>> href("javascript:alert(1)")
    ''
    """
    return local_path(iri) or (iri if iri.startswith(("https://", "http://")) else "")


def path_in_language(tag: str, path: str) -> str:
    """Return a path within the site in a language; in that which the reader asks for if it is "".

    >>> path_in_language("ja", "/map"), path_in_language("", "/map")
    ('/ja/map', '/map')
    """
    return root_path()._replace(language=tag).pages + path


def host_of(address: str) -> str:
    """Return the host that an address names, as a short text for a link to it.

    >>> host_of("https://www.example.org/a/b?c=1")
    'www.example.org'
    """
    return urlsplit(address).hostname or address


def link_table_path(dataset: str) -> str:
    """Return the path of the table of the links to a dataset."""
    return f"{root_path().prefix}/links/{quote(dataset)}.sssom.tsv"


def thing_path(slug: str) -> str:
    """Return the path of a thing's identifier, which redirects to its page or data."""
    return f"{root_path().pages}/id/{quote(slug)}"


def data_path(slug: str, extension: str) -> str:
    """Return the path of a thing's data in the format of an extension."""
    return f"{root_path().prefix}/data/{quote(slug)}.{extension}"


def thing_json_path(slug: str, page: int = 1) -> str:
    """Return the path of a page of the statements about a thing as JSON."""
    path = f"{root_path().pages}/thing/{quote(slug)}.json"
    return f"{path}?page={page}" if page > 1 else path


def content_path(slug: str) -> str:
    """Return the path of the statements that a claim makes."""
    return f"{root_path().prefix}/claim/{quote(slug)}/content"


def class_path(iri: str) -> str:
    """Return the path of the list of a class's members.

    >>> class_path("https://w3id.org/aide-memoire/ontology#State")
    '/class/State'
    """
    return f"{root_path().pages}/class/{quote(iri.removeprefix(TERM))}"


def look_path(thing: str, dataset: str, identifier: str = "") -> str:
    """Return the path of what a dataset says of a thing, by its IRI, in the closest record or one.

    >>> look_path(THING + "japan", "wikidata"), look_path(THING + "japan", "viaf", "1234")
    ('/look/japan/wikidata', '/look/japan/viaf?record=1234')
    """
    name = quote(thing.removeprefix(THING))
    path = f"{root_path().pages}/look/{name}/{quote(dataset)}"
    return f"{path}?{urlencode({'record': identifier})}" if identifier else path


def look_image_path(thing: str, dataset: str, identifier: str) -> str:
    """Return the path of the image that a record of a dataset names."""
    name = quote(thing.removeprefix(THING))
    path = f"{root_path().prefix}/look/{name}/{quote(dataset)}/image"
    return f"{path}?{urlencode({'record': identifier})}"


def statement_path(key: str) -> str:
    """Return the path of the page about a statement, by its key."""
    return f"{root_path().pages}/statement/{quote(key)}"


def statement_query_path(triple: Triple) -> str:
    """Return the path of the query page with the query for the graphs that contain a triple."""
    query = page_query("statement").rstrip()
    values = " ".join(map(str, triple))
    return query_path(f"{query}\nVALUES (?subject ?property ?value) {{ ({values}) }}\n")


def page_path(slug: str) -> str:
    """Return the path of the page about a thing."""
    return f"{root_path().pages}/page/{quote(slug)}"


def query_path(query: str, graphs: Iterable[tuple[str, str]] = ()) -> str:
    """Return the path of the query page with a query and its results.

    `graphs` are (parameter, IRI) pairs of the SPARQL Protocol that name the dataset.
    """
    return f"{root_path().pages}/sparql?{urlencode([('query', query), *graphs])}"


def answer_table_path(query: str, extension: str, cited: bool) -> str:
    """Return the path of a query's answer as a table; `cited` adds each row's sentences."""
    evidence = [("evidence", "true")] if cited else []
    parameters = urlencode([("query", query), ("format", extension), *evidence])
    return f"{root_path().pages}/sparql/table?{parameters}"


def saved_path(code: str) -> str:
    """Return the path of a saved question, by its code."""
    return f"{root_path().pages}/q/{quote(code)}"


def named_query_path(question: NamedQuery) -> str:
    """Return the path of the query page with a named query and its results."""
    return query_path(named_query_text(question))


def named_query_text(question: NamedQuery) -> str:
    """Return a named query's text without the comment that lists it as an example."""
    return shown(question.text)


def filled_query_path(name: str, variable: str, iri: str) -> str:
    """Return the path of the query page with a page query about one IRI.

    The visitor may edit the text; the site's own pages bind the term instead of writing it.
    """
    return query_path(f"{unbounded_query(name).rstrip()}\nVALUES ?{variable} {{ <{iri}> }}\n")


def panel_query_path(slug: str, name: str) -> str:
    """Return the path that redirects to the query of a section of a thing's page."""
    return f"{page_path(slug)}/question/{name}"


def panel_results_path(slug: str, name: str) -> str:
    """Return the path of all rows of a panel of a thing's page."""
    return f"{page_path(slug)}/panel/{name}"


def statements_path(slug: str, property_: str, outwards: bool) -> str:
    """Return the path of all statements of a property with a thing as subject or object."""
    name = quote(property_.removeprefix(TERM))
    return f"{page_path(slug)}/{'of' if outwards else 'to'}/{name}"


def statements_query_path(iri: str, property_: str, outwards: bool) -> str:
    """Return the path of the query page with the query of such a list."""
    query = page_query("outgoing" if outwards else "incoming").rstrip()
    return query_path(f"{query}\nVALUES (?thing ?property) {{ (<{iri}> <{property_}>) }}\n")


def network_path(
    focus: Iterable[str], relations: Iterable[str] = (), others: Iterable[tuple[str, str]] = ()
) -> str:
    """Return the path of the network around some things, by some relations or all.

    `others` are further parameters: what is hidden, and how the network is drawn.

    >>> network_path(["japan", "russia"], ["participant"])
    '/network?focus=japan&focus=russia&relation=participant'
    """
    things, chosen = [("focus", slug) for slug in focus], [("relation", name) for name in relations]
    return f"{root_path().pages}/network?{urlencode([*things, *chosen, *others])}"


def calendar_path(filters: Mapping[str, str]) -> str:
    """Return the path of the calendar of events with the filters of a list.

    >>> calendar_path({}), calendar_path({"actor": "japan", "from": "2018-04-01"})
    ('/calendar.ics', '/calendar.ics?actor=japan&from=2018-04-01')
    """
    values = [(name, value) for name in filters for value in filters[name].split(" ")]
    path = f"{root_path().prefix}/calendar.ics"
    return f"{path}?{urlencode(values)}" if values else path


def filtered_query_path(name: str, filters: Mapping[str, NamedNode | Literal]) -> str:
    """Return the path of the query page with the query of a list and the list's filters."""
    return query_path(filtered_query(page_query(name), filters))
