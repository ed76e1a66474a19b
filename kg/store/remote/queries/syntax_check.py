"""The syntax of a query, checked here before an engine reads it.

So a mistake is reported in the same words whichever engine there is, and no engine sees what is not
SPARQL 1.1: Virtuoso's pragmas and functions of its own reach its files and its SQL.
"""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph

from kg.model.errors import QueryError
from kg.sparql.messages import query_error
from kg.sparql.service import without_calls


@lru_cache(maxsize=256)
def check_syntax(text: str, base: str) -> None:
    """Raise QueryError, as the embedded engine does, for what is no SPARQL query."""
    try:
        # The parser comes with an engine: this one holds nothing, and calls nobody.
        pyoxigraph.Store().query(without_calls(text), base_iri=base or None)
    except SyntaxError as error:
        raise query_error(error, text) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(str(error)) from error
