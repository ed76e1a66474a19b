"""Every check of the graph: terms, hygiene rules, shapes and logic, each with what it found."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model.errors import CheckFailed, Finding, QueryError, SourceError
from kg.model.graphs import ONTOLOGY, default_graph, with_default_graph
from kg.model.prefixes import shorten
from kg.model.text_files import read
from kg.pipeline.checks.datatypes import misspelt
from kg.pipeline.checks.links import misfits
from kg.pipeline.checks.logic import SKIPPED, reason
from kg.pipeline.checks.shapes import Violation, violations
from kg.pipeline.checks.terms import unknown_terms
from kg.pipeline.derive import derive
from kg.pipeline.inputs.locate import find
from kg.pipeline.load import Loaded, load
from kg.sparql.messages import broken
from kg.sparql.named_queries import title
from kg.store.store import Store, Term

Say = Callable[[str, str], None]
_FIRST = frozenset({"terms", "literals"})


@dataclass(frozen=True)
class Outcome:
    """What one check found: nothing if the graph passes; a note if it did not run."""

    name: str
    findings: tuple[Finding, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        """Say it in a few words."""
        count = len(self.findings)
        return self.note or (f"{count} finding{'s' * (count > 1)}" if count else "passed")


def check(root: Path, say: Say) -> list[Quad]:
    """Load, derive and check the graph under a root; return its dataset, ready to publish.

    `say` is told each stage and its result. All findings come in one CheckFailed; but a mistake
    in the terms, literals or rules ends the checks at once: the others would only repeat it.
    """
    loaded = load(root)
    say("load", f"{len(loaded.quads)} statements from {len(loaded.files)} files")
    first = _tell(say, _sources(loaded))
    if any(outcome.findings for outcome in first if outcome.name in _FIRST) or _broken_rule(first):
        say("derive", "the other checks wait for this")
        _raise(first)
    logic = reason(quad.triple for quad in loaded.quads if quad.graph_name == ONTOLOGY)
    inferred = derive(default_graph(loaded.quads), root / "ontology" / "rules")
    say("derive", f"{len(inferred)} statements")
    quads = with_default_graph(loaded.quads, inferred)
    _raise([*first, *_tell(say, _outcomes(loaded, quads, logic))])
    return quads


def _sources(loaded: Loaded) -> Iterator[Outcome]:
    yield Outcome("queries", tuple(broken(loaded.root)))
    yield Outcome("terms", tuple(unknown_terms(loaded)))
    yield Outcome("literals", tuple(misspelt(loaded)))
    yield Outcome("links", tuple(misfits(loaded)))


def _tell(say: Say, outcomes: Iterable[Outcome]) -> list[Outcome]:
    said = []
    for outcome in outcomes:
        say(outcome.name, str(outcome))
        said.append(outcome)
    return said


def _broken_rule(outcomes: Iterable[Outcome]) -> bool:
    return any(f.file.startswith("ontology/rules/") for o in outcomes for f in o.findings)


def _raise(outcomes: Iterable[Outcome]) -> None:
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    if findings:
        raise CheckFailed(findings)


def _outcomes(
    loaded: Loaded, quads: list[Quad], logic: Future[list[str] | None]
) -> Iterator[Outcome]:
    yield from hygiene(loaded, Store.of(quads))
    yield _shapes(loaded, quads)
    yield _logic(logic.result())


def hygiene(loaded: Loaded, store: Store) -> Iterator[Outcome]:
    """Ask each rule of `ontology/checks`: its rows are findings, its first line the message."""
    for path in sorted((loaded.root / "ontology" / "checks").glob("*.rq")):
        try:
            text = read(path, loaded.name(path))
            rows = store.select(text)
        except (QueryError, SourceError):
            yield Outcome(path.stem, note="skipped: it cannot be read")
            continue
        yield Outcome(path.stem, tuple(_finding(loaded, title(text), row) for row in rows))


def message(template: str, row: dict[str, Term]) -> str:
    """Fill a message's {?variables} from a row.

    >>> message("{?x} is {?n} years old", {"x": NamedNode("urn:a"), "n": Literal(3)})
    '<urn:a> is 3 years old'
    """
    return re.sub(r"\{\?(\w+)\}", lambda found: _words(row.get(found.group(1))), template)


def _words(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal) else str(term or "nothing")


def _finding(loaded: Loaded, template: str, row: dict[str, Term]) -> Finding:
    terms = [term.value for term in row.values() if isinstance(term, NamedNode)]
    return Finding(*_place(loaded, terms), message(template, row))


def _place(loaded: Loaded, terms: list[str]) -> tuple[str, int, int]:
    stating = _stating(loaded, list(map(NamedNode, terms[:2]))) if len(terms) > 1 else []
    found = find(stating, terms[:2]) or find(loaded.files, terms)
    return (loaded.name(found[0]), found[1], found[2]) if found else ("", 0, 0)


def _stating(loaded: Loaded, edge: list[NamedNode]) -> list[Path]:
    """Return the first file that states something with this subject and property, if any does."""
    origin = loaded.origin.items()
    found = (path for quad, path in origin if [quad.subject, quad.predicate] == edge)
    return list(islice(found, 1))


def _shapes(loaded: Loaded, quads: list[Quad]) -> Outcome:
    shapes = loaded.root / "ontology" / "shapes.ttl"
    if not shapes.is_file():
        return Outcome("shapes", note="skipped: no ontology/shapes.ttl")
    whole = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    try:
        return Outcome("shapes", tuple(_misfit(loaded, v) for v in violations(whole, shapes)))
    except SourceError as error:
        return Outcome("shapes", (error.finding,))


def _misfit(loaded: Loaded, found: Violation) -> Finding:
    terms = [iri for iri in (found.focus, found.path) if iri]
    return Finding(*_place(loaded, terms), f"{shorten(found.focus)}: {found.message}")


def _logic(wrong: list[str] | None) -> Outcome:
    if wrong is None and os.environ.get("KG_REQUIRE_JAVA"):
        hint = "install a Java runtime, or unset KG_REQUIRE_JAVA"
        return Outcome("logic", (Finding("ontology", 0, 0, "HermiT needs Java", hint),))
    if wrong is None:
        return Outcome("logic", note=SKIPPED)
    return Outcome("logic", tuple(Finding("ontology", 0, 0, words) for words in wrong))
