"""The syntax of every query file: named queries, comparisons, rules and checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from kg.model.errors import Finding, SourceError
from kg.model.text_files import source
from kg.sparql.messages import query_error
from kg.sparql.service import without_calls

_FOLDERS = ("kg/queries", "ontology/comparisons", "ontology/rules", "ontology/checks")


def malformed_queries(root: Path) -> Iterator[Finding]:
    """Parse every query, comparison, rule and check under a root; yield what is wrong with each."""
    for path in sorted(path for folder in _FOLDERS for path in (root / folder).rglob("*.rq")):
        name = path.relative_to(root).as_posix()
        try:
            text = source(path, name)
            # The engine has no parser apart from evaluation, which costs nothing on an empty store.
            pyoxigraph.Store().query(without_calls(text))
        except SourceError as error:
            yield error.finding
        except SyntaxError as error:
            wrong = query_error(error, text)
            yield Finding(name, wrong.line, wrong.column, wrong.message)
