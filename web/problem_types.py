"""The IRIs of problem types (RFC 9457, 3.1.1): each has a page that says what it means."""

from __future__ import annotations

from werkzeug.http import HTTP_STATUS_CODES

from kg.model.prefixes import BASE

PROBLEM_TYPES = BASE + "problem/"


def status_name(status: int) -> str:
    """Return the name of a status, as the last part of an IRI.

    >>> status_name(405), status_name(599)
    ('method-not-allowed', 'error')
    """
    return HTTP_STATUS_CODES.get(status, "Error").lower().replace(" ", "-").replace("'", "")


def status_type(status: int) -> str:
    """Return the type of a problem that its status describes completely.

    >>> status_type(400)
    'https://w3id.org/aide-memoire/problem/bad-request'
    """
    return PROBLEM_TYPES + status_name(status)


def statuses_by_name() -> dict[str, int]:
    """Return the statuses of errors by the names that the types of their problems end with."""
    return {status_name(code): code for code in HTTP_STATUS_CODES if code >= 400}
