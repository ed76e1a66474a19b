"""Ask a saved question at a build, and record what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import KGError, Overloaded, QueryRefused, Stopped, WorkerLost
from kg.saved.answers import N_TRIPLES, RecordedRows, recorded_rows
from kg.saved.archive import QuestionArchive
from kg.sparql.form import is_volatile
from kg.workers.query_limits import Limits

# Bytes of an answer that is hashed: it is read into memory by the process that serves pages, which
# takes some 0.1 s for so many.
LARGEST_RESULT = 4_000_000
# After these a question may be asked again at the same build: they say nothing about the question.
_PASSING = (Overloaded, WorkerLost, Stopped)


class Asker(NamedTuple):
    """What runs the queries of saved questions, and within which limits."""

    run: Callable[[QueryRequest], QueryResult]
    limits: Limits

    def ask(self, query: str, base: str, build: str) -> tuple[str, RecordedRows]:
        """Return the answer to a query, and the build that it comes from; errors as `run` has them.

        The build may be the next one, or the one before it, while a build is being published.
        """
        request = QueryRequest(
            query,
            graph_type=N_TRIPLES,
            timeout=self.limits.query_seconds,
            max_bytes=min(LARGEST_RESULT, self.limits.result_bytes),
            build=build,
            base=base,
        )
        result = self.run(request)
        return result.build, recorded_rows(query, result.media_type, result.body)


def check_savable(query: str) -> None:
    """Raise QueryRefused for a query whose answer would change though the graph does not."""
    if not query.strip():
        raise QueryRefused("there is no query to save")
    if is_volatile(query):
        raise QueryRefused(
            "a question with RAND, NOW, UUID, STRUUID, BNODE or SERVICE is not saved: its answer "
            "changes by itself, so that a comparison would say nothing about the graph"
        )


def ask_again(
    archive: QuestionArchive, code: str, build: str, asker: Asker, *, notify: bool = False
) -> KGError | None:
    """Ask a claimed question at a build and record its answer, or the reason why there is none.

    Returns an error that passes, after which the question waits to be asked again.
    """
    question = archive.find(code)
    try:
        answered, rows = asker.ask(question.query, question.base, build)
    except _PASSING as error:
        archive.release(code)
        return error
    except KGError as error:
        archive.record_trouble(code, build, str(error))
        return None
    if answered != build:
        archive.release(code)
        return Overloaded(1.0)
    archive.record(code, build, rows, notify)
    return None
