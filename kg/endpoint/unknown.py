"""Names in a query that the graph does not know: the usual reason for an empty answer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import TERM, THING
from kg.store.store import Store
from kg.terms.slugs import similar_slugs

LIMIT = 5

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*+")
_NAME = re.compile(
    rf"(?:(?<![\w:<])(dip|id):|<({re.escape(TERM)}|{re.escape(THING)}))(\w(?:[\w-]|\.(?=\w)){{0,99}}+)"
)


def unknown(store: Store, query: str) -> list[str]:
    """Say which terms and things that a query names are not in the graph, and which come near."""
    said: list[str] = []
    for is_term, name in dict.fromkeys(_names(query)):
        node = NamedNode((TERM if is_term else THING) + name)
        if len(said) < LIMIT and not store.ask("ASK { ?thing ?property ?value }", thing=node):
            said.append(_term(store, name) if is_term else _thing(store, name))
    return said


def _names(query: str) -> Iterator[tuple[bool, str]]:
    for prefix, space, name in _NAME.findall(_COMMENT.sub("", query)):
        yield (prefix == "dip" or space == TERM, name)


def _term(store: Store, name: str) -> str:
    terms = [iri.removeprefix(TERM) for iri in index(store).starting(TERM)]
    close = difflib.get_close_matches(name, terms, n=3)
    return f"there is no term dip:{name}{_perhaps('dip', close)}"


def _thing(store: Store, name: str) -> str:
    return f"there is no thing id:{name}{_perhaps('id', similar_slugs(store, name)[:3])}"


def _perhaps(prefix: str, names: list[str]) -> str:
    return "; did you mean " + " or ".join(f"{prefix}:{n}" for n in names) + "?" if names else ""
