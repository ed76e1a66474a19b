"""What a rule follows from, as a query that can be asked of its conclusion."""

import pytest
from rdflib import URIRef

from kg.inference.derive import RULES
from kg.sparql.rules import may_conclude, read_rule

NAMES = "PREFIX x: <x:>\n"


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.rq")), ids=lambda path: path.stem)
def test_every_rule_has_conclusions_and_premises_unless_it_walks_a_path(path) -> None:
    rule = read_rule(path.read_text(encoding="utf-8"))
    assert rule.conclusions
    assert rule.premises.patterns or rule.premises.others


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.rq")), ids=lambda path: path.stem)
def test_what_a_rule_concludes_shows_before_it_is_read(path) -> None:
    text = path.read_text(encoding="utf-8")
    properties = [pattern.terms[1] for pattern in read_rule(text).conclusions]
    named = [str(term) for term in properties if isinstance(term, URIRef)]
    assert all(may_conclude(text, iri) for iri in named)
    assert may_conclude(text, "x:other") or len(named) == len(properties)


def test_a_rule_does_not_conclude_what_it_only_reads() -> None:
    rule = f"{NAMES}CONSTRUCT {{ ?a x:first ?d ; a x:C }} WHERE {{ ?a x:p ?d }}"
    assert [may_conclude(rule, iri) for iri in ("x:first", "x:p")] == [True, False]


def test_a_picked_date_may_be_any() -> None:
    group = "{ SELECT ?a (MIN(?d) AS ?first) WHERE { ?a x:on ?d } GROUP BY ?a }"
    rule = read_rule(f"{NAMES}CONSTRUCT {{ ?a x:first ?first }} WHERE {{ {group} }}")
    assert [str(pattern) for pattern in rule.premises.patterns] == ["?a <x:on> ?d"]
    assert "BIND(?d AS ?first)" in rule.premises.group


def test_one_of_several_properties_is_a_match() -> None:
    rule = read_rule(f"{NAMES}CONSTRUCT {{ ?a x:first ?d }} WHERE {{ ?a (x:p|x:q) ?d }}")
    (pattern,) = rule.premises.patterns
    assert str(pattern.terms[1]).startswith("kg_by_")
    assert "{ x:p x:q }" in rule.premises.group


def test_a_condition_on_something_else_stays() -> None:
    text = "?a x:p ?d FILTER NOT EXISTS { ?a x:q ?c }"
    rule = read_rule(f"{NAMES}CONSTRUCT {{ ?a x:first ?d }} WHERE {{ {text} }}")
    assert "x:q" in rule.premises.group
