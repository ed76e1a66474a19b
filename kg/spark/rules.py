"""What follows: the rules of `ontology/rules` on Spark, as `kg.inference.derive` runs them.

Its strata and its fixpoint are the same. Rules of plain patterns run together, on what is new,
until nothing is; the others in the order of their names, and only if what they read has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kg.inference.derive import ROUNDS
from kg.model.errors import KGError
from kg.spark.graph import GraphTables, StatementTable
from kg.spark.sparql.algebra import ANY
from kg.spark.sparql.dataset import TRIPLE, TYPE
from kg.spark.sparql.expressions import rdflib_term_text
from kg.spark.sparql.leaves import is_variable
from kg.spark.sparql.query_files import QueryFile, query_files


def rule_strata(folder: Path, root: Path) -> list[Sequence[QueryFile]]:
    """Return the rules of each stratum, as `kg.inference.derive` has them."""
    folders = (folder, *sorted(path for path in folder.glob("*") if path.is_dir()))
    return [rules for rules in (query_files(one, root) for one in folders) if rules]


def derive_on_spark(graph: GraphTables, strata: Sequence[Sequence[QueryFile]]) -> Derivation:
    """Return what rules conclude; KGError names the rule that adds for ever."""
    work = Derivation(graph, StatementTable(graph.session, TRIPLE))
    rules: list[QueryFile] = []
    for added in strata:
        rules += added
        work.exhaust(rules)
    return work


@dataclass
class Derivation:
    """A derivation at work: the graph with what was concluded, and that alone.

    `seen` is, for each rule, how many tables of conclusions there were when it ran last.
    """

    graph: GraphTables
    concluded: StatementTable
    seen: dict[str, int] = field(default_factory=dict)
    tables: list[StatementTable] = field(default_factory=list)
    written: int = 0

    def exhaust(self, rules: Sequence[QueryFile]) -> None:
        """Run rules until a round adds nothing."""
        plain = [rule for rule in rules if rule.is_monotone]
        others = [rule for rule in rules if not rule.is_monotone]
        last = ""
        for _ in range(ROUNDS):
            before = len(self.tables)
            last = self._exhaust_plain(plain) or last
            # Once in each round: what a rule counts or misses depends on which rules ran before it.
            for batch in independent(others):
                last = self._run(batch) or last
            if len(self.tables) == before:
                return
        raise KGError(f"{last} still adds statements after {ROUNDS} rounds")

    def _exhaust_plain(self, rules: Sequence[QueryFile]) -> str:
        last = ""
        for _ in range(ROUNDS):
            added = self._run(rules)
            if not added:
                return last
            last = added
        return last

    def _run(self, rules: Sequence[QueryFile]) -> str:
        """Run rules together, those that are due; return one that adds."""
        due = [rule for rule in rules if self._is_due(rule)]
        concluded = [(rule, one) for rule in due for one in self._conclusions(rule)]
        self.seen |= {rule.name: len(self.tables) for rule in due}
        if not concluded or not self._add(concluded):
            return ""
        return f"{concluded[0][0].name} ({concluded[0][0].title})"

    def _is_due(self, rule: QueryFile) -> bool:
        if rule.name not in self.seen:
            return True
        new = self.tables[self.seen[rule.name] :]
        keys = rule.reads
        return any(_touches(table, keys) for table in new)

    def _conclusions(self, rule: QueryFile) -> Iterator[DataFrame]:
        new = None
        if rule.is_monotone and rule.name in self.seen:
            tables = self.tables[self.seen[rule.name] :]
            fresh = reduce(StatementTable.with_table, tables)
            new = self.graph.frames_with(fresh)
        concluded = rule.conclusions(self.graph.frames, new)
        if concluded is not None:
            yield concluded

    def _add(self, concluded: Sequence[tuple[QueryFile, DataFrame]]) -> bool:
        """Write the conclusions that the graph does not have; tell whether there are any."""
        triples = reduce(DataFrame.union, [frame for _, frame in concluded]).distinct()
        had = self.graph.triples.frame
        predicates = {predicate for rule, _ in concluded for _, predicate, _ in rule.template}
        if not any(is_variable(predicate) for predicate in predicates):
            # All else in the graph need not be sorted for the sake of what is like none of it.
            names = sorted(rdflib_term_text(predicate) for predicate in predicates)
            had = had.filter(sql.col("predicate").isin(names))
        fresh = triples.join(had, [*TRIPLE], "left_anti")
        self.written += 1
        table = self.graph.write(fresh, f"concluded-{self.written}")
        if not table.counts.total:
            return False
        self.tables.append(table)
        self.concluded = self.concluded.with_table(table)
        self.graph = replace(self.graph, triples=self.graph.triples.with_table(table))
        return True


def written_by(rule: QueryFile) -> frozenset[str]:
    """Return the predicates that a rule concludes."""
    return frozenset(
        # A class that is concluded may be any that a rule reads.
        ANY
        if is_variable(predicate) or rdflib_term_text(predicate) == TYPE
        else rdflib_term_text(predicate)
        for _, predicate, _ in rule.template
    )


def independent(rules: Iterable[QueryFile]) -> Iterator[list[QueryFile]]:
    """Yield rules in their order, together as long as none reads what another of them concludes."""
    batch: list[QueryFile] = []
    written: frozenset[str] = frozenset()
    for rule in rules:
        reads = rule.reads
        if batch and (ANY in reads or ANY in written or reads & written):
            yield batch
            batch, written = [], frozenset()
        batch.append(rule)
        written |= written_by(rule)
    if batch:
        yield batch


def _touches(table: StatementTable, keys: frozenset[str]) -> bool:
    counts = table.counts
    return ANY in keys or any(counts.predicates.get(k) or counts.classes.get(k) for k in keys)
