"""What somebody may have done: the classes of deeds that have members, in plain words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.errors import NotFound
from kg.model.languages import DEFAULT, current_language
from kg.model.prefixes import TERM
from kg.sparql.named_queries import page_query
from kg.store.memory import per_reader
from kg.store.store import Store
from kg.terms.literals import text
from kg.terms.slugs import similar_terms
from kg.terms.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True)
class DeedClass:
    """A class by its local name, its label, and the number of its things."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class DeedGroup:
    """A wide class of deeds in plain words, and the narrower ones that have members."""

    words: str
    wide: DeedClass
    narrower: tuple[DeedClass, ...]


@per_reader
def deed_groups(store: Store) -> tuple[DeedGroup, ...]:
    """Return the classes of deeds that have members, the wide ones in display order."""
    vocabulary, words = read_vocabulary(store), _words(store)
    below: dict[str, list[DeedClass]] = defaultdict(list)
    for iri in vocabulary.classes:
        if iri in words or not iri.startswith(TERM):
            continue
        wide = vocabulary.ancestors(iri) & words.keys()
        nearest = wide - {above for other in wide for above in vocabulary.ancestors(other)}
        for parent in nearest:
            below[parent].append(_deed_class(store, vocabulary, iri))
    groups = (
        DeedGroup(
            words[iri],
            _deed_class(store, vocabulary, iri),
            tuple(sorted((c for c in below[iri] if c.count), key=lambda c: c.label.casefold())),
        )
        for iri in sorted(words, key=lambda iri: (vocabulary.classes[iri].order, iri))
    )
    return tuple(group for group in groups if group.wide.count)


def check_deed(store: Store, name: str) -> None:
    """Raise NotFound, with similar names, for what is no class of deeds."""
    vocabulary, words = read_vocabulary(store), _words(store)
    deeds = {iri for iri in vocabulary.classes if {iri, *vocabulary.ancestors(iri)} & words.keys()}
    if TERM + name not in deeds:
        raise NotFound(f"deed called {name}", similar_terms(deeds, name), name)


def _deed_class(store: Store, vocabulary: Vocabulary, iri: str) -> DeedClass:
    count = index(store).count(ThingFilter((("class", iri),)))
    return DeedClass(iri.removeprefix(TERM), vocabulary.term_label(iri), count)


@per_reader
def _words(store: Store) -> dict[str, str]:
    """Return the plain words of each wide class, in the reader's language, else in English."""
    words: dict[str, str] = {}
    for row in store.select(page_query("deeds")):
        term, iri = row["words"], text(row["class"])
        language = term.language if isinstance(term, Literal) else ""
        if language == current_language() or (language == DEFAULT and iri not in words):
            words[iri] = text(term)
    return words
