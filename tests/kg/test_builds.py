"""Where builds are looked for, and that one that is served stays served."""

import logging
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.build.publish import publish
from kg.builds import Builds, Current
from kg.errors import BuildDamaged, BuildMissing
from kg.store import Store


def quads(value: str) -> list[Quad]:
    return [Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(value))]


def damage(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-3])


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


@pytest.mark.parametrize("file", ["dataset.nq", "manifest.json"])
def test_damaged_build_is_not_opened(builds: Path, file: str) -> None:
    publish(builds, quads("a"))
    damage(builds / "current" / file)
    with pytest.raises(BuildDamaged, match="is damaged; make it again with: kg build"):
        Current(builds).store()


@pytest.mark.parametrize("trouble", ["no builds", "no pointer", "damaged", "half of one"])
def test_what_is_served_stays_served(
    builds: Path, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    publish(builds, quads("a"))
    current = Current(builds)
    store = current.store()
    if trouble == "no builds":
        shutil.rmtree(builds)
    elif trouble == "no pointer":
        (builds / "current").unlink()
    else:
        publish(builds, quads("b"))
        path = builds / "current" / "dataset.nq"
        damage(path) if trouble == "damaged" else path.unlink()
    with caplog.at_level(logging.WARNING):
        assert [current.store() for _ in range(3)] == [store] * 3
    (record,) = caplog.records
    assert record.getMessage().endswith(f"(build {store.number} is still served)")
    number = publish(builds, quads("b")).number
    assert current.store().number == number


def test_while_one_thread_loads_others_are_served(builds: Path) -> None:
    publish(builds, quads("a"))
    current = Current(builds)
    store = current.store()
    slow = builds / "slow"
    slow.mkdir()
    os.mkfifo(slow / "dataset.nq")
    (slow / "manifest.json").write_text('{"number": "slow"}', "utf-8")
    (builds / "current").unlink()
    (builds / "current").symlink_to("slow")
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(current.store)
        with (slow / "dataset.nq").open("wb"):  # which waits for the thread that reads it
            assert current.store() is store
            assert not loading.done()
        assert loading.result() is store


def test_threads_are_served_while_builds_are_published(builds: Path) -> None:
    numbers = {publish(builds, quads(str(n))).number for n in range(3)}
    current = Current(builds)
    with ThreadPoolExecutor(4) as pool:
        served = [pool.submit(lambda: current.store().number) for _ in range(400)]
        for n in range(12):
            publish(builds, quads(str(n % 3)))
        assert {answer.result() for answer in served} <= numbers
    assert current.store().number == publish(builds, quads("2")).number
