"""Where builds are looked for."""

from pathlib import Path

import pytest

from kg.builds import Builds, Current
from kg.errors import BuildMissing
from kg.store import Store


def test_nothing_built_is_no_build(builds: Path) -> None:
    assert Builds(builds).current() is None


def test_pointer_to_nothing_is_no_build(builds: Path) -> None:
    builds.mkdir()
    (builds / "current").symlink_to("gone")
    assert Builds(builds).current() is None


def test_missing_build_says_how_to_make_one(builds: Path) -> None:
    with pytest.raises(BuildMissing, match="make one with: kg build"):
        Current(builds).store()
    with pytest.raises(BuildMissing):
        Store.open(builds)
