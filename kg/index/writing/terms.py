"""What the ontology says that the index needs: classes above classes, facets, statuses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.index.hierarchy import ancestors
from kg.model.prefixes import TERM
from kg.model.text_files import read
from kg.sparql.named_queries import QUERIES
from kg.store.store import Store, Term

QUESTIONS = QUERIES / "index"
# Combinations of classes that things are stated to be of.
_COMBINATIONS = 2_000


@dataclass(frozen=True)
class Classes:
    """The classes of a thing: with all above them, the narrowest stated ones, principal ones."""

    all: tuple[str, ...]
    narrowest: tuple[str, ...]
    principal: tuple[str, ...]


class IndexTerms:
    """What is asked of a store before its statements are read.

    `facets` are by property, `statuses` by concept with whether such things are listed apart.
    """

    def __init__(self, store: Store) -> None:
        """Ask a store."""
        self._above = ancestors(store)
        self._principal = {_text(row["class"]) for row in _rows(store, "principal")}
        self.facets: dict[bytes, set[str]] = defaultdict(set)
        for row in _rows(store, "facets"):
            self.facets[str(row["property"]).encode()].add(_text(row["facet"]))
        self.statuses = {
            _text(row["status"]): "apart" in row and _text(row["apart"]) == "true"
            for row in _rows(store, "statuses")
        }
        # Per instance, not per method, as a cache goes with the store that it is of.
        self.classes = lru_cache(maxsize=_COMBINATIONS)(self._classes)

    def _classes(self, stated: frozenset[str]) -> Classes:
        every = stated.union(*(self._above.get(kind, ()) for kind in stated))
        # Only the narrowest of the stated classes: pages do not name a meeting an event as well.
        wide = set().union(*(self._above.get(kind, set()) for kind in stated))
        narrowest = (kind for kind in stated - wide if kind.startswith(TERM))
        return Classes(*map(tuple, map(sorted, (every, narrowest, every & self._principal))))


def figures(store: Store) -> list[tuple[str, int]]:
    """Count what a store holds, by name."""
    return [(name, int(_text(term))) for name, term in _rows(store, "counts")[0].items()]


def _rows(store: Store, name: str) -> list[dict[str, Term]]:
    return store.select(read(QUESTIONS / f"{name}.rq"))


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
