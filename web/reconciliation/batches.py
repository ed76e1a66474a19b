"""Answer a batch of queries, each of them once, within the time that a request may take."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping

from werkzeug.exceptions import RequestEntityTooLarge, UnprocessableEntity

from kg.reconciliation.query import ReconciliationCandidate, ReconciliationQuery
from kg.reconciliation.reconcile import reconcile
from web.request.bounds import ALL_CONDITIONS, SECONDS
from web.serving.current_build import store


def answer_batch(
    queries: Collection[ReconciliationQuery],
) -> Mapping[ReconciliationQuery, list[ReconciliationCandidate]]:
    """Return the candidates of each query; columns of tables repeat their values.

    413 if the queries have too many conditions together, 422 if they take too much time.
    """
    conditions = sum(len(query.conditions) for query in queries)
    if conditions > ALL_CONDITIONS:
        raise RequestEntityTooLarge(
            f"the queries have {conditions:,} properties; at most {ALL_CONDITIONS:,} are compared "
            "in one request"
        )
    # Of this thread alone: others at work on the machine do not count.
    start = time.thread_time()
    made: dict[ReconciliationQuery, list[ReconciliationCandidate]] = {}
    for query in dict.fromkeys(queries):
        made[query] = reconcile(store(), query)
        if time.thread_time() - start > SECONDS:
            raise UnprocessableEntity(
                f"the request takes more than {SECONDS} seconds; send fewer names or properties"
            )
    return made
