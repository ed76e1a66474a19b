"""The answer to a form as a table or as JSON: the rows of the page, each with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.ask.answer import AskedRow, CitedValue, Solution, describe_deeds
from kg.ask.question import QUESTIONS
from kg.exports.table import Table, TableCell, joined
from kg.statements.footnotes import Footnotes
from kg.statements.sentences import Sentence
from kg.store.store import Store
from web import urls
from web.exports.citation_cells import citation_cells

COLUMNS = (
    *("day", "earliest", "latest", "what", "what_iri", "kinds", "status"),
    *(f"{question}{end}" for question in QUESTIONS for end in ("", "_iri")),
    *("says", "says_iri", "claim_iri", "sentences", "cited"),
)


def asked_table(store: Store, solutions: Sequence[Solution]) -> Table:
    """Return rows as a table; `says` is who claims what the sources do not state as fact."""
    footnotes = Footnotes(store)
    rows = describe_deeds(store, solutions, footnotes)
    return Table("answer", COLUMNS, tuple(_cells(row, footnotes.sentences) for row in rows))


def asked_records(store: Store, solutions: Sequence[Solution]) -> list[dict[str, object]]:
    """Return rows as JSON records."""
    footnotes = Footnotes(store)
    rows = describe_deeds(store, solutions, footnotes)
    return [_record(row, footnotes.sentences) for row in rows]


def _cells(row: AskedRow, sentences: Sequence[Sentence]) -> tuple[TableCell, ...]:
    answers = (
        cell
        for question in QUESTIONS
        for cell in (_texts(row.answers[question]), _iris(row.answers[question]))
    )
    item = row.item
    return (
        *(item.day, item.earliest, item.latest, item.thing.text, item.thing.iri),
        joined(kind.text for kind in item.classes),
        item.thing.status,
        *answers,
        row.says.text if row.says else "",
        row.says.iri if row.says else "",
        row.claim.iri if row.claim else "",
        *citation_cells([sentences[number - 1] for number in row.sentences]),
    )


def _texts(values: Iterable[CitedValue]) -> str:
    return joined(cited.value.text for cited in values)


def _iris(values: Iterable[CitedValue]) -> str:
    return joined(cited.value.iri for cited in values if cited.value.iri)


def _record(row: AskedRow, sentences: Sequence[Sentence]) -> dict[str, object]:
    item = row.item
    answers = {
        question: [{"iri": v.value.iri, "label": v.value.text} for v in row.answers[question]]
        for question in QUESTIONS
    }
    return {
        "iri": item.thing.iri,
        "label": item.thing.text,
        "kinds": [kind.text for kind in item.classes],
        "status": item.thing.status,
        "day": item.day,
        "earliest": item.earliest,
        "latest": item.latest,
        **answers,
        "claim": row.claim.iri if row.claim else None,
        "says": row.says.iri if row.says else None,
        "sentences": [sentences[number - 1].iri for number in row.sentences],
        "page": urls.local_path(item.thing.iri),
    }
