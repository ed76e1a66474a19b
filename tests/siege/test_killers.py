"""A short form of the siege by queries that no server should answer."""

from pathlib import Path

from tests.siege import killers


def test_killers_end_within_the_limits_and_others_are_answered(builds: Path) -> None:
    limits = {"QUERY_SECONDS": 2, "QUERY_MEMORY": 200_000_000}
    assert killers.all_of(3, calm=0.5, attackers=4, BUILDS=builds, **limits) == []
