"""What the ontology says of a term, for who writes a source."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.authoring.term_lines import term_lines
from kg.cli.commands import kg_command


def test_class_has_its_properties_and_those_of_classes_above(corpus_tree: Path) -> None:
    lines = term_lines(corpus_tree, "dip:Designation")
    assert lines[0].startswith("dip:Designation  Measure by which")
    assert "  narrower than dip:Measure" in lines
    assert any(line.startswith("  needs dip:agent or dip:imposedBy") for line in lines)
    assert any(
        line.startswith("    dip:onList  ") and line.endswith("(to dip:SanctionsList)")
        for line in lines
    )
    assert any("dip:imposedBy" in line for line in lines if line.startswith("  as any dip:Measure"))


def test_property_has_where_it_leads_and_the_concepts_it_takes(corpus_tree: Path) -> None:
    lines = term_lines(corpus_tree, "choice")
    assert lines[0].startswith("dip:choice  ")
    assert "  from dip:Ballot" in lines
    assert any(line.startswith("    dip:vetoed  ") for line in lines)


def test_concept_has_the_property_that_takes_it(corpus_tree: Path) -> None:
    assert "  value of dip:choice" in term_lines(corpus_tree, "vetoed")


def test_class_has_the_properties_that_lead_to_it(corpus_tree: Path) -> None:
    assert "  reached through dip:castIn (from dip:Ballot)" in term_lines(corpus_tree, "Vote")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("wouldBe", "  may stand in graph/entities (dip:background true)"),
        ("castIn", "  may not stand in graph/entities"),
    ],
)
def test_property_has_whether_it_may_stand_among_entities(
    corpus_tree: Path, name: str, line: str
) -> None:
    assert line in term_lines(corpus_tree, name)


def test_words_that_are_no_term_list_the_nearest_and_no_others(corpus_tree: Path) -> None:
    lines = term_lines(corpus_tree, "frigate that collided")
    assert lines[0].startswith("dip:Craft  ")
    assert len(lines) < 12
    assert any(line.startswith("dip:vetoed  ") for line in term_lines(corpus_tree, "veto"))


@pytest.mark.parametrize("name", ["ramming", "football", "that"])
def test_words_that_no_term_has_list_none(corpus_tree: Path, name: str) -> None:
    assert term_lines(corpus_tree, name) == [f"no term is near “{name}”"]


def test_command_prints_them(corpus_tree: Path) -> None:
    result = CliRunner().invoke(kg_command, ["--root", str(corpus_tree), "term", "vote"])
    assert result.stdout.splitlines()[0].startswith("dip:Vote  ")
