"""The sentence that opens a page, made from data by the pattern of the thing's class.

Patterns are `dip:lead` in `ontology/display.ttl`, where the property's definition gives their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import NamedNode, Triple

from kg.build.load import INFERRED
from kg.memory import per_store
from kg.prefixes import TERM
from kg.read.index import index
from kg.read.statement import Value, value
from kg.read.vocabulary import Vocabulary, text, vocabulary
from kg.read.wording import span
from kg.store import Store, Term

# As many values of a slot are named; those beyond are “others”.
_NAMED = 3

_PART = re.compile(r"\[([^\]]*)\]|\{([^}]*)\}|([^[{]+)")
_PATTERNS = """
SELECT ?class ?lead {
  GRAPH <https://w3id.org/aide-memoire/graph/ontology> {
    ?class <https://w3id.org/aide-memoire/ontology#lead> ?lead
  }
}
"""


def lead(store: Store, iri: str) -> tuple[Value, ...]:
    """Return the sentence as pieces: words, and values with links; none for what has no class.

    A class without a pattern above it is just named.
    """
    types = index(store).values(iri, "type")
    pattern = _pattern(store, types) or ("{kind}." if types else "")
    if not pattern:
        return ()
    pieces = _joined(_fill(store, iri, types, pattern))
    return _capital(pieces)


def lead_text(store: Store, iri: str) -> str:
    """Return the sentence without its links."""
    return "".join(piece.text for piece in lead(store, iri))


@per_store
def _patterns(store: Store) -> dict[str, str]:
    return {text(row["class"]): text(row["lead"]) for row in store.select(_PATTERNS)}


def _pattern(store: Store, types: Iterable[str]) -> str:
    """Return the pattern of the nearest class, of several the one that says most."""
    words, patterns = vocabulary(store), _patterns(store)
    offered: dict[str, str] = {}
    for kind in types:
        ahead = [kind]
        while ahead and not any(found in patterns for found in ahead):
            ahead = [up for at in ahead if at in words.classes for up in words.classes[at].parents]
        offered |= {found: patterns[found] for found in ahead if found in patterns}
    narrow = {c for c in offered if not any(c in words.ancestors(other) for other in offered)}
    return max((offered[c] for c in narrow), key=lambda found: (len(found), found), default="")


def _fill(store: Store, iri: str, types: Iterable[str], pattern: str) -> Iterator[Value]:
    for optional, slot, words in _parts(pattern):
        if optional:
            inside = list(_fill_part(store, iri, types, optional))
            yield from (piece for piece in inside if piece) if all(inside) else ()
        elif slot:
            yield from _slot(store, iri, types, slot)
        else:
            yield Value(words)


def _fill_part(
    store: Store, iri: str, types: Iterable[str], pattern: str
) -> Iterator[Value | None]:
    """Fill a part that may be left out; nothing stands for a slot without a value."""
    for _, slot, words in _parts(pattern):
        found = _slot(store, iri, types, slot) if slot else [Value(words)]
        yield from found
        if not found:
            yield None


@lru_cache(maxsize=256)
def _parts(pattern: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(found.groups(default="") for found in _PART.finditer(pattern))  # type: ignore[misc]


def _slot(store: Store, iri: str, types: Iterable[str], slot: str) -> list[Value]:
    words = vocabulary(store)
    if slot == "day":
        known = index(store).resource(iri)
        day = span(known.earliest, known.latest, known.said)
        return [Value(day)] if day else []
    for name in slot.split("|"):
        found = _kind(words, iri, types) if name == "kind" else _named(store, words, iri, name)
        if found:
            return found
    return []


def _kind(words: Vocabulary, iri: str, types: Iterable[str]) -> list[Value]:
    names = " and ".join(sorted(words.term_label(kind) for kind in types))
    status = words.status(iri)
    # “Planned meeting”, but “assessment (only in a claim)”.
    shown = f"{names} ({status})" if " " in status else f"{status} {names}".strip()
    return [Value(shown)] if names else []


def _named(store: Store, words: Vocabulary, iri: str, name: str) -> list[Value]:
    node, property_ = NamedNode(iri), NamedNode(TERM + name.lstrip("^"))
    found: list[Term] = (
        store.subjects(property_, node, _NAMED + 20)
        if name.startswith("^")
        else store.objects(node, property_, _NAMED + 20)
    )
    if len(found) > 1:
        found = _stated(store, node, property_, found, name.startswith("^")) or found
    values = sorted((value(words, term) for term in found), key=lambda v: words.order(v.iri))
    return _listed(values)


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


def _listed(values: list[Value]) -> list[Value]:
    """Put values in a row, with “and” before the last."""
    shown = values if len(values) <= _NAMED + 1 else [*values[:_NAMED], Value("others")]
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


def _capital(pieces: tuple[Value, ...]) -> tuple[Value, ...]:
    first, *rest = pieces
    shown = first.text[:1].upper() + first.text[1:]
    return (Value(shown, first.iri, status=first.status), *rest)
