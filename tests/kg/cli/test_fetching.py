"""Files that `kg build --add` takes from the web: syntax, place, day, and what goes wrong."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Quad

from kg.cli.commands import kg_command
from kg.cli.fetching import fetched
from kg.model.errors import KGError
from kg.outside.errors import NoNetwork, OutsideError
from kg.pipeline.additions.additions import Addition
from kg.pipeline.progress import silent
from kg.store.builds import Builds
from kg.store.manifest import Manifest
from kg.store.store import Store
from tests.kg.outside.stand_in import Dataset, Reply, dataset
from tests.publishing import publish

LINE = b"<urn:a> <urn:p> <b> .\n"


@pytest.fixture
def server() -> Iterator[Dataset]:
    with dataset() as server:
        yield server


@contextmanager
def fetch(server: Dataset, path: str, reply: Reply) -> Iterator[Addition]:
    server.reply(path, reply)
    with fetched([Addition.of(f"{server.origin}{path}=http://example.org/g")], silent) as (one,):
        yield one


def test_a_build_says_where_its_data_is_from(
    tmp_path: Path, tiny: list[Quad], server: Dataset
) -> None:
    with fetch(server, "/data.ttl", Reply(LINE)) as addition:
        number = publish(tmp_path, tiny, [addition]).number
    assert not addition.path.exists()
    (added,) = Manifest.of(tmp_path / number).added
    assert added.source
    assert added.source.name == f"{server.origin}/data.ttl"
    assert added.source.day[:2] == "20"
    # Relative IRIs are so to the address.
    pattern = f"GRAPH <http://example.org/g> {{ <urn:a> <urn:p> <{server.origin}/b> }}"
    assert Store.open(tmp_path / number).ask(f"ASK {{ {pattern} }}")


def test_the_day_makes_no_other_build(tmp_path: Path, tiny: list[Quad], server: Dataset) -> None:
    numbers = set()
    for day in ("2026-01-01", "2026-01-02"):
        with fetch(server, "/data.ttl", Reply(LINE)) as addition:
            dated = Addition(**{**vars(addition), "day": day})
            publish(tmp_path, tiny, [dated])
        numbers.add((tmp_path / "current").readlink().name)
    assert len(numbers) == 1


@pytest.mark.parametrize(
    ("path", "media_type", "body", "kind"),
    [
        ("/data.ttl", "application/octet-stream", LINE, "data.ttl"),
        ("/get?id=7", "text/turtle; charset=utf-8", LINE, "get.ttl"),
        ("/votes", "text/csv", b"a,b\n", "votes.csv"),
        ("/data.nt.gz", "application/gzip", gzip.compress(LINE, mtime=0), "data.nt.gz"),
        # Servers may send a packed file as one that they packed on the way.
        ("/data.nt.gz", "application/n-triples", LINE, "data.nt"),
        ("/data", "application/n-quads", gzip.compress(LINE, mtime=0), "data.nq.gz"),
        ("/", "application/ld+json", b"{}", "file.jsonld"),
    ],
)
def test_the_name_or_the_media_type_says_the_syntax(
    server: Dataset, path: str, media_type: str, body: bytes, kind: str
) -> None:
    reply = Reply(body, headers={"Content-Type": media_type})
    with fetch(server, path, reply) as addition:
        assert addition.kind == kind
        assert addition.path.read_bytes() == body
    assert "text/turtle" in server.headers[0]["Accept"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), "is text/html, and its name"),
        (Reply(b"no", 404), "HTTP 404"),
        (Reply(b"", 302, {"Location": "http://10.0.0.1/"}), r"10\.0\.0\.1"),
        (Reply(b"x" * 2000, headers={"Content-Type": "text/turtle"}), "more than 1,000 bytes"),
    ],
)
def test_what_goes_wrong_is_one_line(
    server: Dataset, monkeypatch: pytest.MonkeyPatch, reply: Reply, expected: str
) -> None:
    monkeypatch.setenv("KG_ADD_BYTES", "1000")
    with pytest.raises(KGError, match=expected) as caught, fetch(server, "/x", reply):
        pass
    assert "\n" not in str(caught.value)


def test_without_a_network_it_says_so() -> None:
    nobody = Addition.of("http://127.0.0.1:9/data.ttl")
    with pytest.raises(NoNetwork, match="cannot be reached"), fetched([nobody], silent):
        pass


def test_a_setting_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ADD_BYTES", "much")
    nobody = Addition.of("http://127.0.0.1:9/data.ttl")
    with pytest.raises(KGError, match="KG_ADD_BYTES is much"), fetched([nobody], silent):
        pass


def test_an_address_names_no_user() -> None:
    named = Addition.of("http://user:secret@example.org/data.ttl")
    with pytest.raises(OutsideError, match="names a user"), fetched([named], silent):
        pass


def test_the_command_takes_a_table_and_its_metadata(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_BUILDS", str(tmp_path / "builds"))
    table, metadata = tmp_path / "votes.csv", tmp_path / "map.json"
    table.write_text("state\nJP\n", "utf-8")
    columns = '[{"titles": "state", "propertyUrl": "urn:state"}]'
    metadata.write_text(f'{{"tableSchema": {{"columns": {columns}}}}}', "utf-8")
    words = ["--root", str(tree), "build", f"--add={table}", f"--map={metadata}"]
    result = CliRunner().invoke(kg_command, words)
    assert result.exit_code == 0, result.stderr
    assert Builds().open().ask('ASK { ?vote <urn:state> "JP" }')
    bare = CliRunner().invoke(kg_command, ["build", f"--add={table}"])
    assert bare.stderr.startswith(f"{table} is a table: say what its columns mean with --map")
    alone = CliRunner().invoke(kg_command, ["build", f"--map={metadata}"])
    assert alone.exit_code == 1
    assert alone.stderr.strip().endswith("which is not added; add it: --add FILE.csv")
