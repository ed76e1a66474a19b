"""The hygiene queries of `ontology/checks`: the rows of each are findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.model.errors import Finding, QueryError, SourceError
from kg.model.prefixes import shorten
from kg.model.text_files import read
from kg.pipeline.checks.outcome import Outcome
from kg.pipeline.inputs.term_places import locate_statement
from kg.pipeline.load import SourceTree
from kg.sparql.named_queries import title
from kg.store.store import Store, Term


def hygiene(tree: SourceTree, store: Store) -> Iterator[Outcome]:
    """Run each query of `ontology/checks`; its rows are findings, its first line the message."""
    for path in sorted((tree.root / "ontology" / "checks").glob("*.rq")):
        try:
            text = read(path, tree.name(path))
            rows = store.select(text)
        # `kg.pipeline.checks.query_files` reports why, with the place.
        except (QueryError, SourceError):
            yield Outcome(path.stem, note="skipped: it cannot be read")
            continue
        yield Outcome(path.stem, tuple(_finding(tree, title(text), row) for row in rows))


def filled_message(template: str, row: dict[str, Term]) -> str:
    """Fill a message's {?variables} from a row.

    >>> filled_message("{?x} is {?n} years old", {"x": NamedNode("urn:a"), "n": Literal(3)})
    '<urn:a> is 3 years old'
    """
    return re.sub(r"\{\?(\w+)\}", lambda match: _words(row.get(match.group(1))), template)


def place_of_terms(tree: SourceTree, terms: list[str]) -> tuple[str, int, int]:
    """Return the file, line and column of a statement about some IRIs; no file if none has it."""
    # A row that names two IRIs names a subject first, and most often its property next.
    stating = _stating(tree, list(map(NamedNode, terms[:2]))) if len(terms) > 1 else []
    place = locate_statement(stating, terms[:2]) or locate_statement(tree.files, terms)
    return (tree.name(place[0]), place[1], place[2]) if place else ("", 0, 0)


def _finding(tree: SourceTree, template: str, row: dict[str, Term]) -> Finding:
    terms = [term.value for term in row.values() if isinstance(term, NamedNode)]
    return Finding(*place_of_terms(tree, terms), filled_message(template, row))


def _words(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal) else str(term or "nothing")


def _stating(tree: SourceTree, edge: list[NamedNode]) -> list[Path]:
    """Return the first file that states something with this subject and property, if any does."""
    origin = tree.origin.items()
    paths = (path for quad, path in origin if [quad.subject, quad.predicate] == edge)
    return list(islice(paths, 1))
