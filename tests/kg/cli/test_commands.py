"""The command, as a person types it."""

import os
import re
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.commands import kg_command
from kg.model.prefixes import ROOT
from kg.pipeline.load import load
from kg.store.builds import Builds
from tests.publishing import publish, with_inferred

HARBOUR = Path(__file__).parents[2] / "data" / "harbour.txt"


def kg(*words: object, builds: Path | None = None, typed: str = "") -> Result:
    env = {"KG_BUILDS": str(builds) if builds else None}
    return CliRunner().invoke(kg_command, [str(word) for word in words], env=env, input=typed)


@pytest.fixture
def built(tree: Path, builds: Path) -> Path:
    quads = load(tree).quads
    publish(builds, with_inferred(quads))
    return builds


def test_build_prints_the_number_and_shows_progress(tree: Path, builds: Path) -> None:
    result = kg("--root", tree, "build", builds=builds)
    assert result.exit_code == 0
    assert result.stdout.strip() == (builds / "current").readlink().name
    loaded = load(tree)
    read = f"{len(loaded.quads):,} statements from {len(loaded.files)} files"
    lines = result.stderr.splitlines()
    assert lines[0].startswith(f"load                    {read} ")
    assert all(re.fullmatch(r"[a-z-]+ .* \d+\.\d s", line) for line in lines)
    assert [line.split()[0] for line in lines[-4:]] == ["write", "index", "publish", "total"]


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
    assert finding.startswith(f"kg/entities/things.ttl:26:7: nobody makes the claim {claim}; ")
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
    assert kg("dump", builds=built).stdout.count("\n") == len(Builds(built).open().quads())
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


@pytest.mark.parametrize("command", sorted(kg_command.commands))
def test_every_command_explains_itself(command: str) -> None:
    result = kg(command, "--help")
    assert result.exit_code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def one_line(result: Result) -> str:
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    return line


def test_tree_without_prefixes_is_refused(tmp_path: Path) -> None:
    said = f"{tmp_path} holds no ontology/prefixes.ttl; give the tree with --root"
    for command in ("build", "check"):
        assert one_line(kg("--root", tmp_path, command)) == said
    assert list(tmp_path.iterdir()) == []


def test_tree_without_facts_is_not_published(tree: Path, builds: Path) -> None:
    for path in ("entities/things.ttl", "links/wikidata.sssom.tsv"):
        (tree / "kg" / path).unlink()
    for path in (tree / "kg" / "sources" / "harbour-2020").iterdir():
        path.unlink()
    result = kg("--root", tree, "build", builds=builds)
    assert result.stderr.splitlines()[-1].endswith("but no facts: nothing is published")
    assert not builds.exists()


def test_builds_stand_in_the_tree_unless_a_setting_says_otherwise(tree: Path) -> None:
    result = kg("--root", tree, "build")
    assert (tree / ".builds" / "current").readlink().name == result.stdout.strip()
    assert "Norland" in kg("--root", tree, "dump").stdout
    assert kg("--root", tree, "query", "-", typed="ASK {}").stdout == "true\n"


def test_builds_that_cannot_be_kept_are_one_line(tree: Path) -> None:
    result = kg("--root", tree, "build", builds=tree / "ontology" / "tiny.ttl")
    assert "set KG_BUILDS to a directory you can write" in result.stderr.splitlines()[-1]
    assert result.exit_code == 1


def test_checks_that_wait_are_said_to(tree: Path) -> None:
    facts = tree / "kg" / "sources" / "harbour-2020" / "facts.trig"
    facts.write_text(facts.read_text("utf-8").replace("dip:visited", "dip:vistied"), "utf-8")
    result = kg("--root", tree, "check")
    assert "derive                  the other checks run when these are mended\n" in result.stdout
    assert "did you mean dip:visited?" in one_line(result)


