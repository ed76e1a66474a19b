"""Groups of rdflib's algebra as solutions: https://www.w3.org/TR/sparql11-query/#sparqlAlgebra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyspark.sql import functions as sql
from rdflib import term as rdf

from kg.spark.sparql.aggregates import aggregated
from kg.spark.sparql.algebra import (
    EXISTS,
    conjuncts,
    exists_in,
    expression_variables,
    peeled,
    variables_in,
    written_as,
)
from kg.spark.sparql.dataset import StatementFrames
from kg.spark.sparql.expressions import condition, rdflib_term_text, translated
from kg.spark.sparql.leaves import (
    TripleLeaf,
    closure_solutions,
    is_variable,
    leaf_solutions,
    leaves_of,
)
from kg.spark.sparql.solutions import (
    SMALL,
    Solutions,
    flagged,
    join,
    left_join,
    matched,
    union,
    unmatched,
)
from kg.spark.sparql.untranslated import UntranslatedError


@dataclass(frozen=True)
class GroupTranslation:
    """Translates the groups of a query over a dataset, within a graph or the default graph."""

    data: StatementFrames
    graph: rdf.Node | None = None

    def solutions(self, node: Any) -> Solutions:
        """Return the solutions of a node of the algebra; UntranslatedError names an operator."""
        match node.name:
            case "BGP" | "Join" | "Graph":
                return self.joined(list(self.parts(node)))
            case "Filter":
                return self.filtered(self.solutions(node.p), conjuncts(node.expr))
            case "LeftJoin":
                test = None if node.expr.name == "TrueFilter" else condition(node.expr, {})
                return left_join(self.solutions(node.p1), self.solutions(node.p2), test)
            case "Union":
                return union(self.solutions(node.p1), self.solutions(node.p2))
            case "Extend":
                return self._extended(node)
            case "values":
                return self._values(node)
            case "AggregateJoin":
                return aggregated(self.solutions(node.p.p), node)
        return self._same_or_fewer(node)

    def _same_or_fewer(self, node: Any) -> Solutions:
        if node.name not in {"ToMultiSet", "OrderBy", "Project", "Distinct", "Reduced"}:
            raise UntranslatedError(written_as(node.name))
        solutions = self.solutions(node.p)
        if node.name == "Project":
            return _projected(solutions, [str(name) for name in node.PV])
        if node.name in {"Distinct", "Reduced"}:
            return replace(solutions, frame=solutions.frame.distinct())
        # An order matters at the end of a query alone.
        return solutions

    def parts(self, node: Any) -> Iterator[TripleLeaf | Solutions]:
        """Yield what a group joins: patterns, and the solutions of groups within."""
        match node.name:
            case "BGP":
                for triple in node.triples:
                    yield from leaves_of(TripleLeaf.of(triple, self.graph))
            case "Join":
                yield from self.parts(node.p1)
                yield from self.parts(node.p2)
            case "Graph":
                yield from GroupTranslation(self.data, node.term).parts(node.p)
            case _:
                yield self.solutions(node)

    def joined(
        self,
        parts: Sequence[TripleLeaf | Solutions],
        new: Mapping[int, StatementFrames] | None = None,
    ) -> Solutions:
        """Join parts, the smallest first and then what shares a variable with those before.

        `new` are other statements for some of the parts, by their place.
        """
        if not parts:
            raise UntranslatedError("an empty pattern")
        waiting = [self._begun(part, (new or {}).get(place)) for place, part in enumerate(parts)]
        if sum(isinstance(part, Solutions) and part.size > SMALL for part in waiting) > 1:
            waiting = [_reduced(part, waiting) for part in waiting]
        done: Solutions | None = None
        while waiting:
            part = min(waiting, key=lambda one: _rank(one, done))
            waiting.remove(part)
            if isinstance(part, TripleLeaf):
                part = closure_solutions(self.data, part, done)
            done = part if done is None else join(done, part)
        assert done is not None  # noqa: S101 - there is one part at least
        return done

    def _begun(
        self, part: TripleLeaf | Solutions, new: StatementFrames | None
    ) -> TripleLeaf | Solutions:
        if isinstance(part, Solutions):
            return part
        if not part.is_closure:
            return leaf_solutions(new or self.data, part)
        # From a named end it needs nothing else; from a bound one, what binds it.
        named = not (is_variable(part.subject) and is_variable(part.object))
        return closure_solutions(self.data, part, None) if named else part

    def filtered(self, solutions: Solutions, tests: Sequence[Any]) -> Solutions:
        """Return the solutions of which all tests are true."""
        for test in (test for test in tests if not any(exists_in(test))):
            solutions = solutions.filtered(condition(test, {}))
        for test in (test for test in tests if any(exists_in(test))):
            if test.name in EXISTS:
                solutions = self._with_or_without(solutions, test)
            else:
                solutions = self._by_flags(solutions, test)
        return solutions

    def _with_or_without(self, solutions: Solutions, test: Any) -> Solutions:
        group, outer = test.graph, self._outer_variables(test, solutions)
        if outer:
            return self._by_flags(solutions, test)
        matching = self.solutions(group)
        matching = matching.only(sorted(solutions.variables & matching.variables))
        return (matched if EXISTS[test.name] else unmatched)(solutions, matching)

    def _by_flags(self, solutions: Solutions, test: Any) -> Solutions:
        columns = solutions.frame.columns
        flags: dict[int, str] = {}
        for number, inner in enumerate(exists_in(test)):
            flags[id(inner)] = f"exists {number}"
            solutions = flagged(solutions, self._matching(solutions, inner), flags[id(inner)])
        passed = solutions.filtered(condition(test, flags))
        return Solutions(passed.frame.select(columns), passed.bound, passed.optional, passed.size)

    def _matching(self, solutions: Solutions, test: Any) -> Solutions:
        """Return what an EXISTS holds of: solutions of the variables that it shares or tests."""
        group, tests = peeled(test.graph)
        names = variables_in(group) | {n for one in tests for n in expression_variables(one)}
        outer = solutions.only(sorted(names & solutions.variables))
        inner = self.filtered(self.joined([outer, *self.parts(group)]), tests)
        return inner.only(sorted(outer.variables))

    def _outer_variables(self, test: Any, solutions: Solutions) -> frozenset[str]:
        group, tests = peeled(test.graph)
        used = frozenset(name for one in tests for name in expression_variables(one))
        return (used - variables_in(group)) & solutions.variables

    def _extended(self, node: Any) -> Solutions:
        solutions = self.solutions(node.p)
        always = (
            isinstance(node.expr, rdf.URIRef | rdf.Literal) or str(node.expr) in solutions.bound
        )
        return solutions.extended(str(node.var), translated(node.expr, {}).term, bound=always)

    def _values(self, node: Any) -> Solutions:
        names = sorted({str(name) for row in node.res for name in row})
        rows = [
            {str(n): rdflib_term_text(term) for n, term in row.items() if term != "UNDEF"}
            for row in node.res
        ]
        structs = [
            sql.struct(*(sql.lit(row.get(name)).cast("string").alias(name) for name in names))
            for row in rows
        ]
        frame = self.data.triples.sparkSession.range(1).select(sql.inline(sql.array(*structs)))
        bound = frozenset(name for name in names if all(name in row for row in rows))
        return Solutions(frame, bound, frozenset(names) - bound, len(rows))


def _rank(part: TripleLeaf | Solutions, done: Solutions | None) -> tuple[bool, bool, int]:
    apart = done is not None and not part.variables & done.variables
    if isinstance(part, TripleLeaf):
        return True, apart, 0
    return False, apart, part.size


def _reduced(
    part: TripleLeaf | Solutions, parts: Sequence[TripleLeaf | Solutions]
) -> TripleLeaf | Solutions:
    """Leave out of large solutions what small ones have no match for, before anything is sorted."""
    if isinstance(part, TripleLeaf) or part.size <= SMALL:
        return part
    for other in parts:
        if isinstance(other, Solutions) and other.size <= SMALL and other.bound & part.bound:
            part = matched(part, other.only(sorted(other.bound & part.bound)))
    return part


def _projected(solutions: Solutions, names: Sequence[str]) -> Solutions:
    chosen = [name for name in names if name in solutions.variables]
    frame = solutions.frame.select(*(sql.col(name) for name in chosen))
    return Solutions(
        frame, solutions.bound & {*chosen}, solutions.optional & {*chosen}, solutions.size
    )
