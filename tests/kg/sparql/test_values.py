import pytest

from kg.sparql.values import final_values, term_text, values_blocks


def rows(query: str) -> list[list[list[str]]]:
    return [[[term_text(term) for term in row] for row in b.rows] for b in values_blocks(query)]


def test_rows_hold_as_many_terms_as_there_are_variables() -> None:
    query = "SELECT * { VALUES (?a ?b) { (<x:a> \"1\"^^x:day) (UNDEF 'b'@en) } }"
    assert rows(query) == [[["x:a", "1"], ["UNDEF", "b"]]]


def test_braces_and_keywords_in_strings_do_not_count() -> None:
    assert rows('SELECT * { ?s ?p "VALUES ?a { 1 }" } VALUES ?a { "}" }') == [[["}"]]]


@pytest.mark.parametrize("query", ["VALUES", "VALUES ?a", "VALUES ?a { 1", "VALUES ?a { ?b }", ""])
def test_a_malformed_block_is_left_out(query: str) -> None:
    assert values_blocks(query) == []
    assert final_values(query) is None


def test_only_a_block_at_the_end_is_the_final_one() -> None:
    assert final_values("SELECT * { VALUES ?a { 1 } }") is None
    last = final_values("SELECT * { VALUES ?a { 1 } } VALUES ?b { 2 } # done\n")
    assert last is not None
    assert last.variables == ("?b",)
