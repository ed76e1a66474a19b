"""JSON, or JSONP for pages that ask by a script element."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.exceptions import BadRequest

# A function's name, perhaps a member of objects: nothing that could be other code.
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST = 100
# Ends of lines in JavaScript before 2019, but not in JSON.
_ESCAPED = {"\u2028": "\\u2028", "\u2029": "\\u2029"}


def send_json(value: Mapping[str, Any]) -> Response:
    """Send a value as JSON, or as a call of the function that `callback` in the address names.

    The comment in front keeps the name from being read as something else by other programs
    (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#jsonp).
    """
    body = json.dumps(value, ensure_ascii=False)
    name = request.args.get("callback", "")
    if not name:
        return Response(body + "\n", mimetype="application/json")
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise BadRequest("callback is no name of a function in JavaScript")
    for character, escape in _ESCAPED.items():
        body = body.replace(character, escape)
    response = Response(f"/**/{name}({body});\n", mimetype="text/javascript")
    # Scripts of the site are the same in all languages, and these are not.
    response.headers.add("Vary", "Accept-Language")
    return response
