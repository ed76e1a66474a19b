"""What search engines and browsers ask for unbidden: robots.txt, the site's map, an icon."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.errors import NotFound
from kg.model.prefixes import TERM
from kg.statements.documents import documents_by_iri
from kg.statements.sentences import sentences_by_iri
from web import urls
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("crawlers", __name__)

# https://www.sitemaps.org/protocol.html allows 50,000 addresses and 50 MB.
ADDRESSES_PER_PART = 20_000

_VIEWS = ("/", "/timeline", "/map", "/network", "/sources", "/sparql", "/ontology")
_ALL = -1


@bp.get("/robots.txt")
def show_robots_txt() -> Response:
    """Keep crawlers from asking queries and from switching languages; the pages are theirs."""
    rules = "User-agent: *\nDisallow: /sparql?\nDisallow: /language/\n"
    return Response(f"{rules}\nSitemap: {_root()}/sitemap.xml\n", mimetype="text/plain")


@bp.get("/sitemap.xml")
def show_sitemap_index() -> Response:
    """List the parts of the site's map."""
    total = len(_fixed()) + index(store()).count(Narrowing())
    last = max(1, -(-total // ADDRESSES_PER_PART))
    addresses = [f"{_root()}/sitemap/{number}.xml" for number in range(1, last + 1)]
    return _written("sitemapindex", "sitemap", addresses)


@bp.get("/sitemap/<int:number>.xml")
def show_sitemap_part(number: int) -> Response:
    """List the pages of one part; no time of change, for a build has none of its own."""
    found = _paths(ADDRESSES_PER_PART * (number - 1)) if number else []
    if not found:
        raise NotFound(f"part {number} of the site map")
    return _written("urlset", "url", [_root() + path for path in found])


@bp.get("/favicon.ico")
def redirect_to_icon() -> Response:
    """Lead to the site's mark who does not read where a page says that it is."""
    return redirect("/assets/mark.svg", 308)


def _paths(start: int) -> list[str]:
    """Return the paths of one part, from a place on: of a million things only those are read."""
    fixed = _fixed()
    found, beyond = fixed[start : start + ADDRESSES_PER_PART], max(0, start - len(fixed))
    rest = index(store()).members(Narrowing(), limit=ADDRESSES_PER_PART - len(found), offset=beyond)
    return [*found, *map(urls.local_path, rest)]


def _fixed() -> list[str]:
    """Return the paths of all pages but those of things."""
    counted = index(store()).facet(Narrowing(), "class", _ALL)
    classes = sorted(urls.class_path(iri) for iri, _ in counted if iri.startswith(TERM))
    return [
        *_VIEWS,
        *classes,
        *map(urls.local_path, (*documents_by_iri(store()), *sentences_by_iri(store()))),
    ]


def _root() -> str:
    return root(request.environ)


def _written(whole: str, each: str, addresses: list[str]) -> Response:
    body = render_template("sitemap.xml", whole=whole, each=each, addresses=addresses)
    return Response(body, mimetype="application/xml")
