"""What a new thing may be the same as, by its name, kind, day, parties and place."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.authoring.suggest import PART, REALISES, SAME, WHOLE, LikelyMatch, suggest
from kg.cli.commands import kg_command
from kg.model.errors import NotFound
from kg.model.prefixes import ROOT

HEAD = """@base <https://w3id.org/aide-memoire/> .
@prefix dip: <https://w3id.org/aide-memoire/ontology#> .
@prefix id: <https://w3id.org/aide-memoire/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
OLD = (
    HEAD
    + """<graph/entities> {
    id:summit a dip:Conference ; rdfs:label "Aurora summit"@en .
    id:plan a dip:Prospect ; rdfs:label "a visit to Norland"@en .
}
<source/harbour-2020/p1s1> {
    id:summit dip:startDate "2020-05-01"^^xsd:date ; dip:endDate "2020-05-03"^^xsd:date ;
        dip:attendee id:norland , id:sudland ; dip:location id:mid-point .
    id:plan dip:expectedDate "2020-05-04"^^xsd:date ; dip:expectedParticipant id:sudland .
}
"""
)
NEW = (
    HEAD
    + """<graph/entities> {
    id:dinner a dip:Meeting ; rdfs:label "dinner"@en .
    id:visit a dip:Visit ; rdfs:label "visit"@en .
    id:norlund a dip:State ; rdfs:label "Norlands"@en .
    id:sea a dip:BodyOfWater ; rdfs:label "Norland"@en .
    id:mission a dip:Organization ; rdfs:label "trade mission"@en .
}
<source/aurora-2021/p1s1> {
    id:dinner dip:date "2020-05-02"^^xsd:date ; dip:attendee id:sudland .
    id:visit dip:date "2020-05-05"^^xsd:date ; dip:visitor id:sudland .
}
"""
)


@pytest.fixture
def two_sources(tree: Path) -> Path:
    """Return a tree with the real ontology and a second source."""
    shutil.rmtree(tree / "ontology")
    shutil.copytree(ROOT / "ontology", tree / "ontology")
    for source, facts in (("harbour-2020", OLD), ("aurora-2021", NEW)):
        path = tree / "kg" / "sources" / source / "facts.trig"
        path.parent.mkdir(exist_ok=True)
        path.write_text(facts, "utf-8")
    return tree


def test_each_new_thing_of_a_source_has_its_suggestions(two_sources: Path) -> None:
    assert suggest(two_sources, "aurora-2021") == {
        "dinner": [
            LikelyMatch(PART, "summit", "Aurora summit", ("on the same day", "both with Sudland"))
        ],
        "visit": [
            LikelyMatch(
                REALISES, "plan", "a visit to Norland", ("a day apart", "both with Sudland")
            )
        ],
        "norlund": [LikelyMatch(SAME, "norland", "Norland", ("called “Norland”",))],
        "sea": [],
        "mission": [],
    }


def test_one_thing_has_those_of_its_own_source_too(two_sources: Path) -> None:
    suggestions = suggest(two_sources, "summit")["summit"]
    assert [(one.slug, one.relation) for one in suggestions] == [
        ("dinner", WHOLE),
        ("plan", REALISES),
    ]


def test_what_is_tied_to_a_thing_already_is_not_suggested(two_sources: Path) -> None:
    facts = two_sources / "kg" / "sources" / "aurora-2021" / "facts.trig"
    text = facts.read_text("utf-8")
    tied = text.replace(
        "dip:attendee id:sudland .", "dip:attendee id:sudland ; dip:partOf id:summit ."
    )
    facts.write_text(tied, "utf-8")
    assert suggest(two_sources, "aurora-2021")["dinner"] == []
    assert [one.slug for one in suggest(two_sources, "summit")["summit"]] == ["plan"]


def test_name_of_what_is_not_written_yet_is_looked_up_in_every_kind(two_sources: Path) -> None:
    matches = suggest(two_sources, "Aurora Summits")["Aurora Summits"]
    assert [(one.slug, one.reasons) for one in matches] == [("summit", ("called “Aurora summit”",))]
    assert {one.slug for one in suggest(two_sources, "Norland")["Norland"]} >= {"norland", "sea"}


def test_name_almost_that_of_a_source_is_an_error_that_offers_it(two_sources: Path) -> None:
    with pytest.raises(
        NotFound, match=r"no source or thing called aurora-202; did you mean aurora-"
    ):
        suggest(two_sources, "aurora-202")


def test_name_that_nothing_is_like_is_new(two_sources: Path) -> None:
    name = "Meridian League"
    result = CliRunner().invoke(kg_command, ["--root", str(two_sources), "suggest", name])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "nothing in the graph is like “Meridian League”: it is new\n"


def test_command_prints_slug_label_and_reasons(two_sources: Path) -> None:
    result = CliRunner().invoke(kg_command, ["--root", str(two_sources), "suggest", "aurora-2021"])
    assert result.stdout.splitlines()[:2] == [
        "id:dinner",
        "    may be part of id:summit “Aurora summit”: on the same day; both with Sudland",
    ]
    assert result.stdout.endswith("nothing in the graph is like id:sea, id:mission\n")
