"""Everything a page says about one thing, as one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.ask import panel
from kg.memory import per_store
from kg.prefixes import THING, expand
from kg.read.sentence import Sentence
from kg.read.slug import thing_node
from kg.read.statement import (
    Statement,
    Value,
    readable,
    reading_order,
    thing,
    value,
    value_order,
)
from kg.read.statement import term as term_value
from kg.read.support import LINKS, Edge, Footnotes, edges, without_repetition
from kg.read.vocabulary import ALT_LABEL, LABEL, Vocabulary, text, vocabulary
from kg.read.wording import dataset
from kg.store import Store, Term

GROUP_LIMIT = 50

_TYPE = expand("rdf:type")
_DESCRIPTIONS = (expand("rdfs:comment"), expand("skos:definition"), expand("dcterms:description"))
_CONCERNS = expand("dip:concerns")
_APART = {_TYPE, LABEL, ALT_LABEL, *_DESCRIPTIONS}


@dataclass(frozen=True)
class Group:
    """Statements that share a property; `total` counts those beyond the ones listed too."""

    label: str
    property: str
    statements: tuple[Statement, ...]
    total: int


@dataclass(frozen=True)
class Claimed:
    """A claim, those who make it, and the claims inside which alone it is told of."""

    claim: Value
    claimants: tuple[Value, ...]
    within: tuple[Value, ...]


@dataclass(frozen=True)
class Link:
    """The same thing in an outside dataset."""

    dataset: str
    identifier: str
    iri: str


@dataclass(frozen=True)
class Entity:
    """One thing: its names, its classes, and all that is said of it and by whom."""

    iri: str
    label: str
    status: str
    names: tuple[Value, ...]
    description: str
    classes: tuple[Value, ...]
    outgoing: tuple[Group, ...]
    incoming: tuple[Group, ...]
    inferred: tuple[Statement, ...]
    links: tuple[Link, ...]
    content: tuple[Statement, ...]
    claim: Claimed | None
    claimed: tuple[Claimed, ...]
    notes: tuple[Sentence, ...]

    @property
    def slug(self) -> str:
        """Return the thing's short name in IRIs."""
        return self.iri.removeprefix(THING)


def entity(store: Store, slug: str) -> Entity:
    """Describe a thing; NotFound offers the slugs that come near."""
    node = thing_node(store, slug)
    words = vocabulary(store)
    known = edges(store.select(panel("outgoing"), thing=node), "value")
    shown = [e for e in known if e.predicate not in _APART and e.graphs != {LINKS}]
    coming = edges(store.select(panel("incoming"), thing=node), "subject")
    stated, reverse, folded = without_repetition(words, shown, coming)
    footnotes = Footnotes(store)
    claimed = _claims(store, store.select(panel("claimed"), thing=node))
    reverse = _not_in_box(reverse, claimed)
    return Entity(
        iri=node.value,
        label=words.label(node.value),
        status=words.status(node.value),
        names=_names(words, node.value),
        description=_description(known),
        classes=_classes(words, known),
        outgoing=_groups(words, node, stated, footnotes, outwards=True),
        incoming=_groups(words, node, reverse, footnotes, outwards=False),
        inferred=_inferred(words, node, folded, footnotes),
        links=_links(known),
        content=readable(store, store.select(panel("content"), thing=node)),
        claim=next(iter(_claims(store, store.select(panel("claims"), claim=node))), None),
        claimed=claimed,
        notes=footnotes.sentences,
    )


def _names(words: Vocabulary, iri: str) -> tuple[Value, ...]:
    shown = words.label(iri)
    others = dict.fromkeys(
        (name.value, name.language or "")
        for _, name in words.names.get(iri, [])
        if name.value != shown
    )
    return tuple(Value(name, language=language) for name, language in others)


def _description(known: Iterable[Edge]) -> str:
    found = [e for e in known if e.predicate in _DESCRIPTIONS]
    found.sort(key=lambda e: (getattr(e.other, "language", "") != "en", str(e.other)))
    return text(found[0].other) if found else ""


def _classes(words: Vocabulary, known: Iterable[Edge]) -> tuple[Value, ...]:
    types = [text(edge.other) for edge in known if edge.predicate == _TYPE]
    return tuple(thing(words, iri) for iri in words.most_specific(types))


def _groups(
    words: Vocabulary,
    node: NamedNode,
    found: Iterable[Edge],
    footnotes: Footnotes,
    *,
    outwards: bool,
) -> tuple[Group, ...]:
    by_property: dict[str, list[Edge]] = defaultdict(list)
    for edge in found:
        by_property[edge.predicate].append(edge)
    groups = []
    for name in sorted(by_property, key=words.property_order):
        ordered = sorted(by_property[name], key=lambda e: value_order(words, value(words, e.other)))
        listed = ordered[:GROUP_LIMIT] if not outwards else ordered
        statements = tuple(_statement(words, node, e, footnotes, outwards) for e in listed)
        label = words.term_label(name) if outwards else words.inverse_label(name)
        groups.append(Group(label, name, statements, len(ordered)))
    return tuple(groups)


def _inferred(
    words: Vocabulary, node: NamedNode, found: list[tuple[Edge, bool]], footnotes: Footnotes
) -> tuple[Statement, ...]:
    statements = (_statement(words, node, edge, footnotes, out) for edge, out in found)
    return tuple(sorted(statements, key=lambda s: reading_order(words, s)))


def _statement(
    words: Vocabulary, node: NamedNode, edge: Edge, footnotes: Footnotes, outwards: bool
) -> Statement:
    here, there = thing(words, node.value), value(words, edge.other)
    subject, target = (here, there) if outwards else (there, here)
    notes, marks = footnotes.of(edge)
    return Statement(subject, term_value(words, edge.predicate), target, notes, marks)


def _links(known: Iterable[Edge]) -> tuple[Link, ...]:
    outside = {text(edge.other) for edge in known if LINKS in edge.graphs}
    return tuple(Link(*dataset(iri), iri) for iri in sorted(outside, key=dataset))


def _not_in_box(found: Iterable[Edge], claimed: Iterable[Claimed]) -> list[Edge]:
    """Leave out what only says that a claim, listed apart, is about the thing."""
    boxed = {known.claim.iri for known in claimed}
    return [e for e in found if not (e.predicate == _CONCERNS and text(e.other) in boxed)]


def _claims(store: Store, rows: Iterable[dict[str, Term]]) -> tuple[Claimed, ...]:
    words = vocabulary(store)
    by_claim: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_claim[text(row["claim"])] |= {text(row["claimant"])} if "claimant" in row else set()
    found = (
        Claimed(
            thing(words, claim),
            tuple(thing(words, who) for who in sorted(people)),
            tuple(thing(words, outer) for outer in _outer(store).get(claim, ()) if not people),
        )
        for claim, people in by_claim.items()
    )
    return tuple(sorted(found, key=lambda claimed: claimed.claim.text))


@per_store
def _outer(store: Store) -> dict[str, list[str]]:
    """Return the claims inside which other claims are told of."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.select(panel("outer")):
        found[text(row["claim"])].append(text(row["outer"]))
    return {claim: sorted(outer) for claim, outer in found.items()}
