"""Slugs: the short names that people write into addresses, as IRIs of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pyoxigraph import NamedNode
from rapidfuzz import fuzz, process

from kg.index.reader import index
from kg.model.errors import Gone, Merged, NotFound
from kg.model.prefixes import CLAIM, TERM, THING
from kg.model.prefixes import node as expanded
from kg.store.memory import per_store
from kg.store.store import Store

_REPLACED, _DEPRECATED = expanded("dcterms:isReplacedBy"), expanded("owl:deprecated")
_REASON = expanded("rdfs:comment")

# Fewer letters are found in too many names.
_TELLING = 3
_REPLACEMENTS = 10
_SLUG = re.compile(r"[^\W_][\w.#/-]{0,199}")


def thing_node(store: Store, slug: str) -> NamedNode:
    """Return the thing of which the graph says something; NotFound offers slugs that come near.

    Merged if the graph says by what it is replaced (`dcterms:isReplacedBy`), Gone if it says that
    it is taken back (`owl:deprecated`).
    """
    node = _described(store, slug)
    if node is None:
        raise NotFound(f"thing called {slug}", similar_slugs(store, slug), slug)
    now = _replacement(store, node)
    if now != node:
        raise Merged(slug, now.value.removeprefix(THING))
    if store.objects(node, _DEPRECATED, 1):
        reasons = [str(getattr(term, "value", "")) for term in store.objects(node, _REASON, 1)]
        names = index(store).resource(node.value).names
        raise Gone(names[0][1] if names else slug, *reasons)
    return node


def has_page(store: Store, slug: str) -> bool:
    """Tell whether the graph says something of a thing that is still one of its own."""
    node = _described(store, slug)
    if node is None or store.objects(node, _DEPRECATED, 1):
        return False
    return _replacement(store, node) == node


def _described(store: Store, slug: str) -> NamedNode | None:
    node = _node(THING + slug) if _SLUG.fullmatch(slug) else None
    known = node is not None and store.ask("ASK { ?thing ?property ?value }", thing=node)
    return node if known else None


def _replacement(store: Store, node: NamedNode) -> NamedNode:
    """Return what a thing is now, in the end; the thing itself if that leads in a circle."""
    seen = [node]
    while len(seen) < _REPLACEMENTS:
        following = (
            now
            for now in store.objects(seen[-1], _REPLACED, 1)
            if isinstance(now, NamedNode) and now.value.startswith(THING)
        )
        now = next(following, None)
        if now is None:
            break
        if now in seen:
            return node
        seen.append(now)
    return seen[-1]


def content_node(slug: str) -> NamedNode:
    """Return the graph that holds what a claim says, if it is one; `slug` must be a thing's."""
    return NamedNode(f"{CLAIM}{slug}/content")


def similar_slugs(store: Store, slug: str) -> list[str]:
    """Return the slugs that a mistyped one may mean, best first."""
    wanted, known = slug.strip("/ ")[:100].casefold(), _slugs(store)
    inside = sorted((k for k in known if len(wanted) >= _TELLING and wanted in k), key=len)
    close = process.extract(wanted, known, scorer=fuzz.ratio, limit=5, score_cutoff=60)
    return list(dict.fromkeys([*(name for name, _, _ in close), *inside]))[:5]


@per_store
def _slugs(store: Store) -> tuple[str, ...]:
    names = (iri.removeprefix(THING) for iri in index(store).starting(THING))
    return tuple(name for name in names if name and "#" not in name)


def similar_terms(known: Iterable[str], name: str) -> list[str]:
    """Return the local names of our terms, among some IRIs, that a mistyped one may mean."""
    ours = {iri.removeprefix(TERM) for iri in known if iri.startswith(TERM)}
    folded = {local.casefold(): local for local in sorted(ours)}
    return [folded[one] for one in get_close_matches(name[:100].casefold(), folded, n=3)]


def _node(iri: str) -> NamedNode | None:
    # Some letters are no part of an IRI (RFC 3987, 2.2), and the engine knows which.
    try:
        return NamedNode(iri)
    except ValueError:
        return None
