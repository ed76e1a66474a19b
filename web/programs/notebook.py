"""A notebook to start from, with the address of this site in it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from web.request.hosts import root

bp = Blueprint("notebook", __name__)

# https://nbformat.readthedocs.io/en/latest/format_description.html
NOTEBOOK = "application/x-ipynb+json"

_FILE = Path(__file__).parents[1] / "templates" / "notebook.json"
_PLACE = "{address}"


@bp.get("/notebook.ipynb")
def send_notebook() -> Response:
    """Send a notebook whose cells ask this site: tables, queries, sentences, a network, a map."""
    here = root(request.environ)
    notebook = json.loads(_template())
    for cell in notebook["cells"]:
        cell["source"] = [line.replace(_PLACE, here) for line in cell["source"]]
    return _file(notebook)


def _file(notebook: dict[str, Any]) -> Response:
    body = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    response = Response(body, content_type=NOTEBOOK)
    response.headers["Content-Disposition"] = 'attachment; filename="aide-memoire.ipynb"'
    return response


@cache
def _template() -> str:
    return _FILE.read_text(encoding="utf-8")