def test_broken_query_shape_and_check_hide_nothing(tree: Path) -> None:
    with (tree / "ontology" / "shapes.ttl").open("a", encoding="utf-8") as shapes:
        shapes.write("dip:")
    (tree / "ontology" / "checks" / "bad.rq").write_bytes(b"# Bad.\nSELECT \xff")
    (tree / "kg" / "queries").mkdir()
    (tree / "kg" / "queries" / "bad.rq").write_text("# Bad?\nASK { ?x ?y }", "utf-8")
    facts = tree / "kg" / "sources" / "harbour-2020" / "facts.trig"
    text = facts.read_text("utf-8").replace("        dip:claimant id:norland ;\n", "")
    facts.write_text(text, "utf-8")
    result = kg("--root", tree, "check")
    said = [line.partition(":")[0] for line in result.stderr.splitlines()]
    assert said == [
        "kg/entities/things.ttl",
        "kg/queries/bad.rq",
        "ontology/checks/bad.rq",
        "ontology/shapes.ttl",
    ]
    assert "ontology/checks/bad.rq:2:8: this is not text in UTF-8" in result.stderr


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("kg/entities/things.ttl", b"# \xff", "kg/entities/things.ttl:1:3: this is not text in"),
        ("kg/links/wikidata.sssom.tsv", b"\xff", "kg/links/wikidata.sssom.tsv:1:1: this is not"),
        ("ontology/shapes.ttl", b"\n\xff", "ontology/shapes.ttl:2:1: this is not text in UTF-8"),
        ("ontology/prefixes.ttl", b"\xff", "ontology/prefixes.ttl:1:1: this is not text in UTF-8"),
        ("ontology/rules/1-logic/chain.rq", b"\xff", "ontology/rules/1-logic/chain.rq:1:1: this"),
    ],
)
def test_file_of_the_graph_that_is_not_utf8_is_one_line(
    tree: Path, path: str, body: bytes, said: str
) -> None:
    (tree / path).write_bytes(body)
    assert one_line(kg("--root", tree, "check")).startswith(said)


def test_link_to_nothing_is_one_line(tree: Path) -> None:
    (tree / "kg" / "entities" / "gone.ttl").symlink_to("nowhere")
    assert one_line(kg("--root", tree, "check")) == "kg/entities/gone.ttl: a link to nothing"


@pytest.mark.parametrize("graph", ["a b", "foo", "urn:x"])
def test_dump_of_no_graph_is_one_line(built: Path, graph: str) -> None:
    said = one_line(kg("dump", "--graph", graph, builds=built))
    assert said.startswith(f"there is no graph {graph} in this build")


def test_query_file_is_named_in_its_errors(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    assert one_line(kg("query", path, builds=built)) == f"there is no file {path}"
    assert one_line(kg("query", "none.rq", builds=built)) == "there is no file none.rq"
    path.write_text("SELECT ?x\nWERE { ?x ?y ?z }", "utf-8")
    said = f"{path}:2:1: this is not SPARQL here: “WERE”; did you mean WHERE?"
    assert one_line(kg("query", path, builds=built)) == said
    path.write_bytes(b"SELECT \xff")
    assert one_line(kg("query", path, builds=built)) == f"{path}:1:8: this is not text in UTF-8"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "the query is empty"),
        ("INSERT DATA { <a> <b> <c> }", "this graph is not changed by update: "),
        ("SELECT * { SERVICE <http://example.org/> {} }", "SERVICE is not answered here"),
    ],
)
def test_query_that_is_refused_is_one_line(built: Path, typed: str, said: str) -> None:
    assert one_line(kg("query", "-", builds=built, typed=typed)).startswith(said)


def test_endpoint_that_is_no_address_is_one_line() -> None:
    for address in ("http://a b/", "http://", "http://[x/", "http://a:x/", "a"):
        said = one_line(kg("query", "-", "--endpoint", address, typed="ASK {}"))
        assert said == f"{address} is not the http or https address of an endpoint"


@pytest.mark.parametrize("spark", [(), ("--spark", "local[1]", "--output", "x")])
def test_only_an_engine_is_emptied(spark: tuple[str, ...]) -> None:
    result = kg("build", "--replace", *spark)
    assert result.exit_code == 2
    assert "--replace goes with --store URL" in result.stderr


def test_port_is_a_port() -> None:
    result = kg("serve", "--port", "99999")
    assert result.exit_code == 2
    assert "0<=x<=65535" in result.stderr


