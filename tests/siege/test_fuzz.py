"""A small sample of `make fuzz`, against the real server."""

from pathlib import Path

from pyoxigraph import Quad

from tests.publishing import publish
from tests.serving import serving, tree
from tests.siege.fuzz import attack


def test_broken_requests_are_the_clients_mistake(tmp_path: Path, tiny: list[Quad]) -> None:
    publish(tmp_path / "builds", tiny)
    settings = {"BUILDS": tmp_path / "builds", "QUERY_SECONDS": 2}
    with serving(tmp_path / "log", **settings) as (port, process):
        statuses, wrong = attack(port, 400, seed=7)
        children = len(tree(process))
    assert wrong == []
    assert sum(statuses.values()) == 400
    assert {200, 400, 403} <= set(statuses)
    assert children < 16
