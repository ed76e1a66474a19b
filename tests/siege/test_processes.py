"""Short forms of kills, and of an orderly end."""

from pathlib import Path

from tests.siege import processes


def test_nothing_outlives_the_main_process_and_the_port_is_free(
    builds: Path, tmp_path: Path
) -> None:
    assert processes.orphans(tmp_path / "log", BUILDS=builds) == []


def test_kills_of_workers_and_fork_server_lose_only_what_they_had_in_hand(
    builds: Path, tmp_path: Path
) -> None:
    assert processes.kills(tmp_path / "log", 4.5, BUILDS=builds) == []


def test_query_in_flight_is_answered_before_the_end(builds: Path, tmp_path: Path) -> None:
    assert processes.ending(tmp_path / "log", BUILDS=builds) == []
