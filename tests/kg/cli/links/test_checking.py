"""`kg links`, as a person types it, against datasets on loopback."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.commands import kg_command
from kg.link_check.tree_check import NOTES
from kg.model.source_texts import LINK_CHECK_FILE
from kg.outside.hosts import dataset_hosts
from kg.pipeline.inputs.checked_links import parse_link_report
from kg.pipeline.load import load
from tests.kg.link_check.other_datasets import OtherDatasets, other_datasets, write_links
from tests.kg.outside.stand_in import Reply, trickle
from tests.publishing import publish, with_inferred

RECORD = '<https://sws.geonames.org/990017/> rdfs:label "Norland"'


@pytest.fixture
def server() -> Iterator[OtherDatasets]:
    with other_datasets() as running:
        yield running


@pytest.fixture
def work(tree: Path, builds: Path) -> Path:
    """Return a tree with a build, and with links to Wikidata and GeoNames only."""
    publish(builds, with_inferred(load(tree).quads))
    for path in (tree / "kg" / "links").glob("*.sssom.tsv"):
        path.unlink()
    write_links(tree, "wikidata", "id:norland|owl:sameAs|wd:Q1", "id:sudland|owl:sameAs|wd:Q2")
    write_links(tree, "geonames", "id:norland|owl:sameAs|gn:990017/")
    return tree


def mirrors(server: OtherDatasets) -> list[str]:
    return [f"--mirror={host}={server.origin}" for host in dataset_hosts()]


def kg(work: Path, builds: Path, *words: str) -> Result:
    env = {"KG_BUILDS": str(builds), "KG_LINKS": str(work / "notes")}
    return CliRunner().invoke(kg_command, ["--root", str(work), "links", *words], env=env)


def test_a_check_prints_what_is_wrong_and_where_and_writes_the_report(
    work: Path, builds: Path, server: OtherDatasets
) -> None:
    server.hold("wd:Q1 owl:sameAs wd:Q11")
    server.record("/990017/about.rdf", RECORD)
    result = kg(work, builds, "check", *mirrors(server))
    assert result.stdout.splitlines() == [
        (
            "kg/links/wikidata.sssom.tsv:11: id:sudland → wd:Q2 dead: "
            "Wikidata has no such record (HTTP 404)"
        ),
        (
            "kg/links/wikidata.sssom.tsv:10: id:norland → wd:Q1 moved to wd:Q11: "
            "Wikidata has moved or merged the record"
        ),
        "3 links: 1 dead, 1 moved, 1 fine",
        "written to kg/links/check.tsv; kg build publishes it at /links/check",
    ]
    assert result.exit_code == 1
    report = parse_link_report((work / LINK_CHECK_FILE).read_text("utf-8"))
    assert [link.verdict for link in report.links] == ["dead", "moved", "fine"]
    assert not (work / "notes" / NOTES).exists()


def test_names_of_others_do_not_reach_the_terminal_as_commands(
    work: Path, builds: Path, server: OtherDatasets
) -> None:
    server.record("/990017/about.rdf", RECORD.replace("Norland", "Oz\\u009b2J\\u202E\\tOz"))
    result = kg(work, builds, "check", "geonames", *mirrors(server))
    assert "it is called “Oz\ufffd2J\ufffd Oz” there" in result.stdout.splitlines()[0]
    assert "\x9b" not in (work / LINK_CHECK_FILE).read_text("utf-8")


def test_a_check_of_links_that_all_hold_ends_well(
    work: Path, builds: Path, server: OtherDatasets
) -> None:
    server.record("/990017/about.rdf", RECORD)
    result = kg(work, builds, "check", "geonames", *mirrors(server))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "1 links: 1 fine")
    assert server.asked() == ["/990017/about.rdf"]


def test_what_is_no_dataset_or_mirror_is_said(work: Path, builds: Path) -> None:
    result = kg(work, builds, "check", "wikipedia")
    assert "there is no dataset wikipedia to check; use some of wikidata, dbpedia" in result.stderr
    result = kg(work, builds, "check", "--mirror", "sws.geonames.org")
    assert "“sws.geonames.org” is no mirror; write it as" in result.stderr


def test_datasets_are_listed_with_what_the_last_check_showed(
    work: Path, builds: Path, server: OtherDatasets
) -> None:
    lines = kg(work, builds, "list").stdout.splitlines()
    assert lines[-1] == "no check has been made yet"
    server.record("/990017/about.rdf", RECORD)
    kg(work, builds, "check", "geonames", *mirrors(server))
    lines = kg(work, builds, "list").stdout.splitlines()
    assert [line.split() for line in lines[:2]] == [
        ["geonames", "1", "1", "fine"],
        ["wikidata", "2"],
    ]
    assert lines[-1].startswith("last check: 20")


def test_a_check_that_was_killed_goes_on_where_it_stopped(
    work: Path, builds: Path, server: OtherDatasets
) -> None:
    server.hold("wd:Q1 owl:sameAs wd:Q11 . wd:Q2 owl:sameAs wd:Q22")
    server.reply("/990017/about.rdf", Reply(pieces=trickle(server)))
    notes = work / "notes" / NOTES
    env = os.environ | {"KG_BUILDS": str(builds), "KG_LINKS": str(notes.parent)}
    code = "from kg.cli.commands import kg_command; kg_command()"
    command = [sys.executable, "-P", "-c", code, "--root", str(work), "links", "check"]
    with subprocess.Popen([*command, *mirrors(server)], env=env, stderr=subprocess.PIPE) as run:
        while "/990017/about.rdf" not in server.asked():
            assert run.poll() is None, run.communicate()
            time.sleep(0.01)
        run.kill()
        run.communicate()
    assert run.returncode == -signal.SIGKILL
    assert not (work / LINK_CHECK_FILE).exists()
    # As if it had been killed while it wrote.
    with notes.open("a", encoding="utf-8") as file:
        file.write("geonames\thttps://w3id.org/aide-memoire/id/norl")
    before = server.asked().count("/sparql")
    server.record("/990017/about.rdf", RECORD)
    result = kg(work, builds, "check", *mirrors(server))
    assert "2 links were checked before the last run ended" in result.stderr
    assert "3 links: 2 moved, 1 fine" in result.stdout
    assert server.asked().count("/sparql") == before == 1
