"""Rules conclude the same on an engine, by updates and by what is read back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.inference.derive import derive
from kg.model.errors import KGError
from kg.model.prefixes import prefixes
from kg.pipeline.remote.engine_writer import EngineWriter
from kg.pipeline.remote.remote_draft import RemoteDraft
from kg.pipeline.remote.trusted_engine import TrustedEngine
from tests.oxigraph_server import endpoint_at, oxigraph_server
from tests.publishing import graph_of

pytestmark = pytest.mark.server

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
# A blank node is no class that a thing could be inferred to belong to, nor a property.
FACTS = """
dip:p rdfs:domain [ owl:unionOf ( dip:A dip:B ) ] ; rdfs:range dip:C ; owl:inverseOf dip:q .
dip:C rdfs:subClassOf [ a owl:Restriction ] , dip:D . dip:r owl:propertyChainAxiom ( dip:p dip:q ) .
dip:t a owl:TransitiveProperty . id:a dip:t id:b . id:b dip:t id:c . id:c dip:t id:d .
id:a dip:p id:b ; dip:date "2020-02"^^xsd:gYearMonth ; dip:attested "2021"^^xsd:gYear .
id:b a dip:C , dip:Event .
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


def draft(url: str, *, concludes: bool) -> RemoteDraft:
    endpoint, dialect = endpoint_at(url)
    endpoint.update("DROP ALL")
    writer = EngineWriter(endpoint, dialect)
    return RemoteDraft(TrustedEngine(endpoint, dialect), writer, concludes=concludes)


def facts() -> list[Quad]:
    return list(parse(HEAD + FACTS, format=RdfFormat.TURTLE))


@pytest.mark.parametrize("concludes", [True, False])
def test_rules_conclude_what_they_conclude_in_memory(url: str, concludes: bool) -> None:
    remote, embedded, quads = draft(url, concludes=concludes), graph_of(()), facts()
    for graph in (remote, embedded):
        graph.add(quads)
    assert derive(remote) == derive(embedded)
    assert set(remote.quads()) == set(embedded.quads()) == set(remote.view().quads())
    assert len(remote) == len(embedded)


def test_a_rule_that_never_ends_is_named_by_an_engine_too(url: str, tmp_path: Path) -> None:
    grows = "# Every number has a next.\nPREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"
    grows += "CONSTRUCT { ?x dip:n ?m } WHERE { ?x dip:n ?n BIND(?n + 1 AS ?m) }"
    (tmp_path / "grow.rq").write_text(grows, encoding="utf-8")
    remote = draft(url, concludes=True)
    remote.add(parse(HEAD + "id:x dip:n 1 .", format=RdfFormat.TURTLE))
    with pytest.raises(KGError, match=r"grow.rq \(Every number has a next\.\) still adds"):
        derive(remote, tmp_path)


def test_what_is_removed_is_removed_there(url: str) -> None:
    remote, quads = draft(url, concludes=True), facts()
    remote.add(quads)
    remote.remove(quad for quad in quads if quad.subject.value.endswith("/a"))
    there = set(remote.view().quads())
    assert there == set(remote.quads())
    assert len(there) < len(quads)
