"""What search engines and browsers ask for unbidden: robots.txt, the site's map, an icon."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.errors import NotFound
from kg.model.prefixes import TERM
from kg.statements.sentences import documents_by_iri, sentences_by_iri
from web import urls
from web.request.hosts import root
from web.serving.graph import store

bp = Blueprint("crawlers", __name__)

# https://www.sitemaps.org/protocol.html allows 50,000 addresses and 50 MB.
MOST = 20_000

_VIEWS = ("/", "/timeline", "/map", "/network", "/sources", "/sparql", "/ontology")
_ALL = -1


@bp.get("/robots.txt")
def robots() -> Answer:
    """Keep crawlers from asking queries and from switching languages; the pages are theirs."""
    rules = "User-agent: *\nDisallow: /sparql?\nDisallow: /language/\n"
    return Response(f"{rules}\nSitemap: {_root()}/sitemap.xml\n", mimetype="text/plain")


@bp.get("/sitemap.xml")
def parts() -> Answer:
    """List the parts of the site's map."""
    total = len(_fixed()) + index(store()).count(Narrowing())
    last = max(1, -(-total // MOST))
    addresses = [f"{_root()}/sitemap/{number}.xml" for number in range(1, last + 1)]
    return _written("sitemapindex", "sitemap", addresses)


@bp.get("/sitemap/<int:number>.xml")
def part(number: int) -> Answer:
    """List the pages of one part; no time of change, for a build has none of its own."""
    found = _paths(MOST * (number - 1)) if number else []
    if not found:
        raise NotFound(f"part {number} of the site map")
    return _written("urlset", "url", [_root() + path for path in found])


@bp.get("/favicon.ico")
def icon() -> Answer:
    """Lead to the site's mark who does not read where a page says that it is."""
    return redirect("/assets/mark.svg", 308)


def _paths(start: int) -> list[str]:
    """Return the paths of one part, from a place on: of a million things only those are read."""
    fixed = _fixed()
    found, beyond = fixed[start : start + MOST], max(0, start - len(fixed))
    rest = index(store()).members(Narrowing(), limit=MOST - len(found), offset=beyond)
    return [*found, *map(urls.local, rest)]


def _fixed() -> list[str]:
    """Return the paths of all pages but those of things."""
    counted = index(store()).facet(Narrowing(), "class", _ALL)
    classes = sorted(urls.class_path(iri) for iri, _ in counted if iri.startswith(TERM))
    return [
        *_VIEWS,
        *classes,
        *map(urls.local, (*documents_by_iri(store()), *sentences_by_iri(store()))),
    ]


def _root() -> str:
    return root(request.environ)


def _written(whole: str, each: str, addresses: list[str]) -> Answer:
    body = render_template("sitemap.xml", whole=whole, each=each, addresses=addresses)
    return Response(body, mimetype="application/xml")
