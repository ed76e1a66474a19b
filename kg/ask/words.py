"""The words of plain questions: what they stand for, by the tables of `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kg.index.folding import fold_name
from kg.model.text_files import read

# Nobody asks longer questions, and each run of their words is looked up as a name.
LONGEST_QUESTION = 200

_TABLES = Path(__file__).with_suffix(".toml")
# Japanese has no spaces: words in hiragana stand between those that say what is asked.
_SCRIPTS = re.compile(r"[\u3041-\u309f]+|[^\s\u3041-\u309f]+")
_ENDING = re.compile(r"(?:ies|ing|ed|es|s)$")
_STEM = 4


@cache
def word_tables() -> dict[str, Any]:
    """Return the tables, their words folded as those of questions are."""
    tables = tomllib.loads(read(_TABLES))
    further = tables.pop("questions")
    return {**_folded(tables), "questions": further}


def split_words(text: str) -> list[str]:
    """Return the words of a text without accents, case and punctuation.

    >>> split_words("What has Japan's cabinet done?"), split_words("日本は何をした")
    (['what', 'has', 'japan', 's', 'cabinet', 'done'], ['日本', 'は', '何', 'をした'])
    """
    return _SCRIPTS.findall(fold_name(text[:LONGEST_QUESTION]))


def _folded(table: Any) -> Any:
    if isinstance(table, dict):
        return {name: _folded(value) for name, value in table.items()}
    return [fold_name(word) + "*" * word.endswith("*") for word in table]


def stands_for(word: str, patterns: Iterable[str]) -> bool:
    """Tell whether a word is one of some patterns.

    >>> stands_for("expelled", ["expel*"]), stands_for("signal", ["sign"])
    (True, False)
    """
    return any(
        word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
        for pattern in patterns
    )


def names_under(word: str, table: str) -> list[str]:
    """Return under which names of a table a word stands.

    >>> names_under("высылка", "deeds"), names_under("to", "before")
    (['Expulsion'], ['whom'])
    """
    return [name for name, patterns in word_tables()[table].items() if stands_for(word, patterns)]


def is_stop_word(word: str) -> bool:
    """Tell whether a word says nothing of what is asked."""
    hiragana = "\u3041" <= word[0] <= "\u309f"
    return hiragana or stands_for(word, word_tables()["stop"])


def telling_words(words: Sequence[str]) -> list[str]:
    """Return what words stand for that tell something, each once.

    >>> telling_words(split_words("Who expelled the diplomats of Wales?"))
    ['expel', 'diplomat', 'wales']
    """
    telling = (word for word in words if not is_stop_word(word))
    return list(
        dict.fromkeys(next(iter(names_under(word, "same")), _stem(word)) for word in telling)
    )


def _stem(word: str) -> str:
    """Take the ending off an English word that is long enough."""
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= _STEM else word
