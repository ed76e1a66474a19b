"""A server reads a build alone: its answers follow the build, whatever became of the tree since."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.inference.premises import find_premises
from kg.model.errors import BuildDamaged
from kg.model.prefixes import ROOT, node
from kg.model.source_texts import PREFIXES_FILE, SourceTexts, tree_texts
from kg.sparql.named_queries import named_queries
from kg.store.manifest import TEXTS
from kg.store.seal import MANIFEST
from kg.store.store import Store
from tests.publishing import publish, with_inferred
from web import create_app

INVERSE = "ontology/rules/1-logic/inverse.rq"
PARTICIPANT = (node("id:zenda-meeting"), node("dip:participant"), node("id:ruritania"))
INFERRED = Triple(PARTICIPANT[2], node("dip:participatesIn"), PARTICIPANT[0])

# Run in a copy of the code, beside which there is no ontology and no named query.
WITHOUT_TREE = """
import json, sys
from pyoxigraph import NamedNode, Triple
from kg.inference.premises import find_premises
from kg.model.prefixes import PREFIXES
from kg.store.builds import Builds
from web import create_app
assert not PREFIXES.exists()
*paths, subject, predicate, object = sys.argv[1:]
inferred = Triple(*map(NamedNode, (subject, predicate, object)))
client = create_app({"TESTING": True}).test_client()
answers = {path: client.get(path, headers={"Accept": "text/html"}).text for path in paths}
premises = [str(triple) for triple in find_premises(Builds().open(), inferred)]
print(json.dumps([answers, premises]))
"""
QUERY = f"/sparql?query=SELECT+*+%7B+%3Fstate+a+%3C{quote(node('dip:State').value)}%3E+%7D"


@pytest.fixture
def builds(tmp_path: Path) -> Path:
    return tmp_path / "builds"


@pytest.fixture(scope="module")
def inferred(tiny: list[Quad]) -> list[Quad]:
    return with_inferred(quad for quad in tiny if quad.graph_name != DefaultGraph())


def changed_texts(changes: dict[str, str]) -> SourceTexts:
    return SourceTexts({**tree_texts().files, **changes})


def client_of(quads: list[Quad], changes: dict[str, str]) -> FlaskClient:
    store = Store.of(quads, texts=changed_texts(changes))
    return create_app({"TESTING": True}, store=store).test_client()


def test_named_queries_are_those_of_the_build(inferred: list[Quad]) -> None:
    changes = {"kg/queries/new.rq": "# Who is new?\n# example 1\nSELECT * { ?who ?is ?new }"}
    assert "Who is new?" in client_of(inferred, changes).get("/").text
    assert "Who is new?" not in client_of(inferred, {}).get("/").text


def test_prefixes_are_those_of_the_build(inferred: list[Quad]) -> None:
    changes = {PREFIXES_FILE: tree_texts().files[PREFIXES_FILE].replace('"dip"', '"drama"')}
    other = client_of(inferred, changes).get("/data/ruritania.ttl").text
    ours = client_of(inferred, {}).get("/data/ruritania.ttl").text
    assert ("@prefix drama:" in other, "@prefix dip:" in other) == (True, False)
    assert ("@prefix drama:" in ours, "@prefix dip:" in ours) == (False, True)


def test_explanations_follow_the_rules_of_the_build(inferred: list[Quad]) -> None:
    changes = {INVERSE: "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c FILTER(false) }"}
    assert find_premises(Store.of(inferred), INFERRED)
    assert not find_premises(Store.of(inferred, texts=changed_texts(changes)), INFERRED)


def test_other_texts_are_another_build(builds: Path) -> None:
    quads = [Quad(*INFERRED, NamedNode("urn:graph"))]
    first = publish(builds, quads)
    second = publish(builds, quads, texts=changed_texts({INVERSE: "# another"}))
    assert first.number != second.number
    assert Store.open(builds / "current").texts.files[INVERSE] == "# another"
    assert publish(builds, quads) == first


def test_a_build_without_texts_is_to_be_made_again(builds: Path) -> None:
    published = publish(builds, [Quad(*INFERRED, NamedNode("urn:graph"))])
    files = {name: digest for name, digest in published.files.items() if name != TEXTS}
    manifest = builds / "current" / MANIFEST
    manifest.chmod(0o644)
    manifest.write_bytes(replace(published, files=files).text())
    with pytest.raises(BuildDamaged, match=r"an older version made it.*with: kg build"):
        Store.open(builds / "current")


def test_a_server_answers_without_the_tree(
    tmp_path: Path, builds: Path, inferred: list[Quad]
) -> None:
    number = publish(builds, inferred).number
    for folder in ("kg", "web"):
        data = ("entities", "sources", "*.sssom.tsv")
        ignored = shutil.ignore_patterns("assets", "__pycache__", *data)
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for path in (tmp_path / "kg" / "queries").glob("*.rq"):
        path.unlink()
    paths = ["/", "/healthz", "/page/ruritania", "/data/ruritania.ttl", "/sparql", QUERY]
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_TREE, *paths, *(term.value for term in INFERRED)],
        cwd=tmp_path,
        env=os.environ | {"KG_BUILDS": str(builds), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    answers, premises = json.loads(ran.stdout)
    assert json.loads(answers["/healthz"])["build"] == number
    examples = [query for query in named_queries(tree_texts()) if query.example]
    assert examples[0].title in answers["/"]
    assert examples[0].title in answers["/sparql"]
    assert "Ruritania" in answers["/page/ruritania"]
    assert "@prefix dip:" in answers["/data/ruritania.ttl"]
    assert "/page/ruritania" in answers[QUERY]
    assert str(Triple(*PARTICIPANT)) in premises
