"""The hygiene queries of `ontology/checks`: the rows of each are findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from kg.inference.premises import matching_triples
from kg.model.errors import Finding, QueryError, SourceError
from kg.model.prefixes import shorten
from kg.model.text_files import read
from kg.pipeline.checks.causes import Causes
from kg.pipeline.checks.outcome import Outcome
from kg.pipeline.load import SourceTree
from kg.sparql.named_queries import title
from kg.sparql.patterns import pattern_variables, read_patterns
from kg.store.store import Term


def hygiene(tree: SourceTree, causes: Causes) -> Iterator[Outcome]:
    """Run each query of `ontology/checks`; its rows are findings, its first line the message.

    A finding stands at the statement that causes it: one finding for each, as one statement often
    makes many rows.
    """
    for path in sorted((tree.root / "ontology" / "checks").glob("*.rq")):
        try:
            text = read(path, tree.name(path))
            rows = causes.store.select(text)
        # `kg.pipeline.checks.query_files` reports why, with the place.
        except (QueryError, SourceError):
            yield Outcome(path.stem, note="skipped: it cannot be read")
            continue
        yield Outcome(path.stem, tuple(_findings(causes, text, rows)))


def filled_message(template: str, row: dict[str, Term]) -> str:
    """Fill a message's {?variables} from a row.

    >>> filled_message("{?x} is {?n} years old", {"x": NamedNode("urn:a"), "n": Literal(3)})
    '<urn:a> is 3 years old'
    """
    return re.sub(r"\{\?(\w+)\}", lambda match: _words(row.get(match.group(1))), template)


def _findings(causes: Causes, text: str, rows: Sequence[dict[str, Term]]) -> Iterator[Finding]:
    if not rows:
        return
    patterns, seen = read_patterns(text), set()
    names = {name for pattern in patterns.patterns for name in pattern_variables(pattern)}
    for row in rows:
        bindings = {name: term for name, term in row.items() if name in names}
        cause = causes.of(matching_triples(causes.store, patterns, bindings))
        if not cause.line or cause.place not in seen:
            seen.add(cause.place)
            message = filled_message(title(text), row)
            hint = f"from {cause.chain}" if cause.chain else ""
            yield Finding(*cause.place, message, hint)


def _words(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, Literal) else str(term or "nothing")
