from kg.model.languages import in_language
from kg.model.prefixes import expand
from kg.store.store import Store
from kg.terms.reference import ontology_reference


def test_classes_form_a_tree(store: Store) -> None:
    tree = [(c.entry.term.text, c.depth) for c in ontology_reference(store).classes]
    assert tree[:3] == [("agent", 0), ("person", 1), ("state", 1)]


def test_a_domain_that_is_a_union_lists_its_members(store: Store) -> None:
    properties = {p.entry.term.text: p for p in ontology_reference(store).properties}
    assert [d.text for d in properties["participant"].domains] == ["event", "claim"]
    assert [i.text for i in properties["participant"].inverses] == ["participates in"]
    assert properties["neighbour of"].traits == ("symmetric",)


def test_a_scheme_lists_its_concepts(store: Store) -> None:
    schemes = [
        [c.term.text for c in scheme.concepts] for scheme in ontology_reference(store).schemes
    ]
    assert schemes == [["likely"], ["occurred", "planned"]]


def test_what_is_like_a_term_elsewhere_goes_by_its_prefixed_name(store: Store) -> None:
    properties = {p.entry.term.text: p for p in ontology_reference(store).properties}
    assert [a.text for a in properties["population"].entry.aligned] == ["wdt:P1082"]
    assert properties["population"].traits == ("at most one value",)


def test_a_term_has_its_scope_note_codes_and_values(corpus: Store) -> None:
    reference = ontology_reference(corpus)
    talks = next(c.entry for c in reference.classes if c.entry.term.text == "talks")
    status = next(p for p in reference.properties if p.entry.term.iri.endswith("#prospectStatus"))
    assert talks.note == "One round is a meeting that is part of the talks."
    assert talks.codes == ("CAMEO 046", "PLOVER CONSULT")
    assert [scheme.text for scheme in status.ranges] == ["statuses of prospects"]
    assert status.traits == ("one value in each source",)


def test_terms_are_called_as_the_reader_calls_them(corpus: Store) -> None:
    with in_language("ja"):
        reference = ontology_reference(corpus)
    classes = {c.entry.term.iri: c.entry for c in reference.classes}
    state = classes[expand("dip:State")]
    assert (state.term.text, state.definition[:12]) == ("国家", "Agent that i")
    embassy = classes[expand("dip:Embassy")]
    assert [above.text for above in embassy.above] == ["在外公館"]
