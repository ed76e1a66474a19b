"""Which statement of which file makes a check complain, and by what chain of inference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.inference.proof import shortest_proof
from kg.model.prefixes import node, shorten
from kg.pipeline.inputs.triple_places import triple_place
from kg.pipeline.load import SourceTree
from kg.store.store import Store

_TYPE, _NARROWER = node("rdf:type"), node("rdfs:subClassOf")
_BELOW = f"ASK {{ ?narrow {_NARROWER}+ ?wide }}"


@dataclass(frozen=True)
class Cause:
    """Where the statement is written, and the chain from it to the fault in words, if any."""

    file: str = ""
    line: int = 0
    column: int = 0
    chain: str = ""

    @property
    def place(self) -> tuple[str, int, int]:
        """Return file, line and column."""
        return self.file, self.line, self.column


class Causes:
    """Finds the statements in the files of a tree that a fault in its graph comes from."""

    def __init__(self, tree: SourceTree, store: Store, source: str = "") -> None:
        """Take the tree and its graph; of several statements, those of `source` are blamed."""
        self.store = store
        self._tree = tree
        self._folder = f"kg/sources/{source or '*'}/*"
        self._written: dict[Triple, list[tuple[Quad, Path]]] = {}
        for quad, path in tree.origin.items():
            self._written.setdefault(quad.triple, []).append((quad, path))
        self._order = {triple: n for n, triple in enumerate(self._written)}

    def of(self, triples: Iterable[Triple]) -> Cause:
        """Return the cause of a fault that these statements make together.

        Of those that they follow from, a source's goes before an entity's, and the use of a
        property before the statement of a class, which is more often right.
        """
        triples = [triple for triple in triples if not _has_blank(triple)]
        stated = [leaf for triple in triples for leaf in self._stated(triple)]
        candidates = [(one, *at) for one in dict.fromkeys(stated) for at in self._at(one)]
        if not candidates:
            return Cause()
        blamed, quad, path = min(candidates, key=lambda one: self._rank(one[0], one[2]))
        inferred = any(triple not in self._written for triple in triples)
        chain = self._chain(blamed, stated) if inferred else ""
        return Cause(self._tree.name(path), *triple_place(path, quad), chain)

    def about(self, thing: str, property_: str = "", value: str = "") -> Cause:
        """Return the cause of a fault in a thing, or in its values of a property."""
        quads = self.store.quads_around(NamedNode(thing), outwards=True)
        triples = dict.fromkeys(quad.triple for quad in quads)
        fitting = [
            triple
            for triple in triples
            if triple.predicate.value == property_
            and (not value or getattr(triple.object, "value", "") == value)
        ]
        return self.of(fitting or [one for one in triples if one in self._written])

    def _stated(self, triple: Triple) -> list[Triple]:
        """Return what a statement follows from, nearest last; itself if a file states it."""
        if triple in self._written:
            return [triple]
        if triple.predicate == _TYPE and (stated := self._stated_class(triple)):
            return stated
        proof = shortest_proof(self.store, triple)
        return list(proof.stated())[::-1] if proof else []

    def _stated_class(self, triple: Triple) -> list[Triple]:
        """Return the statement of a narrower class, which is more often right than a property."""
        thing, wide = triple.subject, triple.object
        quads = self.store.quads_around(thing, True, _TYPE) if isinstance(thing, NamedNode) else []
        for quad in quads:
            narrow, written = quad.object, quad.triple in self._written
            below = written and self.store.ask(_BELOW, narrow=narrow, wide=wide)
            if below and isinstance(narrow, NamedNode):
                return [quad.triple, Triple(narrow, _NARROWER, wide)]
        return []

    def _at(self, triple: Triple) -> Sequence[tuple[Quad, Path]]:
        return self._written.get(triple, ())

    def _rank(self, triple: Triple, path: Path) -> tuple[bool, bool, bool, int]:
        name = Path(self._tree.name(path))
        is_type = triple.predicate == _TYPE
        in_source = name.match(self._folder)
        return not in_source, name.match("ontology/*"), is_type, self._order[triple]

    def _chain(self, blamed: Triple, stated: Sequence[Triple]) -> str:
        steps = dict.fromkeys([blamed, *stated])
        return "; ".join(self._step(step, step != blamed) for step in steps)

    def _step(self, triple: Triple, placed: bool) -> str:
        words = " ".join(map(_words, triple)).replace(" rdf:type ", " a ")
        for quad, path in self._at(triple):
            name = self._tree.name(path)
            if placed and not name.startswith("ontology/"):
                line, column = triple_place(path, quad)
                return f"{words} at {name}:{line}:{column}"
        return words


def _has_blank(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _words(term: object) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return f'"{term.value}"' if isinstance(term, Literal) else str(term)
