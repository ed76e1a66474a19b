"""HermiT's verdict on an ontology, where there is Java."""

import shutil
import subprocess
import sys

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kg.model.prefixes import ROOT, prefixes
from kg.pipeline.checks.logic import SKIPPED, start_reasoner

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
CLASSES = "dip:A a owl:Class . dip:B a owl:Class ; owl:disjointWith dip:A . dip:C a owl:Class . "
EMPTY = "dip:C rdfs:subClassOf dip:A , dip:B . "
DATES = "dip:p a owl:DatatypeProperty ; rdfs:range xsd:date ; rdfs:label 'since'@en . "

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


@needs_java
def test_class_that_nothing_can_be_is_found() -> None:
    assert start_reasoner(triples(CLASSES + EMPTY + DATES)).result() == ["nothing can be a dip:C"]


@needs_java
def test_contradiction_is_found() -> None:
    wrong = start_reasoner(
        triples(CLASSES + EMPTY + "id:x a owl:NamedIndividual , dip:C .")
    ).result()
    assert wrong == ["the ontology contradicts itself"]


def test_without_java_it_is_skipped() -> None:
    code = "from kg.pipeline.checks.logic import start_reasoner as s; print(s([]).result())"
    ran = subprocess.run(
        [sys.executable, "-c", code], env={"PATH": ""}, cwd=ROOT, capture_output=True, check=True
    )
    assert ran.stdout.split() == [b"None"]
    assert SKIPPED == "skipped: no Java"
