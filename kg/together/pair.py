"""Two things that a text names with “and” between, in the languages of the interface."""

from __future__ import annotations

import re

from kg.lists.search import exact_matches, search_things
from kg.model.prefixes import THING
from kg.store.store import Store

_AND = re.compile(r" (?:and|und|et|и|&) |と", re.IGNORECASE)
_HITS = 5


def named_pair(store: Store, text: str) -> tuple[str, str] | None:
    """Return the slugs of two things that a text names, in their order; None if it does not.

    Each must be the exact name of one thing alone. A thing with “and” in its name is no pair.
    """
    text = " ".join(text.split())
    conjunctions = list(_AND.finditer(text))
    # Few texts have one: for the others nothing more is searched.
    if not conjunctions or exact_matches(search_things(store, text, _HITS).hits, text):
        return None
    for conjunction in conjunctions:
        start, end = conjunction.span()
        slugs = {_named(store, text[:start]), _named(store, text[end:])}
        if len(slugs) == 2 and "" not in slugs:
            first, second = sorted(slugs)
            return first, second
    return None


def _named(store: Store, name: str) -> str:
    exact = exact_matches(search_things(store, name, _HITS).hits, name) if name.strip() else []
    return exact[0].item.thing.iri.removeprefix(THING) if len(exact) == 1 else ""
