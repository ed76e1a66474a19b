"""Read JSON of a request: what is not as the API has it is refused, with the place."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence, Sized
from typing import Any

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

# So much of a wrong value is repeated.
_EXCERPT = 60
# Candidates, completions and values of a cell that may be asked for.
MOST_RESULTS = 100


def read_json(text: str, name: str) -> Any:
    """Return what a JSON text says; 400 with line and column if it is none.

    >>> read_json('{"q0": ]', "queries")
    Traceback (most recent call last):
    werkzeug.exceptions.BadRequest: 400 Bad Request: queries is no JSON: Expecting value, line 1, \
column 8
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadRequest(f"{name} is no JSON: {error.msg}, {place}") from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits; brackets in brackets.
        raise BadRequest(f"{name} is no JSON that can be read: {str(error)[:_EXCERPT]}") from error


def mapping(value: object, place: str) -> Mapping[str, Any]:
    """Return a JSON object; 400 if it is something else."""
    if not isinstance(value, dict):
        raise BadRequest(f"{place} is {_kind(value)}; it must be an object")
    return value


def array(value: object, place: str, most: int, *, least: int = 0) -> Sequence[Any]:
    """Return a JSON array; 400 if it is something else or too short, 413 if it is too long."""
    if not isinstance(value, list):
        raise BadRequest(f"{place} is {_kind(value)}; it must be an array")
    if len(value) < least:
        raise BadRequest(f"{place} is empty; it must have {least} entry at least")
    at_most(value, place, most)
    return value


def at_most(value: Sized, place: str, most: int) -> None:
    """Refuse an array or object with more than so many entries: 413."""
    if len(value) > most:
        raise RequestEntityTooLarge(
            f"{place} has {len(value):,} entries; at most {most:,} are read at a time"
        )


def string(value: object, place: str) -> str:
    """Return a JSON string; 400 if it is something else."""
    if not isinstance(value, str):
        raise BadRequest(f"{place} is {_kind(value)}; it must be a string")
    return value


def one_of(value: object, place: str, choices: Collection[str]) -> str:
    """Return a string that is one of some; 400 if it is none."""
    text = string(value, place)
    if text not in choices:
        raise BadRequest(f"{place} is “{text[:_EXCERPT]}”; it must be {' or '.join(choices)}")
    return text


def number_of_results(fields: Mapping[str, Any], place: str, default: int) -> int:
    """Return the `limit` of a query, at most a hundred; 400 if it is no number from 1."""
    value = fields.get("limit", default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 1:
        raise BadRequest(f"{place}.limit is {_excerpt(value)}; it must be a number from 1")
    return int(min(value, MOST_RESULTS))


def only(fields: Mapping[str, Any], place: str, names: Collection[str]) -> None:
    """Refuse a field that is none of some: 400."""
    unknown = next((name for name in fields if name not in names), None)
    if unknown is not None:
        listed = ", ".join(names)
        raise BadRequest(f"{place} has a field “{unknown[:_EXCERPT]}”; it may have {listed}")


def required(fields: Mapping[str, Any], place: str, name: str) -> Any:
    """Return the value of a field; 400 if it is missing."""
    if name not in fields:
        raise BadRequest(f"{place}.{name} is missing")
    return fields[name]


def property_texts(value: object, place: str, most: int) -> tuple[str, ...]:
    """Return one value of a property, or an array of them, as texts; a thing by its id."""
    values = value if isinstance(value, list) else [value]
    at_most(values, place, most)
    return tuple(_property_text(one, place) for one in values)


def _property_text(value: object, place: str) -> str:
    if isinstance(value, dict):
        return string(required(value, place, "id"), f"{place}.id")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise BadRequest(f"{place} is {_kind(value)}; it must be a string, number or object with an id")


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")


def _excerpt(value: object) -> str:
    return str(value)[:_EXCERPT]
