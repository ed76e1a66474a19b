"""Whoever cannot be asked, or answers something else, is named in one line."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.linking.settings import LinkFiles
from tests.kg.linking.servers import MadeDataset

Kg = Callable[..., Result]


def one_line(result: Result) -> str:
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_without_a_network_one_line_says_so(kg: Kg, root: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/sparql"
        for option in ("--endpoint", "--service"):
            line = one_line(kg("link", "wikidata", option, address))
            assert "cannot be reached" in line
            assert "is this machine online?" in line
    assert not LinkFiles(root, "wikidata").answers.exists()


def test_what_is_no_endpoint_or_service_is_named(kg: Kg, wikidata: MadeDataset) -> None:
    page = f"{wikidata.origin}/page"
    line = one_line(kg("link", "wikidata", "--endpoint", page))
    assert f"sends text/html, not results of SPARQL, for {page}" in line
    line = one_line(kg("link", "wikidata", "--service", page))
    assert f"sends no JSON at {page}; is that the address of a reconciliation service?" in line


def test_an_endpoint_that_was_mended_is_asked_again(kg: Kg, wikidata: MadeDataset) -> None:
    # What a wrong address once sent must not be served from the cache for a month.
    kg("link", "wikidata", "--endpoint", f"{wikidata.origin}/page")
    assert "not results of SPARQL" in one_line(
        kg("link", "wikidata", "--endpoint", f"{wikidata.origin}/page")
    )
    assert len(wikidata.requests) > len(set(wikidata.requests))


def test_trouble_that_passes_is_waited_for(kg: Kg, wikidata: MadeDataset) -> None:
    wikidata.failures = [503]
    result = kg("link", "wikidata", "--endpoint", wikidata.endpoint)
    assert result.exit_code == 0, result.output
    assert wikidata.requests[0] == wikidata.requests[1]


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["link"], "name a dataset, as in: kg link wikidata"),
        (["link", "wikidatum"], "there is no dataset wikidatum in kg/links/datasets.toml"),
        (["link", "geonames"], "names neither an endpoint nor a service of GeoNames"),
        (["link", "wikidata", "--endpoint", "example.org"], "is not the http or https address"),
        (["link", "wikidata", "--class", "Dragon"], "there is no thing of the class dip:Dragon"),
        (["link", "wikidata", "--thing", "atlantis"], "there is no thing with the slug atlantis"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is(
    kg: Kg, arguments: list[str], wrong: str
) -> None:
    assert wrong in one_line(kg(*arguments))


def test_a_damaged_line_of_answers_is_named_and_one_cut_off_is_left_out(
    kg: Kg, root: Path, wikidata: MadeDataset
) -> None:
    ask = ("link", "wikidata", "--endpoint", wikidata.endpoint, "--class", "City")
    kg(*ask)
    asked, answers = len(wikidata.requests), LinkFiles(root, "wikidata").answers
    lines = answers.read_bytes().splitlines(keepends=True)
    answers.write_bytes(b"".join(lines)[:-7])
    assert kg(*ask).exit_code == 0
    # The responses are cached; only the answer that was cut off is put together again.
    assert len(wikidata.requests) == asked
    answers.write_bytes(b"".join([*lines[:2], b'{"thing": 3}\n', *lines[2:]]))
    assert one_line(kg(*ask)).startswith(f"{answers}:3:1: this is no answer")


def test_one_thing_can_be_asked_for_and_others_stay_proposed(
    kg: Kg, root: Path, wikidata: MadeDataset
) -> None:
    kg("link", "wikidata", "--endpoint", wikidata.endpoint, "--thing", "japan")
    kg("link", "wikidata", "--endpoint", wikidata.endpoint, "--thing", "id:georgia")
    table = LinkFiles(root, "wikidata").proposals.read_text(encoding="utf-8")
    assert "\nid:japan\t" in table
    assert "\nid:georgia\t" in table
    result = kg("link", "wikidata", "--endpoint", wikidata.endpoint, "--limit", "1")
    assert "answered for 1 of 1 things" in result.stderr


def test_working_files_go_where_the_setting_says(
    kg: Kg, root: Path, tmp_path: Path, wikidata: MadeDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_LINKS", str(tmp_path / "elsewhere"))
    kg("link", "wikidata", "--endpoint", wikidata.endpoint, "--thing", "japan")
    names = sorted(path.name for path in (tmp_path / "elsewhere").iterdir())
    assert names == ["cache", "wikidata.answers.jsonl", "wikidata.sssom.tsv"]
    assert not (root / ".links").exists()


def test_things_of_a_class_or_of_every_class_can_be_asked_for(
    kg: Kg, wikidata: MadeDataset
) -> None:
    ask = ("link", "wikidata", "--endpoint", wikidata.endpoint)
    for options, number in (
        (["--class", "dip:Person"], 2),
        (["--class", "City"], 4),
        (["--all"], 11),
    ):
        assert f"answered for {number} of {number} things" in kg(*ask, *options).stderr


def test_asking_again_leaves_out_what_was_cached_an_hour_ago(
    kg: Kg, root: Path, wikidata: MadeDataset
) -> None:
    ask = ("link", "wikidata", "--endpoint", wikidata.endpoint, "--thing", "japan")
    kg(*ask)
    asked = len(wikidata.requests)
    kg(*ask, "--again")
    assert len(wikidata.requests) == asked
    for path in LinkFiles(root, "wikidata").cache.iterdir():
        head, _, body = path.read_bytes().partition(b"\n")
        fields = json.loads(head)
        fields["fetched_at"] -= 2 * 3600
        path.write_bytes(json.dumps(fields).encode() + b"\n" + body)
    kg(*ask)
    assert len(wikidata.requests) == asked
    kg(*ask, "--again")
    assert len(wikidata.requests) == 2 * asked
