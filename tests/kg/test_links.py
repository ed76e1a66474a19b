"""The tables of links: what each row rests on, and what pages show of them."""

import csv
import functools
import re
from collections import defaultdict
from pathlib import Path

import pytest
import sssom_pydantic

from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import ROOT, THING, expand
from kg.pipeline.inputs.sssom import MappingRow, read_mapping_table
from kg.pipeline.load import load
from kg.store.store import Store
from kg.things.outside_links import absent_links, outside_links
from tests.publishing import with_inferred

TABLES = sorted((ROOT / "kg" / "links").glob("*.sssom.tsv"))
LINKING = ROOT.parent / "shared" / "linking"
# What a reader looks for elsewhere; what is only claimed or planned is a matter of our sources.
LOOKED_FOR = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT DISTINCT ?thing WHERE {
  VALUES ?class { dip:State dip:Person dip:Organization dip:Position dip:Place dip:Meeting
    dip:Visit dip:Conflict dip:Attack dip:TerritorialChange dip:MilitaryAction }
  ?thing a ?class .
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/aide-memoire/id/"))
  FILTER NOT EXISTS { ?thing a dip:Claim } FILTER NOT EXISTS { ?thing a dip:Prospect }
}
"""


@functools.cache
def real() -> Store:
    return Store.of(with_inferred(load().quads))


def rows_of(path: Path) -> tuple[MappingRow, ...]:
    return read_mapping_table(path, path.name).rows


def by_hand(row: MappingRow) -> bool:
    # What `kg link` proposes has scores, and the features that they are made of.
    return row.cells["mapping_justification"] == "semapv:ManualMappingCuration"


def linked() -> dict[str, set[str]]:
    """Return the identifiers that things and terms are linked to, by our IRI, in the real build."""
    links: dict[str, set[str]] = defaultdict(set)
    matches = "owl:sameAs|skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch"
    query = f"""PREFIX owl: <{expand("owl:")}> PREFIX skos: <{expand("skos:")}>
        SELECT ?ours ?record WHERE {{ ?ours {matches}|skos:relatedMatch ?record }}"""
    for row in real().select(query):
        for dataset in outside_datasets().values():
            if identifier := dataset.identifier(getattr(row["record"], "value", "")):
                links[row["ours"].value].add(identifier)  # type: ignore[union-attr]
    return links


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name.partition(".")[0])
def test_table_is_sssom_to_the_library_too(path: Path) -> None:
    mappings, _, mapping_set, errors = sssom_pydantic.read(path, return_errors=True)
    assert errors == []
    assert len(mappings) == len(rows_of(path))
    assert str(mapping_set.id) == expand(f"graph:links/{path.name.partition('.')[0]}")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name.partition(".")[0])
def test_each_row_says_what_it_rests_on(path: Path) -> None:
    for row in rows_of(path):
        comment = row.cells["comment"]
        # What a tool proposed and a person accepted rests on its features.
        grounds = "Features: " if row.cells.get("mapping_tool") else "Evidence: "
        assert comment.startswith(grounds) == bool(row.link), comment
        assert len(comment) > 15, comment
        assert comment.endswith("."), comment
        # Paths in stored copies, and numbers of files in them, say nothing to readers.
        assert not re.search(r"file id|\.(csv|tsv|json|ya?ml)\b|/\*|first_table", comment), comment


def test_confidence_is_on_the_scale_of_the_guide() -> None:
    rows = [row for path in TABLES for row in rows_of(path) if row.link]
    links = [row for row in rows if not row.cells.get("mapping_tool")]
    assert {row.cells["confidence"] for row in links} <= {"0.95", "0.8", "0.6"}


def test_pages_show_a_link_to_wikidata_or_the_reason_why_there_is_none() -> None:
    store = real()
    shown = {thing for thing, links in outside_links(store).items() if wikidata(links)}
    reasons = {thing for thing, absent in absent_links(store).items() if wikidata(absent)}
    assert not shown & reasons
    rows = rows_of(ROOT / "kg" / "links" / "wikidata.sssom.tsv")
    assert shown == {row.triple.subject.value for row in rows if row.link}  # type: ignore[union-attr]
    assert len(shown) >= 90
    looked_for = {row["thing"].value for row in store.select(LOOKED_FOR)}  # type: ignore[union-attr]
    assert {iri for iri in looked_for if "#" not in iri} <= shown | reasons


def wikidata(links: object) -> bool:
    return any(link.dataset == "wikidata" for link in links)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def identifiers() -> list[dict[str, str]]:
    """Return the rows of the tables of identifiers beside the repository."""
    if not LINKING.is_dir():
        pytest.skip("the tables of identifiers are not beside the repository")
    found = []
    for name in ("identifiers.tsv", "identifiers-2.tsv"):
        with (LINKING / name).open(encoding="utf-8") as file:
            found += csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return found


def test_no_trap_is_a_link(identifiers: list[dict[str, str]]) -> None:
    links = linked()
    right = {row["wikidata"] for row in identifiers}
    traps = {trap for row in identifiers for trap in traps_of(row)}
    assert len(traps - right) > 50
    everywhere = set().union(*links.values())
    assert not (traps - right) & everywhere
    for row in identifiers:
        # What is a trap for one thing may be the very record of another.
        ours = [iri for iri, its in links.items() if row["wikidata"] in its]
        ours += [iri for iri in links if iri == THING + slug_of(row["local_label"])]
        for iri in ours:
            assert not (traps_of(row) - {row["wikidata"]}) & links[iri], (iri, row["other"])


def traps_of(row: dict[str, str]) -> set[str]:
    return {trap for part in row["other"].split("TRAP")[1:] for trap in re.findall(r"Q\d+", part)}


def slug_of(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def test_what_only_memory_knows_is_no_link(identifiers: list[dict[str, str]]) -> None:
    links = linked()
    for row in identifiers:
        for iri in (iri for iri, its in links.items() if row["wikidata"] in its):
            for dataset in ("dbpedia", "geonames"):
                if row[dataset] == "memory-only" and iri.startswith(THING):
                    space = outside_datasets()[dataset].space
                    records = [link.record for link in outside_links(real()).get(iri, ())]
                    others = [r[dataset] for r in identifiers if r["wikidata"] == row["wikidata"]]
                    supported = any(other not in ("memory-only", "none") for other in others)
                    assert supported or not any(record.startswith(space) for record in records)


def test_each_verified_identifier_of_a_linked_thing_is_a_link(
    identifiers: list[dict[str, str]],
) -> None:
    links = {iri: its for iri, its in linked().items() if iri.startswith(THING)}
    for row in identifiers:
        for its in (its for its in links.values() if row["wikidata"] in its):
            name = row["dbpedia"].removeprefix(outside_datasets()["dbpedia"].space)
            assert name in its or name in ("none", "memory-only"), row["local_label"]
            assert row["geonames"] in its or row["geonames"] in ("none", "memory-only")


def test_what_is_sure_rests_on_more_than_one_source() -> None:
    for path in TABLES:
        for row in rows_of(path):
            if row.link and by_hand(row) and row.cells["confidence"] == "0.95":
                evidence = row.cells["comment"].split(".")[0]
                assert re.search(r", | and |several", evidence), row.cells["comment"]
