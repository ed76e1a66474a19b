"""A build as one file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad, parse

from kg.model.errors import NotFound
from kg.model.formats import graph_format
from kg.model.named_graphs import ENTITIES, with_default_graph
from kg.model.prefixes import ROOT, node
from kg.store.dump import DUMPS, dump_graphs
from kg.store.store import Store
from tests.publishing import publish

NAMED = Quad(node("id:norland"), node("rdf:type"), node("dip:State"), ENTITIES)
CLAIMED = Quad(node("id:norland"), node("rdf:type"), node("dip:Harbour"), node("claim:x/content"))
STORE = Store.of(with_default_graph([NAMED, CLAIMED]))


@pytest.mark.parametrize("name", DUMPS)
def test_dump_reads_back(name: str) -> None:
    quads = list(parse(dump_graphs(STORE, name), format=graph_format(name).engine))
    assert len(quads) == (3 if name in ("nq", "trig") else 1)


@pytest.mark.parametrize("name", DUMPS)
def test_dump_of_one_graph_holds_that_graph(name: str) -> None:
    graph = CLAIMED.graph_name.value
    quads = list(parse(dump_graphs(STORE, name, graph), format=graph_format(name).engine))
    assert [quad.triple for quad in quads] == [CLAIMED.triple]


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="there is no graph urn:x in this build"):
        dump_graphs(STORE, "nq", "urn:x")
    with pytest.raises(NotFound, match="there is no format called csv"):
        dump_graphs(STORE, "csv")


@pytest.mark.parametrize("asked", ["graph:entities", ENTITIES.value, f"<{ENTITIES.value}>"])
def test_graph_may_be_named_in_any_way(asked: str) -> None:
    assert dump_graphs(STORE, "nt", asked).count(b"\n") == 1


@pytest.mark.parametrize("asked", ["a b", "foo", "foo:bar", "<", ""])
def test_name_that_is_no_iri_is_no_graph(asked: str) -> None:
    with pytest.raises(NotFound, match="there is no graph"):
        dump_graphs(STORE, "nq", asked)


def test_name_that_comes_near_is_offered() -> None:
    with pytest.raises(NotFound, match=r"did you mean graph:entities\?"):
        dump_graphs(STORE, "nq", "graph:entity")


def test_dumps_of_two_processes_are_equal(builds: Path) -> None:
    also, nodes = node("rdfs:seeAlso"), [BlankNode(f"b{n}") for n in range(4)]
    publish(builds, with_default_graph(Quad(a, also, b, ENTITIES) for a in nodes for b in nodes))
    code = "from kg.cli.commands import kg_command; kg_command()"
    dumps = {
        subprocess.run(
            [sys.executable, "-c", code, "dump", "--format", "trig"],
            env=os.environ | {"KG_BUILDS": str(builds)},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for _ in range(2)
    }
    assert len(dumps) == 1
