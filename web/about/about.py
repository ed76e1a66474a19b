"""What the site is and how its facts are made, who keeps it, and how to report an error."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, current_app, render_template, request
from werkzeug.exceptions import BadRequest

from kg.lists.overview import read_overview
from kg.releases.history import releases
from web.about.contact import filled_contact
from web.about.report import ErrorReport
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("about", __name__)


@bp.get("/about")
def show_about() -> str:
    """Say what the graph is, how a fact becomes part of it, and who keeps the site."""
    return render_template(
        "about.html",
        overview=read_overview(store()),
        release=releases(store())[0],
        version=version("aide-memoire"),
        contact=filled_contact(current_app.config["CONTACT"], "Aide-Mémoire", ""),
    )


@bp.get("/report")
def show_report() -> str:
    """Show a report of an error to send to the owner, on a `page` of the site or a `statement`."""
    here, page = root(request.environ), request.args.get("page", "")
    if page and (not page.startswith("/") or page.startswith("//") or not page.isprintable()):
        raise BadRequest("page is the path of a page of this site, such as /page/japan")
    statement = request.args.get("statement", "")
    if statement and not (statement.isascii() and statement.isalnum()):
        raise BadRequest("statement is the key of a statement, as its address ends with it")
    report = ErrorReport(
        page and here + page,
        statement and f"{here}/statement/{statement}",
        store().number,
    )
    contact = filled_contact(current_app.config["CONTACT"], report.title, report.text)
    return render_template("report.html", report=report, contact=contact)
