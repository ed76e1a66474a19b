"""The answer of a tool: rows, cut at whole rows to a size in bytes, and the sentences they cite.

{"build": number, …, "rows": […], "total": number or null, "next": cursor or null,
"sentences": [ {"id", "source", "issued", "place", "original"} ]}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.agents.statement_records import Record, citation_record
from kg.model.errors import QueryError
from kg.model.prefixes import shorten
from kg.statements.sentences import sentences_by_iri
from kg.store.store import Store

# An answer is sent twice, as text and as structured content; both together are of this size.
DEFAULT_BYTES, FEWEST_BYTES = 32_000, 2_000
# What encloses an answer: the names of members, a cursor.
_FRAME = 400
# A fact that a hundred sentences state needs some of them.
_SENTENCES_OF_A_ROW = 6


class ToolRow(NamedTuple):
    """A row and the IRIs of the sentences that it cites."""

    record: Record
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ToolAnswer:
    """What a tool answers: what precedes the rows, the rows from `first` on, and how many in all.

    `total` is None where it is not known; then there is no next part.
    """

    rows: Iterable[ToolRow]
    head: Record = field(default_factory=dict)
    first: int = 0
    total: int | None = None


def tool_row(record: Record, sentences: Iterable[str], most: int = _SENTENCES_OF_A_ROW) -> ToolRow:
    """Add the short names of the sentences that a row cites: the first, and how many more."""
    cited = tuple(sentences)
    more = len(cited) - most + record.get("more_sentences", 0)
    record = {**record, "sentences": [shorten(iri) for iri in cited[:most]]}
    return ToolRow(record | ({"more_sentences": more} if more > 0 else {}), cited[:most])


def fit_answer(store: Store, answer: ToolAnswer, most: int) -> tuple[Record, int | None]:
    """Return an answer with as many of its rows as fit, and where the next part begins, if any.

    QueryError if not even one row fits.
    """
    rows, cited = _fitting(store, answer.rows, most - _FRAME - sent_size(answer.head))
    after = answer.first + len(rows)
    more = answer.total is not None and after < answer.total
    record = {
        "build": store.number,
        **answer.head,
        "rows": rows,
        "total": answer.total,
        "sentences": [cited[iri] for iri in sorted(cited)],
    }
    return record, after if more else None


def _fitting(
    store: Store, rows: Iterable[ToolRow], room: int
) -> tuple[list[Record], dict[str, Record]]:
    """Return the rows that fit, and the records of the sentences that they cite."""
    fitting: list[Record] = []
    cited: dict[str, Record] = {}
    for candidate in rows:
        row = candidate
        new, size = _sentences(store, row, cited)
        if size > room and not fitting:
            # The first row with one of its sentences, rather than none.
            row = tool_row(row.record, row.sentences, most=1)
            new, size = _sentences(store, row, cited)
            if size > room:
                raise QueryError(f"one row takes {size} bytes: ask with a larger max_bytes")
        if size > room:
            break
        room -= size
        fitting.append(row.record)
        cited.update(new)
    return fitting, cited


def _sentences(
    store: Store, row: ToolRow, cited: Mapping[str, Record]
) -> tuple[dict[str, Record], int]:
    """Return the records of the sentences that a row adds, and the bytes of it and them."""
    new = {iri: _sentence(store, iri) for iri in row.sentences if iri not in cited}
    return new, sent_size(row.record) + sum(map(sent_size, new.values()))


def sent_size(record: Record) -> int:
    """Return the bytes of a record, sent as structured content and, quoted, as text."""
    text = json.dumps(record, ensure_ascii=False)
    return len(text.encode()) + len(json.dumps(text, ensure_ascii=False).encode()) + 2


def _sentence(store: Store, iri: str) -> Record:
    record = citation_record(store, sentences_by_iri(store)[iri])
    return {
        "id": shorten(iri),
        "source": record["title"],
        "issued": record["issued"],
        "place": record["place"],
        "original": record["original"],
    }
