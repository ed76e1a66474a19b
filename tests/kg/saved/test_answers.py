import json

from kg.endpoint.request import ROWS_JSON
from kg.saved.answers import N_TRIPLES, read_rows, recorded_rows, row_changes

ANY, SORTED = "SELECT ?x { ?x ?p ?o }", "SELECT ?x { ?x ?p ?o } ORDER BY ?x"


def rows_json(*values: str | None, kind: str = "literal") -> bytes:
    bindings = [{"x": {"type": kind, "value": value}} if value else {} for value in values]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()


def answer(query: str, *values: str | None, kind: str = "literal"):
    return recorded_rows(query, ROWS_JSON, rows_json(*values, kind=kind))


def test_the_order_of_rows_counts_only_where_the_query_orders_them() -> None:
    assert answer(ANY, "a", "b", None).hash == answer(ANY, None, "b", "a").hash
    assert answer(SORTED, "a", "b").hash != answer(SORTED, "b", "a").hash
    assert row_changes(answer(SORTED, "a", "b"), answer(SORTED, "b", "a")).reordered


def test_a_row_counts_as_often_as_it_is_there() -> None:
    once, twice = answer(ANY, "a"), answer(ANY, "a", "a")
    assert once.hash != twice.hash
    changes = row_changes(once, twice)
    assert (len(changes.added), len(changes.removed), changes.reordered) == (1, 0, False)


def test_labels_of_blank_nodes_do_not_count() -> None:
    one, other = (answer(ANY, label, kind="bnode") for label in ("b7", "f00"))
    assert one.hash == other.hash
    assert one.hash != answer(ANY, "b7").hash


def test_a_graph_is_its_triples_in_any_order() -> None:
    lines = [
        b'<http://a.example/a> <http://a.example/p> "one"@en .\n',
        b"<http://a.example/a> <http://a.example/p> <http://a.example/b> .\n",
        b'<http://a.example/a> <http://a.example/p> "1"^^<http://a.example/roman> .\n',
    ]
    one, other = (recorded_rows("", N_TRIPLES, b"".join(order)) for order in (lines, lines[::-1]))
    assert one.hash == other.hash
    assert [row[2] for row in one.rows] == [
        {"type": "literal", "value": "one", "xml:lang": "en"},
        {"type": "uri", "value": "http://a.example/b"},
        {
            "type": "literal",
            "value": "1",
            "datatype": "http://a.example/roman",
        },
    ]


def test_a_truth_value_is_a_row() -> None:
    bodies = (b'{"head":{},"boolean":true}', b'{"head":{},"boolean":false}')
    yes, no = (recorded_rows("ASK {}", ROWS_JSON, body) for body in bodies)
    assert yes.hash != no.hash
    assert yes.rows[0][0]["value"] == "true"


def test_what_is_stored_is_read_as_it_was() -> None:
    stored = answer(SORTED, "a", None)
    assert read_rows(stored.as_json()) == stored
