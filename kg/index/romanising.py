"""Write names of any script in Latin letters, so that transliterations of one name are alike."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg.index.folding import fold_name
from kg.model.text_files import read

TABLES = Path(__file__).with_name("romanisation.toml")

# Hiragana stand so far before the katakana of the same sound (https://www.unicode.org/charts/).
_HIRAGANA, _TO_KATAKANA = range(0x3041, 0x3097), 0x60
_CACHED = 50_000


@lru_cache(maxsize=_CACHED)
def sound_keys(name: str) -> tuple[str, ...]:
    """Return how a name sounds, roughly: equal for the transliterations of one name.

    Usually one key; two if the spelling may be of two languages. Ideographs stay as they are.

    >>> sound_keys("Сергей Лавров") == sound_keys("Sergei Lavrov") == sound_keys("Sergej Lawrow")
    True
    >>> sound_keys("Kōno") == sound_keys("Kohno") == sound_keys("コウノ")[:1]
    True
    >>> sound_keys("Kouno"), sound_keys("安倍")
    (('kono', 'kuno'), ('安倍',))
    """
    words = fold_name(romanise(name)).split(" ")
    # No spelling goes beyond a word, and words repeat from name to name.
    first, other = (
        " ".join(_collapse(word, alternatives) for word in words)
        for alternatives in ("", "alternatives")
    )
    return (first,) if other == first else (first, other)


def romanise(name: str) -> str:
    """Transliterate Cyrillic and kana into Latin letters; leave other characters.

    >>> romanise("Владимир Путин"), romanise("プーチン"), romanise("Abe")
    ('vladimir putin', 'puchin', 'abe')
    """
    if name.isascii():
        return name.lower().replace("'", "")
    # Composed and full-width first: the voicing of kana is part of the character in the table.
    composed = unicodedata.normalize("NFKC", name).casefold()
    katakana = "".join(chr(ord(c) + _TO_KATAKANA * (ord(c) in _HIRAGANA)) for c in composed)
    return _substitute(katakana, "cyrillic", "kana")


@cache
def read_table(name: str) -> Mapping[str, Any]:
    """Return one table of `romanisation.toml`."""
    table: dict[str, Any] = tomllib.loads(read(TABLES))[name]
    return table


@lru_cache(maxsize=_CACHED)
def _collapse(word: str, alternatives: str) -> str:
    if word.isdigit():
        return word
    spelt = _substitute(word, "spellings", *filter(None, [alternatives]))
    return re.sub(r"([a-z])\1+", r"\1", spelt)


def _substitute(text: str, *tables: str) -> str:
    pattern, replacements = _pattern(tables)
    return pattern.sub(lambda match: replacements[match[0]], text)


@cache
def _pattern(tables: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return an expression for all that some tables replace, the longest first, and by what."""
    replacements = {key: value for name in tables for key, value in read_table(name).items()}
    longest_first = sorted(replacements, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), replacements
