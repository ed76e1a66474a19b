"""Every check of the graph: terms, hygiene rules, shapes and logic, each with what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.ask import title
from kg.derive import derive
from kg.errors import CheckFailed, Finding, QueryError, SourceError
from kg.load import ONTOLOGY, Loaded, load
from kg.locate import find
from kg.prefixes import shorten
from kg.publish import dataset, default_graph
from kg.reason import SKIPPED, reason
from kg.shape import Violation, violations
from kg.store import Store, Term
from kg.terms import unknown_terms

Say = Callable[[str, str], None]


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
    in the terms ends the checks at once, because the others would only repeat it.
    """
    loaded = load(root)
    say("load", f"{len(loaded.quads)} statements from {len(loaded.files)} files")
    _tell(say, [Outcome("terms", tuple(unknown_terms(loaded)))])
    logic = reason(quad.triple for quad in loaded.quads if quad.graph_name == ONTOLOGY)
    inferred = derive(default_graph(loaded.quads), root / "ontology" / "rules")
    say("derive", f"{len(inferred)} statements")
    quads = dataset(loaded.quads, inferred)
    _tell(say, _outcomes(loaded, quads, logic))
    return quads


def _tell(say: Say, outcomes: Iterable[Outcome]) -> None:
    findings: list[Finding] = []
    for outcome in outcomes:
        say(outcome.name, str(outcome))
        findings += outcome.findings
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
        text = path.read_text(encoding="utf-8")
        try:
            rows = store.select(text)
        except QueryError as error:
            raise SourceError(loaded.name(path), error.line, error.column, error.message) from error
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
    found = find(loaded.files, terms)
    return (loaded.name(found[0]), found[1], found[2]) if found else ("", 0, 0)


def _shapes(loaded: Loaded, quads: list[Quad]) -> Outcome:
    shapes = loaded.root / "ontology" / "shapes.ttl"
    if not shapes.is_file():
        return Outcome("shapes", note="skipped: no ontology/shapes.ttl")
    whole = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    return Outcome("shapes", tuple(_misfit(loaded, v) for v in violations(whole, shapes)))


def _misfit(loaded: Loaded, found: Violation) -> Finding:
    terms = [iri for iri in (found.focus, found.path) if iri]
    return Finding(*_place(loaded, terms), f"{shorten(found.focus)}: {found.message}")


def _logic(wrong: list[str] | None) -> Outcome:
    if wrong is None:
        return Outcome("logic", note=SKIPPED)
    return Outcome("logic", tuple(Finding("ontology", 0, 0, words) for words in wrong))
