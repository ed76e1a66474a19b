"""What a search offers beside its hits: two things together, and questions like a plain one."""

from __future__ import annotations

from typing import NamedTuple

from kg.ask.plain_words import PlainReading, read_plainly
from kg.lists.search import SearchResults, exact_matches
from kg.together.pair import named_pair
from web.serving.current_build import store

# With more hits a search has probably found what it is for.
_FEW = 3


class SearchOffers(NamedTuple):
    """The slugs of two things that a text names, and its reading as a plain question."""

    pair: tuple[str, str] | None = None
    reading: PlainReading | None = None


def search_offers(text: str, results: SearchResults) -> SearchOffers:
    """Return what else a text may mean: a question, where nothing has it for a name."""
    if not text:
        return SearchOffers()
    sure = len(results.hits) > _FEW and not results.approximate
    pair = named_pair(store(), text)
    if pair or sure or results.references or exact_matches(results.hits, text):
        return SearchOffers(pair)
    return SearchOffers(None, read_plainly(store(), text))
