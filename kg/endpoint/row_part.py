"""Some rows of a result, for clients that page through it without running another query.

`select_part` adds one member to SPARQL results in JSON, which other clients leave alone:

    "part": {"first": number of rows before these, "total": number of all rows}
"""

from __future__ import annotations

import json


def select_part(body: bytes, first: int, count: int) -> bytes:
    """Return `count` rows of a result in SPARQL JSON, after the first `first`.

    The answer to an ASK stays as it is.

    >>> body = b'{"results":{"bindings":[{"a":1},{"a":2},{"a":3}]}}'
    >>> select_part(body, 1, 1).decode()
    '{"results":{"bindings":[{"a":2}]},"part":{"first":1,"total":3}}'
    """
    result = json.loads(body)
    if "results" not in result:
        return body
    rows = result["results"]["bindings"]
    result["results"]["bindings"] = rows[first : first + count]
    result["part"] = {"first": first, "total": len(rows)}
    return json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode()
