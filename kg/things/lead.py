"""The words that open a page and those that stand beside a name, by the pattern of the class.

Patterns are `dip:lead` and `dip:gist` in `ontology/display.ttl`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import TERM
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.display import DisplayValue
from kg.terms.vocabulary import Vocabulary, read_vocabulary, text
from kg.things.text_patterns import PatternSubject, fill_pattern

_STATUS = NamedNode(TERM + "assertionStatus")
_FEW = 20
_PATTERNS = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT ?kind ?of ?pattern {
  GRAPH <https://w3id.org/aide-memoire/graph/ontology> { ?of ?kind ?pattern }
  VALUES ?kind { dip:lead dip:gist }
}
"""


def lead(store: Store, iri: str, unnamed: frozenset[str] = frozenset()) -> tuple[DisplayValue, ...]:
    """Return the sentence as pieces: words, and values with links; none for what has no class.

    A class without a pattern above it is just named. `unnamed` are IRIs and slots to leave out.
    """
    types = index(store).values(iri, "type")
    pattern = _pattern(store, "lead", iri, types) or ("{kind}." if types else "")
    return (
        _capital(fill_pattern(PatternSubject(store, iri, types, unnamed), pattern))
        if pattern
        else ()
    )


def lead_sentence(store: Store, iri: str, unnamed: frozenset[str] = frozenset()) -> str:
    """Return the sentence without its links."""
    return "".join(piece.text for piece in lead(store, iri, unnamed))


def gist(store: Store, iri: str, seen_from: str) -> tuple[DisplayValue, ...]:
    """Return what to say of a thing beside its name on the page of another, which is not named.

    Nothing is returned for a class whose part in the matter says enough.
    """
    types = index(store).values(iri, "type")
    pattern = _pattern(store, "gist", iri, types)
    return (
        fill_pattern(PatternSubject(store, iri, types, frozenset({seen_from})), pattern)
        if pattern
        else ()
    )


@per_store
def _patterns(store: Store) -> dict[str, dict[str, str]]:
    """Return the patterns of each kind, lead or gist, by what they are of."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in store.select(_PATTERNS):
        found[text(row["kind"]).removeprefix(TERM)][text(row["of"])] = text(row["pattern"])
    return found


def _pattern(store: Store, kind: str, iri: str, types: tuple[str, ...]) -> str:
    """Return the pattern of a thing's status, else of the nearest class."""
    patterns = _patterns(store)[kind]
    for status in store.objects(NamedNode(iri), _STATUS, _FEW):
        if text(status) in patterns:
            return patterns[text(status)]
    known = _nearest(store)
    if (kind, types) not in known:
        known[kind, types] = _of_classes(read_vocabulary(store), patterns, types)
    return known[kind, types]


@per_store
def _nearest(_: Store) -> dict[tuple[str, tuple[str, ...]], str]:
    """Keep what was found: there are many things, and few combinations of classes."""
    return {}


def _of_classes(vocabulary: Vocabulary, patterns: Mapping[str, str], types: Iterable[str]) -> str:
    """Return the pattern of the nearest class; of several as near, the one that says most."""
    offered: dict[str, str] = {}
    for one in types:
        ahead, seen = {one}, {one}
        while ahead and not any(found in patterns for found in ahead):
            ahead = {
                u
                for at in ahead
                if at in vocabulary.classes
                for u in vocabulary.classes[at].parents
            }
            ahead -= seen
            seen |= ahead
        offered |= {found: patterns[found] for found in ahead if found in patterns}
    narrow = {c for c in offered if not any(c in vocabulary.ancestors(other) for other in offered)}
    return max((offered[c] for c in narrow), key=lambda found: (len(found), found), default="")


def _capital(pieces: tuple[DisplayValue, ...]) -> tuple[DisplayValue, ...]:
    first, *rest = pieces
    shown = first.text[:1].upper() + first.text[1:]
    return (DisplayValue(shown, first.iri, first.language, status=first.status), *rest)
