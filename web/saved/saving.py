"""Save a question: its query, its title, and the answer at the build that is served."""

from __future__ import annotations

import unicodedata

from flask import Blueprint, redirect, request
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.endpoint.guard import check_size
from kg.saved.asking import Asker, check_savable
from kg.sparql.base import needs_base
from web import urls
from web.request.hosts import root
from web.saved.access import KEY, SavedAccess, can_save, saved_access
from web.saved.same_origin import require_same_origin
from web.serving.current_build import store
from web.serving.public_queries import client_of, public_queries, run_public_query

bp = Blueprint("saving", __name__)
bp.add_app_template_global(can_save)

# Characters of a title, as many as a search result shows.
LONGEST_TITLE = 200


@bp.record_once
def provide_archive(state: BlueprintSetupState) -> None:
    """Give the application its archive of saved questions, as its settings say."""
    state.app.extensions[KEY] = SavedAccess.of(state.app.config)


@bp.post("/q")
def save_question() -> Response:
    """Save the query of a form with its answer, and redirect to its address.

    The query is run as the endpoint would run it, and what the endpoint refuses is not saved.
    """
    archive = saved_access().archive
    require_same_origin()
    # Forms send CRLF (HTML), which would make another query of the same text.
    query = request.form.get("query", "").replace("\r\n", "\n").strip()
    check_size(query)
    check_savable(query)
    title = read_title(request.form.get("title", ""))
    saved_access().pace.enter(client_of(request.remote_addr or ""))
    base = f"{root(request.environ)}/sparql" if needs_base(query) else ""
    build, rows = asker().ask(query, base, store().number)
    code = archive.save(query, title, base, build, rows)
    # 303: what follows a form is another page (RFC 9110, 15.4.4).
    return redirect(urls.saved_path(code), 303)


def asker() -> Asker:
    """Return what runs queries for the client of the current request."""
    return Asker(run_public_query, public_queries().limits)


def read_title(text: str) -> str:
    r"""Return a title as one line of printable text; 400 if it is too long.

    >>> read_title(" Who met\n whom? ")
    'Who met whom?'
    """
    title = unicodedata.normalize("NFC", " ".join(text.split()))
    title = "".join(letter for letter in title if letter.isprintable())
    if len(title) > LONGEST_TITLE:
        raise BadRequest(f"a title has at most {LONGEST_TITLE} characters, this one {len(title)}")
    return title
