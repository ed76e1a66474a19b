"""Files that crawlers and browsers request by themselves: robots.txt, the sitemap, the icon."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.errors import NotFound
from kg.model.languages import LANGUAGES
from kg.model.prefixes import TERM
from kg.releases.history import releases
from kg.statements.documents import documents_by_iri
from kg.statements.sentences import sentences_by_iri
from web import urls
from web.request.hosts import root
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("crawlers", __name__)

# https://www.sitemaps.org/protocol.html allows 50,000 addresses and 50 MB in a file.
ADDRESSES_PER_PART = 20_000

_VIEWS = (
    "/",
    "/timeline",
    "/map",
    "/network",
    "/sources",
    "/links",
    "/sparql",
    "/ontology",
    "/data",
)
_CLOSED = ("/sparql?", "/look/")
_NO_LIMIT = -1


@bp.get("/robots.txt")
def show_robots_txt() -> Response:
    """Keep crawlers from queries and looks at other datasets; pages are open to them."""
    # A link to a query runs it; a look at another dataset sends it a request.
    closed = [urls.path_in_language(tag, path) for tag in ("", *LANGUAGES) for path in _CLOSED]
    rules = "".join(f"Disallow: {path}\n" for path in closed)
    body = f"User-agent: *\n{rules}\nSitemap: {_root()}/sitemap.xml\n"
    return Response(body, mimetype="text/plain")


@bp.get("/sitemap.xml")
def show_sitemap_index() -> Response:
    """List the parts of the sitemap."""
    total = len(_fixed_paths()) + index(store()).count(ThingFilter())
    last = max(1, -(-total // ADDRESSES_PER_PART))
    addresses = [f"{_root()}/sitemap/{number}.xml" for number in range(1, last + 1)]
    return _sitemap("sitemapindex", "sitemap", addresses)


@bp.get("/sitemap/<int:number>.xml")
def show_sitemap_part(number: int) -> Response:
    """List the pages of one part of the sitemap; 404 past the last."""
    paths = _paths(ADDRESSES_PER_PART * (number - 1)) if number else []
    if not paths:
        raise NotFound(f"part {number} of the site map")
    return _sitemap("urlset", "url", [_root() + path for path in paths])


@bp.get("/favicon.ico")
def redirect_to_icon() -> Response:
    """Redirect browsers that do not read the address of the icon from the page."""
    # 308: permanent, and browsers may cache it (RFC 9110, 15.4.9).
    return redirect(f"{root_path().prefix}/assets/mark.svg", 308)


def _paths(start: int) -> list[str]:
    """Return the paths of one part, from an offset; only that part is read from the index."""
    fixed = _fixed_paths()
    paths, offset = fixed[start : start + ADDRESSES_PER_PART], max(0, start - len(fixed))
    limit = ADDRESSES_PER_PART - len(paths)
    things = index(store()).members(ThingFilter(), limit=limit, offset=offset)
    return [*paths, *map(urls.site_path, things)]


def _fixed_paths() -> list[str]:
    """Return the paths of all pages but those of things."""
    classes = (iri for iri, _ in index(store()).facet(ThingFilter(), "class", _NO_LIMIT))
    names = sorted(iri.removeprefix(TERM) for iri in classes if iri.startswith(TERM))
    lists = [f"/class/{quote(name)}" for name in names]
    documents, sentences = documents_by_iri(store()), sentences_by_iri(store())
    return [*_VIEWS, *lists, *map(urls.site_path, (*documents, *sentences))]


def _root() -> str:
    return root(request.environ)


def _sitemap(element: str, item: str, addresses: list[str]) -> Response:
    # Any page may differ after a release: panels, counts and footnotes draw on all of the graph.
    changed = releases(store())[0].published
    body = render_template(
        "sitemap.xml", element=element, item=item, addresses=addresses, changed=changed
    )
    return Response(body, mimetype="application/xml")
