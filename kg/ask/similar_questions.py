"""The named questions that are most like a question in plain words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg.ask.words import split_words, telling_words, word_tables
from kg.sparql.named_queries import NamedQuery, named_queries
from kg.store.memory import per_store
from kg.store.store import Store

# How much of what is asked a question must have, and how near to the best one it must come.
_ENOUGH, _CLOSE = 0.5, 0.8
_SHOWN = 5
# Of the score, what of the reader's words the question has; the rest is the other way round.
_RECALL = 0.7
# Percent of rapidfuzz: a letter of a longer word may be wrong.
_ALIKE, _LONG = 85.0, 5


@dataclass(frozen=True)
class SimilarQuestion:
    """A named question, and how like it is, 0 to 1."""

    question: NamedQuery
    score: float


@dataclass(frozen=True)
class _Phrasing:
    question: NamedQuery
    words: frozenset[str]


class _Phrasings:
    """The titles and further phrasings of named questions, and how much each word tells."""

    def __init__(self, queries: Iterable[NamedQuery]) -> None:
        further = word_tables()["questions"]
        self.all = [
            _Phrasing(query, frozenset(telling_words(split_words(text))))
            for query in queries
            for text in (query.title, *further.get(query.name, ()))
        ]
        uses = Counter(word for phrasing in self.all for word in phrasing.words)
        self._weights = {word: math.log(1 + len(self.all) / n) for word, n in uses.items()}
        self._most = math.log(1 + len(self.all))

    def match(self, word: str) -> str:
        """Return the word of a phrasing that a word is, or is misspelt; empty if there is none."""
        # A graph may come without questions.
        if word in self._weights or len(word) < _LONG or not self._weights:
            return word if word in self._weights else ""
        best = max(self._weights, key=lambda phrased: (fuzz.ratio(word, phrased), phrased))
        return best if fuzz.ratio(word, best) >= _ALIKE else ""

    def weight(self, words: Iterable[str]) -> float:
        """Return how much some words tell; one that no phrasing has tells the most."""
        return sum(self._weights.get(word, self._most) for word in words)


def similar_questions(
    store: Store, words: Collection[str], names: Collection[str]
) -> list[SimilarQuestion]:
    """Return the named questions most like a question, best first; none if none is like it.

    `words` are its telling words, `names` those among them that are parts of things' names: a
    question that shares but one name with it is another question.
    """
    phrasings = _phrasings(store)
    matches = {word: phrasings.match(word) or word for word in words}
    best: dict[str, SimilarQuestion] = {}
    for phrasing in phrasings.all:
        shared = {word for word in words if matches[word] in phrasing.words}
        if not shared or (len(shared) == 1 and shared <= set(names)):
            continue
        weight = phrasings.weight(matches[word] for word in shared)
        recall = weight / phrasings.weight(matches.values())
        precision = weight / phrasings.weight(phrasing.words)
        score = _RECALL * recall + (1 - _RECALL) * precision
        name = phrasing.question.name
        if name not in best or score > best[name].score:
            best[name] = SimilarQuestion(phrasing.question, score)
    ranked = sorted(best.values(), key=lambda similar: (-similar.score, similar.question.name))
    enough = max(_ENOUGH, _CLOSE * ranked[0].score) if ranked else 1.0
    return [similar for similar in ranked if similar.score >= enough][:_SHOWN]


@per_store
def _phrasings(store: Store) -> _Phrasings:
    return _Phrasings(named_queries(store.texts))
