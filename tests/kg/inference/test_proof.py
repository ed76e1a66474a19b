"""The shortest chain from an inferred statement back to what is stated."""

from pyoxigraph import RdfFormat, Triple, parse

from kg.inference.proof import shortest_proof
from kg.model.prefixes import node, prefixes
from kg.store.store import Store
from tests.publishing import with_inferred

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
AXIOMS = """graph:ontology { dip:visits rdfs:range dip:Place . dip:Place rdfs:subClassOf dip:Area .
    dip:sees owl:inverseOf dip:seenBy . dip:visits rdfs:subPropertyOf dip:sees . }"""
FACTS = "graph:s1 { id:a dip:visits id:b } graph:s2 { id:b a dip:Area }"


def store_of(text: str) -> Store:
    return Store.of(with_inferred(list(parse(HEAD + text, format=RdfFormat.TRIG))))


def triple(*names: str) -> Triple:
    return Triple(*map(node, names))


def test_a_stated_statement_needs_no_premise() -> None:
    proof = shortest_proof(store_of(AXIOMS + FACTS), triple("id:b", "rdf:type", "dip:Area"))
    assert proof is not None
    assert proof.premises == ()


def test_the_chain_ends_at_what_is_stated() -> None:
    store = store_of(AXIOMS + FACTS.partition("graph:s2")[0])
    proof = shortest_proof(store, triple("id:b", "rdf:type", "dip:Area"))
    assert proof is not None
    assert list(proof.stated()) == [
        triple("dip:Place", "rdfs:subClassOf", "dip:Area"),
        triple("dip:visits", "rdfs:range", "dip:Place"),
        triple("id:a", "dip:visits", "id:b"),
    ]


def test_a_statement_is_no_reason_for_itself() -> None:
    store = store_of(AXIOMS + FACTS)
    proof = shortest_proof(store, triple("id:b", "dip:seenBy", "id:a"))
    assert proof is not None
    assert triple("id:a", "dip:visits", "id:b") in set(proof.stated())
    assert triple("id:a", "dip:sees", "id:b") not in set(proof.stated())


def test_what_no_rule_concludes_has_no_proof() -> None:
    store = store_of(AXIOMS + FACTS)
    assert shortest_proof(store, triple("id:b", "dip:visits", "id:a")) is None
