from kg.documentation import documentation
from kg.store import Store


def test_classes_form_a_tree(store: Store) -> None:
    tree = [(c.entry.term.text, c.depth) for c in documentation(store).classes]
    assert tree[:3] == [("agent", 0), ("person", 1), ("state", 1)]


def test_a_domain_that_is_a_union_lists_its_members(store: Store) -> None:
    properties = {p.entry.term.text: p for p in documentation(store).properties}
    assert [d.text for d in properties["participant"].domains] == ["event", "claim"]
    assert [i.text for i in properties["participant"].inverses] == ["participates in"]
    assert properties["neighbour of"].traits == ("symmetric",)


def test_a_scheme_lists_its_concepts(store: Store) -> None:
    (scheme,) = documentation(store).schemes
    assert [c.term.text for c in scheme.concepts] == ["likely"]
