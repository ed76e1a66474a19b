"""Proposals for the live graph from a dataset made of it: how many are right, and what is asked."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.linking.candidates.alignment import class_alignment
from kg.linking.ours import our_things, things_to_link
from kg.linking.recorded_links import recorded_links
from kg.store.store import Store
from tests.kg.linking.outside_world import OutsideWorld, outside_world
from tests.kg.linking.servers import MadeDataset, made_dataset
from tests.publishing import publish


@pytest.fixture(scope="module")
def world(built: Store) -> OutsideWorld:
    things = our_things(built, things_to_link(built))
    return outside_world(things.values(), class_alignment(built))


@pytest.fixture(scope="module")
def builds(built: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("live") / "builds"
    publish(folder, built.quads(), texts=built.texts)
    return folder


@pytest.fixture
def dataset(world: OutsideWorld) -> Iterator[MadeDataset]:
    with made_dataset(world.triples) as server:
        yield server


def linking(root: Path, builds: Path, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "kg.cli", "--root", str(root), "link", "wikidata", *arguments]
    return subprocess.Popen(
        command,
        env=os.environ | {"KG_BUILDS": str(builds)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def proposed(root: Path) -> dict[str, str]:
    table = root / ".links" / "wikidata.sssom.tsv"
    linked = recorded_links(table, table.name).linked
    return {thing: record for thing, records in linked.items() for record in records}


def assert_right(root: Path, world: OutsideWorld, requests: int) -> None:
    """Of the proposals, and of the things that have a record, 95 % are right; none is absent."""
    links, existing = proposed(root), {thing: one for thing, one in world.records.items() if one}
    right = [thing for thing, record in links.items() if existing.get(thing) == record]
    absent = [thing for thing in links if thing not in existing]
    missed = sorted(thing.rpartition("/")[2] for thing in existing.keys() - links.keys())
    print(
        f"{len(world.records)} things, {len(existing)} with a record: {len(links)} proposals, "
        f"{len(right)} right, {len(absent)} for absent things; {requests} requests; "
        f"not proposed: {', '.join(missed)}"
    )
    assert absent == []
    assert len(right) >= 0.95 * len(links)
    assert len(right) >= 0.95 * len(existing)


def test_a_run_cut_short_goes_on_and_95_percent_of_proposals_are_right(
    root: Path, builds: Path, dataset: MadeDataset, world: OutsideWorld
) -> None:
    dataset.hold_at = 12
    with linking(root, builds, "--endpoint", dataset.endpoint) as first:
        assert dataset.held.wait(120)
        first.send_signal(signal.SIGKILL)
        first.communicate()
    assert not (root / ".links" / "wikidata.sssom.tsv").exists()
    with linking(root, builds, "--endpoint", dataset.endpoint) as second:
        output, errors = second.communicate()
    assert second.returncode == 0, errors
    # Only what was under way when the process was killed is asked again.
    repeated = {one: count for one, count in Counter(dataset.requests).items() if count > 1}
    assert repeated == {dataset.requests[dataset.hold_at - 1]: 2}
    assert all(agent.startswith("AideMemoire/") for agent in dataset.agents)

    print(output.splitlines()[-2])
    assert_right(root, world, len(dataset.requests))


def test_a_service_gives_95_percent_right_proposals(
    root: Path, builds: Path, dataset: MadeDataset, world: OutsideWorld
) -> None:
    with linking(root, builds, "--service", dataset.service) as run:
        _, errors = run.communicate()
    assert run.returncode == 0, errors
    assert len(dataset.requests) == len(set(dataset.requests))
    assert_right(root, world, len(dataset.requests))


def test_what_was_answered_is_not_asked_again(
    root: Path, builds: Path, dataset: MadeDataset
) -> None:
    for _ in range(2):
        with linking(root, builds, "--endpoint", dataset.endpoint, "--class", "City") as run:
            output, errors = run.communicate()
        assert run.returncode == 0, errors
    assert len(dataset.requests) == len(set(dataset.requests)) == 2
    assert "proposed" in output
