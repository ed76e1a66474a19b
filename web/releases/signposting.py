"""Signposting: typed links in the headers of pages, for programs that do not read HTML.

https://signposting.org/FAIR/: how a page is cited, what describes it, its licence, author and type.
The same links are a document too: a linkset (https://www.rfc-editor.org/rfc/rfc9264).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote, urljoin

from flask import Blueprint, Response, jsonify, request
from werkzeug.urls import iri_to_uri

from kg.model.formats import GRAPHS
from kg.model.prefixes import SOURCE, THING
from kg.pipeline.describe import DATASET, LICENCE
from kg.releases.downloads import PACKED_TYPES, downloads
from kg.statements.documents import find_document
from kg.store.dump import TooManyStatements
from kg.terms.slugs import thing_node
from web import urls
from web.request.current_request import current_request
from web.request.hosts import root
from web.request.negotiate import HTML
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("signposting", __name__)

LINKSET = "application/linkset+json"
_SCHEMA = "https://schema.org/"
_OK = 200


class _Signpost(NamedTuple):
    """A link from a page: its target, the relation, and the media type of the target."""

    target: str
    relation: str
    media_type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{self.target}>; rel="{self.relation}"{kind}'


@bp.after_app_request
def add_signposts(response: Response) -> Response:
    """Add the links of the page of a thing, a source or the data."""
    request = current_request()
    page = _PAGES.get(request.endpoint or "")
    if page and response.status_code == _OK and response.mimetype == HTML:
        arguments = request.view_args or {}
        path = quote(page.path.format(**arguments))
        linkset = _Signpost(f"{root_path().pages}/linkset/{path}", "linkset", LINKSET)
        for link in (*page.links(**arguments), *_everywhere(), linkset):
            response.headers.add("Link", str(link))
    return response


@bp.get("/linkset/page/<path:slug>")
def send_linkset_of_thing(slug: str) -> Response:
    """Send the links of the page of a thing."""
    thing_node(store(), slug)
    return _linkset("things.show_thing", slug=slug)


@bp.get("/linkset/source/<name>")
def send_linkset_of_source(name: str) -> Response:
    """Send the links of the page of a source."""
    find_document(store(), name)
    return _linkset("sources.show_source", name=name)


@bp.get("/linkset/data")
def send_linkset_of_data() -> Response:
    """Send the links of the data page."""
    return _linkset("data_page.show_data")


def _linkset(endpoint: str, **arguments: str) -> Response:
    page = _PAGES[endpoint]
    site = root(request.environ).removesuffix(root_path().prefix)
    path = quote(page.path.format(**arguments))
    targets: dict[str, list[dict[str, str]]] = {}
    for link in (*page.links(**arguments), *_everywhere()):
        target = {"href": urljoin(f"{site}/", link.target)}
        kind = {"type": link.media_type} if link.media_type else {}
        targets.setdefault(link.relation, []).append({**target, **kind})
    response = jsonify(linkset=[{"anchor": f"{site}{root_path().pages}/{path}", **targets}])
    response.mimetype = LINKSET
    return response


def _everywhere() -> Iterator[_Signpost]:
    yield _Signpost(LICENCE, "license")
    yield _Signpost(f"{root_path().prefix}/about", "author")
    yield _Signpost(f"{_SCHEMA}AboutPage", "type")


def _of_thing(slug: str) -> Iterator[_Signpost]:
    yield _Signpost(iri_to_uri(THING + slug), "cite-as")
    for form in GRAPHS:
        yield _Signpost(urls.data_path(slug, form.name), "describedby", form.media_type)


def _of_source(name: str) -> Iterator[_Signpost]:
    path = iri_to_uri(f"{root_path().prefix}/source/{name}")
    yield _Signpost(iri_to_uri(SOURCE + name), "cite-as")
    for form in GRAPHS:
        yield _Signpost(f"{path}?format={form.name}", "describedby", form.media_type)


def _of_data() -> Iterator[_Signpost]:
    yield _Signpost(DATASET.value, "cite-as")
    yield _Signpost(f"{_SCHEMA}Dataset", "type")
    for form in GRAPHS:
        path = f"{root_path().prefix}/catalogue?format={form.name}"
        yield _Signpost(path, "describedby", form.media_type)
    try:
        files = [one for one in downloads(store().complete) if one.packing in PACKED_TYPES]
    except TooManyStatements:
        files = []
    for file in files:
        yield _Signpost(f"{root_path().prefix}/dump/{file.file}", "item", file.media_type)


class _Page(NamedTuple):
    """A page with signposts: its path, and what they are."""

    path: str
    links: Callable[..., Iterator[_Signpost]]


_PAGES = {
    "things.show_thing": _Page("page/{slug}", _of_thing),
    "sources.show_source": _Page("source/{name}", _of_source),
    "data_page.show_data": _Page("data", _of_data),
}
