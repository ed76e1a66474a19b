"""What the engine answers, as rows of terms or as the bytes of a media type."""

from __future__ import annotations

from pyoxigraph import QueryBoolean, QuerySolutions

from kg.model.errors import QueryError
from kg.model.formats import graph_format, result_format, write
from kg.model.syntaxes.xml import checked_rows
from kg.store.engine import Answer, Term


def rows_by_name(solutions: QuerySolutions) -> list[dict[str, Term]]:
    """Return each solution by the names of its variables, without those that are unbound."""
    names = [variable.value for variable in solutions.variables]
    # Iterating over a row is ten times as fast as looking its variables up.
    return [{n: t for n, t in zip(names, row, strict=True) if t is not None} for row in solutions]


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
