"""Two things together: dated ties, claims about each other, what both belong to."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, redirect, render_template
from werkzeug.wrappers import Response

from kg.exports.table import Table, joined
from kg.index.reader import index
from kg.model.prefixes import TERM
from kg.model.translations import gettext
from kg.terms.display import DisplayValue
from kg.terms.slugs import thing_node
from kg.together.partners import partners
from kg.together.together import SharedItem, Together, read_together
from web import urls
from web.ask.paths import ask_path, together_path, together_query_path
from web.exports.citation_cells import citation_cells
from web.exports.table_response import is_table, table_response
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("together", __name__)
bp.add_app_template_global(together_path)
bp.add_app_template_global(together_query_path)


@bp.app_template_global()
def partners_of(slug: str) -> list[DisplayValue]:
    """Return those with whom a thing has most to do, to link to."""
    return partners(store(), slug)


COLUMNS = (
    *("section", "label", "kinds", "day", "earliest", "latest", "status", "says"),
    *("part_of_first", "part_of_second", "iri", "sentences", "cited"),
)


@bp.get("/together/<first>/<second>")
def show_together(first: str, second: str) -> Response:
    """Show what two things have to do with each other; 303 to the order of their names."""
    # NotFound, with similar names, before anything else.
    thing_node(store(), first), thing_node(store(), second)
    if first > second:
        return redirect(together_path(first, second), 303)
    both = read_together(store(), first, second)
    if is_table(wanted()):
        return table_response(_table(both), wanted())
    if wanted() != HTML:
        return jsonify(_record(both))
    page = render_template("together.html", both=both, ways=_ways(both), titles=_titles())
    return make_response(page)


def _titles() -> dict[str, str]:
    return {
        "together": gettext("In order of time"),
        "together-claims": gettext("What they say of each other"),
        "together-relations": gettext("Disputes and relations"),
        "together-groups": gettext("Groups of both"),
    }


def _ways(both: Together) -> list[tuple[str, str]]:
    """Return the pages that show both otherwise, each with its path."""
    first, second = both.slugs
    ways = [(gettext("Network around both"), urls.network_path(both.slugs))]
    if all(_is_agent(one.iri) for one in (both.first, both.second)):
        timeline = f"{root_path().pages}/timeline?actor={first}&actor={second}"
        ways += [
            (gettext("Timeline of both"), timeline),
            (_done(both.first.text, both.second.text), ask_path({"who": first, "whom": second})),
            (_done(both.second.text, both.first.text), ask_path({"who": second, "whom": first})),
        ]
    return ways


def _done(who: str, whom: str) -> str:
    return gettext("What %(who)s did to or with %(whom)s", who=who, whom=whom)


def _is_agent(iri: str) -> bool:
    return TERM + "Agent" in index(store()).values(iri, "class")


def _table(both: Together) -> Table:
    rows = (_cells(both, section.name, row) for section in both.sections for row in section.rows)
    return Table("-".join(("together", *both.slugs)), COLUMNS, tuple(rows))


def _cells(both: Together, section: str, row: SharedItem) -> tuple[str, ...]:
    return (
        section,
        row.item.thing.text,
        joined(kind.text for kind in row.item.classes),
        *(row.item.day, row.item.earliest, row.item.latest, row.item.thing.status),
        joined(who.text for who in row.says),
        *(joined(part.text for part in parts) for parts in row.parts),
        row.item.thing.iri,
        *citation_cells([both.cited_sentences[number - 1] for number in row.footnotes]),
    )


def _record(both: Together) -> dict[str, object]:
    return {
        "first": both.first.iri,
        "second": both.second.iri,
        "sections": {
            section.name: [_row_record(both, row) for row in section.rows]
            for section in both.sections
        },
    }


def _row_record(both: Together, row: SharedItem) -> dict[str, object]:
    return {
        "iri": row.item.thing.iri,
        "label": row.item.thing.text,
        "kinds": [kind.text for kind in row.item.classes],
        "status": row.item.thing.status,
        "day": row.item.day,
        "earliest": row.item.earliest,
        "latest": row.item.latest,
        "says": [who.iri for who in row.says],
        "parts": [[part.iri for part in parts] for parts in row.parts],
        "sentences": [both.cited_sentences[number - 1].iri for number in row.footnotes],
        "page": urls.local_path(row.item.thing.iri),
    }
