"""What was inferred in several steps leads back to all the sentences that it follows from."""

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.endpoint.evidence import add_evidence
from kg.inference.derivation import MAX_STATEMENTS, TRUNCATED, Derivations
from kg.inference.premises import MAX_MATCHES, find_premises
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import GRAPH, SOURCE, TERM, THING, node
from kg.store.store import Store
from tests.publishing import with_inferred

ONTOLOGY = NamedNode(GRAPH + "ontology")


def name(text: str, space: str = "urn:test:") -> NamedNode:
    return NamedNode(space + text)


def made(statements: list[tuple[str, str, str]], axioms: list[tuple[str, str, str]]) -> Store:
    """Return a store in which each statement has a sentence of its own, with what follows."""
    source, records = NamedNode(SOURCE + "made-2020"), NamedNode(GRAPH + "sources")
    quads = [Quad(name(s), node(p), _either(o), ONTOLOGY) for s, p, o in axioms]
    for number, (s, p, o) in enumerate(statements, 1):
        place = NamedNode(f"{source.value}/p1s{number}")
        quads += [
            Quad(name(s), name(p), name(o), place),
            Quad(place, node("rdf:type"), node("dip:Sentence"), records),
            Quad(place, node("dcterms:isPartOf"), source, records),
            Quad(place, node("dip:locator"), Literal(f"p1s{number}"), records),
        ]
    return Store.of(with_inferred(quads))


def _either(text: str) -> NamedNode:
    return node(text) if ":" in text else name(text)


def behind(store: Store, s: str, p: str, o: str) -> tuple[set[str], list[dict[str, str]]]:
    """Return the sentences from which a statement is derived, and what is not established."""
    text = f"SELECT * {{ <urn:test:{s}> <urn:test:{p}> ?o FILTER(?o = <urn:test:{o}>) }}"
    _, body = store.execute(text, lambda _: "application/sparql-results+json")
    (row,) = json.loads(add_evidence(store, text, body))["evidence"]["rows"]
    assert all(one["inferred"] for one in row["sentences"])
    return {one["citation"][-1] for one in row["sentences"]}, row["unestablished"]


CHAIN = [(f"t{n}", "within", f"t{n + 1}") for n in range(1, 6)]
TRANSITIVE = [("within", "rdf:type", "owl:TransitiveProperty")]


def test_every_sentence_of_a_long_way_is_cited() -> None:
    store = made(CHAIN, TRANSITIVE)
    assert behind(store, "t1", "within", "t6") == (set("12345"), [])
    assert behind(store, "t2", "within", "t4") == ({"2", "3"}, [])


def test_a_sentence_two_rules_back_is_cited() -> None:
    axioms = [("leads", "rdfs:subPropertyOf", "serves"), ("serves", "owl:inverseOf", "servedBy")]
    store = made([("a", "leads", "b")], axioms)
    assert behind(store, "b", "servedBy", "a") == ({"1"}, [])


def test_a_circular_derivation_ends() -> None:
    axioms = [("near", "rdf:type", "owl:SymmetricProperty"), ("by", "rdfs:subPropertyOf", "near")]
    axioms += [("near", "rdfs:subPropertyOf", "by")]
    store = made([("a", "by", "b")], axioms)
    assert behind(store, "b", "near", "a") == ({"1"}, [])


def test_all_that_was_inferred_leads_back_to_what_is_stated(corpus: Store) -> None:
    inferred = corpus.graph(INFERRED)
    derivations = Derivations(corpus)
    for triple in inferred[:: max(1, len(inferred) // 150)]:
        if corpus.graphs_containing(triple) == [INFERRED]:
            origin = derivations.provenance(triple)
            assert origin.graphs
            assert not origin.missing


def test_a_picked_date_leads_to_the_dates_that_it_was_made_of(corpus: Store) -> None:
    thing, first = NamedNode(THING + "brook-presidency"), NamedNode(TERM + "firstAttested")
    (day,) = [t for t in corpus.graph(INFERRED) if t.subject == thing and t.predicate == first]
    said = {str(one.object) for one in find_premises(corpus, day)}
    assert said == {'"2014-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'}


def test_a_truncated_derivation_says_so() -> None:
    statements = [("a", "p", f"o{n}") for n in range(MAX_MATCHES + 1)]
    store = made(statements, [("p", "rdfs:domain", "Thing")])
    text = "SELECT * { <urn:test:a> a ?kind }"
    _, body = store.execute(text, lambda _: "application/sparql-results+json")
    (row,) = json.loads(add_evidence(store, text, body))["evidence"]["rows"]
    assert row["sentences"]
    assert [other["reason"] for other in row["unestablished"]] == [TRUNCATED]


def test_one_result_reads_a_bounded_number_of_statements(corpus: Store) -> None:
    derivations = Derivations(corpus)
    for triple in [*corpus.graph(INFERRED), *corpus.graph(ONTOLOGY)]:
        derivations.provenance(triple)
    read = sum(1 + len(found) for found in derivations._premises.values())
    assert read < MAX_STATEMENTS + MAX_MATCHES * 20


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_share_derivations(rows: int) -> None:
    store = made(CHAIN, TRANSITIVE)
    derivations = Derivations(store)
    triple = next(t for t in store.graph(INFERRED) if t.object == name("t6"))
    found = [derivations.provenance(triple) for _ in range(rows)]
    assert all(one is found[0] for one in found)
