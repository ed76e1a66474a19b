"""Read filters, choices and page numbers from the query string of a page's address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import request
from werkzeug.exceptions import BadRequest

from kg.lists.classes import describe_class
from kg.lists.facets import DAYS, FACETS, MOST_VALUES, TWICE
from kg.model.dates import period
from kg.model.errors import NotFound
from kg.statements.documents import find_document
from kg.store.store import Store
from kg.terms.slugs import thing_node

# The index has the first four characters of a date as the year: “-004” for 44 BC.
_YEAR = re.compile(r"-?\d{3,4}")
# Error messages quote at most this many characters of a value, which may be of any length.
_EXCERPT = 80
# Lists of a million pages do not exist, and SQLite takes no offset beyond 64 bits.
_NUMBER_DIGITS = 6


def read_filters(store: Store) -> dict[str, str]:
    """Return the value of each filter in the address, the dates as ISO days.

    Of two actors both, with a space between (`kg.lists.facets`). A month or a year as `from` is its
    first day, as `until` its last. NotFound for a class or thing that does not exist, 400 for a
    value that is no year or date.
    """
    filters = {name: request.args[name].strip() for name in FACETS if request.args.get(name)}
    actors = dict.fromkeys(filter(None, map(str.strip, request.args.getlist(TWICE))))
    if len(actors) > MOST_VALUES:
        raise BadRequest(f"a list takes at most {MOST_VALUES} actors, not {len(actors)}")
    for name, value in (*filters.items(), *((TWICE, actor) for actor in actors)):
        _check_value(store, name, value)
    return filters | ({TWICE: " ".join(actors)} if actors else {}) | read_day_filters()


def _check_value(store: Store, name: str, value: str) -> None:
    if name == "kind":
        describe_class(store, value)
    elif name == "source":
        find_document(store, value)
    elif name != "year":
        thing_node(store, value)
    elif not _YEAR.fullmatch(value):
        raise BadRequest(f"“{value[:_EXCERPT]}” is not a year; write a year as 2018")


def read_day_filters() -> dict[str, str]:
    """Return the first and the last day in the address as ISO days; 400 if they are none."""
    values = {name: request.args.get(name, "").strip() for name in DAYS}
    days = {name: _read_day(name, value) for name, value in values.items() if value}
    if len(days) == len(DAYS) and days["from"] > days["until"]:
        raise BadRequest(
            f"no days from {values['from']} until {values['until']}: the first date comes after "
            "the last"
        )
    return days


def _read_day(name: str, value: str) -> str:
    days = period(value)
    if not days:
        raise BadRequest(
            f"“{value[:_EXCERPT]}” is not a date; write a day as 2018-04-13, a month as 2018-04, "
            "a year as 2018"
        )
    return (days.first if name == "from" else days.last).isoformat()


def read_choice(name: str, choices: Sequence[str]) -> str:
    """Return the value of a parameter, the first choice without one; 400 if it is none of them."""
    value = request.args.get(name) or choices[0]
    if value not in choices:
        listed = f"{', '.join(choices[:-1])} or {choices[-1]}"
        raise BadRequest(f"“{value[:_EXCERPT]}” is not a valid {name}; use {listed}")
    return value


def read_number(name: str, default: int) -> int:
    """Return a parameter as a number from 1 to 999,999; 400 if it is none."""
    value = request.args.get(name) or str(default)
    # isdigit() alone accepts superscripts, which int() does not read.
    digits = value.isascii() and value.isdigit() and len(value) <= _NUMBER_DIGITS
    if not (digits and int(value)):
        raise BadRequest(f"“{value[:_EXCERPT]}” is not a valid {name}; use a whole number from 1")
    return int(value)


def read_page_number() -> int:
    """Return the number of the requested page of results, from 1."""
    return read_number("page", 1)


def require_page(pages: int) -> None:
    """Raise NotFound if the requested page comes after the last of `pages`."""
    page = read_page_number()
    if page > pages:
        last = f"page {pages}" if pages > 1 else "the first"
        raise NotFound(f"page {page} here, {last} is the last", [str(pages)], str(page))
