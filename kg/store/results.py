"""What the engine answers, as the bytes of a media type."""

from __future__ import annotations

from pyoxigraph import QueryBoolean, QuerySolutions

from kg.model.errors import QueryError
from kg.model.formats import graph_format, result_format, write
from kg.model.syntaxes.xml import checked_rows
from kg.store.engine import Answer


def serialise(answer: Answer, media_type: str) -> bytes:
    """Return an answer in a media type of `kg.model.formats`; QueryError if it has none."""
    if not isinstance(answer, QueryBoolean | QuerySolutions):
        graph = graph_format(media_type)
        if graph is None:
            raise QueryError(f"a graph cannot be written as {media_type}")
        # The engine returns a triple for each solution that makes it; a graph has it once.
        return write(dict.fromkeys(answer), graph)
    rows = result_format(media_type)
    if rows is None:
        raise QueryError(f"an answer cannot be written as {media_type}")
    body = answer.serialize(format=rows.engine) or b""
    return checked_rows(body) if rows.name == "xml" else body
