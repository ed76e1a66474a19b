from collections.abc import Iterator

import pytest

from tests.kg.federation.endpoint import Endpoint, running


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running() as server:
        yield server
