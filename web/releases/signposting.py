"""Signposting: typed links in the headers of pages, for programs that do not read HTML.

https://signposting.org/FAIR/: how a page is cited, what describes it, its licence, author and type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Blueprint, Response
from werkzeug.urls import iri_to_uri

from kg.model.formats import GRAPHS
from kg.model.prefixes import SOURCE, THING
from kg.pipeline.describe import DATASET, LICENCE
from kg.releases.downloads import PACKED_TYPES, downloads
from kg.store.dump import TooManyStatements
from web import urls
from web.request.current_request import current_request
from web.request.negotiate import HTML
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("signposting", __name__)

_SCHEMA = "https://schema.org/"
_OK = 200


@bp.after_app_request
def add_signposts(response: Response) -> Response:
    """Add the links of the page of a thing, a source or the data."""
    request = current_request()
    links = _PAGES.get(request.endpoint or "")
    if links and response.status_code == _OK and response.mimetype == HTML:
        for link in (*links(**(request.view_args or {})), *_everywhere()):
            response.headers.add("Link", link)
    return response


def _everywhere() -> Iterator[str]:
    yield _link(LICENCE, "license")
    yield _link(f"{root_path().prefix}/about", "author")
    yield _link(f"{_SCHEMA}AboutPage", "type")


def _of_thing(slug: str) -> Iterator[str]:
    yield _link(iri_to_uri(THING + slug), "cite-as")
    for form in GRAPHS:
        yield _link(urls.data_path(slug, form.name), "describedby", form.media_type)


def _of_source(name: str) -> Iterator[str]:
    path = iri_to_uri(f"{root_path().prefix}/source/{name}")
    yield _link(iri_to_uri(SOURCE + name), "cite-as")
    for form in GRAPHS:
        yield _link(f"{path}?format={form.name}", "describedby", form.media_type)


def _of_data() -> Iterator[str]:
    yield _link(DATASET.value, "cite-as")
    yield _link(f"{_SCHEMA}Dataset", "type")
    for form in GRAPHS:
        path = f"{root_path().prefix}/catalogue?format={form.name}"
        yield _link(path, "describedby", form.media_type)
    try:
        files = [one for one in downloads(store().complete) if one.packing in PACKED_TYPES]
    except TooManyStatements:
        files = []
    for file in files:
        yield _link(f"{root_path().prefix}/dump/{file.file}", "item", file.media_type)


def _link(target: str, relation: str, media: str = "") -> str:
    kind = f'; type="{media}"' if media else ""
    return f'<{target}>; rel="{relation}"{kind}'


_PAGES: dict[str, Callable[..., Iterator[str]]] = {
    "things.show_thing": _of_thing,
    "sources.show_source": _of_source,
    "data_page.show_data": _of_data,
}
