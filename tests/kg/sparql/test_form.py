import pytest

from kg.sparql.form import is_lookup

NAMES = "PREFIX x: <x:>\nPREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?n { x:a x:name ?n }",
        "SELECT * WHERE { x:a ?p ?o . }",
        "select distinct ?p ?o where { x:a ?p ?o } limit 10",
        "ASK { x:a x:knows x:b }",
        "ASK{x:a a x:C}".replace(" a ", " x:type "),
        "SELECT ?n { x:a x:name ?n } LIMIT 5 # the first ones",
        "# Who?\nSELECT ?n { # here\n x:a x:knows ?b . ?b x:name ?n . }",
    ],
)
def test_a_thing_and_what_it_leads_to_are_looked_up(query: str) -> None:
    assert is_lookup(NAMES + query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s x:name x:b }",
        "SELECT * { x:a ?p ?o . x:a ?q ?r }",
        "SELECT * { x:a ?p ?o . ?s ?q ?r }",
        "SELECT * { x:a ?p ?o . ?p x:q ?r }",
        "SELECT * { x:a ?p ?o . ?o ?q ?r }",
        "SELECT * { x:a ?p ?o . ?o x:q ?r . ?r x:q ?s }",
        "SELECT * { x:a x:p+ ?o }",
        "SELECT * { x:a x:p|x:q ?o }",
        "SELECT * { x:a x:p ?o FILTER(REGEX(?o, 'a')) }",
        "SELECT (COUNT(*) AS ?n) { x:a x:p ?o }",
        "SELECT * FROM <x:g> { x:a x:p ?o }",
        "SELECT * { SERVICE <x:s> { x:a x:p ?o } }",
        "SELECT * { GRAPH ?g { x:a x:p ?o } }",
        "CONSTRUCT { x:a x:p ?o } { x:a x:p ?o }",
        "DESCRIBE x:a",
        "SELECT * { x:a x:p \\u003fo }",
        "SELECT * { x:a x:p ?o } ; DROP ALL",
        "SELECT * { x:a x:p ?o } VALUES ?o { 1 }",
        "INSERT DATA { x:a x:p x:b }",
        "SELECT * { x:a x:p ?o }" + " " * 3000,
    ],
)
def test_whatever_could_grow_is_not_a_lookup(query: str) -> None:
    assert not is_lookup(NAMES + query)
