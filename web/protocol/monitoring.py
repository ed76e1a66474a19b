"""Health and metrics, for monitoring: `/healthz` and `/metrics`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from flask import Blueprint, current_app, jsonify
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.wrappers import Response

from kg.store.builds import Trouble
from kg.store.engine import ReplicaStatus
from web.serving.current_build import store, trouble
from web.serving.public_queries import KEY, PublicQueries

bp = Blueprint("monitoring", __name__)


@bp.get("/healthz")
def show_health() -> Response:
    """Report which build is served, and what is wrong if it is not the current one.

    `degraded` (200): another build is served, the current one could not be opened again, or one of
    the SPARQL engines is not used. `failing` (503): pages cannot be served.
    """
    number, problem = store().number, trouble()
    report: dict[str, object] = {"status": "ok", "build": number}
    replicas = store().replicas()
    if replicas:
        report = {"status": _replicas_status(replicas), "build": number}
    if problem:
        report |= _trouble_report(number, problem)
    if replicas:
        report["engines"] = list(_replica_reports(replicas))
    response = jsonify(report)
    # Degraded is 200: a load balancer that sees 503 would stop a server that still answers.
    response.status_code = 503 if report["status"] == "failing" else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _replicas_status(replicas: Sequence[ReplicaStatus]) -> str:
    unused = sum(bool(replica.reason) for replica in replicas)
    return "failing" if unused == len(replicas) else "degraded" if unused else "ok"


def _replica_reports(replicas: Sequence[ReplicaStatus]) -> Iterator[dict[str, object]]:
    """Yield what is known of each engine, by its place in KG_STORE.

    Its address is for the log: nobody outside could use it, or should.
    """
    for place, replica in enumerate(replicas, 1):
        used: dict[str, object] = {"store": place, "used": not replica.reason}
        reason = replica.reason.replace(replica.url, f"store {place}")
        yield {**used, "reason": reason} if reason else used


def _trouble_report(number: str, problem: Trouble) -> dict[str, str]:
    since = datetime.fromtimestamp(problem.since, UTC).isoformat(timespec="seconds")
    status = "failing" if problem.failing else "degraded"
    reason = f"{problem.reason}; rebuild it with: kg build"
    return {"status": status, "build": number, "reason": reason, "since": since}


@bp.get("/metrics")
def show_metrics() -> Response:
    """Send counts and durations of queries in the text format of Prometheus."""
    public: PublicQueries = current_app.extensions[KEY]
    response = Response(public.observer.metrics(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    response.headers["Cache-Control"] = "no-store"
    return response
