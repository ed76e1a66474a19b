import pytest

from kg.agents.cursors import read_cursor, write_cursor
from kg.model.errors import QueryError

ASKED = {"thing": "id:japan", "max_bytes": 4000}


def test_a_cursor_leads_back_to_where_it_was_written() -> None:
    cursor = write_cursor("abc", 7, "describe", ASKED)
    assert read_cursor("abc", "describe", {**ASKED, "cursor": cursor}) == 7
    assert read_cursor("abc", "describe", {"thing": "id:japan", "cursor": cursor}) == 7
    assert read_cursor("abc", "describe", ASKED) == 0


@pytest.mark.parametrize(
    ("build", "tool", "arguments", "message"),
    [
        ("def", "describe", ASKED, "belongs to build abc, and build def is here now"),
        ("abc", "search", ASKED, "another call"),
        ("abc", "describe", {"thing": "id:russia"}, "another call"),
    ],
)
def test_a_cursor_of_another_build_or_call_is_refused(
    build: str, tool: str, arguments: dict[str, object], message: str
) -> None:
    cursor = write_cursor("abc", 7, "describe", ASKED)
    with pytest.raises(QueryError, match=message):
        read_cursor(build, tool, {**arguments, "cursor": cursor})


@pytest.mark.parametrize("cursor", ["7", "abc.7", "abc.-7.01234567", "x" * 100])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(QueryError, match="no cursor"):
        read_cursor("abc", "describe", {"cursor": cursor})
