"""Which addresses of the site can be embedded, and by what HTML."""

from __future__ import annotations

from html import escape
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request

from kg.model.errors import NotFound
from kg.model.prefixes import BASE
from kg.model.translations import gettext
from kg.statements.citable.statement_account import statement_account
from web.request.hosts import root
from web.request.parameters import PARAMETERS
from web.request.served_path import split_path
from web.serving.current_build import store

# Pixels of the frame: the drawings are made for this width, and all are readable from 280 on.
WIDTH, HEIGHTS = 720, {"timeline": 560, "map": 460, "network": 620, "statement": 280}
_EXCERPT = 80


class Embeddable(NamedTuple):
    """A page that can be embedded: its title, the address to frame, and the size of the frame."""

    title: str
    page: str
    frame: str
    width: int
    height: int

    @property
    def html(self) -> str:
        """Return the element that frames it; attribution is part of what is framed."""
        return (
            f'<iframe src="{escape(self.frame)}" title="{escape(self.title)}" '
            f'width="{self.width}" height="{self.height}" loading="lazy" '
            'style="border: 0; max-width: 100%"></iframe>'
        )


def embeddable(address: str, most: tuple[int, int] = (WIDTH, 10_000)) -> Embeddable:
    """Return what is embedded for an address, within a width and height in pixels.

    The address is a path within the site, or absolute: at the host that is served, or canonical.
    NotFound for any other, and for pages that are not made to be framed.
    """
    path, query = _within_site(address)
    kind, _, key = path.removeprefix("/").partition("/")
    title = _title(kind, key)
    here = root(request.environ)
    accepted = _accepted(kind, query) if not key else ""
    parameters = f"?{accepted}" if accepted else ""
    width, height = min(WIDTH, most[0]), min(HEIGHTS[kind], most[1])
    return Embeddable(
        title, f"{here}{path}{parameters}", f"{here}/embed{path}{parameters}", width, height
    )


def _within_site(address: str) -> tuple[str, str]:
    """Return the path within the site that an address names, and its query."""
    for start in (root(request.environ) + "/", BASE, "/"):
        rest = address.removeprefix(start)
        # `//x` would be read as a host, and not be a path of this site.
        if address.startswith(start) and not rest.startswith("/"):
            parts = urlsplit(f"/{rest}")
            return split_path(parts.path)[1], parts.query
    raise NotFound(f"page of this site at “{address[:_EXCERPT]}”")


def _accepted(kind: str, query: str) -> str:
    """Return the parameters of a page that say what is embedded: not those of its format."""
    takes = PARAMETERS[f"embedded.embed_{kind}"]
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([pair for pair in pairs if pair[0] in (*takes.single, *takes.many)])


def _title(kind: str, key: str) -> str:
    """Return the title of a page by the parts of its path; NotFound if it is not embedded."""
    if kind == "statement":
        return statement_account(store(), key).words
    titles = {
        "timeline": gettext("Timeline"),
        "map": gettext("Map"),
        "network": gettext("Network"),
    }
    if kind not in titles or key:
        raise NotFound(f"page to embed at /{kind[:_EXCERPT]}; {', '.join(HEIGHTS)} can be")
    return titles[kind]
