"""Every check, in the order in which it is reported; each only reads and returns its findings.

The files are checked first, for what would make a derivation fail or other checks repeat it; then
the graph: conflicts within a source, hygiene queries, SHACL shapes and the logic of the ontology.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from itertools import chain

from kg.model.errors import CheckFailed, Finding, SourceError
from kg.model.prefixes import shorten
from kg.pipeline.checks.causes import Causes
from kg.pipeline.checks.conflicts import conflicts_within_sources, unused_decisions
from kg.pipeline.checks.datatypes import invalid_literals
from kg.pipeline.checks.hygiene import hygiene
from kg.pipeline.checks.links import link_mismatches
from kg.pipeline.checks.logic import SKIPPED
from kg.pipeline.checks.outcome import Outcome
from kg.pipeline.checks.query_files import malformed_queries
from kg.pipeline.checks.shapes import Violation, violations
from kg.pipeline.checks.terms import undefined_terms
from kg.pipeline.compare import Comparison
from kg.pipeline.load import SourceTree
from kg.pipeline.progress import Progress

# A mistake in these makes most other checks fail as well, in ways that explain nothing.
_FIRST = frozenset({"terms", "literals"})
# What the default graph leaves out, as another value is served, or as it is only claimed.
_NOT_SERVED = """
CONSTRUCT { ?thing ?wider ?value } WHERE {
  GRAPH ?graph { ?thing ?property ?value }
  ?property <http://www.w3.org/2000/01/rdf-schema#subPropertyOf>* ?wider
  FILTER NOT EXISTS { ?thing ?wider ?value }
}
"""


def check_files(tree: SourceTree, progress: Progress, source: str = "") -> list[Finding]:
    """Check queries, terms, literals and links of the files; return the findings.

    What several files have wrong is reported once, in the files of `source` if it is there too.
    CheckFailed at once if terms, literals or rules are wrong: the other checks wait for them.
    """
    outcomes = _reported(progress, _file_checks(tree, source))
    findings = _findings(outcomes)
    first = any(outcome.findings for outcome in outcomes if outcome.name in _FIRST)
    if first or any(finding.file.startswith("ontology/rules/") for finding in findings):
        progress("derive", "the other checks run when these are mended")
        raise CheckFailed(findings, complete=False)
    return findings


def check_graph(
    tree: SourceTree,
    comparison: Comparison,
    causes: Causes,
    reasoner: Future[list[str] | None] | None,
    progress: Progress,
) -> list[Finding]:
    """Check a graph, with what was compared and derived, by queries, shapes and logic.

    `causes` holds the graph, and tells which statement a finding comes from; the reasoner is
    running already. Without one, the logic of the ontology is not checked.
    """
    compared = _comparison_checks(tree, comparison)
    return _findings(_reported(progress, chain(compared, _graph_checks(tree, causes, reasoner))))


def _file_checks(tree: SourceTree, source: str) -> Iterator[Outcome]:
    yield Outcome("queries", tuple(malformed_queries(tree.root)))
    yield Outcome("terms", tuple(undefined_terms(tree, source)))
    yield Outcome("literals", tuple(invalid_literals(tree)))
    yield Outcome("links", tuple(link_mismatches(tree)))


def _comparison_checks(tree: SourceTree, comparison: Comparison) -> Iterator[Outcome]:
    yield Outcome("conflicts", tuple(conflicts_within_sources(tree, comparison)))
    yield Outcome("decisions", tuple(unused_decisions(tree, comparison)))


def _graph_checks(
    tree: SourceTree, causes: Causes, reasoner: Future[list[str] | None] | None
) -> Iterator[Outcome]:
    yield from hygiene(tree, causes)
    yield _shapes(tree, causes)
    if reasoner:
        yield _logic(reasoner.result())


def _reported(progress: Progress, outcomes: Iterable[Outcome]) -> list[Outcome]:
    done = []
    for outcome in outcomes:
        progress(outcome.name, str(outcome))
        done.append(outcome)
    return done


def _findings(outcomes: Iterable[Outcome]) -> list[Finding]:
    return [
        replace(finding, check=outcome.name) for outcome in outcomes for finding in outcome.findings
    ]


def _shapes(tree: SourceTree, causes: Causes) -> Outcome:
    shapes = tree.root / "ontology" / "shapes.ttl"
    if not shapes.is_file():
        return Outcome("shapes", note="skipped: no ontology/shapes.ttl")
    # The default graph alone: what only a claim says need not fit a shape.
    served = causes.store.construct("CONSTRUCT WHERE { ?thing ?property ?value }")
    try:
        misfits = violations(served, shapes)
        # What only a claim says, or another value is served for, is not missing.
        if misfits and (others := causes.store.construct(_NOT_SERVED)):
            things = sorted({misfit.focus for misfit in misfits})
            seen = violations([*served, *others], shapes, things)
            of_all = {(v.focus, v.message) for v in seen}
            misfits = [v for v in misfits if (v.focus, v.message) in of_all]
        return Outcome("shapes", tuple(_misfit(causes, misfit) for misfit in misfits))
    except SourceError as error:
        return Outcome("shapes", (error.finding,))


def _misfit(causes: Causes, violation: Violation) -> Finding:
    cause = causes.about(violation.focus, violation.path, violation.value)
    hint = f"from {cause.chain}" if cause.chain else ""
    return Finding(*cause.place, f"{shorten(violation.focus)}: {violation.message}", hint)


def _logic(contradictions: list[str] | None) -> Outcome:
    # CI sets it: there, a missing Java must not look like a passed check.
    if contradictions is None and os.environ.get("KG_REQUIRE_JAVA"):
        hint = "install a Java runtime, or unset KG_REQUIRE_JAVA"
        return Outcome("logic", (Finding("ontology", 0, 0, "HermiT needs Java", hint),))
    if contradictions is None:
        return Outcome("logic", note=SKIPPED)
    return Outcome("logic", tuple(Finding("ontology", 0, 0, words) for words in contradictions))
