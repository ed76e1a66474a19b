"""What the query page's script asks for: answers with their names, and words to complete."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import BadRequest

from kg.read.lexicon import known_prefixes, lexicon
from web import urls
from web.answer import Cell, answer
from web.graph import store
from web.sparql import ask, read_request

bp = Blueprint("workbench", __name__)

# More rows than a browser shows at ease.
_MOST = 10_000


@bp.route("/sparql/table", methods=["GET", "POST"])
def table() -> Response:
    """Answer a query as rows of terms with their names and pages."""
    asked = read_request()
    if asked.query is None:
        raise BadRequest("there is no query: send it as ?query=… or as the field query of a form")
    found = answer(store(), ask, asked.question()._replace(query=asked.query), _MOST)
    return jsonify(
        kind=found.kind,
        columns=found.columns,
        rows=[[_record(cell) for cell in row] for row in found.rows],
        total=found.total,
        truth=found.truth,
        turtle=found.turtle,
        milliseconds=round(found.milliseconds, 1),
        hints=found.hints,
    )


@bp.get("/sparql/terms")
def terms() -> Response:
    """Send the prefixes, classes and properties that a query may use."""
    return jsonify(
        prefixes=known_prefixes(),
        terms=[asdict(word) for word in lexicon(store())],
    )


def _record(cell: Cell | None) -> dict[str, str] | None:
    """Leave out what is empty: most cells have little."""
    if cell is None:
        return None
    page = urls.href(cell.iri) if cell.iri else ""
    fields = {
        "text": cell.text,
        "iri": cell.iri,
        "name": cell.name,
        "page": page,
        "language": cell.language,
        "datatype": cell.datatype,
    }
    return {name: value for name, value in fields.items() if value or name == "text"}
