"""The thing that a name means in a field of the form, or the things that it may mean."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lists.items import ListItem
from kg.lists.search import exact_matches, search_things
from kg.model.prefixes import THING
from kg.store.store import Store
from kg.terms.slugs import has_page
from kg.terms.vocabulary import read_vocabulary

_CHOICES = 12
# Who does something, and to whom, is an agent, if any agent has the name.
_KINDS = {"who": "Agent", "whom": "Agent"}


@dataclass(frozen=True)
class NamedThing:
    """The slug of the thing that a name means; without one, the things to choose from."""

    name: str
    slug: str
    choices: tuple[ListItem, ...] = ()


def find_named(store: Store, name: str, question: str = "") -> NamedThing:
    """Return what a slug, an IRI or a name in any language means, as the answer to a question.

    A name that several things have, or that is only like theirs, leaves the choice to the reader.
    """
    slug = name.removeprefix(THING)
    if has_page(store, slug):
        return NamedThing(name, slug)
    kind = {"kind": _KINDS[question]} if question in _KINDS else {}
    results = search_things(store, name, _CHOICES, kind)
    if not results.hits:
        results = search_things(store, name, _CHOICES)
    exact = exact_matches(results.hits, name)
    if len(exact) == 1 or (results.total == 1 and not results.approximate):
        return NamedThing(name, (exact or results.hits)[0].item.thing.iri.removeprefix(THING))
    return NamedThing(name, "", tuple(hit.item for hit in exact or results.hits))


def field_text(store: Store, slug: str, question: str) -> str:
    """Return what a field shows for a thing: its label, or its slug if others share the label."""
    label = read_vocabulary(store).name(THING + slug)
    return label if label and find_named(store, label, question).slug == slug else slug
