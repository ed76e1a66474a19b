import pytest

from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import named_queries, named_query
from kg.sparql.patterns import QueryPatterns, Unreadable, pattern_variables, read_patterns

NAMES = "PREFIX x: <x:> "


def read(group: str, form: str = "SELECT *", after: str = "") -> QueryPatterns:
    return read_patterns(f"{NAMES}{form} WHERE {{ {group} }} {after}")


def said(found: QueryPatterns) -> list[str]:
    return [str(pattern) for pattern in found.patterns]


def test_patterns_are_told_in_the_order_written() -> None:
    assert said(read("?a x:p ?b ; x:q 1 , 'two'@en . ?b a x:C")) == [
        "?a <x:p> ?b",
        '?a <x:q> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '?a <x:q> "two"@en',
        "?b <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <x:C>",
    ]


def test_what_may_be_missing_is_not_required() -> None:
    found = read("?a x:p ?b OPTIONAL { ?b x:q ?c } { ?a x:r 1 } UNION { ?a x:r 2 } { ?a x:s ?d }")
    assert len(found.patterns) == 5
    assert [str(one) for one in found.required] == ["?a <x:p> ?b", "?a <x:s> ?d"]


def test_what_must_not_match_is_no_pattern() -> None:
    assert said(read("?a x:p ?b MINUS { ?a x:q ?b } FILTER NOT EXISTS { ?a x:r ?b }")) == [
        "?a <x:p> ?b"
    ]


def test_blank_nodes_become_variables_that_the_group_has_too() -> None:
    found = read("?a x:p [ x:q ?c ; x:r [ x:s 1.5 ] ] , _:n.o . _:n.o x:t ?a FILTER(?c > 1)")
    assert [len(pattern_variables(one)) for one in found.patterns] == [2, 2, 2, 2, 1, 2]
    for pattern in found.patterns:
        for name in pattern_variables(pattern):
            assert f"?{name}" in found.group


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        ("?a x:p/x:q ?b", "property path"),
        ("?a x:p (1 2)", "list"),
        ("{ SELECT ?a { ?a ?b ?c } LIMIT 1 }", "made apart"),
        ("SERVICE <x:s> { ?a ?b ?c }", "elsewhere"),
        ("?a ?b ?c FILTER EXISTS { ?a x:p ?d }", "not part of the row"),
    ],
)
def test_what_is_no_triple_pattern_is_named(group: str, reason: str) -> None:
    assert any(reason in other.reason for other in read(group).others)


def test_aggregates_are_named() -> None:
    found = read("?a x:p ?b", "SELECT ?a (COUNT(?b) AS ?n)", "GROUP BY ?a")
    assert [other.text for other in found.others] == ["GROUP BY or an aggregate"]


def test_graphs_are_kept_with_their_patterns() -> None:
    (pattern,) = read("GRAPH ?g { ?a ?b ?c }").patterns
    assert pattern_variables(pattern) == {"a", "b", "c", "g"}


def test_the_dataset_is_kept() -> None:
    found = read_patterns("SELECT * FROM <x:a> FROM NAMED <x:b> WHERE { ?a ?b ?c }")
    assert found.dataset == "FROM <x:a> FROM NAMED <x:b>"


@pytest.mark.parametrize("query", ["SELECT", "ASK {}", "SELECT * { ?a u:p ?b }", "SELECT * { {"])
def test_what_cannot_be_read_is_said(query: str) -> None:
    with pytest.raises(Unreadable):
        read_patterns(query)


@pytest.mark.parametrize("name", [q.name for q in named_queries(tree_texts())])
def test_every_question_can_be_read(name: str) -> None:
    found = read_patterns(named_query(tree_texts(), name))
    assert found.patterns or found.others
