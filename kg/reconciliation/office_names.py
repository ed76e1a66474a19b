"""What offices are called: titles without the state, synonyms, and adjectives of states."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from kg.index.folding import fold_name
from kg.model.text_files import read

_TABLE = Path(__file__).with_name("offices.toml")
# Words that tie a title to its state, and are left over at the end without it.
_LINKING = frozenset({"of", "to", "in", "for", "the", "at", "as", "s", "and"})


# From here on there are kana and ideographs, which have no spaces between words.
_IDEOGRAPHS = 0x3040


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(read(_TABLE))


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(fold_name, group)) for group in _tables()["titles"])


@cache
def _title_words() -> frozenset[str]:
    words = (word for group in _groups() for title in group for word in title.split())
    return frozenset(words) - _LINKING - {"foreign", "affairs", "public", "state", "head"}


def is_title(name: str) -> bool:
    """Tell whether a name may be the title of an office.

    >>> is_title("Russian ambassador"), is_title("安倍首相"), is_title("Shinzo Abe")
    (True, True, False)
    """
    folded = fold_name(name)
    return bool(_title_words() & set(folded.split()) or _first_titles()[0].search(folded))


def spell_out(name: str) -> str:
    """Write a title with the names of states instead of their adjectives.

    >>> spell_out("Russian ambassador to Japan"), spell_out("Japan's PM")
    ('russia ambassador to japan', 'japan pm')
    """
    words = fold_name(re.sub(r"['\u2019]s\b", " ", name)).split()
    return " ".join(_tables()["adjectives"].get(word, word) for word in words)


def same_titles(title: str) -> tuple[str, ...]:
    """Return a folded title with each part that has synonyms written in one way, or in two.

    >>> same_titles("japan pm"), same_titles("minister for foreign affairs of japan")
    (('japan prime minister',), ('foreign minister of japan',))
    >>> same_titles("英国首相")
    ('英国 prime minister', '英国 chancellor')
    """
    pattern, first = _first_titles()
    most = max((len(first[match]) for match in pattern.findall(title)), default=0)
    variants = (
        pattern.sub(lambda match, at=at: f" {(first[match[0]] * most)[at]} ", title)  # type: ignore[misc]
        for at in range(most)
    )
    return tuple(dict.fromkeys(" ".join(variant.split()) for variant in variants))


@cache
def _first_titles() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Return an expression for all titles, the longest first, and what each is written as."""
    first: dict[str, tuple[str, ...]] = {}
    for group in _groups():
        for title in group:
            first[title] = (*first.get(title, ()), group[0])
    longest = sorted(first, key=len, reverse=True)
    # Ideographs have no spaces around words.
    spaced = "|".join(re.escape(title) for title in longest if _spaced(title))
    others = "|".join(re.escape(title) for title in longest if not _spaced(title))
    return re.compile(rf"\b(?:{spaced})\b|{others}"), first


def _spaced(title: str) -> bool:
    return not any(ord(c) >= _IDEOGRAPHS for c in title)


def without_states(title: str, states: Iterable[str]) -> str:
    """Remove the names of states from a title, and the words that tied them to it.

    >>> without_states("Minister for Foreign Affairs of Japan", ["Japan"])
    'minister for foreign affairs'
    >>> without_states("アメリカ合衆国大統領", ["アメリカ合衆国"])
    '大統領'
    """
    folded = fold_name(title)
    for state in sorted(map(fold_name, states), key=len, reverse=True):
        if state and state.isascii():
            folded = re.sub(rf"\b{re.escape(state)}\b", " ", folded)
        elif state:
            folded = folded.replace(state, " ")
    words = folded.split()
    while words and words[-1] in _LINKING:
        words.pop()
    while words and words[0] in _LINKING:
        words.pop(0)
    return re.sub(r"\b(of|for|to|in) (the )?(?=(of|for|to|in)\b)", "", " ".join(words))
