"""What agents read first, as plain text: `/llms.txt` (https://llmstxt.org) and `/schema.txt`."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from kg.agents.schema_card import schema_card
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("agent_texts", __name__)

# Both are Markdown, which is read as it is.
_TEXT = "text/plain; charset=utf-8"


@bp.get("/llms.txt")
def send_guide() -> Response:
    """Tell language models what there is here and where it is, with links to it."""
    text = render_template("llms.txt", here=root(request.environ), build=store().number)
    return Response(text, content_type=_TEXT)


@bp.get("/schema.txt")
def send_schema_card() -> Response:
    """Send the main classes, properties and prefixes of the build, with example queries."""
    return Response(schema_card(store()), content_type=_TEXT)
