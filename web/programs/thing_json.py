"""A thing as JSON: its statements, each with its kind and the sentences that it cites."""

from __future__ import annotations

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from kg.agents.statement_records import Record
from kg.agents.thing_record import RECORD_SIZE, thing_record
from web import urls
from web.request.query_string import read_page_number
from web.serving.current_build import store

bp = Blueprint("thing_json", __name__)


@bp.get("/thing/<path:slug>.json")
def send_thing(slug: str) -> Response:
    """Send the statements about a thing, what is claimed of it apart, and its links."""
    page = read_page_number()
    record = thing_record(store(), slug, page)
    record["page"] = urls.local_path(record["iri"])
    record["sentences"] = [with_page(sentence) for sentence in record["sentences"]]
    more = sum(record["total"].values()) > RECORD_SIZE * page
    return jsonify(**record, next=urls.thing_json_path(slug, page + 1) if more else None)


def with_page(record: Record) -> Record:
    """Add the path of the page about what a record describes."""
    return {**record, "page": urls.local_path(record["iri"])}
