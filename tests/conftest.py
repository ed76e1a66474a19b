"""One small graph for every test that asks rather than builds; nothing is patched or mocked.

The graph of `tests/data/tiny.trig` is read once: tests only ask it.
"""

from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.publish import dataset
from kg.store import Store

TINY = Path(__file__).parent / "data" / "tiny.trig"


@pytest.fixture(scope="session")
def tiny() -> list[Quad]:
    return dataset(parse(path=TINY, format=RdfFormat.TRIG))


@pytest.fixture(scope="session")
def store(tiny: list[Quad]) -> Store:
    return Store.of(tiny)
