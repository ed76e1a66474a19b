"""Which things are of which class, and the classes that lead the way in."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass

from kg.ask import panel
from kg.errors import NotFound
from kg.memory import per_store
from kg.prefixes import TERM
from kg.read.statement import Value, thing
from kg.read.vocabulary import Vocabulary, text, vocabulary
from kg.store import Store


@dataclass(frozen=True)
class Instance:
    """A thing in a class list and the narrower classes that it belongs to."""

    thing: Value
    classes: tuple[Value, ...]


@dataclass(frozen=True)
class ClassList:
    """A class, its definition and everything in it and in the classes below it."""

    term: Value
    definition: str
    above: tuple[Value, ...]
    below: tuple[Value, ...]
    instances: tuple[Instance, ...]


@dataclass(frozen=True)
class Overview:
    """How much a build holds, and its principal classes in the order of display."""

    things: int
    facts: int
    sentences: int
    claims: int
    principal: tuple[ClassList, ...]


@per_store
def types(store: Store) -> dict[str, frozenset[str]]:
    """Return the classes of each thing, those above them too."""
    words = vocabulary(store)
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.select(panel("types")):
        kind = text(row["type"])
        found[text(row["thing"])] |= {kind} | words.ancestors(kind)
    return {iri: frozenset(kinds) for iri, kinds in found.items()}


def class_list(store: Store, name: str) -> ClassList:
    """Return the class with this local name; NotFound if the ontology has none."""
    words = vocabulary(store)
    iri = TERM + name
    if iri not in words.classes:
        raise NotFound(f"class called {name}", _near(words, name))
    notes = words.classes[iri]
    below = sorted((c for c, n in words.classes.items() if iri in n.parents), key=words.label)
    return ClassList(
        thing(words, iri),
        notes.definition,
        tuple(thing(words, c) for c in sorted(notes.parents) if c.startswith(TERM)),
        tuple(thing(words, c) for c in below),
        _instances(store, iri),
    )


@per_store
def overview(store: Store) -> Overview:
    """Count what a build holds and list its principal classes."""
    words = vocabulary(store)
    row = store.select(panel("counts"))[0]
    principal = sorted(
        (iri for iri, notes in words.classes.items() if notes.principal),
        key=lambda iri: (words.classes[iri].order, words.label(iri)),
    )
    return Overview(
        things=int(text(row["things"])),
        facts=int(text(row["facts"])),
        sentences=int(text(row["sentences"])),
        claims=int(text(row["claims"])),
        principal=tuple(class_list(store, c.removeprefix(TERM)) for c in principal),
    )


def _instances(store: Store, iri: str) -> tuple[Instance, ...]:
    words = vocabulary(store)
    members = (known for known, kinds in types(store).items() if iri in kinds)
    return tuple(
        Instance(
            thing(words, known),
            tuple(thing(words, c) for c in words.most_specific(types(store)[known]) if c != iri),
        )
        for known in sorted(members, key=lambda known: words.label(known).casefold())
    )


def _near(words: Vocabulary, name: str) -> list[str]:
    ours = [iri.removeprefix(TERM) for iri in words.classes if iri.startswith(TERM)]
    return difflib.get_close_matches(name, ours, n=3)
