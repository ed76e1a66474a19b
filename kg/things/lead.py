"""The sentence that opens a page, and the words beside a thing's name, by pattern of its class.

The patterns are `dip:lead` and `dip:gist` in `ontology/display.ttl`, and in other languages in
`ontology/translations`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.index.reader import index
from kg.model.languages import DEFAULT, current_language
from kg.model.prefixes import TERM
from kg.model.translations import gettext
from kg.store.memory import per_reader
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary
from kg.things.property_paths import run_readings
from kg.things.text_patterns import PatternSubject, fill_pattern

_PATTERNS = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT ?kind ?of ?pattern {
  GRAPH <https://w3id.org/aide-memoire/graph/ontology> { ?of ?kind ?pattern }
  VALUES ?kind { dip:lead dip:gist }
}
"""


def leads(
    store: Store, iris: Sequence[str], unnamed: frozenset[str] = frozenset()
) -> list[tuple[DisplayValue, ...]]:
    """Return a sentence for each thing as pieces, those with an IRI being links.

    It is empty without a class. A thing whose classes have no pattern is just named by its class.
    `unnamed` are IRIs and slots to leave out.
    """
    subjects = [_subject(store, iri, unnamed) for iri in iris]
    filled = _fill_each("lead", gettext("{kind}."), subjects)
    return [_capitalise(pieces) if pieces else () for pieces in filled]


def lead(store: Store, iri: str) -> tuple[DisplayValue, ...]:
    """Return the sentence of one thing, as `leads` does."""
    return leads(store, (iri,))[0]


def lead_sentences(
    store: Store, iris: Sequence[str], unnamed: frozenset[str] = frozenset()
) -> list[str]:
    """Return the sentences as texts."""
    return ["".join(p.text for p in pieces) for pieces in leads(store, iris, unnamed)]


def lead_sentence(store: Store, iri: str) -> str:
    """Return the sentence of one thing as text."""
    return lead_sentences(store, (iri,))[0]


def gists(store: Store, iris: Sequence[str], seen_from: str) -> list[tuple[DisplayValue, ...]]:
    """Return descriptions to stand beside the names of things on the page of `seen_from`.

    They do not name `seen_from`. One is empty for classes whose role in the matter tells enough.
    """
    return _fill_each("gist", "", [_subject(store, iri, frozenset({seen_from})) for iri in iris])


def _subject(store: Store, iri: str, unnamed: frozenset[str]) -> PatternSubject:
    return PatternSubject(store, iri, index(store).values(iri, "type"), unnamed)


def _fill_each(
    kind: str, otherwise: str, subjects: Sequence[PatternSubject]
) -> list[tuple[DisplayValue, ...]]:
    """Fill the pattern of each thing in, or another if it has classes; empty without either."""
    patterns = [_pattern(kind, one) or (otherwise if one.types else "") for one in subjects]
    readings = (
        fill_pattern(one, pattern)
        for one, pattern in zip(subjects, patterns, strict=True)
        if pattern
    )
    filled = iter(run_readings(subjects[0].store, readings) if any(patterns) else ())
    return [next(filled) if pattern else () for pattern in patterns]


@per_reader
def _patterns(store: Store) -> dict[str, dict[str, str]]:
    """Read the patterns of each kind, lead or gist, by class or status, in one language each."""
    patterns: dict[str, dict[str, str]] = defaultdict(dict)
    for row in sorted(store.select(_PATTERNS), key=_suits_reader):
        patterns[text(row["kind"]).removeprefix(TERM)][text(row["of"])] = text(row["pattern"])
    return patterns


def _suits_reader(row: Mapping[str, Term]) -> tuple[bool, bool, str]:
    """Return the sort key of a pattern: that in the reader's language last, else English."""
    language = getattr(row["pattern"], "language", None) or DEFAULT
    return language == current_language(), language == DEFAULT, text(row["pattern"])


def _pattern(kind: str, subject: PatternSubject) -> str:
    """Return the pattern of a thing's status, else of the nearest class."""
    store, classes = subject.store, subject.types
    # A status before a class: of a planned visit it matters first that it is planned.
    patterns = _patterns(store)[kind]
    for status in index(store).resource(subject.iri).status.split():
        if status in patterns:
            return patterns[status]
    cache = _class_patterns(store)
    if (kind, classes) not in cache:
        cache[kind, classes] = _nearest_pattern(read_vocabulary(store), patterns, classes)
    return cache[kind, classes]


@per_reader
def _class_patterns(_: Store) -> dict[tuple[str, tuple[str, ...]], str]:
    """Cache the pattern of each combination of classes: there are few, and many things."""
    return {}


def _nearest_pattern(
    vocabulary: Vocabulary, patterns: Mapping[str, str], classes: Iterable[str]
) -> str:
    """Return the pattern of the nearest class; of several the longest, which tells the most."""
    with_pattern = {
        iri for start in classes for iri in _nearest_classes(vocabulary, patterns, start)
    }
    narrowest = (
        iri
        for iri in with_pattern
        if not any(iri in vocabulary.ancestors(other) for other in with_pattern)
    )
    return max((patterns[iri] for iri in narrowest), key=lambda p: (len(p), p), default="")


def _nearest_classes(
    vocabulary: Vocabulary, patterns: Mapping[str, str], start: str
) -> Iterable[str]:
    """Return the classes with a pattern that are the fewest steps above a class."""
    level, seen = {start}, {start}
    # `seen` ends the walk in a cycle of classes.
    while level and not any(iri in patterns for iri in level):
        records = (vocabulary.classes[iri] for iri in level if iri in vocabulary.classes)
        level = {parent for record in records for parent in record.parents} - seen
        seen |= level
    return (iri for iri in level if iri in patterns)


def _capitalise(pieces: tuple[DisplayValue, ...]) -> tuple[DisplayValue, ...]:
    first, *rest = pieces
    if first.language:
        # A name in another language, such as an English one in a Japanese sentence.
        return pieces
    # Not str.capitalize(), which would write the rest small.
    capital = first.text[:1].upper() + first.text[1:]
    return (DisplayValue(capital, first.iri, first.language, status=first.status), *rest)
