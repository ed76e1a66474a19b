"""The query page, opened anew for each test."""

import pytest

from tests.browser.conftest import Opens
from tests.browser.driving import Visit


@pytest.fixture
def seen(visit: Opens) -> Visit:
    return visit("/sparql")
