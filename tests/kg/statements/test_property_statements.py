"""All statements of one property, whatever its values are."""

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.model.prefixes import TERM, THING
from kg.statements.property_statements import property_statements
from kg.store.store import Store

HERE, POPULATION = NamedNode(THING + "ruritania"), NamedNode(TERM + "population")


def test_an_empty_literal_and_a_triple_term_are_listed(tiny: list[Quad]) -> None:
    values = (Literal(""), Triple(HERE, POPULATION, Literal(1)))
    graphs = (NamedNode("https://example.org/more"), DefaultGraph())
    more = [Quad(HERE, POPULATION, value, graph) for value in values for graph in graphs]
    listed = property_statements(
        Store.of([*tiny, *more]), "ruritania", "population", True, 1
    ).statements
    assert {one.value.text for one in listed} >= {"", "120,000"}
    assert len(listed) == 3
