"""The leaves of a pattern: triples, and paths of any length, as solutions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql
from rdflib import paths
from rdflib import term as rdf

from kg.spark.sparql.closures import reached_from
from kg.spark.sparql.dataset import StatementFrames
from kg.spark.sparql.expressions import rdflib_term_text
from kg.spark.sparql.solutions import Solutions
from kg.spark.sparql.untranslated import UntranslatedError


@dataclass(frozen=True)
class TripleLeaf:
    """A triple pattern, in the default graph or, by an IRI or variable, in a named one."""

    subject: rdf.Node
    predicate: rdf.Node | paths.Path
    object: rdf.Node
    graph: rdf.Node | None = None

    @classmethod
    def of(cls, triple: Sequence[Any], graph: rdf.Node | None = None) -> TripleLeaf:
        """Take a triple of the algebra."""
        subject, predicate, value = triple
        return cls(subject, predicate, value, graph)

    @property
    def variables(self) -> frozenset[str]:
        """Return the names of its variables."""
        terms = (self.subject, self.predicate, self.object, self.graph)
        return frozenset(name_of(term) for term in terms if is_variable(term))

    @property
    def is_closure(self) -> bool:
        """Tell whether it is a path of any length."""
        return isinstance(self.predicate, paths.MulPath)


def is_variable(term: object) -> bool:
    """Tell whether a term of a pattern stands for any: a blank node does, too."""
    return isinstance(term, rdf.Variable | rdf.BNode)


def name_of(term: object) -> str:
    """Return the column of a variable."""
    return f"blank {term}" if isinstance(term, rdf.BNode) else str(term)


def leaves_of(leaf: TripleLeaf) -> Iterator[TripleLeaf]:
    """Write a path of several steps as a triple pattern for each, and an inverse one forwards."""
    path = leaf.predicate
    if isinstance(path, paths.InvPath):
        yield from leaves_of(TripleLeaf(leaf.object, path.arg, leaf.subject, leaf.graph))
    elif isinstance(path, paths.SequencePath):
        between = [rdf.BNode() for _ in path.args[1:]]
        ends = [leaf.subject, *between, leaf.object]
        for step, start, end in zip(path.args, ends, ends[1:], strict=False):
            yield from leaves_of(TripleLeaf(start, step, end, leaf.graph))
    else:
        yield leaf


def leaf_solutions(data: StatementFrames, leaf: TripleLeaf) -> Solutions:
    """Return the solutions of a triple pattern that is no path of any length."""
    parts = [_plain(data, one) for one in _alternatives(leaf)]
    return reduce(_either, parts)


def leaf_size(data: StatementFrames, leaf: TripleLeaf) -> int:
    """Estimate how many solutions a pattern has; none only if there are none."""
    if leaf.is_closure:
        # By no step at all, it holds of everything.
        return 1
    counts = data.triple_counts if leaf.graph is None else data.quad_counts
    return sum(
        counts.of(*(None if is_variable(t) or t is None else rdflib_term_text(t) for t in terms))
        for one in _alternatives(leaf)
        for predicate in _names(one.predicate)
        for terms in [(predicate, one.object, one.graph)]
    )


def closure_solutions(
    data: StatementFrames, leaf: TripleLeaf, sofar: Solutions | None
) -> Solutions:
    """Return what a path of any length leads to, from the end that is bound or named.

    The solutions have both ends: those that its bound end has in `sofar`, and what is reached.
    """
    path = leaf.predicate
    if not isinstance(path, paths.MulPath) or path.mod not in {"*", "+"} or is_variable(leaf.graph):
        raise UntranslatedError("this kind of path")
    forwards = not is_variable(leaf.subject) or (
        is_variable(leaf.object) and _is_bound(leaf.subject, sofar)
    )
    start, end = (leaf.subject, leaf.object) if forwards else (leaf.object, leaf.subject)
    if not _is_bound(start, sofar):
        raise UntranslatedError("a path of any length between two free ends")
    ends = [rdf.Variable("from"), rdf.Variable("to")]
    one, other = ends if forwards else reversed(ends)
    step = leaf_solutions(data, TripleLeaf(one, path.path, other, leaf.graph))
    seeds = _seeds(data, start, sofar)
    edges = step.frame.select("from", "to").distinct() if step.size else None
    reached = reached_from(data, seeds, edges, with_seeds=path.mod == "*")
    size = sofar.size if sofar else 1
    return _named(reached, start, end, size)


def _is_bound(term: rdf.Node, sofar: Solutions | None) -> bool:
    return not is_variable(term) or (sofar is not None and name_of(term) in sofar.bound)


def _seeds(data: StatementFrames, start: rdf.Node, sofar: Solutions | None) -> DataFrame:
    if is_variable(start) and sofar is not None:
        return sofar.frame.select(sql.col(name_of(start)).alias("seed")).distinct()
    session = data.triples.sparkSession
    return session.range(1).select(sql.lit(rdflib_term_text(start)).alias("seed"))


def _named(reached: DataFrame, start: rdf.Node, end: rdf.Node, size: int) -> Solutions:
    columns: dict[str, Column] = {}
    for term, column in ((start, "seed"), (end, "at")):
        if not is_variable(term):
            reached = reached.filter(sql.col(column) == rdflib_term_text(term))
        elif name_of(term) in columns:
            reached = reached.filter(sql.col(column) == columns[name_of(term)])
        else:
            columns[name_of(term)] = sql.col(column)
    frame = reached.select(*(column.alias(name) for name, column in columns.items()))
    return Solutions(frame, frozenset(columns), size=size)


def _alternatives(leaf: TripleLeaf) -> Iterator[TripleLeaf]:
    path = leaf.predicate
    if isinstance(path, paths.AlternativePath):
        plain = [step for step in path.args if isinstance(step, rdf.URIRef)]
        others = [step for step in path.args if step not in plain]
        if plain:
            same = paths.AlternativePath(*plain) if len(plain) > 1 else plain[0]
            yield TripleLeaf(leaf.subject, same, leaf.object, leaf.graph)
        for step in others:
            yield from _alternatives(TripleLeaf(leaf.subject, step, leaf.object, leaf.graph))
    elif isinstance(path, paths.InvPath):
        yield from _alternatives(TripleLeaf(leaf.object, path.arg, leaf.subject, leaf.graph))
    elif isinstance(path, paths.Path):
        raise UntranslatedError(f"a path within a path ({type(path).__name__})")
    else:
        yield leaf


def _names(predicate: Any) -> list[Any]:
    """Return the properties of which a plain pattern has one."""
    return list(predicate.args) if isinstance(predicate, paths.AlternativePath) else [predicate]


def _plain(data: StatementFrames, leaf: TripleLeaf) -> Solutions:
    frame = data.triples if leaf.graph is None else data.quads
    terms = {"subject": leaf.subject, "predicate": leaf.predicate, "object": leaf.object}
    columns: dict[str, Column] = {}
    for place, term in (
        {**terms, "graph": leaf.graph} if leaf.graph is not None else terms
    ).items():
        column = sql.col(place)
        if isinstance(term, paths.Path):
            frame = frame.filter(column.isin([rdflib_term_text(name) for name in _names(term)]))
        elif not is_variable(term):
            frame = frame.filter(column == rdflib_term_text(term))
        elif name_of(term) in columns:
            frame = frame.filter(column == columns[name_of(term)])
        else:
            columns[name_of(term)] = column
    chosen = frame.select(*(column.alias(name) for name, column in columns.items()))
    return Solutions(chosen, frozenset(columns), size=leaf_size(data, leaf))


def _either(one: Solutions, other: Solutions) -> Solutions:
    frame = one.frame.unionByName(other.frame)
    return Solutions(frame, one.bound, size=one.size + other.size)
