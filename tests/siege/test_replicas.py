"""A short form of kills of the engine's replicas."""

from pathlib import Path

from tests.siege import replicas


def test_kills_of_replicas_give_no_answer_but_that_of_the_build(builds: Path) -> None:
    assert replicas.all_of(builds, kills=2, pause=0.5, readers=2) == []
