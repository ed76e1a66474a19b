from pyoxigraph import Quad

from kg.store.store import Store
from kg.terms.completion import UsableTerm, usable_terms
from tests.publishing import with_description


def described(tiny: list[Quad]) -> dict[str, UsableTerm]:
    store = Store.of(with_description(tiny))
    return {term.name: term for term in usable_terms(store)}


def test_our_terms_have_words_kind_and_use(tiny: list[Quad]) -> None:
    found = described(tiny)
    state = found["dip:State"]
    assert (state.label, state.kind, state.uses) == ("state", "class", 2)
    assert state.definition == "Agent that governs a territory."
    assert found["dip:participant"].kind == "property"
    assert found["dip:likely"].kind == "concept"


def test_concepts_say_of_which_properties_they_are_values(tiny: list[Quad]) -> None:
    likely = described(tiny)["dip:likely"]
    assert likely.values_of == ("dip:certainty",)
    assert likely.uses > 0


def test_terms_of_others_are_those_that_the_graph_uses(tiny: list[Quad]) -> None:
    found = described(tiny)
    assert found["rdfs:label"].kind == "property"
    assert "rdfs:seeAlso" not in found


def test_the_most_used_come_first(tiny: list[Quad]) -> None:
    uses = [term.uses for term in described(tiny).values()]
    assert uses == sorted(uses, reverse=True)
    assert uses[0] > 1


def test_a_build_without_a_description_still_has_our_terms(store: Store) -> None:
    found = {term.name: term.uses for term in usable_terms(store)}
    assert found["dip:State"] == 0
