"""Find things by name or identifier: in every language, whatever the accents, typos forgiven."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg.index.folding import fold, marked
from kg.index.narrowing import Narrowing
from kg.index.reader import Spelt, index
from kg.lists.facets import apply_facets
from kg.lists.identifiers import TermOrSource, resolve_identifier
from kg.lists.items import ListItem, list_item
from kg.lists.listing import Listing, list_things
from kg.model.languages import DEFAULT
from kg.store.store import Store

LIMIT = 50

# No name is longer, and spelling is compared in the square of the length.
_LONGEST = 200
# Among more names than this the right one is asked for with another word.
_MOST = 1000
_RESEMBLING = 300
_CLOSE = 72.0

_EXACT, _START, _WORD, _INSIDE, _ALL_WORDS, _NONE = range(6)


@dataclass(frozen=True)
class SearchHit:
    """A thing found, and the name that matched, cut into pieces; true are those asked for."""

    item: ListItem
    name: str
    language: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class SearchResults:
    """A page of the best hits and the total; `approximate` if names are only spelt similarly.

    `references` are the terms, sources and sentences that the text names or identifies.
    """

    hits: tuple[SearchHit, ...]
    total: int
    approximate: bool
    listing: Listing
    references: tuple[TermOrSource, ...]

    @property
    def page(self) -> int:
        """Return the number of the page that the hits are."""
        return self.listing.page

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.total // self.listing.size))


def search_things(
    store: Store,
    question: str,
    limit: int = LIMIT,
    chosen: Mapping[str, str] | None = None,
    page: int = 1,
) -> SearchResults:
    """Find what the text identifies, then the things whose names match.

    The whole name comes first, then its start, a word, a part. If there are none, those spelt
    much like it. `chosen` narrows by facets as `list_things` does.
    """
    wanted, chosen = fold(question[:_LONGEST]), chosen or {}
    things, references = resolve_identifier(store, question)
    named, near = match_names(store, wanted, spelt_like=not things) if wanted else ({}, False)
    names = {**dict.fromkeys(things, _called(question)), **named}
    base = Narrowing(among=tuple(names))
    kept = set(index(store).members(apply_facets(base, chosen), limit=_MOST)) if names else set()
    order = [iri for iri in names if iri in kept]
    shown = order[limit * (page - 1) : limit * page]
    return SearchResults(
        tuple(_hit(store, iri, names[iri], wanted) for iri in shown),
        len(order),
        near,
        list_things(store, chosen, base, size=limit, page=page),
        tuple(references),
    )


def match_names(store: Store, wanted: str, *, spelt_like: bool) -> tuple[dict[str, str], bool]:
    """Return names that match a folded text by thing, best first, and if they only come near.

    Names that only come near are looked for with `spelt_like`.
    """
    found = _ranked(index(store).spelt(wanted, _MOST), wanted)
    if found or not spelt_like:
        return found, False
    near = _near(store, wanted)
    return near, bool(near)


def _called(question: str) -> str:
    """Return a code or identifier, for the reader to see that it was understood; no address."""
    return "" if "/" in question else question.strip()


def _hit(store: Store, iri: str, name: str, wanted: str) -> SearchHit:
    found = list_item(store, iri)
    shown = name or found.thing.text
    names = index(store).resource(iri).names
    spoken = next((tag for _, known, tag in names if known == shown and tag != DEFAULT), "")
    return SearchHit(found, shown, spoken, marked(shown, wanted))


def _ranked(names: list[Spelt], wanted: str) -> dict[str, str]:
    ranks: dict[str, tuple[int, int, int, str]] = {}
    for known in names:
        rank = _rank(known.folded, wanted)
        if rank != _NONE:
            key = (rank, -known.degree if rank > _EXACT else 0, len(known.name), known.name)
            ranks[known.iri] = min(ranks.get(known.iri, key), key)
    # What is asked for in the middle of a word is meant only if no word begins so.
    spaced = wanted.isascii() and any(key[0] != _INSIDE for key in ranks.values())
    kept = (iri for iri, key in ranks.items() if not (spaced and key[0] == _INSIDE))
    return {iri: ranks[iri][3] for iri in sorted(kept, key=lambda iri: (*ranks[iri], iri))}


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return _EXACT
    if name.startswith(wanted):
        return _START
    if f" {wanted}" in name:
        return _WORD
    if wanted in name:
        return _INSIDE
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return _ALL_WORDS
    return _NONE


def _near(store: Store, wanted: str) -> dict[str, str]:
    scores: dict[str, tuple[float, int, str]] = {}
    for known in index(store).resembling(wanted, _RESEMBLING):
        score = _likeness(known.folded, wanted)
        if score >= _CLOSE:
            key = (score, known.degree, known.name)
            scores[known.iri] = max(scores.get(known.iri, key), key)
    best = sorted(scores, key=lambda iri: (-scores[iri][0], -scores[iri][1], iri))
    return {iri: scores[iri][2] for iri in best[:10]}


def _likeness(name: str, wanted: str) -> float:
    """Compare with the whole name, or with as many of its words, out of 100."""
    words, length = name.split(), len(wanted.split())
    parts = (" ".join(words[at : at + length]) for at in range(max(1, len(words) - length + 1)))
    inside = max((fuzz.ratio(part, wanted) for part in parts), default=0.0)
    shuffled = fuzz.token_sort_ratio(name, wanted)
    return float(max(fuzz.ratio(name, wanted), inside * 0.95, shuffled * 0.95))
