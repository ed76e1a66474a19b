"""Read a name: its words, how it sounds, and the shorter forms that it contains."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg.index.folding import fold_name
from kg.index.name_keys import acronyms
from kg.index.romanising import sound_keys
from kg.model.text_files import read

NAMES = Path(__file__).with_name("names.toml")

# Words of as many names as a build's busiest lists and a request of a thousand names have.
_CACHED = 50_000
_IN_BRACKETS = re.compile(r"[(\[][^][()]*+[)\]]")
# Longer names are not compared further: edit distances cost the square of the length.
LONGEST = 200


@dataclass(frozen=True)
class NameForm:
    """One way to write a name: folded, in words, in sorted words, by sound, and its acronyms.

    `parts` are its words, as written and by sound; `untitled` if a title in front of a person's
    name is left out. `worth` is 1 for the name as it stands, less for what is left of it without
    some words; `ideographs` if it cannot be written in Latin letters by sound; `numbers` are
    the words of digits.
    """

    folded: str
    words: tuple[str, ...]
    ordered: str
    sounds: tuple[str, ...]
    ordered_sounds: tuple[str, ...]
    acronyms: frozenset[str]
    parts: frozenset[str]
    untitled: bool
    worth: float
    ideographs: bool
    numbers: tuple[str, ...]


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(read(NAMES))


@lru_cache(maxsize=_CACHED)
def name_forms(name: str) -> tuple[NameForm, ...]:
    """Return the forms of a name, as it stands first; none for a name without a letter or digit.

    >>> [form.folded for form in name_forms("President Putin (Russia)")]
    ['president putin russia', 'president putin', 'putin']
    >>> [form.folded for form in name_forms("安倍首相")], name_forms("…")
    (['安倍首相', '安倍'], ())
    """
    forms: dict[str, NameForm] = {}
    # Most variants are the name again, and what stands first is worth most.
    for text, worth, untitled in _variants(name[:LONGEST]):
        plain = _plain(text)
        if plain and plain not in forms:
            forms[plain] = _form(text, worth, untitled)
    return tuple(form for form in forms.values() if form.folded)


def _variants(name: str) -> Iterator[tuple[str, float, bool]]:
    """Yield what may stand for a name, how much it is worth, and whether a title is left out."""
    yield name, 1.0, False
    bare = " ".join(_IN_BRACKETS.sub(" ", unicodedata.normalize("NFKC", name)).split())
    yield bare, 0.98, False
    plain = _plain(bare)
    words = plain.split()
    yield " ".join(_abbreviations().get(word, word) for word in words), 0.99, False
    yield _joined_letters(words), 0.99, False
    yield _strip(plain), 0.97, False
    yield _strip(_strip(plain, titles=True)), 0.97, True
    head, comma, _ = bare.partition(",")
    if comma and head.strip():
        yield head, 0.85, False


def _plain(name: str) -> str:
    """Lower the case and remove punctuation; the voicing of kana stays, unlike in a folded name."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", composed).split())


def _strip(plain: str, titles: bool = False) -> str:
    """Remove articles and legal forms, or titles, as many as there are, unless nothing remains."""
    start, end, unspaced = _strippable(titles)
    while True:
        shorter = end.sub("", start.sub("", plain))
        if not shorter.isascii():
            shorter = unspaced.sub("", shorter)
        if shorter == plain:
            return plain
        plain = shorter


@cache
def _strippable(titles: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return expressions for what is taken off at the start, at the end, and without spaces."""
    tables = _tables()
    starts = tables["titles"] if titles else [*tables["articles"], *tables["forms_in_front"]]
    ends = [] if titles else tables["forms_at_end"]
    unspaced = tables["title_endings"] if titles else tables["endings"]
    # One ideograph is no name: 日本国 without its ending is, 中国 is not.
    return (
        re.compile(rf"^(?:{_any(starts)}) (?=.)"),
        re.compile(rf"(?<=.) (?:{_any(ends)})$"),
        re.compile(rf"(?<=..)(?:{_any(unspaced)})$"),
    )


def _any(words: Iterable[str]) -> str:
    """Return an expression for any of some words, the longest first; for none, one that fails."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _joined_letters(words: Sequence[str]) -> str:
    """Join letters that stand alone, such as those of “U.K.”, if there are no other words."""
    single = len(words) > 1 and all(len(word) == 1 for word in words)
    return "".join(words) if single else " ".join(words)


def _abbreviations() -> dict[str, str]:
    abbreviations: dict[str, str] = _tables()["abbreviations"]
    return abbreviations


def _form(text: str, worth: float, untitled: bool) -> NameForm:
    folded, sounds = fold_name(text), sound_keys(text)
    words = tuple(folded.split())
    return NameForm(
        folded,
        words,
        " ".join(sorted(words)),
        sounds,
        tuple(" ".join(sorted(sound.split())) for sound in sounds),
        acronyms(words),
        frozenset((*words, *(word for sound in sounds for word in sound.split()))),
        untitled,
        worth,
        not sounds[0].isascii(),
        tuple(sorted(word for word in words if word.isdigit())),
    )
