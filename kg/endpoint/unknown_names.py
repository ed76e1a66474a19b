"""Names in a query that are not in the graph: the usual reason for an empty result."""

from __future__ import annotations

import difflib

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import TERM, THING, prefixes
from kg.sparql.prologue import iris
from kg.store.store import Store
from kg.terms.slugs import similar_slugs

# Messages. Each has taken a comparison with every name of its kind.
LIMIT = 5

# Comparing a name with all others takes time by the square of its length.
_LONGEST = 100


def unknown(store: Store, query: str) -> list[str]:
    """Return a message for each of the first terms and things of a query that the graph lacks.

    Each suggests names that are similar; at most `LIMIT` messages.
    """
    messages: list[str] = []
    for iri in dict.fromkeys(iris(query, prefixes())):
        namespace = next((n for n in (TERM, THING) if iri.startswith(n)), "")
        name = iri.removeprefix(namespace)
        if not namespace or not 0 < len(name) <= _LONGEST or len(messages) == LIMIT:
            continue
        if not store.ask("ASK { ?thing ?property ?value }", thing=NamedNode(iri)):
            messages.append(_term(store, name) if namespace == TERM else _thing(store, name))
    return messages


def _term(store: Store, name: str) -> str:
    terms = [iri.removeprefix(TERM) for iri in index(store).iris_starting_with(TERM)]
    similar = difflib.get_close_matches(name, terms, n=3)
    return f"there is no term dip:{name}{_suggestion('dip', similar)}"


def _thing(store: Store, name: str) -> str:
    return f"there is no thing id:{name}{_suggestion('id', similar_slugs(store, name)[:3])}"


def _suggestion(prefix: str, names: list[str]) -> str:
    return "; did you mean " + " or ".join(f"{prefix}:{n}" for n in names) + "?" if names else ""
