"""A question in plain words, read as a filled form and as one like a named question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg.ask.deeds import deed_groups
from kg.ask.question import QUESTIONS
from kg.ask.similar_questions import SimilarQuestion, similar_questions
from kg.ask.words import is_stop_word, names_under, split_words, telling_words, word_tables
from kg.index.reader import index
from kg.model.dates import period
from kg.model.languages import DEFAULT
from kg.model.prefixes import TERM, THING
from kg.store.store import Store

# Words of a name, and names that have it: more are not told apart by a name.
_LONGEST_NAME, _NAMESAKES = 6, 40
# Percent of rapidfuzz: the case endings of a Russian name. Shorter names are alike by chance.
_INFLECTED, _SHORTEST = 74.0, 5
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class PlainReading:
    """What a plain question may mean: the form filled in, and named questions like it."""

    fields: dict[str, str]
    questions: tuple[SimilarQuestion, ...]


@dataclass(frozen=True)
class _NamedSpan:
    """Words of a question, from one to before another, that name a thing."""

    start: int
    end: int
    iri: str


def read_plainly(store: Store, text: str) -> PlainReading:
    """Read a question in plain words; nothing of it may be understood.

    Names are those of things in any language, last names of persons, and Russian names in any
    case. Deeds, days and what each name stands for are in `words.toml`.
    """
    words = split_words(text)
    spans = list(_names(store, words))
    inside = {at for span in spans for at in range(span.start, span.end)}
    others = [word for at, word in enumerate(words) if at not in inside]
    names = [word for span in spans for word in _english_words(store, span.iri)]
    telling = list(dict.fromkeys([*telling_words(others), *names]))
    return PlainReading(
        _fields(store, words, spans, others),
        tuple(similar_questions(store, telling, names)),
    )


def _fields(
    store: Store, words: list[str], spans: list[_NamedSpan], others: list[str]
) -> dict[str, str]:
    fields: dict[str, str] = {}
    for span in spans:
        question = _question_of(store, words, span)
        # A second name without a question is whom the first dealt with.
        free = [q for q in (question, "whom", "about") if q not in fields]
        if free:
            fields[free[0]] = span.iri.removeprefix(THING)
    # A deed without a name would be a list of all such deeds, which is a question as well.
    deed = _deed(store, others)
    if deed:
        fields["did"] = deed
    return {**fields, **_days(words)} if fields else {}


def _question_of(store: Store, words: list[str], span: _NamedSpan) -> str:
    """Return which question of the form a name answers, by the words beside it and its class."""
    classes = index(store).values(span.iri, "class")
    before = [word for word in words[max(0, span.start - 2) : span.start] if word != "the"]
    suggested = names_under(before[-1], "before") if before else []
    suggested += names_under(words[span.end], "behind") if span.end < len(words) else []
    # “Who condemned Russia”: behind the deed stands whom it was done to.
    suggested += ["whom"] if before and names_under(before[-1], "deeds") else []
    if TERM + "Agent" not in classes:
        place = TERM + "Place" in classes and "about" not in suggested
        return "where" if place else "about"
    return next((question for question in QUESTIONS if question in suggested), "who")


def _deed(store: Store, words: list[str]) -> str:
    offered = {deed.name for group in deed_groups(store) for deed in (group.wide, *group.narrower)}
    named = (name for word in words for name in names_under(word, "deeds"))
    return next((name for name in named if name in offered), "")


def _days(words: list[str]) -> dict[str, str]:
    """Return the first and the last day that a year in the question stands for."""
    bounds = word_tables()["days"]
    for at, word in enumerate(words):
        days = period(word) if _YEAR.fullmatch(word) else None
        if days:
            before = words[at - 1] if at else ""
            first = {} if before in bounds["until"] else {"from": days.first.isoformat()}
            last = {} if before in bounds["from"] else {"until": days.last.isoformat()}
            return first | last
    return {}


def _names(store: Store, words: list[str]) -> Iterator[_NamedSpan]:
    """Yield the names in a question, from left to right, the longest at each place."""
    at = 0
    while at < len(words):
        span = next(
            (
                _NamedSpan(at, end, iri)
                for end in range(min(len(words), at + _LONGEST_NAME), at, -1)
                if (iri := _thing_named(store, words[at:end]))
            ),
            None,
        )
        if span:
            yield span
        at = span.end if span else at + 1


def _thing_named(store: Store, words: list[str]) -> str:
    """Return the thing with exactly this name, else the one person with this last name."""
    if is_stop_word(words[0]) or is_stop_word(words[-1]) or words[-1].isdigit():
        return ""
    folded = " ".join(words) if words[0].isascii() else "".join(_spaced(words))
    matches = index(store).names_containing(folded, _NAMESAKES)
    exact = [match.iri for match in matches if match.folded == folded]
    if exact:
        return max(dict.fromkeys(exact), key=lambda iri: index(store).resource(iri).degree)
    if len(words) > 1:
        return ""
    persons = {m.iri for m in matches if m.folded.endswith(f" {folded}")}
    persons = {iri for iri in persons if TERM + "Person" in index(store).values(iri, "class")}
    return persons.pop() if len(persons) == 1 else _inflected(store, folded)


def _spaced(words: list[str]) -> Iterator[str]:
    """Yield words with spaces between, but none where Japanese has none."""
    for at, word in enumerate(words):
        spaced = at and word[0] < "\u2e80" and words[at - 1][-1] < "\u2e80"
        yield f" {word}" if spaced else word


def _inflected(store: Store, word: str) -> str:
    """Return the thing whose Russian name a word is in another case."""
    if len(word) < _SHORTEST or not "\u0400" <= word[0] <= "\u04ff":
        return ""
    alike = [
        (fuzz.ratio(word, last), match.degree, match.iri)
        for match in index(store).similar_names(word, _NAMESAKES)
        for first, _, last in [match.folded.rpartition(" ")]
        # Of two words, the second is a person's name.
        if last[:3] == word[:3]
        and (not first or TERM + "Person" in index(store).values(match.iri, "class"))
    ]
    score, _, iri = max(alike, default=(0.0, 0, ""))
    return iri if score >= _INFLECTED else ""


def _english_words(store: Store, iri: str) -> list[str]:
    """Return the telling words of a thing's English label, as titles of questions have them."""
    names = index(store).resource(iri).names
    label = next((name for kind, name, tag in names if kind == "label" and tag == DEFAULT), "")
    return telling_words(split_words(label))
