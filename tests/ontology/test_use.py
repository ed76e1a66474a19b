"""Every term of the ontology is used, by the live sources or by the corpus made for tests."""

from collections import Counter
from pathlib import Path
from statistics import median

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.citation.verify import CHANGED, MISSING, recorded_sentences, verify_copy
from kg.model.prefixes import TERM, node, shorten
from kg.pipeline.checks.causes import Causes
from kg.pipeline.checks.hygiene import hygiene
from kg.pipeline.checks.shapes import violations
from kg.pipeline.load import SourceTree, load
from kg.store.store import Store
from tests.publishing import CORPUS, with_inferred

TYPE, ONTOLOGY = node("rdf:type"), node("graph:ontology")
ACTS = sorted(path.name for path in (CORPUS / "acts").iterdir() if path.is_dir())
PROPERTIES = {node("owl:ObjectProperty"), node("owl:DatatypeProperty")}


@pytest.fixture(scope="module")
def quads(acts: SourceTree, corpus_tree: Path) -> list[Quad]:
    """Return what the live sources and those of the corpus state, with what follows from it.

    They are separate graphs: a thing of the one may be called as another thing of the other.
    """
    graphs = (load().quads, load(corpus_tree).quads, acts.quads)
    return [quad for graph in graphs for quad in with_inferred(graph)]


def terms(quads: list[Quad], kinds: set[NamedNode]) -> set[str]:
    """Return our terms of some kinds, as names with prefix."""
    found = {q.subject for q in quads if q.graph_name == ONTOLOGY and q.object in kinds}
    return {shorten(t.value) for t in found if isinstance(t, NamedNode) and TERM in t.value}


def instances(quads: list[Quad]) -> Counter[str]:
    """Count the things of each class outside the ontology, stated or inferred."""
    typed = {
        (q.subject, q.object) for q in quads if q.predicate == TYPE and q.graph_name != ONTOLOGY
    }
    return Counter(shorten(kind.value) for _, kind in typed if isinstance(kind, NamedNode))


def statements(quads: list[Quad]) -> Counter[str]:
    """Count the statements of each property outside the ontology, stated or inferred."""
    return Counter(
        shorten(t.predicate.value) for t in {q.triple for q in quads if q.graph_name != ONTOLOGY}
    )


def test_every_class_has_an_instance(quads: list[Quad]) -> None:
    used = instances(quads)
    missing = {name for name in terms(quads, {node("owl:Class")}) if not used[name]}
    assert missing == set(), "use it in tests/corpus/acts, or take it away"


def test_every_property_has_a_use(quads: list[Quad]) -> None:
    used = statements(quads)
    missing = {name for name in terms(quads, PROPERTIES) if not used[name]}
    assert missing == set(), "use it in tests/corpus/acts, or take it away"


def test_half_of_the_properties_are_used_three_times_or_more(quads: list[Quad]) -> None:
    used = statements(quads)
    assert median(used[name] for name in terms(quads, PROPERTIES)) >= 3


def test_sources_with_every_kind_of_act_pass_all_checks(acts: SourceTree) -> None:
    merged = with_inferred(acts.quads)
    causes = Causes(acts, Store.of(merged))
    found = [str(finding) for outcome in hygiene(acts, causes) for finding in outcome.findings]
    served = [quad.triple for quad in merged if quad.graph_name == DefaultGraph()]
    assert found == []
    assert violations(served, acts.root / "ontology" / "shapes.ttl") == []


@pytest.mark.parametrize("source", ACTS)
def test_every_sentence_is_cited_and_as_its_text_has_it(acts: SourceTree, source: str) -> None:
    text = (CORPUS / "texts" / f"{source}.txt").read_text(encoding="utf-8")
    report = verify_copy(text, recorded_sentences(acts.quads, source))
    assert [*report.with_status(CHANGED), *report.with_status(MISSING)] == []
    assert report.uncited() == []
    assert report.unrecorded == ()
