"""Graphs for every test that asks rather than builds; nothing is patched or mocked.

`store` is a few statements (`tests/data/tiny.trig`) with an ontology of their own; `corpus` is what
three invented sources say (`tests/corpus`) in the real ontology; `built` is the live graph.
Each is read once: tests only ask it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, parse
from xdist.scheduler import LoadScopeScheduling

from kg.model.languages import DEFAULT, in_language
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import use_prefixes
from kg.model.source_texts import SourceTexts, tree_texts
from kg.pipeline.load import load
from kg.store.store import Store
from tests.publishing import corpus_under, with_inferred

HERE = Path(__file__).parent
TINY = HERE / "data" / "tiny.trig"

# Tests that start processes that serve: the site, workers of queries, a siege. Some have deadlines
# that a busy machine would miss, and run alone; others only take their time.
UNHURRIED = ("clients", "deploy", "engines", "web/protocol/sparql/test_w3c.py")
ALONE = (
    *("bench", "siege"),
    *("kg/workers/test_pool.py", "kg/workers/test_slow_queue.py"),
    *("web/edge", "web/query/test_examples.py"),
    *("web/serving/test_observe.py", "web/serving/test_public.py", "web/test_server.py"),
)
# What shares a server, a browser or a client is tested in one process; else each file is a group.
SHARING = ("browser", "clients", "deploy", "engines")
# Groups that take longest start first, so that the processes end together.
LONGEST = (
    *("browser", "engines", "clients", "deploy", "test_linear.py", "web/test_growth.py"),
    *("kg/pipeline/additions/test_additions.py", "kg/pipeline/test_processes.py"),
    *("web/serving/test_public_queries.py", "kg/pipeline/test_build.py"),
    *("web/query/test_snippets.py", "test_layers.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a server, so that the rest can be run by itself in a minute."""
    _mark(items)
    order = {group: place for place, group in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(_group(item.nodeid), len(order)))


class GroupScheduling(LoadScopeScheduling):
    """Has the tests of a group run in one process, one group after another in their order."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> GroupScheduling:
    """Return how tests are given to processes, whatever `--dist` says."""
    return GroupScheduling(config, log)


def _group(nodeid: str) -> str:
    path = nodeid.partition("::")[0].removeprefix("tests/")
    first = path.partition("/")[0]
    return first if first in SHARING else path


def _mark(items: list[pytest.Item]) -> None:
    for item in items:
        if not item.path.is_relative_to(HERE):
            continue
        path = item.path.relative_to(HERE)
        if path.is_relative_to("browser"):
            item.add_marker("browser")
        elif any(path.is_relative_to(name) for name in (*UNHURRIED, *ALONE)):
            item.add_marker("server")
        if any(path.is_relative_to(name) for name in ALONE):
            item.add_marker("alone")


@pytest.fixture(autouse=True)
def _named_in_english_and_short() -> Iterator[None]:
    """Let no request of a test decide how the next test reads names: language and prefixes."""
    use_prefixes(tree_texts().prefixes)
    with in_language(DEFAULT):
        yield


@pytest.fixture(scope="session")
def tiny() -> list[Quad]:
    return with_default_graph(parse(path=TINY, format=RdfFormat.TRIG))


@pytest.fixture(scope="session")
def store(tiny: list[Quad]) -> Store:
    return Store.of(tiny)


@pytest.fixture(scope="session")
def corpus_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tree of the corpus with the real ontology and queries; tests only read it."""
    return corpus_under(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def corpus(corpus_tree: Path) -> Store:
    """Return the graph of the corpus, with what follows from it."""
    texts = SourceTexts.of_tree(corpus_tree)
    return Store.of(with_inferred(load(corpus_tree).quads), texts=texts)


@pytest.fixture(scope="session")
def built() -> Store:
    """Return the live graph, with what follows from it.

    It changes with every source: test on it only that it is sound. Behaviour is tested on `corpus`.
    """
    quads = load().quads
    return Store.of(with_inferred(quads))
