"""A build as one file."""

import pytest
from pyoxigraph import Quad, parse

from kg.dump import DUMPS, dump
from kg.errors import NotFound
from kg.formats import graph_format
from kg.load import ENTITIES
from kg.prefixes import node
from kg.publish import dataset
from kg.store import Store

NAMED = Quad(node("id:norland"), node("rdf:type"), node("dip:State"), ENTITIES)
CLAIMED = Quad(node("id:norland"), node("rdf:type"), node("dip:Harbour"), node("claim:x/content"))
STORE = Store.of(dataset([NAMED, CLAIMED]))


@pytest.mark.parametrize("name", DUMPS)
def test_dump_reads_back(name: str) -> None:
    quads = list(parse(dump(STORE, name), format=graph_format(name).engine))
    assert len(quads) == (3 if name in ("nq", "trig") else 1)


@pytest.mark.parametrize("name", DUMPS)
def test_dump_of_one_graph_holds_that_graph(name: str) -> None:
    graph = CLAIMED.graph_name.value
    quads = list(parse(dump(STORE, name, graph), format=graph_format(name).engine))
    assert [quad.triple for quad in quads] == [CLAIMED.triple]


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(NotFound, match="there is no graph <urn:x> in this build"):
        dump(STORE, "nq", "urn:x")
    with pytest.raises(NotFound, match="there is no format called csv"):
        dump(STORE, "csv")
