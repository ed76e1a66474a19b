"""Mappings as RDF: links are asserted, records describe them and assert nothing."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.index.reader import index
from kg.model.named_graphs import LINKS, is_mapping_record
from kg.model.prefixes import THING, expand, node
from kg.pipeline.build import build
from kg.pipeline.inputs.mapping_records import mapping_node
from kg.store.store import Store
from kg.things.outside_links import absent_links, outside_links

HEADER = """\
# mapping_set_id: https://w3id.org/aide-memoire/graph/links/wikidata
# license: https://creativecommons.org/licenses/by/4.0/
# creator_id: graph:links#curators
# creator_label: The curators of Norland
# curie_map:
#   graph: https://w3id.org/aide-memoire/graph/
#   id: https://w3id.org/aide-memoire/id/
#   wd: http://www.wikidata.org/entity/
"""
COLUMNS = (
    "subject_id predicate_id predicate_modifier object_id mapping_justification confidence"
    " mapping_date author_id comment"
)
BY_HAND, CURATORS = "semapv:ManualMappingCuration", "graph:links#curators"
ROWS = (
    f"id:norland owl:sameAs - wd:Q1 {BY_HAND} 0.9 2020-03-01 {CURATORS}|id:envoy atlas",
    "id:norland skos:closeMatch - wd:Q2 semapv:LexicalMatching 0.6 2020-03-01 id:envoy likely",
    f"id:norland owl:sameAs Not wd:Q3 {BY_HAND} 0.9 2020-03-02 {CURATORS} island",
    f"id:envoy skos:exactMatch - sssom:NoTermFound {BY_HAND} - 2020-03-02 {CURATORS} unnamed",
)
NORLAND = THING + "norland"


def built(tree: Path, builds: Path, *rows: str) -> Store:
    cells = (["" if cell == "-" else cell for cell in row.split()] for row in (COLUMNS, *rows))
    table = HEADER + "".join("\t".join(row) + "\n" for row in cells)
    (tree / "kg" / "links" / "wikidata.sssom.tsv").write_text(table, encoding="utf-8")
    build(tree, builds)
    return Store.open(builds / "current")


@pytest.fixture
def mapped(tree: Path, builds: Path) -> Store:
    return built(tree, builds, *ROWS)


def record(store: Store, target: str) -> list[Quad]:
    return store.quads_around(mapping_node("wikidata", NORLAND, expand(target)), True)


def test_links_alone_are_asserted(mapped: Store) -> None:
    records = [node(f"wd:Q{number}") for number in (1, 2, 3)]
    assert [len(mapped.subjects(node("owl:sameAs"), one, 9)) for one in records] == [1, 0, 0]
    assert mapped.subjects(node("skos:closeMatch"), records[1], 9) == [NamedNode(NORLAND)]
    assert not mapped.subjects(node("owl:annotatedSource"), NamedNode(NORLAND), 9)


def test_each_mapping_has_a_record_in_the_graph_of_links(mapped: Store) -> None:
    assert [len(record(mapped, target)) for target in ("wd:Q1", "wd:Q2", "wd:Q3")] == [12, 11, 12]
    quads = record(mapped, "wd:Q3")
    assert all(quad.graph_name == LINKS and is_mapping_record(quad) for quad in quads)
    values = {quad.predicate: quad.object for quad in quads}
    assert values[node("sssom:predicate_modifier")] == Literal("Not")
    assert values[node("sssom:confidence")] == Literal("0.9", datatype=node("xsd:double"))
    assert values[node("pav:authoredBy")] == NamedNode(f"{LINKS.value}#curators")


def test_pages_read_why_there_is_a_link_and_why_none(mapped: Store) -> None:
    links = {link.identifier: link.grounds for link in outside_links(mapped)[NORLAND]}
    assert set(links) == {"Q1", "Q2"}
    assert (links["Q1"].reason, links["Q1"].day) == ("atlas", "1 March 2020")
    assert len(links["Q1"].by) == 2
    (absent,) = absent_links(mapped)[THING + "envoy"]
    assert (absent.dataset, absent.grounds.reason) == ("wikidata", "unnamed")


def test_records_are_no_statements_about_a_thing(tree: Path, builds: Path, mapped: Store) -> None:
    links_alone = built(tree, builds / "other", *ROWS[:2])
    resources = [index(store).resource(NORLAND) for store in (mapped, links_alone)]
    assert resources[0].degree == resources[1].degree > 0
    assert not index(mapped).resource(f"{LINKS.value}#curators").names
