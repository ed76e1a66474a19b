import pytest
from pyoxigraph import NamedNode, Triple

from kg.inference.premises import find_premises
from kg.model.named_graphs import INFERRED
from kg.store.store import Store


def test_what_was_inferred_follows_from_what_the_graph_holds(corpus: Store) -> None:
    inferred = corpus.graph(INFERRED)
    known = set(corpus.construct("CONSTRUCT WHERE { ?s ?p ?o }"))
    sample = inferred[:: max(1, len(inferred) // 60)]
    told = [find_premises(corpus, triple) for triple in sample]
    assert all(told)
    for triple, found in zip(sample, told, strict=True):
        assert triple not in found
        assert set(found) <= known


@pytest.mark.parametrize("name", ["no-such-thing", "norland"])
def test_what_no_rule_concludes_has_no_premise(corpus: Store, name: str) -> None:
    nothing = NamedNode("http://example.org/nothing")
    thing = NamedNode(f"https://w3id.org/aide-memoire/id/{name}")
    assert not find_premises(corpus, Triple(thing, nothing, nothing))
