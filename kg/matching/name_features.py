"""Compare two names: equal, spelt alike, sounding alike, or one a short form of the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from kg.matching.name_forms import NameForm, name_forms
from kg.matching.weights import weights

# Names less alike than this are different; nothing more is compared.
_UNLIKE = 0.55
# Words in another order are nearly as good as in the same.
_REORDERED = 0.99
# How much of the likeness of two names hangs on the two words that are least alike: “foreign
# minister of Canada” and “of China” share all other letters.
_WORST_WORD = 0.5
_OTHER_NUMBER = 0.6
# Of short forms: a surname alone, initials beside a surname, an acronym, some words of many.
_SURNAME, _INITIALS, _ACRONYM, _PART = 1.0, 0.98, 0.97, 0.55
_LONGEST_ACRONYM = 8
# A name with more words than ours: Vladimir Vladimirovich Putin.
_MORE_WORDS = 0.98
_SHORTEST_SOUND = 5
_SPELT_ALIKE = 0.96
# A surname alone with a letter wrong: first, but not sure.
_CLOSE, _MISSPELT = 0.75, 0.9
_CACHED = 20_000


def name_features(
    wanted: Iterable[str], names: Iterable[str], by_surname: bool = False, titles: bool = False
) -> dict[str, float]:
    """Return the features of the best pair of names, each 0 to 1; empty if no pair is alike.

    `by_surname`: the thing is of a kind that people call by the last or first word of its name.
    `titles`: the names are titles, so that words such as “minister” are not taken off them.

    >>> name_features(["Abe, Shinzō"], ["Shinzo Abe"], by_surname=True)["name_spelling"]
    0.99
    >>> name_features(["Путин"], ["Vladimir Putin"], by_surname=True)
    {'name_short': 1.0}
    >>> name_features(["Tokyo"], ["Moscow"])
    {}
    """
    best: dict[str, float] = {}
    candidates = tuple(names)
    for text in wanted:
        for name in candidates:
            for feature, value in _pair(text, name, by_surname, titles):
                if feature == "name_exact" and value == 1:
                    # The rest would add nothing, and takes most of the time.
                    return {feature: value}
                best[feature] = max(best.get(feature, 0.0), value)
    return best


@lru_cache(maxsize=_CACHED)
def _pair(text: str, name: str, by_surname: bool, titles: bool) -> tuple[tuple[str, float], ...]:
    """Return the features of two names, by the best of their forms."""
    best: dict[str, float] = {}
    for wanted in _forms(text, by_surname, titles):
        for form in _forms(name, by_surname, titles):
            worth = wanted.worth * form.worth
            for feature, value in _compare(wanted, form, by_surname):
                best[feature] = max(best.get(feature, 0.0), round(value * worth, 4))
    return tuple(best.items())


def _forms(name: str, by_surname: bool, titles: bool) -> Iterable[NameForm]:
    """Return the forms of a name to compare: without its title only if it is of a person."""
    forms = name_forms(name)
    if titles:
        return forms[:1]
    return forms if by_surname else [form for form in forms if not form.untitled]


def name_value(features: dict[str, float]) -> float:
    """Return how alike names with these features are: the best feature by its weight."""
    table = weights().name
    return max((table[name].weight * value for name, value in features.items()), default=0.0)


def _compare(wanted: NameForm, form: NameForm, by_surname: bool) -> Iterable[tuple[str, float]]:
    if wanted.folded == form.folded:
        return [("name_exact", 1.0)]
    if wanted.ideographs != form.ideographs and wanted.parts.isdisjoint(form.parts):
        return []
    factor = 1.0 if wanted.numbers == form.numbers else _OTHER_NUMBER
    spelling = factor * _spelling(wanted, form)
    features = [("name_spelling", spelling)]
    # What is spelt alike need not sound alike as well, or be short for it: that takes long.
    if spelling < _SPELT_ALIKE:
        sound = factor * _sound(wanted, form)
        features.append(("name_sound", sound))
        if sound < _SPELT_ALIKE:
            features.append(("name_short", _short(wanted, form, by_surname)))
    return [(name, value) for name, value in features if value >= _UNLIKE]


def _spelling(wanted: NameForm, form: NameForm) -> float:
    alike = fuzz.ratio(wanted.folded, form.folded) / 100
    reordered = _REORDERED * fuzz.ratio(wanted.ordered, form.ordered) / 100
    best = max(alike, reordered)
    return best * _by_words(wanted.words, form.words) if best >= _UNLIKE else 0.0


def _sound(wanted: NameForm, form: NameForm) -> float:
    if not _has_sound(wanted, form):
        return 0.0
    best = 0.0
    for sound, ordered in zip(wanted.sounds, wanted.ordered_sounds, strict=True):
        for other, other_ordered in zip(form.sounds, form.ordered_sounds, strict=True):
            alike = max(fuzz.ratio(sound, other), _REORDERED * fuzz.ratio(ordered, other_ordered))
            if alike / 100 >= max(_UNLIKE, best):
                best = max(best, alike / 100 * _by_words(sound.split(), other.split()))
    return best


def _has_sound(wanted: NameForm, form: NameForm) -> bool:
    """Tell whether sound may say more than spelling: too short Latin words sound like others."""
    if (wanted.folded,) == wanted.sounds and (form.folded,) == form.sounds:
        return False
    return len(wanted.folded) >= _SHORTEST_SOUND or not (wanted.folded + form.folded).isascii()


def _by_words(wanted: Sequence[str], words: Sequence[str]) -> float:
    """Return how much of a likeness remains for its two words that are least alike, 0 to 1."""
    if len(wanted) != len(words) and "".join(wanted) == "".join(words):
        return 1.0
    pairs = [(word, words) for word in wanted if word not in words]
    pairs += [(word, wanted) for word in words if word not in wanted]
    worst = min((_closest(word, others) for word, others in pairs), default=1.0)
    return 1 - _WORST_WORD + _WORST_WORD * worst


def _closest(word: str, words: Sequence[str]) -> float:
    best = process.extractOne(word, words, scorer=fuzz.ratio)
    return best[1] / 100 if best else 0.0


def _short(wanted: NameForm, form: NameForm, by_surname: bool) -> float:
    if len(wanted.words) == 1 and len(form.words) > 1:
        word = wanted.words[0]
        if len(word) <= _LONGEST_ACRONYM and word in form.acronyms:
            return _ACRONYM
    if by_surname and _begins(wanted.folded, form):
        return _SURNAME
    if wanted.parts.isdisjoint(form.parts):
        return _misspelt_surname(wanted, form) if by_surname else 0.0
    return max(
        _fewer_or_more(words, others, by_surname)
        for words, others in ((wanted.words, form.words), *_sound_words(wanted, form))
    )


def _fewer_or_more(words: Sequence[str], others: Sequence[str], by_surname: bool) -> float:
    if len(words) > len(others):
        return _MORE_WORDS * _fewer_words(others, words, by_surname)
    return _fewer_words(words, others, by_surname)


def _misspelt_surname(wanted: NameForm, form: NameForm) -> float:
    if len(wanted.words) > 1 or len(wanted.folded) < _SHORTEST_SOUND:
        return 0.0
    alike = fuzz.ratio(wanted.folded, form.words[-1]) / 100
    return alike * _MISSPELT if alike >= _CLOSE else 0.0


def _begins(text: str, form: NameForm) -> bool:
    """Tell whether a name in ideographs begins with a surname: 安倍, of 安倍晋三."""
    unspaced = not text.isascii() and len(form.words) == 1 and len(text) > 1
    return unspaced and form.folded.startswith(text)


def _sound_words(wanted: NameForm, form: NameForm) -> Iterable[tuple[Sequence[str], Sequence[str]]]:
    if not _has_sound(wanted, form):
        return []
    return [(one.split(), other.split()) for one in wanted.sounds for other in form.sounds]


def _fewer_words(short: Sequence[str], full: Sequence[str], by_surname: bool) -> float:
    """Return how well some words, or initials, stand for a name that has them among others."""
    if len(short) > len(full) or (len(short) == len(full) and list(short) == list(full)):
        return 0.0
    rest = list(full)
    spelt = 0
    for word in sorted(short, key=len, reverse=True):
        match = next((other for other in rest if other == word), None)
        if match is None and len(word) == 1:
            match = next((other for other in rest if other.startswith(word)), None)
        if match is None:
            return 0.0
        rest.remove(match)
        spelt += len(word) if len(word) > 1 else 0
    if not spelt:
        return 0.0
    if by_surname and _has_surname(short, full):
        return _SURNAME if len(short) == 1 else _INITIALS
    share = sum(map(len, short)) / sum(map(len, full))
    return _PART + (1 - _PART) * share


def _has_surname(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether the last word is among some words of a name; the first alone is no surname."""
    return full[-1] in short
