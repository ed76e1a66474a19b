"""Rules as updates: every rule of ours is one, and what cannot be one is left alone."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode

from kg.inference.derive import RULES
from kg.sparql.rewriting.rule_update import rule_update

TARGET = NamedNode("urn:inferred")
PREFIX = "PREFIX x: <urn:x:>\n"


def quads_after(rule: str, data: str) -> set[str]:
    graph = pyoxigraph.Store()
    graph.update(f"{PREFIX}INSERT DATA {{ {data} }}")
    before = set(graph)
    graph.update(rule_update(PREFIX + rule, TARGET))
    return {str(quad).replace("urn:x:", "") for quad in set(graph) - before}


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.rq")), ids=lambda path: path.stem)
def test_each_rule_of_ours_is_an_update(path: Path) -> None:
    update = rule_update(path.read_text("utf-8"), TARGET)
    assert "INSERT {" in update
    pyoxigraph.Store().update(update)


@pytest.mark.parametrize(
    ("rule", "data", "added"),
    [
        ("CONSTRUCT { ?a x:q ?b } WHERE { ?a x:p ?b }", "x:a x:p x:b", {"<a> <q> <b>"}),
        # Stated already: it is no part of what is inferred.
        ("CONSTRUCT { ?a x:q ?b } WHERE { ?a x:p ?b }", "x:a x:p x:b ; x:q x:b", set()),
        ("CONSTRUCT { ?a a x:C . } { ?a x:p 1 }", "x:a x:p 1", {
            "<a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <C>"
        }),
        (
            "CONSTRUCT { ?a x:q 'o'@en } WHERE { ?a x:p ?b } ORDER BY ?b LIMIT 1",
            "x:a x:p 2 . x:b x:p 1",
            {'<b> <q> "o"@en'},
        ),
    ],
)  # fmt: skip
def test_update_adds_what_the_rule_concludes(rule: str, data: str, added: set[str]) -> None:
    quads = {f"{triple}{graph}" for triple in added for graph in ("", " <urn:inferred>")}
    assert quads_after(rule, data) == quads


@pytest.mark.parametrize(
    "rule",
    [
        "CONSTRUCT { ?a x:q ?b ; x:r ?b } WHERE { ?a x:p ?b }",
        "CONSTRUCT { ?a x:q ?b . ?b x:q ?a } WHERE { ?a x:p ?b }",
        "CONSTRUCT { ?a x:q ?b , 1 } WHERE { ?a x:p ?b }",
        "CONSTRUCT { ?a x:q [] } WHERE { ?a x:p ?b }",
        "CONSTRUCT { ?a x:q _:new } WHERE { ?a x:p ?b }",
        "CONSTRUCT { ?a x:q ?b } FROM <urn:g> WHERE { ?a x:p ?b }",
        "CONSTRUCT {} WHERE { ?a x:p ?b }",
        "CONSTRUCT WHERE { ?a x:p ?b }",
        "SELECT * { ?a x:p ?b }",
    ],
)
def test_other_rules_are_none(rule: str) -> None:
    assert rule_update(PREFIX + rule, TARGET) == ""
