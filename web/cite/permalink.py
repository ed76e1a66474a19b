"""Permanent links: an address with `build=NUMBER` says from which build it was cited.

It shows what is there now. Former builds are not served: a page says which build it shows instead,
and data, which has no room to say so, is refused.
"""

from __future__ import annotations

import difflib
from contextlib import suppress
from typing import NamedTuple

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kg.model.errors import KGError, NotFound
from kg.pipeline.publication.release import Release
from kg.references.reference import Edition
from kg.releases.history import find_release, releases
from kg.terms.date_text import format_dates
from web.errors import problem
from web.request.current_request import current_request
from web.request.negotiate import HTML
from web.request.parameters import BUILD
from web.serving.current_build import store

bp = Blueprint("permalink", __name__)

_OK, _NOT_FOUND = 200, 404


class BuildNamed(NamedTuple):
    """A build as a page names it: its number and, in words, its day, if that is on record."""

    number: str
    day: str


class CitedBuild(NamedTuple):
    """The build that an address was cited from, and the one that is shown."""

    cited: BuildNamed
    shown: BuildNamed


def edition() -> Edition:
    """Return the current build as references name it."""
    current = releases(store())[0]
    return Edition(current.number, current.day)


def permalink(path: str) -> str:
    """Return a path with the number of the current build."""
    return _with_build(path, store().number)


def keep_build(path: str) -> str:
    """Return the path of a redirect, with the build that the address of the request names."""
    number = request.args.get(BUILD, "")
    return _with_build(path, number) if number else path


@bp.before_app_request
def check_build() -> None:
    """Refuse a build of which there is no record."""
    arguments = current_request().args
    # Most addresses name none, and look-ups have no time to spare.
    if BUILD not in arguments or not arguments[BUILD]:
        return
    number = arguments[BUILD]
    if find_release(store(), number) is None:
        numbers = [release.number for release in releases(store())]
        similar = difflib.get_close_matches(number[:40], numbers)
        raise NotFound(f"build called {number[:40]} on record", similar, number)


@bp.app_template_global()
def cited_build() -> CitedBuild | None:
    """Return which build the address was cited from, if it is another than the one shown."""
    number = request.args.get(BUILD, "")
    if not number:
        return None
    with suppress(KGError):  # an error page has no build to speak of
        cited, shown = find_release(store(), number), releases(store())[0]
        if cited is not None and cited.number != shown.number:
            return CitedBuild(_named(cited), _named(shown))
    return None


@bp.after_app_request
def refuse_data(response: Response) -> Response:
    """Refuse data of a former build: in the place of what was cited, there would be something else.

    Redirects and pages pass.
    """
    if BUILD not in current_request().args or response.status_code != _OK:
        return response
    cited = cited_build()
    if cited is None or response.mimetype == HTML:
        return response
    detail = (
        f"build {cited.cited.number} is not served any more; this is build {cited.shown.number}: "
        "leave out build= to get it"
    )
    return problem(_NOT_FOUND, detail, {"build": cited.shown.number})


def _named(release: Release) -> BuildNamed:
    return BuildNamed(release.number, format_dates(release.day, release.day, release.day))


def _with_build(path: str, number: str) -> str:
    """Add the number to a path.

    >>> _with_build("/page/japan", "00aa"), _with_build("/sparql?query=x", "00aa")
    ('/page/japan?build=00aa', '/sparql?query=x&build=00aa')
    """
    return f"{path}{'&' if '?' in path else '?'}{BUILD}={number}"
