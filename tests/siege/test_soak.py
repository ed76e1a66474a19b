"""A short form of the soak."""

import time
from pathlib import Path

from tests.siege import soak
from tests.siege.answers import LAG, Answers, Item
from tests.siege.clients import Response


def test_every_answer_is_one_of_a_build_that_was_current(tree: Path) -> None:
    assert soak.all_of(tree, seconds=5, variants=2, readers=3) == []


def response(tag: str, body: bytes, status: int = 200) -> Response:
    return Response(status, {"Etag": f'W/"{tag}"'}, body)


def test_answer_of_another_build_or_a_truncated_one_is_a_fault() -> None:
    item = Item("/page/x")
    answers = Answers([item])
    for number in ("a", "b"):
        answers.record(item, number, response(number, f"body of {number}".encode()))
    answers.publish("a")
    fault = "an answer of none of the builds"
    assert answers.fault(item, response("a", b"body of a"), time.monotonic()) == ""
    assert answers.fault(item, response("a", b"body of"), time.monotonic()) == fault
    assert answers.fault(item, response("b", b"body of b"), time.monotonic()) == fault
    assert answers.fault(item, response("b", b"", 304), time.monotonic())
    answers.publish("b")
    assert answers.fault(item, response("b", b"body of b"), time.monotonic()) == ""
    assert answers.fault(item, response("b", b"body of a"), time.monotonic()) == fault
    answers.settle("b")
    assert answers.fault(item, response("a", b"body of a"), time.monotonic()) == ""
    late = answers.fault(item, response("a", b"body of a"), time.monotonic() + 2 * LAG)
    assert late == "an answer of a build that ended 30 s ago"
    assert answers.fault(item, response("b", b"", 500), time.monotonic()).startswith("500")
