"""What the rules of the ontology language add, and what they leave alone."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.inference.derive import derive
from kg.model.errors import KGError, SourceError
from kg.model.prefixes import prefixes
from tests.publishing import graph_of

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())


def follows(text: str, rules: Path | None = None) -> set[str]:
    graph = graph_of(parse(HEAD + text, format=RdfFormat.TURTLE))
    derived = derive(graph, rules) if rules else derive(graph)
    lines = (HEAD + "".join(f"{quad.triple} .\n" for quad in derived)).encode()
    return {str(quad.triple) for quad in parse(lines, format=RdfFormat.TURTLE)}


def said(text: str) -> set[str]:
    return {str(quad.triple) for quad in parse(HEAD + text, format=RdfFormat.TURTLE)}


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("dip:A rdfs:subClassOf dip:B . dip:B rdfs:subClassOf dip:C . id:x a dip:A .",
         "id:x a dip:B , dip:C ."),
        ("dip:A owl:equivalentClass dip:B . id:x a dip:A . id:y a dip:B .",
         "id:x a dip:B . id:y a dip:A ."),
        ("dip:p rdfs:domain dip:A . id:x dip:p 1 .", "id:x a dip:A ."),
        ("dip:p rdfs:range dip:A . id:x dip:p id:y .", "id:y a dip:A ."),
        ("dip:p rdfs:subPropertyOf dip:q . id:x dip:p 1 .", "id:x dip:q 1 ."),
        ("dip:p owl:equivalentProperty dip:q . id:x dip:q id:y .", "id:x dip:p id:y ."),
        ("dip:p owl:inverseOf dip:q . id:x dip:p id:y . id:z dip:q id:x .",
         "id:y dip:q id:x . id:x dip:p id:z ."),
        ("dip:p a owl:SymmetricProperty . id:x dip:p id:y .", "id:y dip:p id:x ."),
        ("dip:p a owl:TransitiveProperty . id:w dip:p id:x . id:x dip:p id:y . id:y dip:p id:z .",
         "id:w dip:p id:y , id:z . id:x dip:p id:z ."),
        ("dip:r owl:propertyChainAxiom ( dip:p dip:q ) . id:x dip:p id:y . id:y dip:q id:z .",
         "id:x dip:r id:z ."),
        ("dip:p rdfs:subPropertyOf dip:q . dip:q owl:inverseOf dip:r . id:x dip:p id:y .",
         "id:x dip:q id:y . id:y dip:r id:x ."),
    ],
)  # fmt: skip
def test_rule_adds_exactly_this(known: str, new: str) -> None:
    assert follows(known) == said(new)


@pytest.mark.parametrize(
    "known",
    [
        "dip:p rdfs:range xsd:date . id:x dip:p '2020-01-01'^^xsd:date .",
        "dip:p rdfs:range dip:A . id:x dip:p 'a literal' .",
        "dip:A rdfs:subClassOf [ a owl:Restriction ] . id:x a dip:A .",
        "dip:A rdfs:subClassOf owl:Thing . id:x a dip:A .",
        "dip:p rdfs:domain [ owl:unionOf ( dip:A dip:B ) ] . id:x dip:p id:y .",
        "dip:p owl:inverseOf dip:q . id:x dip:p 'a literal' .",
        "dip:p a owl:SymmetricProperty . id:x dip:p id:x .",
        "dip:p a owl:TransitiveProperty . id:x dip:p id:y . id:y dip:p id:x .",
        "dip:A a owl:Class ; rdfs:subClassOf dip:B . dip:B rdfs:subClassOf dip:C .",
    ],
)
def test_nothing_is_added_to(known: str) -> None:
    assert follows(known) == set()


def test_rule_that_never_ends_is_named(tmp_path: Path) -> None:
    grows = "# Every number has a next.\nPREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"
    grows += "CONSTRUCT { ?x dip:n ?m } WHERE { ?x dip:n ?n BIND(?n + 1 AS ?m) }"
    (tmp_path / "grow.rq").write_text(grows, encoding="utf-8")
    with pytest.raises(KGError, match=r"grow.rq \(Every number has a next\.\) still adds"):
        follows("id:x dip:n 1 .", tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Broken.\nCONSTRUCT {", r"ontology/rules/bad.rq:2:12: the query ends too early"),
        ("ASK {}", r"ontology/rules/bad.rq:1:1: a rule is a CONSTRUCT query"),
    ],
)
def test_broken_rule_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        follows("id:x dip:n 1 .", tmp_path)


AFTER = """
dip:after a owl:TransitiveProperty . dip:before owl:inverseOf dip:after .
dip:respondsTo rdfs:subPropertyOf dip:follows . dip:follows rdfs:subPropertyOf dip:after .
id:a dip:date '2020-01-05'^^xsd:date ; dip:before id:b .
id:b dip:date '2020-02'^^xsd:gYearMonth . id:c dip:respondsTo id:b . id:c dip:before id:d .
"""


def test_chain_of_events_gives_one_earliest_day_each() -> None:
    days = sorted(line for line in follows(AFTER) if "#earliest" in line)
    assert [(day.split("/id/")[1][0], day.split('"')[1]) for day in days] == [
        ("a", "2020-01-05"),
        ("b", "2020-02-01"),
        ("c", "2020-02-01"),
        ("d", "2020-02-01"),
    ]


@pytest.mark.parametrize(
    ("month", "last"),
    [("2018-01", "31"), ("2018-02", "28"), ("2016-02", "29"), ("1900-02", "28"), ("2000-02", "29"),
     ("2018-04", "30"), ("2018-12", "31")],
)  # fmt: skip
@pytest.mark.parametrize(("stated", "inferred"), [("date", "latest"), ("attested", "lastAttested")])
def test_a_month_ends_on_its_last_day(month: str, last: str, stated: str, inferred: str) -> None:
    new = follows(f"id:x dip:{stated} '{month}'^^xsd:gYearMonth .")
    days = {line.split('"')[1] for line in new if f"#{inferred}>" in line}
    assert days == {f"{month}-{last}"}


STATUS = """
dip:denied rdfs:subPropertyOf dip:doubted . dip:doubted rdfs:subPropertyOf dip:assertionStatus .
dip:Strike rdfs:subClassOf dip:Attack . dip:Attack rdfs:subClassOf dip:Event .
id:x a dip:Strike ; dip:denied dip:alleged . id:y a dip:Strike .
"""


def test_default_is_given_only_where_nothing_is_said() -> None:
    statuses = {line for line in follows(STATUS) if "#assertionStatus" in line}
    expected = "id:x dip:assertionStatus dip:alleged . id:y dip:assertionStatus dip:occurred ."
    assert statuses == said(expected)


def test_what_a_later_folder_adds_is_reasoned_about_too() -> None:
    known = "dip:assertionStatus rdfs:domain dip:Told . id:x a dip:Event ."
    assert said("id:x a dip:Told .") < follows(known)


def test_folders_run_in_order_of_name(tmp_path: Path) -> None:
    rule = "# Rule.\nPREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"
    absent = "FILTER NOT EXISTS { ?x dip:q ?y }"
    for name, body in {
        "1-a/z.rq": "CONSTRUCT { ?x dip:q ?y } WHERE { ?x dip:p ?y }",
        "2-b/a.rq": f"CONSTRUCT {{ ?x dip:r 0 }} WHERE {{ ?x dip:p ?y {absent} }}",
    }.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(rule + body, encoding="utf-8")
    assert follows("id:x dip:p 1 .", tmp_path) == said("id:x dip:q 1 .")
