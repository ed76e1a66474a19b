"""The address of the OpenAPI document."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from web.programs.openapi.document import openapi_document
from web.request.hosts import root

bp = Blueprint("openapi", __name__)


@bp.get("/openapi.json")
def send_openapi() -> Response:
    """Describe every address that answers in JSON (OpenAPI 3.1)."""
    return jsonify(openapi_document(root(request.environ)))
