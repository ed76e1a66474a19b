"""Search for things by name or identifier, in every language, ignoring accents and misspellings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from kg.index.folding import fold_name, highlight
from kg.index.reader import index
from kg.index.sql import NameMatch
from kg.index.thing_filter import ThingFilter
from kg.lists.facets import FacetCounts, apply_filters, count_facets
from kg.lists.identifiers import TermOrSource, resolve_identifier
from kg.lists.items import ListItem, list_items
from kg.model.languages import current_language
from kg.store.store import Store

LIMIT = 50

# No name is longer, and comparing spellings costs the square of the length.
_LONGEST_QUERY = 200
# Readers refine a query with more matches than this by another word.
MOST_MATCHES = 1000
# Names that share trigrams with the query, to compare by edit distance: FTS5 ranks them roughly.
_CANDIDATES = 300
_SIMILAR_SHOWN = 10
# Percent of rapidfuzz: lets one or two letters of a usual name be wrong.
_SIMILAR = 72.0

_EXACT, _START, _WORD, _INSIDE, _ALL_WORDS, _NONE = range(6)


@dataclass(frozen=True)
class SearchHit:
    """A thing and its name that matches, in pieces of (text, whether the query has it)."""

    item: ListItem
    name: str
    language: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class SearchResults:
    """A page of the best hits and the total; `approximate` if names are only spelt similarly.

    `references` are the terms, sources and sentences that the text names or identifies;
    `matches` are the things before filtering.
    """

    hits: tuple[SearchHit, ...]
    total: int
    approximate: bool
    references: tuple[TermOrSource, ...]
    page: int
    size: int
    matches: ThingFilter = field(repr=False)

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.total // self.size))


def search_things(
    store: Store,
    query: str,
    limit: int = LIMIT,
    filters: Mapping[str, str] | None = None,
    page: int = 1,
) -> SearchResults:
    """Return the things that a text identifies, then those whose names match it.

    Names rank by how they match: exactly, at the start or as the second word of two, at a word,
    inside one. If none matches, similarly spelt names do. `filters` are those of `list_things`.
    """
    folded, filters = fold_name(query[:_LONGEST_QUERY]), filters or {}
    identified, references = resolve_identifier(store, query)
    named, approximate = (
        match_names(store, folded, or_similar=not identified) if folded else ({}, False)
    )
    names = {**dict.fromkeys(identified, _shown_identifier(query)), **named}
    matches = ThingFilter(among=tuple(names))
    ranked = _passing(store, names, apply_filters(matches, filters))
    items = list_items(store, ranked[limit * (page - 1) : limit * page])
    return SearchResults(
        tuple(_hit(store, item, names[item.thing.iri], folded) for item in items),
        len(ranked),
        approximate,
        tuple(references),
        page,
        limit,
        matches,
    )


def _passing(store: Store, names: Mapping[str, str], selection: ThingFilter) -> list[str]:
    """Return the named things that pass the filters, in the order of the names."""
    # The filter returns names in its own order; the ranking must survive.
    passing = set(index(store).members(selection, limit=MOST_MATCHES)) if names else set()
    return [iri for iri in names if iri in passing]


def exact_matches(hits: Iterable[SearchHit], name: str) -> list[SearchHit]:
    """Return the hits that have exactly this name, but for accents and capitals."""
    return [hit for hit in hits if fold_name(hit.name) == fold_name(name)]


def search_facets(store: Store, results: SearchResults, filters: Mapping[str, str]) -> FacetCounts:
    """Count the facets of all matches of a search; suggestions, at every keystroke, need none."""
    return count_facets(store, results.matches, filters)


def match_names(store: Store, folded: str, *, or_similar: bool) -> tuple[dict[str, str], bool]:
    """Return the matching name of each thing, best first, and whether names are only similar.

    Similar names are looked up with `or_similar`, if no name matches.
    """
    matches = _rank_names(index(store).names_containing(folded, MOST_MATCHES), folded)
    nouns = with_nouns(folded)
    if nouns != folded:
        by_noun = _rank_names(index(store).names_containing(nouns, MOST_MATCHES), nouns)
        matches |= {iri: name for iri, name in by_noun.items() if iri not in matches}
    # Similar names only if none matches: they would bury the exact ones.
    if matches or not or_similar:
        return matches, False
    similar = _similar_names(store, folded)
    return similar, bool(similar)


def with_nouns(folded: str) -> str:
    """Put in place of the verbs of a folded text the nouns that names have for them.

    >>> with_nouns("russia expelled")
    'russia expulsion'
    """
    return " ".join(_nouns().get(word, word) for word in folded.split())


@cache
def _nouns() -> dict[str, str]:
    with (Path(__file__).parent / "word_forms.toml").open("rb") as file:
        return {verb: noun for noun, verbs in tomllib.load(file).items() for verb in verbs}


def _shown_identifier(query: str) -> str:
    """Return a code, for the reader to see that it was understood; an address is too long."""
    return "" if "/" in query else query.strip()


def _hit(store: Store, item: ListItem, name: str, folded: str) -> SearchHit:
    shown = name or item.thing.text
    names = index(store).resource(item.thing.iri).names
    language = next((tag for _, text, tag in names if text == shown), "")
    language = "" if language == current_language() else language
    return SearchHit(item, shown, language, highlight(shown, folded))


def _rank_names(names: list[NameMatch], folded: str) -> dict[str, str]:
    ranks: dict[str, tuple[int, int, int, str]] = {}
    for spelling in names:
        rank = _rank(spelling.folded, folded)
        if rank != _NONE:
            # Exact matches rank alike, however many statements their things have.
            degree = -spelling.degree if rank > _EXACT else 0
            key = (rank, degree, len(spelling.name), spelling.name)
            ranks[spelling.iri] = min(ranks.get(spelling.iri, key), key)
    # Letters inside a word match only if no word begins with them; Japanese has no spaces.
    by_words = folded.isascii() and any(key[0] != _INSIDE for key in ranks.values())
    matches = (iri for iri, key in ranks.items() if not (by_words and key[0] == _INSIDE))
    return {iri: ranks[iri][3] for iri in sorted(matches, key=lambda iri: (*ranks[iri], iri))}


def _rank(name: str, folded: str) -> int:
    if name == folded:
        return _EXACT
    # Persons are searched for by their last names: of two words, the second counts as the first.
    second = name.partition(" ")[2]
    if name.startswith(folded) or second == folded:
        return _START
    if f" {folded}" in name:
        return _WORD
    if folded in name:
        return _INSIDE
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in folded.split()):
        return _ALL_WORDS
    return _NONE


def _similar_names(store: Store, folded: str) -> dict[str, str]:
    scores: dict[str, tuple[float, int, str]] = {}
    for spelling in index(store).similar_names(folded, _CANDIDATES):
        score = _similarity(spelling.folded, folded)
        if score >= _SIMILAR:
            key = (score, spelling.degree, spelling.name)
            scores[spelling.iri] = max(scores.get(spelling.iri, key), key)
    best = sorted(scores, key=lambda iri: (-scores[iri][0], -scores[iri][1], iri))
    return {iri: scores[iri][2] for iri in best[:_SIMILAR_SHOWN]}


def _similarity(name: str, folded: str) -> float:
    """Compare with the complete name, or with as many of its words as the query has, out of 100."""
    words, length = name.split(), len(folded.split())
    parts = (" ".join(words[at : at + length]) for at in range(max(1, len(words) - length + 1)))
    inside = max((fuzz.ratio(part, folded) for part in parts), default=0.0)
    reordered = fuzz.token_sort_ratio(name, folded)
    # A complete name in order comes before a part of one, or the same words in another order.
    return float(max(fuzz.ratio(name, folded), inside * 0.95, reordered * 0.95))
