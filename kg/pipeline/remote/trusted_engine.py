"""An engine that is asked only queries of ours: one that it refuses is a fault of the engine."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model.errors import QueryError
from kg.sparql.named_queries import title
from kg.store.engine import Answer, DatasetNames, Term
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.errors import EngineFailed


class TrustedEngine(RemoteEngine):
    """In place of a QueryError it raises EngineFailed.

    A build checks the syntax of its queries before it runs them. What an engine refuses then must
    stop the build: a check that did not run would look like one that passed.
    """

    def query(
        self, text: str, terms: Mapping[str, Term], dataset: DatasetNames, base: str
    ) -> Answer:
        """Answer a query."""
        try:
            return super().query(text, terms, dataset, base)
        except QueryError as error:
            raise EngineFailed(f"it does not run “{title(text) or text}”: {error}") from error
