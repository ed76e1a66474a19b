"""Whether the mappings of a table contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from pyoxigraph import NamedNode

from kg.model.errors import Finding
from kg.model.prefixes import node, shorten
from kg.pipeline.inputs.sssom import MappingRow, MappingTable

_SAME = node("owl:sameAs")
_First: TypeAlias = dict[tuple[str, ...], MappingRow]
_Key: TypeAlias = Callable[[MappingRow], tuple[str, ...]]


def conflicting_mappings(name: str, table: MappingTable) -> Iterator[Finding]:
    """Find mappings that other rows of a table rule out.

    A thing and a record are mapped once, positively or negatively; a thing has links or the reason
    why there is none; by owl:sameAs it is one record, and a record is one thing.
    """
    for row, first in _repeated(table.rows, lambda row: (_subject(row), _target(row))):
        yield _twice(name, row, first)
    links = [row for row in table.rows if row.link]
    linked = {_subject(row): row for row in reversed(links)}
    for row in table.rows:
        if row.no_term and (link := linked.get(_subject(row))):
            subject = shorten(_subject(row))
            message = f"{subject} has no record here, but is linked in line {link.line}"
            yield Finding(name, *row.at("object_id"), message, "keep one of the two rows")
    same = [row for row in links if row.triple.predicate == _SAME]
    for row, first in _repeated(same, lambda row: (_subject(row),)):
        if _target(row) != _target(first):
            message = f"{shorten(_subject(row))} is already the same as {shorten(_target(first))}"
            hint = f"it cannot be {shorten(_target(row))} too; keep one"
            yield Finding(name, *row.at("object_id"), message, hint)
    for row, first in _repeated(same, lambda row: (_target(row),)):
        if _subject(row) != _subject(first):
            message = f"{shorten(_subject(first))} is already the same as {shorten(_target(row))}"
            hint = f"{shorten(_subject(row))} cannot be it too, or the two are one; keep one"
            yield Finding(name, *row.at("object_id"), message, hint)


def _repeated(rows: Iterable[MappingRow], key: _Key) -> Iterator[tuple[MappingRow, MappingRow]]:
    """Yield each row whose key an earlier row has, with the first that has it."""
    seen: _First = {}
    for row in rows:
        first = seen.setdefault(key(row), row)
        if first is not row:
            yield row, first


def _twice(name: str, row: MappingRow, first: MappingRow) -> Finding:
    pair = f"{shorten(_subject(row))} and {shorten(_target(row))}"
    message = f"{pair} are mapped in line {first.line} already"
    if row.negative != first.negative:
        message = f"line {first.line} says the opposite of {pair}"
    return Finding(name, *row.at("object_id"), message, "keep one of the two rows")


def _subject(row: MappingRow) -> str:
    return _iri(row.triple.subject)


def _target(row: MappingRow) -> str:
    return _iri(row.triple.object)


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
