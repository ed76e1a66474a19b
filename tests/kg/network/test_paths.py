from itertools import pairwise

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.model.errors import NotFound
from kg.model.prefixes import THING, node
from kg.network.network import neighbourhood
from kg.network.paths import shortest_path
from kg.store.store import Store


def near(store: Store, slug: str) -> set[str]:
    return {node.slug for node in neighbourhood(store, slug).nodes[1:]}


@pytest.mark.parametrize(
    ("start", "end"),
    [("nerve-agent", "norhavn"), ("norhavn-post-op-ed", "maren-rocks"), ("lakeview", "vellin")],
)
def test_each_step_of_a_way_is_a_tie(corpus: Store, start: str, end: str) -> None:
    found = shortest_path(corpus, start, end)
    assert found is not None
    assert (found.slugs[0], found.slugs[-1]) == (start, end)
    for one, other in pairwise(found.slugs):
        assert other in near(corpus, one)
    for step, following in pairwise(found.steps):
        assert step.end == following.start


def test_a_way_is_the_shortest(corpus: Store) -> None:
    found = shortest_path(corpus, "nerve-agent", "norhavn")
    assert found is not None
    assert len(found.steps) == 4
    assert "norhavn" not in near(corpus, "nerve-agent")
    assert not near(corpus, "nerve-agent") & near(corpus, "norhavn")


def test_a_way_reads_from_the_one_to_the_other(corpus: Store) -> None:
    there, back = (
        shortest_path(corpus, "nerve-agent", "norhavn"),
        shortest_path(corpus, "norhavn", "nerve-agent"),
    )
    assert there is not None
    assert back is not None
    assert there.slugs == back.slugs[::-1]
    assert [step.label for step in there.steps] == [
        "used in",
        "drew in response",
        "pursued by",
        "contains",
    ]
    assert back.steps[-1].label == "weapon"


def test_a_way_keeps_to_the_relations_that_are_chosen(corpus: Store) -> None:
    assert shortest_path(corpus, "nerve-agent", "norhavn", ["location"]) is None


def test_where_nothing_leads_there_is_no_way(corpus: Store) -> None:
    with pytest.raises(NotFound):
        shortest_path(corpus, "nerve-agent", "nowhere-at-all")


def test_what_is_only_named_or_was_withdrawn_leads_no_further(tiny: list[Quad]) -> None:
    meets, gone = node("dip:neighbourOf"), NamedNode(THING + "gone")
    ends = [NamedNode(THING + slug) for slug in ("rassendyll", "zenda-meeting", "only-named")]
    ties = [Triple(end, meets, other) for end in ends[:2] for other in (ends[2], gone)]
    ties.append(Triple(gone, node("owl:deprecated"), Literal(True)))
    graphs = (NamedNode("https://example.org/more"), DefaultGraph())
    more = [Quad(t.subject, t.predicate, t.object, graph) for t in ties for graph in graphs]
    found = shortest_path(Store.of([*tiny, *more]), "rassendyll", "zenda-meeting")
    assert found is not None
    assert len(found.slugs) == 3
