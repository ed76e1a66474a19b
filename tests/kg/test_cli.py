"""The command, as a person types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.derive import derive
from kg.load import load
from kg.publish import dataset, default_graph, publish

HARBOUR = Path(__file__).parents[1] / "data" / "harbour.txt"


def kg(*words: object, builds: Path | None = None, typed: str = "") -> Result:
    env = {"KG_BUILDS": str(builds)} if builds else {}
    return CliRunner().invoke(main, [str(word) for word in words], env=env, input=typed)


@pytest.fixture
def built(tree: Path, builds: Path) -> Path:
    quads = load(tree).quads
    publish(builds, dataset(quads, derive(default_graph(quads))))
    return builds


def test_build_prints_the_number_and_shows_progress(tree: Path, builds: Path) -> None:
    result = kg("--root", tree, "build", builds=builds)
    assert result.exit_code == 0
    assert result.stdout.strip() == (builds / "current").readlink().name
    assert result.stderr.startswith("load                    254 statements from 7 files\n")


def test_mistake_is_a_line_without_a_traceback(tree: Path, builds: Path) -> None:
    things = tree / "kg" / "entities" / "things.ttl"
    things.write_text("id:norland", encoding="utf-8")
    result = kg("--root", tree, "build", builds=builds)
    assert result.exit_code == 1
    assert result.stderr.startswith("kg/entities/things.ttl:1:1: The prefix id: has not been")
    assert len(result.stderr.splitlines()) == 1
    assert not builds.exists()


def test_check_lists_each_check_and_then_findings(tree: Path, builds: Path) -> None:
    facts = tree / "kg" / "sources" / "harbour-2020" / "facts.trig"
    text = facts.read_text("utf-8").replace("        dip:claimant id:norland ;\n", "")
    facts.write_text(text, encoding="utf-8")
    result = kg("--root", tree, "check", builds=builds)
    assert result.exit_code == 1
    assert "claim-claimant          1 finding\n" in result.stdout
    assert "shapes                  passed\n" in result.stdout
    (finding,) = result.stderr.splitlines()
    claim = "id:norland-accuses-sudland"
    assert finding.startswith(f"kg/entities/things.ttl:25:1: nobody makes the claim {claim}; ")
    assert not builds.exists()


def test_serve_needs_a_build(builds: Path) -> None:
    result = kg("serve", builds=builds)
    assert result.exit_code == 1
    assert "make one with: kg build" in result.stderr


def test_query_from_standard_input_is_tsv_in_a_pipe(built: Path) -> None:
    query = "SELECT ?name WHERE { ?state a ?kind ; ?label ?name FILTER(?name = 'Norland'@en) }"
    result = kg("query", "-", builds=built, typed=query)
    assert set(result.stdout.splitlines()) == {"?name", '"Norland"@en'}


def test_query_without_a_question_lists_the_questions(built: Path) -> None:
    assert kg("query", builds=built).stdout.startswith("question")


def test_query_that_is_malformed_is_one_line(built: Path) -> None:
    result = kg("query", "-", builds=built, typed="SELECT ?x WHERE { ?x")
    assert result.exit_code == 1
    assert result.stderr.startswith("line 1, column 21: ")


def test_query_that_is_unknown_is_one_line(built: Path) -> None:
    result = kg("query", "no-such-question", builds=built)
    assert (result.exit_code, result.stderr) == (
        1,
        "there is no question called no-such-question\n",
    )


def test_dump_is_the_build(built: Path, tmp_path: Path) -> None:
    assert kg("dump", builds=built).stdout.count("\n") == 517
    kg("dump", "--format", "ttl", "-o", tmp_path / "all.ttl", builds=built)
    assert (tmp_path / "all.ttl").read_text("utf-8").startswith("@prefix claim:")


def test_verify_passes_a_true_copy_and_names_a_changed_sentence(tree: Path, tmp_path: Path) -> None:
    assert kg("--root", tree, "verify", "--article", HARBOUR).exit_code == 0
    copy = tmp_path / "copy.txt"
    copy.write_text(HARBOUR.read_text("utf-8").replace("border", "river"), encoding="utf-8")
    result = kg("--root", tree, "verify", "--article", copy)
    assert result.exit_code == 1
    assert [line[:14] for line in result.stdout.splitlines() if "changed" in line] == [
        "p1s1: changed:"
    ]


def test_verify_needs_to_know_which_source(tree: Path) -> None:
    result = kg("--root", tree, "verify", "--article", HARBOUR, "--source", "harbor-2020")
    assert result.exit_code == 1
    assert "did you mean harbour-2020?" in result.stderr


def test_cite_numbers_the_blocks_then_records_the_chosen(tree: Path) -> None:
    assert kg("cite", HARBOUR).stdout.splitlines()[1] == "   2  The envoy returns"
    words = ["--source", "harbour-2020", "--body", "3-4", "--author", "5"]
    record = tree / "kg" / "sources" / "harbour-2020" / "sentences.ttl"
    assert kg("cite", HARBOUR, *words).stdout == record.read_text("utf-8")
    assert kg("cite", HARBOUR, "--body", "three").exit_code == 2


def test_text_that_is_not_utf8_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_bytes(b"\xff\xfe")
    result = kg("cite", tmp_path / "copy.txt")
    assert result.exit_code == 1
    assert result.stderr.endswith("is not text in UTF-8\n")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(command: str) -> None:
    result = kg(command, "--help")
    assert result.exit_code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
