"""Which statement a fault is reported at."""

from pathlib import Path

from pyoxigraph import Triple

from kg.model.prefixes import expand, node
from kg.pipeline.checks.causes import Causes
from kg.pipeline.load import load
from kg.store.store import Store
from tests.publishing import with_inferred

FACTS = "kg/sources/harbour-2020/facts.trig"


def causes_of(tree: Path, source: str = "") -> Causes:
    loaded = load(tree)
    return Causes(loaded, Store.of(with_inferred(loaded.quads)), source)


def triple(*names: str) -> Triple:
    return Triple(*map(node, names))


def test_a_stated_statement_is_its_own_cause(tree: Path) -> None:
    cause = causes_of(tree).of([triple("id:envoy", "dip:visited", "id:sudland")])
    assert (cause.place, cause.chain) == ((FACTS, 11, 26), "")


def test_an_inferred_statement_is_reported_where_it_comes_from(tree: Path) -> None:
    cause = causes_of(tree).of([triple("id:sudland", "dip:borders", "id:norland")])
    assert cause.place == (FACTS, 7, 28)
    assert cause.chain == ("id:norland dip:borders id:sudland; dip:borders a owl:SymmetricProperty")


def test_the_use_of_a_property_is_blamed_before_a_class(tree: Path) -> None:
    kind = triple("id:envoy", "rdf:type", "dip:Person")
    visit = triple("id:envoy", "dip:visited", "id:sudland")
    assert causes_of(tree).of([kind, visit]).place == (FACTS, 11, 26)


def test_the_source_that_is_checked_is_blamed(tree: Path) -> None:
    second = FACTS.replace("harbour-2020", "aurora-2021")
    text = (tree / FACTS).read_text("utf-8").replace("harbour-2020", "aurora-2021")
    (tree / second).parent.mkdir()
    (tree / second).write_text(text, "utf-8")
    border = triple("id:norland", "dip:borders", "id:sudland")
    assert causes_of(tree, "harbour-2020").of([border]).place == (FACTS, 7, 28)
    assert causes_of(tree, "aurora-2021").of([border]).place == (second, 7, 28)


def test_a_missing_value_is_reported_at_a_statement_about_the_thing(tree: Path) -> None:
    cause = causes_of(tree).about(expand("id:envoy"), expand("dip:holder"))
    assert cause.place == (FACTS, 11, 26)


def test_what_no_file_states_has_no_place(tree: Path) -> None:
    assert causes_of(tree).of([triple("id:a", "id:b", "id:c")]).place == ("", 0, 0)


def test_a_property_is_blamed_before_one_that_fits_the_stated_class(tree: Path) -> None:
    facts = tree / FACTS
    text = facts.read_text("utf-8").replace("dip:visited id:sudland", "dip:visited id:mid-point")
    closed = "id:norland dip:closed id:mid-point ;\n        dip:borders"
    facts.write_text(text.replace("id:norland dip:borders", closed), "utf-8")
    clash = [triple("id:mid-point", "rdf:type", name) for name in ("dip:Harbour", "dip:Agent")]
    assert causes_of(tree).of(clash).place == (FACTS, 12, 26)
    kind = triple("id:norland", "rdf:type", "dip:Agent")
    assert causes_of(tree).of([kind]).chain.startswith("id:norland a dip:State; dip:State rdfs:sub")
