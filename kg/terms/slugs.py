"""Slugs, the local names of things in addresses: resolve one, or suggest similar ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from pyoxigraph import DefaultGraph, NamedNode, Quad
from rapidfuzz import fuzz, process

from kg.index.reader import index
from kg.model.errors import Gone, Merged, NotFound
from kg.model.prefixes import CLAIM, TERM, THING, expand
from kg.store.engine import QuadPattern
from kg.store.memory import per_store
from kg.store.store import Store

_REPLACED_BY, _DEPRECATED, _COMMENT = (
    NamedNode(expand(name)) for name in ("dcterms:isReplacedBy", "owl:deprecated", "rdfs:comment")
)

# Shorter texts stand inside too many slugs to suggest any.
_SHORTEST_PART = 3
_SUGGESTIONS = 5
# Percent of rapidfuzz.
_SIMILAR = 60
# A longer chain of mergers would be an error in the data.
_MOST_REPLACEMENTS = 10
# No slug is longer: other names need no look-up.
_SLUG = re.compile(r"[^\W_][\w.#/-]{0,199}")


def thing_node(store: Store, slug: str) -> NamedNode:
    """Return the IRI of a thing that has statements; NotFound offers similar slugs.

    Raises Merged if it is replaced (`dcterms:isReplacedBy`), Gone if it is withdrawn
    (`owl:deprecated`).
    """
    node = _thing_iri(slug)
    (record,) = _records(store, [node]) if node else (_NO_RECORD,)
    if node is None or not record.exists:
        raise NotFound(f"thing called {slug}", similar_slugs(store, slug), slug)
    replacement = _replacement(store, node, record)
    # Before withdrawal: readers of a merged thing want the other one, deprecated or not.
    if replacement != node:
        raise Merged(slug, replacement.value.removeprefix(THING))
    if record.withdrawn:
        reasons = [str(getattr(term, "value", "")) for term in store.objects(node, _COMMENT, 1)]
        names = index(store).resource(node.value).names
        raise Gone(names[0][1] if names else slug, *reasons)
    return node


def has_page(store: Store, slug: str) -> bool:
    """Tell whether a thing has statements, and is neither replaced nor withdrawn."""
    return bool(slugs_with_page(store, [slug]))


def slugs_with_page(store: Store, slugs: Iterable[str]) -> list[str]:
    """Return those of some slugs that have a page, as `has_page` does."""
    nodes = {slug: node for slug in slugs if (node := _thing_iri(slug))}
    records = _records(store, nodes.values())
    return [
        slug
        for (slug, node), record in zip(nodes.items(), records, strict=True)
        if record.exists and not record.withdrawn and _replacement(store, node, record) == node
    ]


class _Record(NamedTuple):
    """Whether a thing has statements, what replaces it, and whether it is withdrawn."""

    exists: bool
    replacement: NamedNode | None
    withdrawn: bool


_NO_RECORD = _Record(exists=False, replacement=None, withdrawn=False)


def _records(store: Store, nodes: Iterable[NamedNode]) -> list[_Record]:
    """Read whether things exist and what became of them, in one request."""
    about = (None, _REPLACED_BY, _DEPRECATED)
    patterns = [QuadPattern(node, p, None, DefaultGraph()) for node in nodes for p in about]
    quads = iter(store.quads_of_each(patterns, 1))
    return [
        _Record(bool(any_), _replacing(replaced), bool(withdrawn))
        for any_, replaced, withdrawn in zip(quads, quads, quads, strict=True)
    ]


def _replacing(quads: Sequence[Quad]) -> NamedNode | None:
    things = (quad.object for quad in quads)
    return next((t for t in things if isinstance(t, NamedNode) and t.value.startswith(THING)), None)


def _thing_iri(slug: str) -> NamedNode | None:
    # Not every letter may stand in an IRI (RFC 3987, 2.2); the engine checks.
    try:
        return NamedNode(THING + slug) if _SLUG.fullmatch(slug) else None
    except ValueError:
        return None


def _replacement(store: Store, node: NamedNode, record: _Record) -> NamedNode:
    """Follow the replacements of a thing to the last; return the thing itself for a circle."""
    chain = [node]
    while record.replacement and len(chain) < _MOST_REPLACEMENTS:
        if record.replacement in chain:
            return node
        chain.append(record.replacement)
        (record,) = _records(store, chain[-1:])
    return chain[-1]


def content_node(slug: str) -> NamedNode:
    """Return the IRI of the graph that has the content of a claim."""
    return NamedNode(f"{CLAIM}{slug}/content")


def similar_slugs(store: Store, slug: str) -> list[str]:
    """Return at most five slugs that a mistyped one may stand for, best first."""
    # Names in addresses are lower-case, people type capitals.
    typed, slugs = slug.strip("/ ")[:100].casefold(), _slugs(store)
    containing = sorted((s for s in slugs if len(typed) >= _SHORTEST_PART and typed in s), key=len)
    close = process.extract(
        typed, slugs, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_SIMILAR
    )
    return list(dict.fromkeys([*(name for name, _, _ in close), *containing]))[:_SUGGESTIONS]


@per_store
def _slugs(store: Store) -> tuple[str, ...]:
    names = (iri.removeprefix(THING) for iri in index(store).iris_starting_with(THING))
    return tuple(name for name in names if name and "#" not in name)


def similar_terms(iris: Iterable[str], name: str) -> list[str]:
    """Return the local names of our terms, among some IRIs, that a mistyped one may stand for."""
    local_names = {iri.removeprefix(TERM) for iri in iris if iri.startswith(TERM)}
    folded = {local.casefold(): local for local in sorted(local_names)}
    return [folded[match] for match in get_close_matches(name[:100].casefold(), folded, n=3)]
