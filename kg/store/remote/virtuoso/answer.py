"""What Virtuoso answers, as the standard says it (SPARQL 1.1 Query Results JSON Format)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from kg.store.remote.errors import EngineFailed
from kg.store.remote.virtuoso.renamed import PREFIX, original_iri
from kg.store.remote.virtuoso.request import GRAPH_VARIABLE

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _INTEGER = _XSD + "boolean", _XSD + "integer"
_WORDS = {"0": "false", "1": "true"}
_ASKED = "__ASK_RETVAL"
_PART = {"LIMIT", "OFFSET"}
_BLANK = "nodeID://"
# Headers of an answer that was cut: for time, or for its number of rows.
_CUT = {
    "x-sql-state": "the engine stopped at a time limit of its own",
    "x-sparql-maxrows": "the engine cut the answer at its ResultSetMaxRows",
}


def cut_answer(headers: Mapping[str, str]) -> str:
    """Say why an answer is not complete, by its headers in lower case; "" if it is."""
    return next((reason for name, reason in _CUT.items() if name in headers), "")


def standard_rows(
    body: bytes, booleans: Collection[str] = (), keywords: Collection[str] = ()
) -> bytes:
    """Return rows or the answer to an ASK in the standard's JSON, distinct rows once.

    `booleans` are variables whose values an expression computes as true or false, which come as
    the numbers 1 and 0; `keywords` are those outside of all brackets. EngineFailed if rows of a
    part are repeated: with LIMIT or OFFSET nobody could tell which rows are missing.

    >>> standard_rows(b'{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": []}}')
    b'{"head": {}, "boolean": false}'
    """
    answer = json.loads(body)
    if "boolean" in answer:
        return body
    names = answer["head"].get("vars", [])
    rows = answer["results"]["bindings"]
    if names == [_ASKED]:
        answered = any(row[_ASKED]["value"] == "1" for row in rows)
        return json.dumps({"head": {}, "boolean": answered}).encode()
    answer["head"] = {"vars": [name for name in names if not name.startswith(GRAPH_VARIABLE)]}
    for row in rows:
        for name in list(row):
            if name.startswith(GRAPH_VARIABLE):
                del row[name]
            else:
                _mend(row[name], name in booleans)
    answer["results"]["bindings"] = _distinct(rows, keywords)
    return json.dumps(answer, ensure_ascii=False).encode()


def _distinct(rows: list[dict[str, Any]], keywords: Collection[str]) -> list[dict[str, Any]]:
    """Return the rows of a SELECT DISTINCT each once, which Virtuoso does not always do."""
    if "DISTINCT" not in keywords:
        return rows
    once = list({json.dumps(row, sort_keys=True): row for row in rows}.values())
    if len(once) < len(rows) and not _PART.isdisjoint(keywords):
        raise EngineFailed(
            "the SPARQL engine repeats rows of SELECT DISTINCT; ask without LIMIT and OFFSET"
        )
    return once


def _mend(term: dict[str, Any], is_boolean: bool) -> None:
    kind, value, datatype = term["type"], term["value"], term.get("datatype", "")
    if kind == "bnode":
        term["value"] = value.removeprefix(_BLANK)
    elif kind == "uri":
        if value.startswith(PREFIX):
            term["value"] = original_iri(value)
    elif datatype.startswith(PREFIX):
        term["datatype"] = original_iri(datatype)
    elif datatype == _BOOLEAN or (is_boolean and datatype == _INTEGER):
        term.update(datatype=_BOOLEAN, value=_WORDS.get(value, value))
