"""The PyPI package `reconciler` asks the served site as it asks Wikidata."""

from collections.abc import Iterator

import pandas
import pytest
from reconciler import reconcile
from reconciler.webutils import http

# The package's habit, not ours: its last release is older than this version of pandas.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")


@pytest.fixture
def endpoint(site: str) -> Iterator[str]:
    yield f"{site}/reconcile"
    # The package keeps one session for the life of the process.
    http.close()


def test_a_column_of_names(endpoint: str) -> None:
    names = pandas.Series(["Shinzo Abe", "Vladimir Putn", "Лавров", "Theresa May", "Abe, Shinzo"])
    table = reconcile(names, type_id="Person", reconciliation_endpoint=endpoint)
    found = dict(zip(table["input_value"], table["id"], strict=True))
    assert found == {
        "Shinzo Abe": "shinzo-abe",
        "Vladimir Putn": "vladimir-putin",
        "Лавров": "sergey-lavrov",
        "Theresa May": "theresa-may",
        "Abe, Shinzo": "shinzo-abe",
    }
    assert {*table["type_id"]} == {"Person"}


def test_columns_beside_it(endpoint: str) -> None:
    frame = pandas.DataFrame(
        {
            "office": ["prime minister", "foreign minister", "ambassador"],
            "country": ["UK", "Canada", "Russia"],
            "day": ["2018-03-14", "2018-04-23", "2018-04-25"],
        }
    )
    table = reconcile(
        frame["office"],
        type_id="Person",
        property_mapping={"country": frame["country"], "date": frame["day"]},
        reconciliation_endpoint=endpoint,
    )
    assert [*table["id"]] == ["theresa-may", "chrystia-freeland", "mikhail-galuzin"]
