"""One source checked: its faults, each on one line at the statement that causes it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli.commands import kg_command

FACTS = "kg/sources/aurora-2021/facts.trig"
HEAD = """@base <https://w3id.org/aide-memoire/> .
@prefix dip: <https://w3id.org/aide-memoire/ontology#> .
@prefix id: <https://w3id.org/aide-memoire/id/> .
"""


@pytest.fixture
def second(tree: Path) -> Path:
    """Return the tree with a second source, whose facts are the last three lines of a file."""
    folder, first = tree / "kg/sources/aurora-2021", tree / "kg/sources/harbour-2020"
    folder.mkdir()
    for name in ("source.ttl", "sentences.ttl"):
        text = (first / name).read_text("utf-8").replace("harbour-2020", "aurora-2021")
        (folder / name).write_text(text, "utf-8")
    return tree


def check(tree: Path, *facts: str, source: str = "aurora-2021") -> Result:
    graphs = "".join(f"<source/aurora-2021/p1s{n}> {{ {one} }}\n" for n, one in enumerate(facts, 1))
    (tree / FACTS).write_text(HEAD + graphs, "utf-8")
    return CliRunner().invoke(kg_command, ["--root", str(tree), "check", source])


def test_source_without_a_fault(second: Path) -> None:
    result = check(second, "id:envoy dip:visited id:norland .")
    assert (result.exit_code, result.stdout) == (0, "aurora-2021 has no faults\n")


def test_class_clash_stands_at_the_property_that_causes_it(second: Path) -> None:
    result = check(
        second, "id:norland dip:borders id:sudland .", "id:envoy dip:visited id:mid-point ."
    )
    assert result.exit_code == 1
    kind, fault = result.stdout.splitlines()
    assert kind == "disjoint-classes: 1 fault"
    assert fault.startswith(f"{FACTS}:5:50: id:mid-point is both dip:Harbour and dip:Agent")
    assert fault.endswith(
        "; from id:envoy dip:visited id:mid-point; dip:visited rdfs:range dip:State; "
        "dip:State rdfs:subClassOf dip:Agent; id:mid-point a dip:Harbour at "
        "kg/entities/things.ttl:22:7; dip:Harbour owl:disjointWith dip:Agent"
    )


def test_missing_term_is_one_line_however_often_it_is_used(second: Path) -> None:
    facts = " ".join("id:envoy dip:visted id:norland , id:sudland ." for _ in range(24))
    first = second / "kg/sources/harbour-2020/facts.trig"
    first.write_text(first.read_text("utf-8").replace("dip:visited", "dip:visted"), "utf-8")
    kind, fault, rest = check(second, facts, facts).stdout.splitlines()
    assert kind == "terms: 1 fault"
    assert rest == "the other checks run when these are mended"
    assert fault == (
        f"{FACTS}:4:38: there is no term dip:visted (in 1 other file too); "
        "did you mean dip:visited?"
    )


def test_faults_are_grouped_by_kind(second: Path) -> None:
    facts = 'id:envoy dip:visited "Sudland" , id:mid-point .'
    lines = check(second, facts, 'id:envoy dip:visited "Norland" .').stdout.splitlines()
    kinds = [line for line in lines if not line.startswith(FACTS)]
    assert kinds == ["literal-not-thing: 2 faults", "disjoint-classes: 1 fault"]


def test_faults_of_other_files_are_only_counted(second: Path) -> None:
    things = second / "kg/entities/things.ttl"
    things.write_text(things.read_text("utf-8").replace('"Sudland"@en', '"Sudland"@sv'), "utf-8")
    result = check(second, "id:envoy dip:visited id:norland .")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "1 fault in other files; list them with: kg check",
        "aurora-2021 has no faults",
    ]


def test_source_that_is_not_there_is_one_line_with_those_that_are(second: Path) -> None:
    result = check(second, source="aurora")
    assert result.exit_code == 1
    assert result.stderr == (
        "there is no source called aurora; there are: aurora-2021, harbour-2020\n"
    )


def test_file_that_cannot_be_read_is_one_line(second: Path) -> None:
    result = check(second, "id:envoy dip:visited")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"{FACTS}:4:")
