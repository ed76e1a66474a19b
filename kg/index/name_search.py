"""Look up the things whose names share words with a name, misspelt or transliterated too."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import fuzz, process

from kg.index.name_keys import key_words, query_keys
from kg.index.reader import Index, index
from kg.index.sql import TRIGRAM
from kg.store.memory import per_store
from kg.store.store import Store

# Words of a query, the rarest first; no name is told from others by more.
_WORDS, _LEADING = 6, 3
# Words that share trigrams, ranked roughly, and how alike they must be, of 1.
_SIMILAR, _ALIKE = 25, 0.6
# Things that share one word, those with the shortest names first.
_USES = 100
# Words that so large a share of all things have in a name tell little beside others.
_COMMON = 0.1
# Words of a column of names repeat, above all the first names of persons; each holds the things
# that have it.
_CACHED = 4_000
# How much more a short name counts than a long one with the same words.
_BREVITY = 0.02

# The weight of a word that no name has, and less than any vote.
_UNKNOWN, _NO_VOTE = 1.0, -1_000.0

# A word is compared with so many in a millisecond.
_COMPARED = 20_000

_WORDS_UP_TO = "SELECT id, word, uses FROM name_word LIMIT ?"
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


class _Voters(NamedTuple):
    """The things with a word of a query in a name: how alike, and in how many words.

    The weight is how much the word tells: more, the fewer things have it.
    """

    things: Mapping[str, tuple[float, int]]
    weight: float


class NameSearch:
    """Looks up things by the words of names, in the index of one build."""

    def __init__(self, store: Store) -> None:
        """Take the store whose index is read."""
        self._index: Index = index(store)
        self._things = max(2, self._index.rows(_COUNT)[0][0])
        self._common = math.log(1 + 1 / _COMMON)
        # Few enough words are compared one by one, which misses none; of more, those that share
        # three letters.
        words = self._index.rows(_WORDS_UP_TO, (_COMPARED + 1,))
        few = words if len(words) <= _COMPARED else []
        self._all = {number: word for number, word, _ in few}
        self._uses = {number: uses for number, _, uses in few}
        # Per build, not per method, for caches must go with it.
        self._voters = lru_cache(maxsize=_CACHED)(self._things_like)

    def candidates(self, names: Iterable[str]) -> dict[str, float]:
        """Return the things that share words with some names, 0 to about 1, best first."""
        votes: dict[str, float] = {}
        for key in dict.fromkeys(key for name in names for key in query_keys(name)):
            for iri, vote in self._votes(key_words(key)).items():
                if vote > votes.get(iri, _NO_VOTE):
                    votes[iri] = vote
        return dict(sorted(votes.items(), key=itemgetter(1), reverse=True))

    def _votes(self, words: list[str]) -> dict[str, float]:
        """Return for things how much of some words their names have, less their further words."""
        voters = [self._voters(word) for word in dict.fromkeys(words)]
        ranked = sorted(voters, key=lambda word: -word.weight)[:_WORDS]
        telling = [word for word in ranked if word.weight > self._common] or ranked
        most = sum(word.weight for word in telling) or 1.0
        votes: dict[str, float] = {}
        for word in telling[:_LEADING]:
            share = word.weight / most
            for iri, (alike, length) in word.things.items():
                if iri in votes:
                    votes[iri] += alike * share
                else:
                    votes[iri] = alike * share - _BREVITY * max(0, length - len(words))
        # What has none of the rarest words is no candidate, whatever others it has.
        for word in telling[_LEADING:]:
            share = word.weight / most
            for iri in votes.keys() & word.things.keys():
                votes[iri] += word.things[iri][0] * share
        return votes

    def _things_like(self, word: str) -> _Voters:
        words = self._similar_words(word)
        things: dict[str, tuple[float, int]] = {}
        for alike, _, number in words:
            for iri, length in self._things_with(number):
                # The most alike words come first.
                things.setdefault(iri, (alike, length))
        weight = math.log(1 + self._things / words[0][1]) if words else _UNKNOWN
        return _Voters(things, weight)

    def _similar_words(self, word: str) -> list[tuple[float, int, int]]:
        """Return (how alike, how many things have it, number) of words, the most alike first."""
        padded = f" {word}"
        trigrams = {padded[at : at + TRIGRAM] for at in range(len(padded) - TRIGRAM + 1)}
        rows = list(self._index.rows(_EXACT, (padded,)))
        if self._all:
            close = process.extract(
                padded, self._all, scorer=fuzz.ratio, limit=_WORDS, score_cutoff=100 * _ALIKE
            )
            rows += [(number, other, self._uses[number]) for other, _, number in close]
        elif trigrams:
            match = " OR ".join(f'"{trigram}"' for trigram in sorted(trigrams))
            rows += self._index.rows(_SPELT, (match, _SIMILAR))
        if not word.isascii() and len(word) > 1:
            rows += self._index.rows(_STARTING, (padded, padded + chr(0x10FFFF), _SIMILAR))
        alike = ((_alike(word, other), uses, number) for number, other, uses in {*rows})
        return sorted((row for row in alike if row[0]), reverse=True)[:_WORDS]

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
