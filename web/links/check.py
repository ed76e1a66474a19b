"""The last check of the links to other datasets: what is dead, moved, doubtful or unreachable."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, jsonify, make_response, render_template
from werkzeug.wrappers import Response

from kg.exports.table import Table
from kg.link_check.published import PublishedCheck, link_faults, published_check
from kg.pipeline.inputs.checked_links import COLUMNS, CheckedLink
from web.exports.table_response import is_table, table_response
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.serving.current_build import cached_page, store

bp = Blueprint("link_check", __name__)

# The page has so many rows of a verdict, the data all.
_LISTED = 500


@bp.get("/links/check")
def show_link_check() -> Response:
    """Show the last check, or send all its rows; nothing is asked of another dataset."""
    check, media = published_check(store()), wanted()
    if media == HTML:
        page = cached_page("links/check", lambda: _render(check))
        return make_response(page)
    if is_table(media):
        return table_response(_table(check), media)
    return jsonify(
        checked=check.day if check else None,
        counts=check.counts if check else {},
        links=[asdict(link.checked) for link in check.links] if check else [],
    )


def _render(check: PublishedCheck | None) -> str:
    return render_template("link_check.html", check=check, listed=_LISTED)


@bp.app_template_global()
def link_fault(thing: str, relation: str, record: str) -> CheckedLink | None:
    """Return what was wrong with a link when it was last checked, None if nothing was."""
    return link_faults(store()).get((thing, relation, record))


def _table(check: PublishedCheck | None) -> Table:
    rows = [asdict(link.checked) for link in check.links] if check else []
    return Table(
        "links-check", COLUMNS, tuple(tuple(row[name] for name in COLUMNS) for row in rows)
    )
