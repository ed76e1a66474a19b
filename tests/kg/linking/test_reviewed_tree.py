"""After proposals for the corpus were accepted and rejected, its tree passes every check."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sssom_pydantic
from click.testing import CliRunner, Result

from kg.cli.commands import kg_command
from kg.linking.candidates.alignment import class_alignment
from kg.linking.ours import our_things, things_to_link
from kg.pipeline.inputs.sssom import read_mapping_table
from kg.store.store import Store
from tests.kg.linking.outside_world import outside_world
from tests.kg.linking.servers import made_dataset
from tests.publishing import corpus_under, publish


@pytest.fixture
def tree(tmp_path: Path, corpus: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a tree of the corpus with proposals of links."""
    root, builds = corpus_under(tmp_path / "tree"), tmp_path / "builds"
    publish(builds, corpus.quads(), texts=corpus.texts)
    monkeypatch.setenv("KG_BUILDS", str(builds))
    things = our_things(corpus, things_to_link(corpus))
    world = outside_world(things.values(), class_alignment(corpus))
    with made_dataset(world.triples) as dataset:
        result = kg(root, "link", "wikidata", "--endpoint", dataset.endpoint)
        assert result.exit_code == 0, result.output
    return root


def kg(root: Path, *arguments: str, keys: str = "") -> Result:
    command = ["--root", str(root), *arguments]
    return CliRunner().invoke(kg_command, command, input=keys, catch_exceptions=False)


def test_a_reviewed_tree_passes_every_check(tree: Path) -> None:
    table = tree / "kg" / "links" / "wikidata.sssom.tsv"
    before = read_mapping_table(table, table.name).rows
    review = ("link", "--review", "wikidata", "--as", "0000-0002-1825-0097")
    result = kg(tree, *review, keys="a c rit is another\n r\n a q")
    assert result.exit_code == 0, result.output
    rows = read_mapping_table(table, table.name).rows
    assert len(rows) == len(before) + 5
    assert [row.negative for row in rows[-5:]] == [False, False, True, True, False]
    for path in (table, tree / ".links" / table.name):
        _, _, _, errors = sssom_pydantic.read(path, return_errors=True)
        assert errors == []
    checked = kg(tree, "check")
    assert checked.exit_code == 0, checked.output


def test_a_review_that_is_killed_loses_no_decision(tree: Path) -> None:
    table = tree / "kg" / "links" / "wikidata.sssom.tsv"
    before = len(read_mapping_table(table, table.name).rows)
    command = [
        sys.executable,
        "-m",
        "kg.cli",
        "--root",
        str(tree),
        "link",
        "--review",
        "--as",
        "Ada",
    ]
    with subprocess.Popen(
        command, env=os.environ.copy(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"aa")
        process.stdin.flush()
        # The third proposal is shown once two are decided.
        shown = 0
        while shown < 3:
            shown += b" left \xc2\xb7 score" in process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert len(read_mapping_table(table, table.name).rows) == before + 2
