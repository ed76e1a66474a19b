import re

import pytest
from flask.testing import FlaskClient

from web.observe import Event, Observer


def test_a_line_says_what_became_of_a_query_but_not_the_query(
    capfd: pytest.CaptureFixture[str],
) -> None:
    observer = Observer(log=True)
    observer.note(Event("ASK { secret }", "ok", 0.0123, 4, 567))
    observer.note(Event("ASK {\n}", "TimeLimit", 30))
    first, second = capfd.readouterr().out.splitlines()
    assert re.fullmatch(r"query=[0-9a-f]{12} outcome=ok ms=12\.3 rows=4 bytes=567", first)
    assert second.endswith(" outcome=TimeLimit ms=30000.0 rows=- bytes=0")


def test_prometheus_reads_what_was_counted(client: FlaskClient) -> None:
    def counted(outcome: str) -> float:
        text = client.get("/metrics").text
        found = re.search(rf'kg_queries_total{{outcome="{outcome}"}} ([0-9.]+)', text)
        return float(found[1]) if found else 0

    before = counted("ok"), counted("cached"), counted("QueryError")
    query = {"query": "ASK { <x:counted> ?p ?o }"}
    client.get("/sparql", query_string=query)
    client.get("/sparql", query_string=query)
    client.get("/sparql", query_string={"query": "ASK"})
    after = counted("ok"), counted("cached"), counted("QueryError")
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1, 1]
    assert client.get("/metrics").mimetype == "text/plain"
