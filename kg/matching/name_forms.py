"""Read a name: its words, how it sounds, and the shorter forms that it contains."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
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
    some words.
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
    for text, worth, untitled in _variants(name[:LONGEST]):
        form = _form(text, worth, untitled)
        if form.folded and (form.folded not in forms or worth > forms[form.folded].worth):
            forms[form.folded] = form
    return tuple(forms.values())


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
    yield _strip(_strip(plain, titles=True), titles=True), 0.97, True
    head, comma, _ = bare.partition(",")
    if comma and head.strip():
        yield head, 0.85, False


def _plain(name: str) -> str:
    """Lower the case and remove punctuation; the voicing of kana stays, unlike in a folded name."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", composed).split())


def _strip(plain: str, titles: bool = False) -> str:
    """Remove articles and legal forms, or titles, as many as there are, unless nothing remains."""
    tables = _tables()
    starts = tables["titles"] if titles else [*tables["articles"], *tables["forms_in_front"]]
    ends = [] if titles else [f" {word}" for word in tables["forms_at_end"]]
    unspaced = tables["title_endings"] if titles else tables["endings"]
    while True:
        shorter = _without(plain, [f"{word} " for word in starts], ends)
        if not shorter.isascii():
            shorter = _without(shorter, (), unspaced)
        if shorter == plain:
            return plain
        plain = shorter


def _without(plain: str, starts: Sequence[str], ends: Sequence[str]) -> str:
    longest = max((s for s in starts if plain.startswith(s)), key=len, default="")
    plain = plain.removeprefix(longest)
    # One ideograph is no name: 日本国 without its ending is, 中国 is not.
    fits = (e for e in ends if plain.endswith(e) and len(plain) >= len(e) + 2)
    return plain.removesuffix(max(fits, key=len, default="")).strip()


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
    )
