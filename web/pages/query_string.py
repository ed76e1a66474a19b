"""What an address asks of a list: which page, narrowed by what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import request
from werkzeug.exceptions import BadRequest

from kg.lists.classes import describe_class
from kg.lists.facets import DAYS, FACETS
from kg.model.dates import period
from kg.model.errors import NotFound
from kg.terms.slugs import thing_node
from web.serving.current_build import store

_YEAR = re.compile(r"-?\d{3,4}")
_EXCERPT = 80


def read_filters() -> dict[str, str]:
    """Return what the address narrows by; NotFound for what there is not, 400 for no date.

    Of days there are the first and the last, `from` and `until`: a month or a year counts whole.
    """
    found = {name: request.args[name].strip() for name in FACETS if request.args.get(name)}
    for name, value in found.items():
        if name == "kind":
            describe_class(store(), value)
        elif name != "year":
            thing_node(store(), value)
        elif not _YEAR.fullmatch(value):
            raise BadRequest(f"“{value[:_EXCERPT]}” is not a year; write a year as 2018")
    return found | _days()


def _days() -> dict[str, str]:
    """Return the first and the last day that the address narrows to."""
    given = {name: request.args.get(name, "").strip() for name in DAYS}
    found = {name: _day(name, value) for name, value in given.items() if value}
    if len(found) == len(DAYS) and found["from"] > found["until"]:
        raise BadRequest(
            f"no days from {given['from']} until {given['until']}: the first date comes after "
            "the last"
        )
    return found


def _day(name: str, value: str) -> str:
    allowed = period(value)
    if not allowed:
        raise BadRequest(
            f"“{value[:_EXCERPT]}” is not a date; write a day as 2018-04-13, a month as 2018-04, "
            "a year as 2018"
        )
    return (allowed.first if name == "from" else allowed.last).isoformat()


def read_choice(name: str, values: Sequence[str]) -> str:
    """Return which of some values the address gives, the first if none; 400 for another."""
    asked = request.args.get(name) or values[0]
    if asked not in values:
        known = f"{', '.join(values[:-1])} or {values[-1]}"
        raise BadRequest(f"“{asked[:_EXCERPT]}” is not a valid {name}; use {known}")
    return asked


def read_number(name: str, default: int) -> int:
    """Return a number that the address gives, from 1 on; 400 if it is none."""
    asked = request.args.get(name) or str(default)
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7 and int(asked)):
        raise BadRequest(f"“{asked[:_EXCERPT]}” is not a valid {name}; use a whole number from 1")
    return int(asked)


def read_page_number() -> int:
    """Return the number of the page that the address asks for; the first if it asks for none."""
    return read_number("page", 1)


def require_page(pages: int) -> None:
    """Raise NotFound if the address asks for a page beyond the last."""
    page = read_page_number()
    if page > pages:
        last = f"page {pages}" if pages > 1 else "the first"
        raise NotFound(f"page {page} here, {last} is the last", [str(pages)], str(page))
