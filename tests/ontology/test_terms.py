"""What each term of the ontology says of itself."""

import pytest
from pyoxigraph import Literal, NamedNode

from kg.model.prefixes import TERM, node, shorten
from kg.pipeline.load import load

KINDS = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")


def definitions() -> dict[str, str]:
    triples = load().triples(node("graph:ontology"))
    kinds = {node(kind) for kind in KINDS}
    ours = {t.subject for t in triples if t.object in kinds and TERM in str(t.subject)}
    return {
        shorten(t.subject.value): t.object.value
        for t in triples
        if t.predicate == node("skos:definition") and t.subject in ours
        if isinstance(t.subject, NamedNode) and isinstance(t.object, Literal)
    }


def test_definition_says_more_than_three_words() -> None:
    short = {term: text for term, text in definitions().items() if len(text.split()) <= 3}
    assert short == {}, "say of what kind it is, and what sets it apart"


def test_no_two_terms_have_one_definition() -> None:
    terms: dict[str, list[str]] = {}
    for term, text in definitions().items():
        terms.setdefault(text, []).append(term)
    assert [same for same in terms.values() if len(same) > 1] == []


@pytest.mark.parametrize("code", ["cameoCode", "ploverType"])
def test_code_of_event_data_is_of_a_class_of_events(code: str) -> None:
    triples = load().triples(node("graph:ontology"))
    parents = {t.subject: t.object for t in triples if t.predicate == node("rdfs:subClassOf")}
    coded = {t.subject for t in triples if t.predicate == node(f"dip:{code}")}

    def is_event(term: object) -> bool:
        return term == node("dip:Event") or (term in parents and is_event(parents[term]))

    assert coded
    assert [str(term) for term in coded if not is_event(term)] == []