def test_cite_says_what_it_needs() -> None:
    nothing = "nothing to record: say which blocks are its paragraphs with --body"
    assert one_line(kg("cite", HARBOUR, "--source", "x")) == nothing
    said = one_line(kg("cite", HARBOUR, "--source", "bad slug", "--body", "3-4"))
    assert said.startswith("“bad slug” cannot stand in an IRI; write it like harbour-2020")
    backwards = kg("cite", HARBOUR, "--source", "x", "--body", "14-12")
    assert (backwards.exit_code, "14-12 runs backwards" in backwards.stderr) == (2, True)


@pytest.mark.parametrize("blocks", ["9" * 5000, "1-99999999999999"])
def test_cite_takes_no_endless_numbers(blocks: str) -> None:
    result = kg("cite", HARBOUR, "--source", "x", "--body", blocks)
    assert (result.exit_code, "is not like 12-18,20-27" in result.stderr) == (2, True)


def test_a_damaged_build_is_one_line_that_names_the_file(built: Path) -> None:
    index = next((built / "current").glob("index-*"))
    index.chmod(0o644)
    index.write_bytes(index.read_bytes()[:-1])
    for words in (["dump"], ["query", "-"]):
        said = one_line(kg(*words, builds=built, typed="ASK {}"))
        assert said.startswith(f"the build in {(built / 'current').resolve()} is damaged: index-")
        assert said.endswith("; make it again with: kg build")


def test_a_directory_called_current_is_one_line(tree: Path, builds: Path) -> None:
    (builds / "current").mkdir(parents=True)
    result = kg("--root", tree, "build", builds=builds)
    assert result.exit_code == 1
    said = result.stderr.splitlines()[-1]
    assert (
        said == f"{builds}/current is a directory, where a link to the build belongs; move it away"
    )


def test_code_beside_which_it_is_typed_is_not_run(built: Path, tmp_path: Path) -> None:
    for name in ("web", "kg"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('not ours')", "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code = "from kg.cli.commands import kg_command; kg_command()"
        ran = subprocess.run(
            [sys.executable, "-P", "-c", code, "serve", "--port", port],
            env=os.environ | {"KG_BUILDS": str(built)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert "cannot listen on" in ran.stderr


def test_java_can_be_required(tree: Path) -> None:
    ran = {
        required: subprocess.run(
            [sys.executable, "-m", "kg.cli", "--root", tree, "check"],
            env={"PATH": "", "KG_REQUIRE_JAVA": required},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        for required in ("", "1")
    }
    assert ran[""].returncode == 0
    assert "skipped: no Java" in ran[""].stdout
    assert ran["1"].returncode == 1
    assert ran["1"].stderr.startswith("ontology: HermiT needs Java; install a Java runtime")


def completed(*words: str) -> list[str]:
    """Return what the shell is told when a person presses TAB behind some words."""
    asked = {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words)}
    environment = os.environ | asked | {"COMP_CWORD": str(len(words) - 1)}
    kg_program = Path(sys.executable).with_name("kg")
    ran = subprocess.run([kg_program], env=environment, capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_a_shell_completes_commands_options_and_questions() -> None:
    assert completed("kg", "bu") == ["plain,build"]
    assert "plain,--add" in completed("kg", "build", "--")
    assert completed("kg", "query", "strikes-on") == ["plain,strikes-on-syria"]
    assert completed("kg", "query", "./no") == ["file,./no"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_of_the_help_makes_the_completion(shell: str, builds: Path) -> None:
    assert "_KG_COMPLETE=bash_source kg" in kg("--help", builds=builds).stdout
    kg_program = Path(sys.executable).with_name("kg")
    environment = os.environ | {"_KG_COMPLETE": f"{shell}_source"}
    ran = subprocess.run([kg_program], env=environment, capture_output=True, text=True, check=True)
    assert "_kg_completion" in ran.stdout
    assert f"_KG_COMPLETE={shell}_complete" in ran.stdout


def test_the_version_is_that_of_the_package(builds: Path) -> None:
    assert kg("--version", builds=builds).stdout.strip() == version("aide-memoire")
