"""`kg new`: a folder that loads, without the text."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.commands import kg_command
from kg.pipeline.load import load

TINY = Path(__file__).parents[2] / "data" / "tiny"
ROOT = Path(__file__).parents[3]
TEXT = "橋の修理\n\n使節は3日、橋を見た。「橋は古い」と述べた。\n"
OPTIONS = (
    *("--title", "橋の修理", "--publisher", "bridge-news", "--date", "2020-05-03"),
    *("--language", "ja", "--kind", "newsReport", "--address", "https://bridge.example/1"),
)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    shutil.copytree(TINY, root)
    shutil.copytree(ROOT / "ontology", root / "ontology", dirs_exist_ok=True)
    (root / "bridge.txt").write_text(TEXT, encoding="utf-8")
    return root


def run(tree: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(kg_command, ["--root", str(tree), *arguments])
    return result.exit_code, result.output


def test_the_new_folder_loads_and_holds_no_sentence(tree: Path) -> None:
    code, output = run(tree, "new", "bridge-2020", str(tree / "bridge.txt"), *OPTIONS)
    assert code == 0, output
    assert "3 sentences" in output
    assert "id:bridge-news is new" in output
    folder = tree / "kg" / "sources" / "bridge-2020"
    written = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert written.keys() == {"source.ttl", "sentences.ttl", "facts.trig"}
    assert "@base <https://w3id.org/aide-memoire/> ." in written["facts.trig"]
    assert "\n<graph/entities> {\n    # id:bridge-news" in written["facts.trig"]
    assert "s:h1 {" in written["facts.trig"]
    assert "s:p1s2 {" in written["facts.trig"]
    assert not any("橋は古い" in text or "橋を見た" in text for text in written.values())
    load(tree)


def test_nothing_is_overwritten(tree: Path) -> None:
    run(tree, "new", "bridge-2020", str(tree / "bridge.txt"), *OPTIONS)
    facts = tree / "kg" / "sources" / "bridge-2020" / "facts.trig"
    facts.write_text("# work of a day\n", encoding="utf-8")
    code, output = run(tree, "new", "bridge-2020", str(tree / "bridge.txt"), *OPTIONS)
    assert code == 1
    assert "kg/sources/bridge-2020 is there already" in output
    assert facts.read_text("utf-8") == "# work of a day\n"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"--date": "3 May"}, "“3 May” is not a date"),
        ({"--title": None, "--kind": None}, "are needed: --title  Title; --kind  Kind ("),
        ({"SLUG": "Bridge 2020"}, "“Bridge 2020” cannot stand in an IRI"),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    tree: Path, changes: dict[str, str | None], message: str
) -> None:
    pairs = dict(zip(OPTIONS[::2], OPTIONS[1::2], strict=True)) | changes
    slug = pairs.pop("SLUG", "bridge-2020")
    options = [part for name, value in pairs.items() if value for part in (name, value)]
    code, output = run(tree, "new", str(slug), str(tree / "bridge.txt"), *options)
    assert code == 1
    assert message in output
    assert not (tree / "kg" / "sources" / "bridge-2020").exists()


def test_all_copies_in_a_folder_are_compared(tree: Path, tmp_path: Path) -> None:
    run(tree, "new", "bridge-2020", str(tree / "bridge.txt"), *OPTIONS)
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "bridge-2020.txt").write_text(TEXT, encoding="utf-8")
    code, output = run(tree, "verify", "--texts", str(texts))
    assert code == 0, output
    assert "bridge-2020: 3 of 3 sentences match, 3 cited by nothing" in output
    assert "harbour-2020: no harbour-2020.txt to compare with" in output
    (texts / "bridge-2020.txt").write_text(TEXT.replace("3日", "4日"), encoding="utf-8")
    code, output = run(tree, "verify", "--texts", str(texts))
    assert code == 1
    assert "p1s1 changed" in output
