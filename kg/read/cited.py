"""What sentences say of a thing, statement by statement, for feeds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.read.around import around
from kg.read.sentence import Sentence, sentences
from kg.read.slug import thing_node
from kg.read.statement import Value, term, thing, value
from kg.read.support import Edge
from kg.read.vocabulary import Vocabulary, vocabulary
from kg.store import Store


@dataclass(frozen=True)
class Cited:
    """A statement with the first sentence that supports it; `mark` tells it from all others."""

    subject: Value
    property: Value
    value: Value
    sentence: Sentence
    mark: str


def cited(store: Store, slug: str) -> tuple[Value, list[Cited]]:
    """Return a thing and the statements about it that sentences support, in reading order.

    NotFound offers the slugs that come near.
    """
    node, words = thing_node(store, slug), vocabulary(store)
    known = sentences(store)
    order = {iri: place for place, iri in enumerate(known)}
    here = thing(words, node.value)
    found = []
    for outwards in (True, False):
        for edge in around(store, node, outwards=outwards).edges:
            first = min((g for g in edge.graphs if g in order), key=order.__getitem__, default="")
            if first:
                found.append(_cited(words, here, edge, outwards, known[first]))
    return here, sorted(found, key=lambda one: (order[one.sentence.iri], one.mark))


def _cited(
    words: Vocabulary, here: Value, edge: Edge, outwards: bool, sentence: Sentence
) -> Cited:
    there = value(words, edge.other)
    subject, target = (here, there) if outwards else (there, here)
    said = f"{here.iri} {outwards} {edge.predicate} {edge.other}"
    mark = hashlib.sha256(said.encode()).hexdigest()[:16]
    return Cited(subject, term(words, edge.predicate), target, sentence, mark)
