"""Every page reads the same, whichever engine holds the graph."""

import re
from collections.abc import Iterable

import pytest
from pyoxigraph import NamedNode

from kg.model.prefixes import THING
from tests.browser.pages import PAGES
from tests.engines.conftest import EMBEDDED, REMOTE, Sites, Stores

_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
# How long a query took, and the order in which an engine returns the triples of a graph.
_TIME = re.compile(r"in [0-9.,]+ ms")
_GRAPHS = ("DESCRIBE",)
# The pages of all things take minutes on two engines: a part of them stands for all in `make test`.
PARTS = 12
_rendered: dict[str, tuple[int, str]] = {}


def page(sites: Sites, engine: str, path: str) -> tuple[int, str]:
    """Return the status and the main part of a page."""
    answer = sites(engine).test_client().get(path, headers={"Accept": "text/html"})
    body = answer.get_data(as_text=True)
    match = _MAIN.search(body)
    return answer.status_code, _TIME.sub("", match[0] if match else body)


def differing(sites: Sites, engine: str, paths: Iterable[str]) -> list[str]:
    different = []
    for path in paths:
        if path not in _rendered:
            _rendered[path] = page(sites, EMBEDDED, path)
        if page(sites, engine, path) != _rendered[path]:
            different.append(path)
    return different


@pytest.mark.parametrize("engine", REMOTE)
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.thorough) for part in range(1, PARTS))]
)
def test_the_page_of_every_thing(part: int, engine: str, sites: Sites, stores: Stores) -> None:
    subjects = {quad.subject for quad in stores(EMBEDDED).quads()}
    iris = (one.value for one in subjects if isinstance(one, NamedNode))
    slugs = sorted(iri[len(THING) :] for iri in iris if iri.startswith(THING) and "#" not in iri)
    assert len(slugs) > 500
    assert differing(sites, engine, (f"/page/{slug}" for slug in slugs[part::PARTS])) == []


@pytest.mark.parametrize("engine", REMOTE)
def test_the_page_of_every_source_and_sentence(engine: str, sites: Sites, stores: Stores) -> None:
    graphs = [graph.value for graph in stores(EMBEDDED).graphs()]
    paths = {f"/source/{graph.partition('/source/')[2]}" for graph in graphs if "/source/" in graph}
    assert len(paths) > 100
    assert differing(sites, engine, sorted(paths)[::4]) == []


@pytest.mark.parametrize("engine", REMOTE)
def test_every_kind_of_page(engine: str, sites: Sites) -> None:
    paths = (path for path in PAGES.values() if not any(word in path for word in _GRAPHS))
    assert differing(sites, engine, paths) == []
