import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.ask.plain_words import read_plainly
from kg.store.store import Store

PHRASINGS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "phrasings.toml").read_text(encoding="utf-8")
)["phrasing"]
# The nearest ones that a reader sees first, and the share of phrasings that must be understood.
FIRST, ENOUGH = 3, 0.9
NONSENSE = [one["text"] for one in PHRASINGS if one.get("nothing")]


def understood(store: Store, phrasing: dict[str, Any]) -> bool:
    reading = read_plainly(store, phrasing["text"])
    nearest = [one.question.name for one in reading.questions[:FIRST]]
    fields, question = phrasing.get("fields", {}), phrasing.get("question", "")
    return fields.items() <= reading.fields.items() and (not question or question in nearest)


def test_plain_questions_are_understood(built: Store) -> None:
    asked = [one for one in PHRASINGS if not one.get("nothing")]
    missed = [one["text"] for one in asked if not understood(built, one)]
    assert len(asked) >= 30
    assert 1 - len(missed) / len(asked) >= ENOUGH, missed


@pytest.mark.parametrize("text", ["What has Japan done?", "who expelled diplomats"])
def test_the_plainest_questions_are_understood(built: Store, text: str) -> None:
    assert understood(built, next(one for one in PHRASINGS if one["text"] == text))


@pytest.mark.parametrize("text", [*NONSENSE, "", "???", "x" * 5000])
def test_nonsense_finds_nothing(built: Store, text: str) -> None:
    reading = read_plainly(built, text)
    assert reading.fields == {}
    assert reading.questions == ()


def test_a_reading_is_the_same_each_time(built: Store) -> None:
    for phrasing in PHRASINGS[:5]:
        assert read_plainly(built, phrasing["text"]) == read_plainly(built, phrasing["text"])
