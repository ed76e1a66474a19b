"""Tables added to a build: with their metadata, packed, all or nothing, in bounded memory."""

import bz2
import csv
import gzip
import io
import lzma
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.model.errors import CheckFailed, KGError
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import ROOT
from kg.pipeline.additions.additions import Addition
from kg.pipeline.additions.intake import reading_bounds, run_intake
from kg.pipeline.additions.mappings import with_mappings
from kg.pipeline.additions.reading_task import Task
from kg.pipeline.load import load
from kg.store.manifest import Manifest
from kg.store.store import Store
from kg.terms.literals import text
from tests.publishing import publish

G = "http://example.org/votes"
TABLE = "state,choice\nJP,yes\nGB,no\n"
METADATA = """{"url": "votes.csv", "tableSchema": {"aboutUrl": "urn:vote:{_row}", "columns": [
 {"titles": "state", "propertyUrl": "dip:isoAlpha2"},
 {"titles": "choice", "propertyUrl": "urn:choice"}]}}"""


def add(tmp_path: Path, tiny: list[Quad], name: str, body: bytes, *maps: Path) -> Path:
    path = tmp_path / name
    path.write_bytes(body)
    additions = with_mappings([Addition.of(f"{path}={G}")], maps)
    return tmp_path / "builds" / publish(tmp_path / "builds", tiny, additions).number


def metadata(tmp_path: Path, name: str = "map.json", text: str = METADATA) -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("end", "pack"),
    [
        ("", bytes),
        (".gz", lambda body: gzip.compress(body, mtime=0)),
        (".bz2", bz2.compress),
        (".xz", lzma.compress),
    ],
    ids=["plain", "gz", "bz2", "xz"],
)
def test_a_table_is_added_packed_or_not(
    tmp_path: Path, tiny: list[Quad], end: str, pack: type[bytes]
) -> None:
    build = add(tmp_path, tiny, f"votes.csv{end}", pack(TABLE.encode()), metadata(tmp_path))
    inside, outside = '<urn:vote:2> <urn:choice> "no"', '<urn:vote:1> <urn:choice> "yes"'
    assert Store.open(build).ask(f"ASK {{ GRAPH <{G}> {{ {inside} }} {outside} }}")


def test_metadata_beside_a_table_needs_no_mention(tmp_path: Path, tiny: list[Quad]) -> None:
    metadata(tmp_path, "votes.csv-metadata.json")
    assert Store.open(add(tmp_path, tiny, "votes.csv", TABLE.encode())).ask(
        "ASK { <urn:vote:1> ?p ?o }"
    )


def test_several_tables_and_metadata_are_matched_by_name(tmp_path: Path) -> None:
    first = metadata(tmp_path, "one.json")
    second = metadata(tmp_path, "two.json", METADATA.replace("votes.csv", "other.csv"))
    named = ("other.csv.gz", "votes.csv", "votes.nt")
    mapped = with_mappings([Addition.of(name) for name in named], [first, second])
    assert [one.mapping for one in mapped] == [second, first, None]


def test_metadata_that_describes_no_added_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"map\.json describes votes\.csv, which is not added"):
        with_mappings([Addition.of("a.nt")], [metadata(tmp_path)])


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("votes.csv.gz", TABLE.encode(), "it is not gzip"),
        ("votes.csv.bz2", TABLE.encode(), "it is not bzip2"),
        ("votes.csv.xz", lzma.compress(TABLE.encode())[:-20], "it is not xz, or not all of it"),
        ("votes.csv.zst", b"", r"\.zst is not read; unpack it first: unzstd votes\.csv\.zst"),
        ("votes.csv", b"state,choice\n", "votes.csv holds not one statement"),
        ("votes.csv", b"state,choice\nJP\n", r"votes\.csv:2: row 1, 1 cells, not 2"),
        ("votes.csv", b"", r"votes\.csv: it is empty"),
    ],
)
def test_all_or_nothing(
    tmp_path: Path, tiny: list[Quad], name: str, body: bytes, expected: str
) -> None:
    before = publish(tmp_path / "builds", tiny)
    with pytest.raises(KGError, match=expected) as caught:
        add(tmp_path, tiny, name, body, metadata(tmp_path))
    assert "\n" not in str(caught.value)
    assert (tmp_path / "builds" / "current").readlink().name == before.number


