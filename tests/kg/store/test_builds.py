"""Where builds are looked for, and that one that is served stays served."""

import logging
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.index.writer import index_name
from kg.model.errors import BuildDamaged, BuildMissing
from kg.store.builds import Builds, Current
from kg.store.store import Store
from tests.publishing import publish


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
    with pytest.raises(BuildDamaged, match=f"is damaged: {file} .*; make it again with: kg build"):
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
    os.mkfifo(slow / "manifest.json")
    (builds / "current").unlink()
    (builds / "current").symlink_to("slow")
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(current.store)
        with (slow / "manifest.json").open("wb"):  # which waits for the thread that reads it
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


def shorten(path: Path) -> None:
    path.chmod(0o644)
    os.truncate(path, 5000)


def overwrite(path: Path) -> None:
    path.chmod(0o644)
    body = path.read_bytes()
    path.write_bytes(body[:100] + bytes(len(body) - 100))


HARMS = pytest.mark.parametrize("harm", [shorten, overwrite, Path.unlink])


@HARMS
def test_damaged_index_is_named(builds: Path, harm: Callable[[Path], None]) -> None:
    publish(builds, quads("a"))
    harm(builds / "current" / index_name())
    with pytest.raises(BuildDamaged, match=f"is damaged: {index_name()} is "):
        Store.open(builds / "current")


@HARMS
def test_last_build_before_a_damaged_one_is_served_from_the_start(
    builds: Path, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    numbers = [publish(builds, quads(value)).number for value in "abcd"]
    for number in numbers[2:]:
        harm(builds / number / index_name())
    os.utime(builds / numbers[0], (1, 1))
    current = Current(builds)
    assert current.store().number == numbers[1]
    assert current.trouble is not None
    assert current.trouble.reason.startswith(f"build {numbers[3]} is damaged: {index_name()} is ")
    assert f"(build {numbers[1]} is served instead)" in caplog.text
    assert publish(builds, quads("d")).number == numbers[3] == current.store().number
    assert current.trouble is None


def test_builds_after_a_damaged_one_are_not_served_for_it(builds: Path) -> None:
    numbers = [publish(builds, quads(value)).number for value in "abc"]
    for age, number in enumerate(numbers):
        os.utime(builds / number, (age, age))
    (builds / "current").unlink()
    (builds / "current").symlink_to(numbers[1])
    shorten(builds / numbers[1] / index_name())
    assert Current(builds).store().number == numbers[0]


@HARMS
@pytest.mark.parametrize("read", [True, False])
def test_index_damaged_while_it_is_served_is_left_for_the_build_before(
    builds: Path, harm: Callable[[Path], None], read: bool
) -> None:
    last, number = publish(builds, quads("a")).number, publish(builds, quads("b")).number
    current = Current(builds, look=3600 if read else 0)
    store = current.store()
    harm(builds / number / index_name())
    if read:
        with pytest.raises(BuildDamaged):
            index(store).members(ThingFilter())
    if read or harm != Path.unlink:
        assert current.store().number == last
        assert current.trouble is not None
        assert not current.trouble.failing
    publish(builds, quads("b"))
    assert current.store().number == number
    assert current.trouble is None


def test_damage_with_no_build_before_is_said_until_it_is_mended(builds: Path) -> None:
    number = publish(builds, quads("a")).number
    current = Current(builds, look=0)
    store = current.store()
    body = (builds / number / index_name()).read_bytes()
    shorten(builds / number / index_name())
    assert [current.store() for _ in range(2)] == [store] * 2
    assert current.trouble is not None
    assert current.trouble.failing
    (builds / number / index_name()).write_bytes(body)
    assert current.store() is not store
    assert current.trouble is None


def test_what_is_in_memory_is_served_on_when_its_dataset_is_damaged(builds: Path) -> None:
    publish(builds, quads("a"))
    number = publish(builds, quads("b")).number
    current = Current(builds, look=0)
    store = current.store()
    damage(builds / number / "dataset.nq")
    assert current.store() is store
    assert current.trouble is not None
    assert (current.trouble.failing, "dataset.nq is" in current.trouble.reason) == (False, True)
