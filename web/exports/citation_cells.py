"""The sentences of a row as cells of a table."""

from __future__ import annotations

from collections.abc import Sequence

from kg.exports.table import joined
from kg.statements.sentences import Sentence


def citation_cells(sentences: Sequence[Sentence]) -> tuple[str, str]:
    """Return the IRIs of sentences, and their places as people write them."""
    return (
        joined(sentence.iri for sentence in sentences),
        joined(f"{sentence.title}, {sentence.place}" for sentence in sentences),
    )
