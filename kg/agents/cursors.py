"""Cursors: where the next part of an answer begins, good for one call and one build."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from kg.model.errors import QueryError

_FORM = re.compile(r"([\w-]{1,40})\.(\d{1,9})\.([0-9a-f]{8})")
# What may differ between the calls for two parts of one answer.
_APART = {"cursor", "max_bytes"}


def write_cursor(build: str, first: int, tool: str, arguments: Mapping[str, Any]) -> str:
    """Return the cursor of the part of an answer that begins after `first` rows."""
    return f"{build}.{first}.{_digest(tool, arguments)}"


def read_cursor(build: str, tool: str, arguments: Mapping[str, Any]) -> int:
    """Return how many rows come before the part that a call asks for.

    QueryError if its cursor belongs to another build, whose rows differ, or to another call.
    """
    cursor = arguments.get("cursor")
    if not cursor:
        return 0
    match = _FORM.fullmatch(str(cursor))
    if not match:
        raise QueryError("this is no cursor: take `next` of an earlier answer as it is")
    if match[1] != build:
        raise QueryError(
            f"this cursor belongs to build {match[1]}, and build {build} is here now, with other "
            "rows: ask again without a cursor"
        )
    if match[3] != _digest(tool, arguments):
        raise QueryError(
            "this cursor belongs to another call: send it with the same tool and arguments"
        )
    return int(match[2])


def _digest(tool: str, arguments: Mapping[str, Any]) -> str:
    same = {name: value for name, value in arguments.items() if name not in _APART}
    text = json.dumps([tool, same], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
