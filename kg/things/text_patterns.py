"""Sentences from patterns: words, {slots} and [optional parts], filled in from the graph.

The patterns are `dip:lead` and `dip:gist` in `ontology/display.ttl` and `ontology/translations`;
the definition of `dip:lead` describes their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.translations import format_names, gettext, name_separators, ngettext
from kg.statements.claims import claim_summary, claims_about
from kg.store.store import Store
from kg.terms.date_text import format_dates
from kg.terms.display import DisplayValue, display_value, value_order
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary
from kg.things.property_paths import VALUES_READ, Reading, follow_path, side_by_side

# Values of a slot that a sentence names; it counts the rest. A fourth is named, for “1 other”
# would be no shorter. It counts up to so many.
_NAMED, _COUNTED = 3, 11

_TOKEN = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}|([^[{]+)")


@dataclass(frozen=True)
class PatternSubject:
    """The thing that a pattern describes and its narrowest classes.

    `unnamed` are IRIs and slots that the sentence leaves out.
    """

    store: Store
    iri: str
    types: tuple[str, ...]
    unnamed: frozenset[str] = frozenset()


class _Token(NamedTuple):
    """The alternatives of an optional part, or the names of a slot, or words."""

    optional: tuple[str, ...]
    slot: tuple[str, ...]
    words: str


# The pieces of a part, and the alternatives behind it.
_Filled: TypeAlias = tuple[list[DisplayValue], Sequence[str]]


def fill_pattern(subject: PatternSubject, pattern: str) -> Reading[tuple[DisplayValue, ...]]:
    """Fill a pattern in: read pieces of text, those with an IRI being links."""
    tokens = _tokens(pattern)
    filled = iter((yield from side_by_side(_fill_token(subject, t) for t in tokens if not t.words)))
    pieces: list[DisplayValue] = []
    for token in tokens:
        part, others = ([DisplayValue(token.words)], ()) if token.words else next(filled)
        # “Professor, the University” names the university as well.
        while token.optional and _repeats(part, pieces):
            part, others = yield from _fill_first(subject, others)
        pieces += part
    names = read_vocabulary(subject.store)
    return _join_text(_with_text(p, names.label_in_text(p.iri)) if p.iri else p for p in pieces)


def _repeats(part: list[DisplayValue], before: list[DisplayValue]) -> bool:
    """Tell whether all links of a part stand before it."""
    links = [piece for piece in part if piece.iri]
    return bool(links) and all(
        any(named.text.endswith(link.text) for named in before if named.iri) for link in links
    )


def _fill_token(subject: PatternSubject, token: _Token) -> Reading[_Filled]:
    if token.optional:
        return (yield from _fill_first(subject, token.optional))
    return (yield from _fill_slot(subject, token.slot)), ()


def _fill_first(subject: PatternSubject, alternatives: Sequence[str]) -> Reading[_Filled]:
    """Fill in the first alternative whose slots all have values; return those behind it, too."""
    for number, alternative in enumerate(alternatives, 1):
        pieces = yield from _fill_part(subject, alternative)
        if pieces:
            return pieces, alternatives[number:]
    return [], ()


def _fill_part(subject: PatternSubject, pattern: str) -> Reading[list[DisplayValue]]:
    """Fill an optional part in; leave it out if a slot is empty."""
    pieces: list[DisplayValue] = []
    for _, slot, words in _tokens(pattern):
        filled = [DisplayValue(words)] if words else (yield from _fill_slot(subject, slot))
        if not filled:
            return []
        pieces += filled
    return pieces


# The ontology has a few dozen patterns, each filled in for many things.
@lru_cache(maxsize=512)
def _tokens(pattern: str) -> tuple[_Token, ...]:
    tokens = (token.groups(default="") for token in _TOKEN.finditer(pattern))
    return tuple(
        _Token(tuple(optional.split("||")) if optional else (), tuple(slot.split("|")), words)
        for optional, slot, words in tokens
    )


def _fill_slot(subject: PatternSubject, names: Sequence[str]) -> Reading[list[DisplayValue]]:
    """Fill a slot in with the first of its alternatives that has a value."""
    for name in names:
        if name in subject.unnamed:
            continue
        computed = _COMPUTED_SLOTS.get(name)
        if computed:
            pieces = computed(subject)
        else:
            pieces = _enumerate((yield from _path_values(subject, name)))
        if pieces:
            return pieces
    return []


def _path_values(subject: PatternSubject, path: str) -> Reading[list[DisplayValue]]:
    """Read the values at the end of a path by time, or as written; days for a path to `/day`."""
    store, vocabulary = subject.store, read_vocabulary(subject.store)
    before, _, last = path.rpartition("/")
    # Dates need both bounds of a thing in words, which no single value has.
    if last == "day":
        ends = (yield from follow_path(store, subject.iri, before))[:VALUES_READ]
        return [day for end in ends for day in _day(PatternSubject(store, text(end), ()))]
    terms = dict.fromkeys((yield from follow_path(store, subject.iri, path)))
    values = (
        display_value(vocabulary, term) for term in terms if text(term) not in subject.unnamed
    )
    return sorted(values, key=lambda value: value_order(vocabulary, value))


def _kind(subject: PatternSubject) -> list[DisplayValue]:
    status = read_vocabulary(subject.store).status(subject.iri)
    return [DisplayValue(_with_status(name.text, status)) for name in _class(subject)]


def _with_status(kind: str, status: str) -> str:
    if not status:
        return kind
    # “Planned meeting”, but “assessment (only in a claim)”.
    if " " in status:
        return gettext("%(kind)s (%(status)s)", kind=kind, status=status)
    return gettext("%(status)s %(kind)s", kind=kind, status=status)


def _class(subject: PatternSubject) -> list[DisplayValue]:
    vocabulary = read_vocabulary(subject.store)
    names = sorted(vocabulary.term_label(iri) for iri in subject.types)
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], gettext("others")]
    return [DisplayValue(format_names(names))] if names else []


def _day(subject: PatternSubject) -> list[DisplayValue]:
    dates = index(subject.store).resource(subject.iri)
    day = format_dates(dates.earliest, dates.latest, dates.stated)
    return [DisplayValue(day)] if day else []


def _claimed_in(subject: PatternSubject) -> list[DisplayValue]:
    """Name the claims that mention a thing; for a claim, the claims that report it."""
    node = NamedNode(subject.iri)
    summary = claim_summary(subject.store, node)
    if summary:
        return _enumerate(list(summary.reported_in))
    return _enumerate([about.claim for about in claims_about(subject.store, node)])


_COMPUTED_SLOTS = {"kind": _kind, "class": _class, "day": _day, "claimedIn": _claimed_in}


def _enumerate(values: list[DisplayValue]) -> list[DisplayValue]:
    """Write values with commas between and “and” before the last, as the language has them."""
    shown = values
    if len(values) > _NAMED + 1:
        rest = len(values) - _NAMED
        # A higher number tells a reader no more, and of the most values not all are read.
        others = gettext("others")
        if rest < _COUNTED:
            others = ngettext("%(num)s other", "%(num)s others", rest)
        shown = [*values[:_NAMED], DisplayValue(others)]
    pieces = shown[:1]
    for separator, value in zip(name_separators(len(shown)), shown[1:], strict=True):
        pieces += [DisplayValue(separator), value]
    return pieces


def _join_text(pieces: Iterable[DisplayValue]) -> tuple[DisplayValue, ...]:
    """Join neighbouring pieces that are not links and are in one language."""
    joined: list[DisplayValue] = []
    for piece in pieces:
        last = joined[-1] if joined else DisplayValue("")
        # An abbreviation at the end of a sentence has its own stop, as years in Russian have.
        words = piece.text[1:] if last.text.endswith(".") and piece.text[:1] == "." else piece.text
        if joined and not last.iri and not piece.iri and last.language == piece.language:
            joined[-1] = DisplayValue(last.text + words, language=last.language)
        elif words:
            joined.append(_with_text(piece, words))
    return tuple(joined)


def _with_text(piece: DisplayValue, words: str) -> DisplayValue:
    # Most pieces stay as they are, and a page has hundreds.
    return piece if piece.text == words else replace(piece, text=words)
