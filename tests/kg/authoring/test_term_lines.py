"""What the ontology says of a term, for who writes a source."""

from pathlib import Path

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


def test_words_that_are_no_term_list_the_nearest(corpus_tree: Path) -> None:
    lines = term_lines(corpus_tree, "frigate that collided")
    assert len(lines) == 12
    assert any(line.startswith("dip:Craft  ") for line in lines)


def test_command_prints_them(corpus_tree: Path) -> None:
    result = CliRunner().invoke(kg_command, ["--root", str(corpus_tree), "term", "vote"])
    assert result.stdout.splitlines()[0].startswith("dip:Vote  ")
