"""Links to other datasets: how many there are to each, their tables, and what has none."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from kg.lists.linked_datasets import link_overview
from kg.model.errors import NotFound
from kg.model.source_texts import LINKS_FOLDER, link_table_name
from web.request.negotiate import content_type
from web.serving.current_build import cached_page, store
from web.serving.graph_response import LICENCE

bp = Blueprint("link_overview", __name__)

# https://mapping-commons.github.io/sssom/spec-formats-tsv/
_SSSOM, _EXTENSION = "text/tab-separated-values", ".sssom.tsv"


@bp.get("/links")
def show_links() -> str:
    """List the datasets with their links, and the things that have none or are still to link."""
    return cached_page(
        "links", lambda: render_template("links.html", overview=link_overview(store()))
    )


@bp.get("/links/<name>.sssom.tsv")
def send_link_table(name: str) -> Response:
    """Send the SSSOM table of the links to a dataset, as the build carries it."""
    tables = store().texts.files
    table = tables.get(link_table_name(name))
    if table is None:
        paths = (path for path in tables if path.endswith(_EXTENSION))
        names = [path.removeprefix(LINKS_FOLDER).removesuffix(_EXTENSION) for path in paths]
        raise NotFound(f"table of links called {name}", names, name)
    response = Response(table, content_type=content_type(_SSSOM))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{_EXTENSION}"'
    response.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return response