def test_a_table_without_metadata_is_refused(tmp_path: Path, tiny: list[Quad]) -> None:
    with pytest.raises(KGError, match=r"is a table: .* --map METADATA\.json"):
        add(tmp_path, tiny, "votes.csv", TABLE.encode())


def test_each_wrong_cell_is_a_line(tmp_path: Path, tiny: list[Quad]) -> None:
    wanted = METADATA.replace('"urn:choice"', '"urn:choice", "datatype": "integer"')
    with pytest.raises(CheckFailed) as caught:
        add(tmp_path, tiny, "votes.csv", TABLE.encode(), metadata(tmp_path, text=wanted))
    assert [one.line for one in caught.value.findings] == [2, 3]


def test_no_cell_commands_the_terminal(tmp_path: Path, tiny: list[Quad]) -> None:
    wanted = METADATA.replace('"urn:choice"', '"urn:choice", "datatype": "integer"')
    body = b"state,choice\nJP,\x1b[2Jno\n"
    with pytest.raises(KGError, match=r"“.*no” is not an integer") as caught:
        add(tmp_path, tiny, "votes.csv", body, metadata(tmp_path, text=wanted))
    assert "\x1b" not in str(caught.value)


def test_the_manifest_says_where_the_data_is_from(tmp_path: Path, tiny: list[Quad]) -> None:
    build = add(tmp_path, tiny, "votes.csv", TABLE.encode(), metadata(tmp_path))
    (added,) = Manifest.of(build).added
    assert added.source
    assert (added.source.name, added.source.mapping) == ("votes.csv", "map.json")
    assert len(added.source.sha256) == len(added.source.mapping_sha256) == 64


def test_columns_without_metadata_are_reported(tmp_path: Path, tiny: list[Quad]) -> None:
    lines: list[str] = []
    path = tmp_path / "votes.csv"
    path.write_text("state,note,choice\nJP,x,yes\n", "utf-8")
    additions = with_mappings([Addition.of(str(path))], [metadata(tmp_path)])
    publish(tmp_path / "builds", tiny, additions, lambda _, words: lines.append(words))
    assert any(line.endswith("no metadata for note: left out") for line in lines)


def test_memory_does_not_grow_with_a_table(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("state,choice\n")
        file.writelines(f"{number},{'x' * 3000}\n" for number in range(60_000))
    bounds = reading_bounds(path)
    assert bounds.memory == 1_000_000_000
    # Less than the file has: of which the interpreter and its libraries take half.
    narrow = replace(bounds, memory=150_000_000)
    target, mapping = str(tmp_path / "0.nt"), str(metadata(tmp_path))
    task = Task(str(path), 0, target, narrow, "votes.csv", "votes.csv", G, mapping)
    assert path.stat().st_size > narrow.memory
    assert run_intake(task, lambda _: None)["statements"] == 120_000


def test_the_example_of_the_guide_runs(tmp_path: Path) -> None:
    guide = (ROOT / "kg" / "tables" / "README.md").read_text("utf-8")
    blocks = dict(re.findall(r"```(csv|json|sparql)\n(.*?)```", guide, re.DOTALL))
    assert blocks["json"].count("\n") <= 12
    (tmp_path / "measures.csv").write_text(blocks["csv"], "utf-8")
    mapping = metadata(tmp_path, "measures.json", blocks["json"])
    argument = re.findall(r"kg build --add (measures\.csv=\S+) --map measures\.json", guide)[0]
    additions = with_mappings([Addition.of(f"{tmp_path}/{argument}")], [mapping])
    tree = with_default_graph(load(ROOT).origin)
    build = tmp_path / "builds" / publish(tmp_path / "builds", tree, additions).number
    rows = Store.open(build).select(blocks["sparql"])
    table = re.findall(r"^\| (.*) \|$", guide, re.MULTILINE)
    expected = [line.split(" | ") for line in table]
    assert [[*map(text, row.values())] for row in rows] == expected[1:]
    assert [*rows[0]] == expected[0]
    assert len(list(csv.reader(io.StringIO(blocks["csv"]), delimiter=";"))) == 4
