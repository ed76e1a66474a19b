"""Sentences made from data: patterns of words, slots and parts, filled in with what is known.

Patterns are `dip:lead` and `dip:gist` in `ontology/display.ttl`; the definition of `dip:lead` gives
their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from kg.index.reader import index
from kg.model.graphs import INFERRED
from kg.model.prefixes import TERM, expand
from kg.statements.claims import claim_summary, claims_about
from kg.statements.statement import Value, value, value_order
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.literals import format_dates
from kg.terms.vocabulary import text, vocabulary

# As many values of a slot are named; those beyond are counted.
_NAMED = 3
# So many values are looked at, and so many are compared as parts and wholes.
_LOOKED_AT = 23
_COMPARED = 8

_PART = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}|([^[{]+)")
_WHOLES = "SELECT ?property { ?property <https://w3id.org/aide-memoire/ontology#toWhole> true }"


@dataclass(frozen=True)
class PatternSubject:
    """The thing that a pattern is filled in for, its narrowest classes, IRIs and slots left out."""

    store: Store
    iri: str
    types: tuple[str, ...]
    unnamed: frozenset[str] = frozenset()


def fill_pattern(subject: PatternSubject, pattern: str) -> tuple[Value, ...]:
    """Fill a pattern in: pieces of words, and values with links."""
    said: list[Value] = []
    for optional, slot, words in _parts(pattern):
        if optional:
            offered = (_part(subject, one, said) for one in optional.split("||"))
            said += next(filter(None, offered), [])
        elif slot:
            said += _slot(subject, slot)
        else:
            said.append(Value(words))
    known = vocabulary(subject.store)
    return _joined(replace(v, text=known.within(v.iri)) if v.iri else v for v in said)


def _part(subject: PatternSubject, pattern: str, said: list[Value]) -> list[Value]:
    """Fill a part that is left out if a slot is empty, or if it only names what is named before."""
    found: list[Value] = []
    values: list[Value] = []
    for _, slot, words in _parts(pattern):
        filled = _slot(subject, slot) if slot else [Value(words)]
        if not filled:
            return []
        values += [piece for piece in filled if slot and piece.iri]
        found += filled
    # “Professor, the University” names the university as well.
    repeats = values and all(
        any(named.text.endswith(piece.text) for named in said if named.iri) for piece in values
    )
    return [] if repeats else found


@lru_cache(maxsize=512)
def _parts(pattern: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(found.groups(default="") for found in _PART.finditer(pattern))  # type: ignore[misc]


def _slot(subject: PatternSubject, slot: str) -> list[Value]:
    for name in slot.split("|"):
        if name in subject.unnamed:
            continue
        found = _OWN[name](subject) if name in _OWN else _listed(_values(subject, name))
        if found:
            return found
    return []


def _kind(subject: PatternSubject) -> list[Value]:
    status = vocabulary(subject.store).status(subject.iri)
    # “Planned meeting”, but “assessment (only in a claim)”.
    around = ("", f" ({status})") if " " in status else (f"{status} ".lstrip(), "")
    return [Value(f"{around[0]}{one.text}{around[1]}") for one in _class(subject)]


def _class(subject: PatternSubject) -> list[Value]:
    words = vocabulary(subject.store)
    names = sorted(words.term_label(kind) for kind in subject.types)
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], "others"]
    return [Value(" and ".join(names))] if names else []


def _day(subject: PatternSubject) -> list[Value]:
    known = index(subject.store).resource(subject.iri)
    day = format_dates(known.earliest, known.latest, known.said)
    return [Value(day)] if day else []


def _claimed_in(subject: PatternSubject) -> list[Value]:
    """Name the claims in which a thing is spoken of; of a claim told of in others, those."""
    node = NamedNode(subject.iri)
    own = claim_summary(subject.store, node)
    if own:
        return _listed(list(own.within))
    return _listed([known.claim for known in claims_about(subject.store, node)])


_OWN = {"kind": _kind, "class": _class, "day": _day, "claimedIn": _claimed_in}


def _values(subject: PatternSubject, path: str) -> list[Value]:
    """Follow a path of properties; what it leads to is named in order of time, or as written."""
    store, words = subject.store, vocabulary(subject.store)
    ends: list[Term] = [NamedNode(subject.iri)]
    *ways, last = path.split("/")
    for way in ways:
        ends = [term for end in ends for term in _step(store, end, way)][:_LOOKED_AT]
    if last == "day":
        found = [_day(PatternSubject(store, text(end), ())) for end in ends]
        return [piece for pieces in found for piece in pieces]
    terms = dict.fromkeys(term for end in ends for term in _step(store, end, last))
    values = (value(words, term) for term in terms if text(term) not in subject.unnamed)
    return sorted(values, key=lambda one: value_order(words, one))


def _step(store: Store, end: Term, way: str) -> list[Term]:
    """Go from a node along a property, against it if it starts with ^, to things of a class."""
    if isinstance(end, Literal) or not isinstance(end, NamedNode):
        return []
    name, _, kind = way.partition("@")
    back, local = name.startswith("^"), name.lstrip("^")
    property_ = NamedNode(expand(local) if ":" in local else TERM + local)
    found: list[Term] = (
        list(store.subjects(property_, end, _LOOKED_AT))
        if back
        else store.objects(end, property_, _LOOKED_AT)
    )
    if kind:
        found = [t for t in found if TERM + kind in index(store).values(text(t), "class")]
    if len(found) > 1:
        found = _stated(store, end, property_, found, back) or found
        found = _without_wholes(store, found, back)
    return found


def _stated(
    store: Store, node: NamedNode, property_: NamedNode, found: list[Term], back: bool
) -> list[Term]:
    """Leave out what only the rules say: the state around a city, members of members."""
    return [
        term
        for term in found
        if not back or isinstance(term, NamedNode)
        if store.holders(
            Triple(term, property_, node) if back else Triple(node, property_, term)  # type: ignore[arg-type]
        )
        != [INFERRED]
    ]


def _without_wholes(store: Store, found: list[Term], back: bool) -> list[Term]:
    """Of a part and its whole keep the part; of those that point back to the thing, the whole."""
    if len(found) > _COMPARED:
        return found
    above = {term: _wholes(store, term) for term in found}
    if back:
        return [term for term in found if not above[term] & {*found} - {term}]
    return [t for t in found if not any(t in above[other] for other in found if other != t)]


def _wholes(store: Store, term: Term) -> set[Term]:
    found: set[Term] = set()
    ahead = [term]
    while ahead and len(found) <= _LOOKED_AT:
        node = ahead.pop()
        if isinstance(node, NamedNode):
            ways = _to_whole(store)
            fresh = {one for way in ways for one in store.objects(node, way, _COMPARED)} - found
            found |= fresh
            ahead.extend(fresh)
    return found


@per_store
def _to_whole(store: Store) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(text(row["property"])) for row in store.select(_WHOLES))


def _listed(values: list[Value]) -> list[Value]:
    """Put values in a row, with “and” before the last."""
    shown = values
    if len(values) > _NAMED + 1:
        rest = len(values) - _NAMED
        shown = [*values[:_NAMED], Value(f"{rest} others" if rest < _LOOKED_AT // 2 else "others")]
    pieces: list[Value] = []
    for number, each in enumerate(shown):
        if number:
            pieces.append(Value(" and " if number == len(shown) - 1 else ", "))
        pieces.append(each)
    return pieces


def _joined(pieces: Iterable[Value]) -> tuple[Value, ...]:
    """Join the words that follow one another."""
    found: list[Value] = []
    for piece in pieces:
        if found and not found[-1].iri and not piece.iri:
            found[-1] = Value(found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
