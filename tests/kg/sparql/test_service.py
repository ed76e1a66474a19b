from kg.endpoint.guard import guard
from kg.sparql.service import nests, service_clauses, service_words

FIRST, SECOND = "SERVICE <a:b> {", "service silent<a:b>{ ?s ?p 'SERVICE <a:b>' }"
QUERY = f"SELECT * {{ {FIRST}}} # SERVICE <a:b>\n {SECOND} }}"


def test_clauses_are_those_in_code_and_no_others() -> None:
    guard(QUERY, frozenset({"a:b"}))
    clauses = service_clauses(QUERY)
    assert [(c.endpoint, c.silent) for c in clauses] == [("a:b", False), ("a:b", True)]
    assert [QUERY[c.start : c.end] for c in clauses] == ["<a:b>", "<a:b>"]
    assert [QUERY[: c.start].count("\n") for c in clauses] == [0, 1]
    assert [clause.keyword for clause in clauses] == service_words(QUERY)


def test_a_clause_within_another_nests() -> None:
    inner = "SELECT * { SERVICE <a:b> { ?s ?p ?o { SERVICE <a:b> { ?o ?p ?s } } } }"
    assert nests(inner, service_words(inner))
    assert not nests(QUERY, service_words(QUERY))


def test_a_comment_before_the_endpoint_is_reported() -> None:
    (clause,) = service_clauses("ASK { SERVICE # <a:c>\n SILENT <a:b> {} }")
    assert (clause.endpoint, clause.commented) == ("a:b", True)


def test_what_other_parsers_may_take_for_an_iri_hides_no_keyword() -> None:
    query = 'ASK { <a"b> SERVICE <a:b> {} #" }'
    assert len(service_words(query)) == 1
