"""Look up the things whose names share words with a name, misspelt or transliterated too."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from kg.index.folding import fold_name
from kg.index.name_keys import key_words, name_keys
from kg.index.reader import Index, index
from kg.index.sql import TRIGRAM
from kg.store.memory import per_store
from kg.store.store import Store

# Words of a query, the rarest first; no name is told from others by more.
_WORDS = 8
# Words that share trigrams, ranked roughly, and how alike they must be, of 1.
_SIMILAR, _ALIKE = 25, 0.6
# Things that share one word, those with the shortest names first.
_USES = 150
# Words that so large a share of all things have in a name tell little beside others.
_COMMON = 0.1
# Words of a column of names repeat, above all the first names of persons.
_CACHED = 20_000
# How much more a short name counts than a long one with the same words.
_BREVITY = 0.02

# The weight of a word that no name has, and more words than any name has.
_UNKNOWN, _LONG = 1.0, 1_000

_EXACT = "SELECT id, word, uses FROM name_word WHERE word = ?"
# A range, for ideographs have no spaces between words: 安倍 begins 安倍晋三.
_STARTING = "SELECT id, word, uses FROM name_word WHERE word > ? AND word < ? LIMIT ?"
_SPELT = (
    "SELECT w.id, w.word, w.uses FROM word_spelling s JOIN name_word w ON w.id = s.rowid "
    "WHERE word_spelling MATCH ? ORDER BY s.rank LIMIT ?"
)
_THINGS = (
    "SELECT r.iri, u.words FROM word_use u JOIN resource r ON r.id = u.resource "
    "WHERE u.word = ? ORDER BY u.words, u.resource LIMIT ?"
)
_COUNT = "SELECT COUNT(*) FROM resource WHERE thing = 1"


class _Similar(NamedTuple):
    """The words of the index that a word of a query may be, and how much that word tells.

    `words` are (number, how alike); the weight is that of the word which is most alike.
    """

    words: tuple[tuple[int, float], ...]
    weight: float


class NameSearch:
    """Looks up things by the words of names, in the index of one build."""

    def __init__(self, store: Store) -> None:
        """Take the store whose index is read."""
        self._index: Index = index(store)
        self._things = max(2, self._index.rows(_COUNT)[0][0])
        self._common = math.log(1 + 1 / _COMMON)
        # Per build, not per method, for caches must go with it.
        self._words = lru_cache(maxsize=_CACHED)(self._similar_words)
        self._uses = lru_cache(maxsize=_CACHED)(self._things_with)

    def candidates(self, names: Iterable[str]) -> dict[str, float]:
        """Return the things that share words with some names, 0 to about 1, best first."""
        votes: dict[str, float] = {}
        for key in dict.fromkeys(
            key for name in names for key in (*name_keys(name), fold_name(name))
        ):
            for iri, vote in self._votes(key_words(key)).items():
                votes[iri] = max(vote, votes.get(iri, 0.0))
        return {iri: votes[iri] for iri in sorted(votes, key=lambda iri: (-votes[iri], iri))}

    def _votes(self, words: list[str]) -> dict[str, float]:
        """Return for each thing how much of some words its names have, less its further words."""
        similar = [self._words(word) for word in dict.fromkeys(words)]
        ranked = sorted(similar, key=lambda word: -word.weight)[:_WORDS]
        telling = [word for word in ranked if word.weight > self._common] or ranked
        votes: dict[str, float] = defaultdict(float)
        lengths: dict[str, int] = {}
        for word in telling:
            best: dict[str, float] = {}
            for number, alike in word.words:
                vote = alike * word.weight
                for iri, length in self._uses(number):
                    if vote > best.get(iri, 0.0):
                        best[iri] = vote
                    if length < lengths.get(iri, _LONG):
                        lengths[iri] = length
            for iri, vote in best.items():
                votes[iri] += vote
        most = sum(word.weight for word in telling) or 1.0
        return {iri: vote / most - _BREVITY * lengths[iri] for iri, vote in votes.items()}

    def _similar_words(self, word: str) -> _Similar:
        padded = f" {word}"
        trigrams = {padded[at : at + TRIGRAM] for at in range(len(padded) - TRIGRAM + 1)}
        rows = list(self._index.rows(_EXACT, (padded,)))
        if trigrams and word.isascii():
            match = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
            rows += self._index.rows(_SPELT, (match, _SIMILAR))
        elif len(word) > 1:
            rows += self._index.rows(_STARTING, (padded, padded + chr(0x10FFFF), _SIMILAR))
        # By how alike they are, and how many things have them.
        alike = sorted(
            ((_alike(word, other), uses, number) for number, other, uses in dict.fromkeys(rows)),
            reverse=True,
        )
        words = tuple((number, share) for share, _, number in alike if share)
        weight = math.log(1 + self._things / alike[0][1]) if words else _UNKNOWN
        return _Similar(words, weight)

    def _things_with(self, number: int) -> tuple[tuple[str, int], ...]:
        return tuple(self._index.rows(_THINGS, (number, _USES)))


@per_store
def name_search(store: Store) -> NameSearch:
    """Return what looks up names in a build."""
    return NameSearch(store)


def _alike(word: str, other: str) -> float:
    """Return how alike a word is to one of the index, 0 to 1; 0 if they are different words."""
    if not word.isascii() and other.startswith(f" {word}"):
        return 1.0
    alike = fuzz.ratio(word, other[1:]) / 100
    return alike if alike >= _ALIKE else 0.0
