"""Requests for columns, and the values in them, as each version of the API writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.exceptions import BadRequest

from kg.reconciliation.extension import Column, ColumnValue, ExtensionTable
from web.reconciliation.json_requests import array, mapping, required, string
from web.request.bounds import COLUMNS, NAMES

# What a client lets its user set for a column.
SETTING = "Maximum number of values in a cell; 0 for all"


def read_extension(value: object, place: str) -> tuple[Sequence[str], Sequence[Column]]:
    """Read the ids and the columns of a request; 400 says what is wrong where, 413 if too long."""
    fields = mapping(value, place)
    ids = array(required(fields, place, "ids"), f"{place}.ids", NAMES)
    listed = array(required(fields, place, "properties"), f"{place}.properties", COLUMNS)
    columns = [_column(one, f"{place}.properties[{n}]") for n, one in enumerate(listed)]
    return [string(one, f"{place}.ids") for one in ids], columns


def _column(value: object, place: str) -> Column:
    fields = mapping(value, place)
    settings = mapping(fields.get("settings") or {}, f"{place}.settings")
    limit = str(settings.get("limit") or 0)
    # Clients send the number as a text, too.
    if not (limit.isascii() and limit.isdigit() and len(limit) <= len(str(NAMES))):
        raise BadRequest(f"{place}.settings.limit is {limit[:20]}; it must be a number from 0")
    return Column(string(required(fields, place, "id"), f"{place}.id"), None, int(limit))


def published_table(table: ExtensionTable) -> Mapping[str, Any]:
    """Return a table as version 0.2 writes it; an empty cell has one empty value."""
    rows = {
        slug: {name: [_value(v) for v in values] or [{}] for name, values in row.items()}
        for slug, row in table.rows.items()
    }
    return {"meta": _meta(table), "rows": rows}


def draft_table(table: ExtensionTable) -> Mapping[str, Any]:
    """Return a table as the draft of version 1.0 writes it."""
    rows = [
        {
            "id": slug,
            "properties": [
                {"id": name, "values": [_value(v, with_language=True) for v in values]}
                for name, values in row.items()
            ],
        }
        for slug, row in table.rows.items()
    ]
    return {"meta": _meta(table), "rows": rows}


def _meta(table: ExtensionTable) -> list[Mapping[str, str]]:
    names = ((c.id, c.property.name if c.property else c.id) for c in table.columns)
    return [{"id": id_, "name": name} for id_, name in names]


def _value(value: ColumnValue, *, with_language: bool = False) -> Mapping[str, Any]:
    if value.slug:
        note = {"description": value.note} if value.note else {}
        return {"id": value.slug, "name": value.text, **note}
    if isinstance(value.number, int):
        return {"int": value.number}
    if value.number is not None:
        return {"float": value.number}
    if value.moment:
        return {"date": value.moment}
    language = {"lang": value.language} if with_language and value.language else {}
    return {"str": value.text, **language}
