"""The `.rq` files of rules, checks and comparisons, translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql
from rdflib import paths
from rdflib import term as rdf
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.model.errors import SourceError
from kg.model.text_files import read
from kg.spark.sparql.algebra import (
    all_leaves,
    check_known,
    conjuncts,
    exists_in,
    needed_leaves,
    read_by,
    terms_of,
)
from kg.spark.sparql.dataset import TRIPLE, StatementFrames
from kg.spark.sparql.expressions import rdflib_term_text
from kg.spark.sparql.groups import GroupTranslation
from kg.spark.sparql.leaves import TripleLeaf, is_variable, leaf_size
from kg.spark.sparql.solutions import Solutions
from kg.spark.sparql.terms import is_iri_term, is_literal
from kg.spark.sparql.untranslated import UntranslatedError
from kg.spark.sparql.values import TypedColumn, order_key
from kg.sparql.named_queries import title


@dataclass(frozen=True)
class QueryFile:
    """A query of a file: its name in messages, its text and rdflib's algebra of it."""

    name: str
    text: str
    algebra: Any = field(repr=False)

    @classmethod
    def of(cls, path: Path, root: Path) -> QueryFile:
        """Read and parse a file; SourceError if it is no query, or uses what is not translated."""
        name = path.relative_to(root).as_posix()
        text = read(path, name)
        try:
            query = cls(name, text, translateQuery(parseQuery(text)).algebra)
        # pyparsing's errors, and plain Exceptions of rdflib's translation.
        except Exception as error:
            raise SourceError(name, getattr(error, "lineno", 1), 1, str(error)) from error
        try:
            check_known(query.algebra)
        except UntranslatedError as error:
            raise query.untranslated(error) from error
        return query

    @property
    def title(self) -> str:
        """Return its first line, which says what it asks or concludes."""
        return title(self.text)

    @property
    def template(self) -> list[tuple[rdf.Node, ...]]:
        """Return the triples that a rule concludes; none of a SELECT."""
        return list(self.algebra.template or ())

    @property
    def group(self) -> Any:
        """Return the pattern of a rule."""
        group = self.algebra.p
        return group.p if group.name == "Project" else group

    @property
    def variables(self) -> list[str]:
        """Return what a SELECT asks for."""
        return [str(name) for name in self.algebra.PV]

    @property
    def is_monotone(self) -> bool:
        """Tell whether a rule is of triple patterns and plain filters, in the default graph.

        What is new then follows from what is new, and nothing concluded is ever taken back.
        """
        group, tests = self._filtered_bgp()
        plain = group.name == "BGP" and not any(any(exists_in(test)) for test in tests)
        if not plain:
            return False
        leaves = [TripleLeaf.of(triple) for triple in group.triples]
        return not any(
            leaf.is_closure or isinstance(leaf.predicate, paths.SequencePath) for leaf in leaves
        )

    def conclusions(
        self, data: StatementFrames, new: StatementFrames | None = None
    ) -> DataFrame | None:
        """Return the triples that a rule concludes, or nothing if a pattern has no statements.

        With `new`, those that follow from one new statement at least; the rule is monotone.
        """
        with_new = self._from_new(data, new) if new else [self._all(data)]
        frames = [self._constructed(solutions) for solutions in with_new if solutions is not None]
        return reduce(DataFrame.union, frames) if frames else None

    def translated(self, data: StatementFrames) -> DataFrame:
        """Return the triples that a rule concludes, whatever there is; SourceError as `rows`."""
        return self._constructed(self._translated(GroupTranslation(data), self.group))

    def rows(self, data: StatementFrames) -> DataFrame:
        """Return the rows of a SELECT; `ordered` has them in its order."""
        chosen = self._translated(GroupTranslation(data), self.algebra.p)
        return chosen.frame.select(
            *(
                sql.col(name)
                if name in chosen.variables
                else sql.lit(None).cast("string").alias(name)
                for name in self.variables
            )
        )

    def ordered(self, rows: DataFrame) -> DataFrame:
        """Return rows in the order that the query asks for."""
        names = [str(key.expr) for key in _order(self.algebra.p)]
        order = [order_key(TypedColumn.variable(name)) for name in names if name in self.variables]
        return rows.orderBy(*order) if order else rows

    def terms(self) -> Iterator[tuple[str, str]]:
        """Yield ("predicate" or "class" or "graph", term) for the terms that it names."""
        for leaf in all_leaves(self.algebra):
            yield from terms_of(leaf)

    @property
    def reads(self) -> frozenset[str]:
        """Return the predicates that it reads; of members of a class, the class instead."""
        return frozenset(term for leaf in all_leaves(self.algebra) for term in read_by(leaf))

    def is_void(self, data: StatementFrames) -> bool:
        """Tell whether a pattern that every solution needs has no statement."""
        return any(leaf_size(data, leaf) == 0 for leaf in needed_leaves(self.algebra.p))

    def _all(self, data: StatementFrames) -> Solutions | None:
        if self.is_void(data):
            return None
        return self._translated(GroupTranslation(data), self.group)

    def _from_new(self, data: StatementFrames, new: StatementFrames) -> Iterator[Solutions | None]:
        group, tests = self._filtered_bgp()
        translation = GroupTranslation(data)
        leaves = list(translation.parts(group))
        if any(isinstance(leaf, TripleLeaf) and leaf_size(data, leaf) == 0 for leaf in leaves):
            return
        for place, leaf in enumerate(leaves):
            if isinstance(leaf, TripleLeaf) and leaf_size(new, leaf):
                solutions = translation.joined(leaves, {place: new})
                yield translation.filtered(solutions, tests)

    def _filtered_bgp(self) -> tuple[Any, list[Any]]:
        group, tests = self.group, []
        while group.name == "Filter":
            tests += conjuncts(group.expr)
            group = group.p
        return group, tests

    def _translated(self, translation: GroupTranslation, group: Any) -> Solutions:
        try:
            return translation.solutions(group)
        except UntranslatedError as error:
            raise self.untranslated(error) from error

    def untranslated(self, error: UntranslatedError) -> SourceError:
        """Say which operator of which file is not translated, and where it may stand."""
        word = error.name.split()[0].upper()
        lines = self.text.upper().splitlines()
        line = next((n for n, text in enumerate(lines, 1) if n > 1 and word in text), 1)
        message = f"({self.title}) {error.name} is not translated for Spark"
        return SourceError(
            self.name, line, 1, message, "build without --spark, or write it otherwise"
        )

    def _constructed(self, solutions: Solutions) -> DataFrame:
        frames = [
            solutions.frame.select(
                *(
                    _filled(term, place, solutions)
                    for term, place in zip(triple, TRIPLE, strict=True)
                )
            )
            for triple in self.template
        ]
        triples = reduce(DataFrame.union, frames)
        subject, predicate, value = (sql.col(name) for name in TRIPLE)
        return triples.filter(~is_literal(subject) & is_iri_term(predicate) & value.isNotNull())


def query_files(folder: Path, root: Path) -> Sequence[QueryFile]:
    """Read the queries of a folder, in the order of their names."""
    return [QueryFile.of(path, root) for path in sorted(folder.glob("*.rq"))]


def _filled(term: rdf.Node, place: str, solutions: Solutions) -> Column:
    if isinstance(term, rdf.BNode):
        raise UntranslatedError("a blank node in CONSTRUCT")
    if not is_variable(term):
        return sql.lit(rdflib_term_text(term)).alias(place)
    column = sql.col(str(term)) if str(term) in solutions.variables else sql.lit(None)
    return column.cast("string").alias(place)


def _order(node: Any) -> list[Any]:
    while node is not None and node.name in {"Project", "Distinct", "Reduced", "OrderBy"}:
        if node.name == "OrderBy":
            return list(node.expr)
        node = node.p
    return []
