import pytest

from kg.model.errors import KGError
from kg.workers.query_limits import Limits


def test_a_limit_is_what_the_setting_says() -> None:
    assert Limits.of({"QUERY_MEMORY": "1000", "QUERY_SECONDS": 2}) == Limits(
        query_memory=1000, query_seconds=2.0
    )


@pytest.mark.parametrize("value", ["", "x", "0", "-1", "nan", "inf", "1.5e9"])
def test_an_invalid_limit_is_refused_by_name(value: str) -> None:
    with pytest.raises(KGError, match="KG_QUERY_MEMORY"):
        Limits.of({"QUERY_MEMORY": value})
