"""A site over published builds: two releases of a few statements."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.model.named_graphs import ENTITIES, SOURCES, with_default_graph
from kg.model.prefixes import BASE, node
from kg.store.builds import Builds
from kg.store.store import Store
from tests.conftest import TINY
from tests.publishing import publish, with_description
from web import create_app

LATER = (
    Quad(node("id:atlantis"), node("rdfs:label"), Literal("Atlantis", language="en"), ENTITIES),
    Quad(node("id:atlantis"), node("rdf:type"), node("dip:State"), ENTITIES),
    Quad(NamedNode(f"{BASE}source/later-1999"), node("rdf:type"), node("dip:Source"), SOURCES),
)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return the second of two releases, which adds a thing and a source."""
    builds: Path = tmp_path_factory.mktemp("releases")
    first = list(parse(path=TINY, format=RdfFormat.TRIG))
    for quads in (first, [*first, *LATER]):
        publish(builds, with_description(with_default_graph(quads)))
    return Builds(builds).open()


@pytest.fixture
def site(published: Store) -> FlaskClient:
    return create_app({"TESTING": True}, store=published).test_client()
