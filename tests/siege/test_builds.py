"""Short forms of builds at once and builds that are killed."""

from pathlib import Path

from tests.siege.builds import Builder, at_once, killed
from tests.siege.target import server


def test_builds_at_once_all_end_well(tree: Path, tmp_path: Path) -> None:
    assert at_once(Builder(tmp_path / "builds", tree), 4, turn=1) == []


def test_killed_builds_cost_no_good_one(tree: Path, tmp_path: Path) -> None:
    builder = Builder(tmp_path / "builds", tree)
    builder.finish(builder.start(0))
    with server(BUILDS=builder.builds) as (port, _):
        assert killed(builder, port, kills=2) == []
