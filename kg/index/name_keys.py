"""The words by which names are looked up for matching: how they sound, and acronyms."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

from kg.index.folding import fold_name
from kg.index.romanising import read_table, sound_keys

# Keys of longer names are cut: no query is longer.
LONGEST_KEY = 200
# Names of few short words are also written as one: Da Nang, Danang.
_JOINED_WORDS, _JOINED_LETTERS = 3, 16
_PAIR = 2

_NAMES = (
    "SELECT resource, text FROM name JOIN resource ON resource.id = name.resource "
    "WHERE thing = 1 AND kind != 'point' ORDER BY resource"
)
_WORDS = (
    "INSERT INTO name_word (word, uses) SELECT word, COUNT(*) FROM use GROUP BY word ORDER BY word"
)
_USES = (
    "INSERT INTO word_use SELECT w.id, u.words, u.resource "
    "FROM use u JOIN name_word w ON w.word = u.word ORDER BY 1, 2, 3"
)


def name_keys(name: str) -> tuple[str, ...]:
    """Return how a name sounds, as words and as one word if it is short, and its acronyms.

    >>> name_keys("Ministry of Foreign Affairs")
    ('ministri of foreign afairs', 'mfa', 'mofa')
    >>> name_keys("Đà Nẵng")
    ('đa nang', 'đanang', 'đn')
    """
    return (*_sounds(name), *sorted(acronyms(fold_name(name[:LONGEST_KEY]).split())))


def query_keys(name: str) -> tuple[str, ...]:
    """Return the keys to look a name up by: how it sounds, and itself if it may be an acronym.

    >>> query_keys("USSR"), query_keys("Foreign Affairs")
    (('usr', 'ussr'), ('foreign afairs', 'foreignafairs'))
    """
    folded = fold_name(name[:LONGEST_KEY])
    return _sounds(name) if " " in folded else (*_sounds(name), folded)


def _sounds(name: str) -> tuple[str, ...]:
    sounds = sound_keys(name[:LONGEST_KEY])
    return (*sounds, *(sound.replace(" ", "") for sound in sounds if _is_short(sound)))


def key_words(key: str) -> list[str]:
    """Return the words of a key; of ideographs, which have no spaces between, also each two.

    >>> key_words("abe sinzo"), key_words("安倍晋三")
    (['abe', 'sinzo'], ['安倍晋三', '安倍', '倍晋', '晋三'])
    """
    words: list[str] = []
    for word in key.split():
        words.append(word)
        if not word.isascii():
            words += [word[at : at + 2] for at in range(len(word) - 1) if len(word) > _PAIR]
    return words


def _is_short(sound: str) -> bool:
    return 0 < sound.count(" ") < _JOINED_WORDS and len(sound) <= _JOINED_LETTERS


def acronyms(words: Sequence[str]) -> frozenset[str]:
    """Return the acronyms of some words: with the initials of small words and without.

    >>> sorted(acronyms(["ministry", "of", "foreign", "affairs"]))
    ['mfa', 'mofa']
    """
    important = [word for word in words if word not in _small_words()]
    made = {"".join(word[0] for word in some) for some in (words, important)}
    return frozenset(acronym for acronym in made if len(acronym) > 1)


def write_name_keys(database: sqlite3.Connection) -> None:
    """Fill the tables of words from the names of things, which are written."""
    # In a table of its own, which SQLite sorts on disk; dropped before the index is complete.
    database.execute("CREATE TEMP TABLE use (word TEXT, words INTEGER, resource INTEGER)")
    database.executemany("INSERT INTO use VALUES (?, ?, ?)", _uses(database.execute(_NAMES)))
    database.execute(_WORDS)
    database.execute(_USES)
    database.execute("DROP TABLE use")
    database.execute("INSERT INTO word_spelling (word_spelling) VALUES ('rebuild')")


def _uses(names: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int, int]]:
    """Yield each word of the names of each resource, and the words of the shortest with it."""
    for resource, its_names in groupby(names, itemgetter(0)):
        uses: dict[str, int] = {}
        for _, name in its_names:
            for key in name_keys(name):
                words = key_words(key)
                for word in words:
                    uses[word] = min(len(words), uses.get(word, len(words)))
        yield from ((f" {word}", length, resource) for word, length in uses.items())


@cache
def _small_words() -> frozenset[str]:
    return frozenset(read_table("acronyms")["small_words"])
