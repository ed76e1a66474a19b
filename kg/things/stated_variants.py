"""The values of a disagreement as its page lists them, with the sentences that state each."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.statements.edges import StatementEdge
from kg.statements.footnotes import Footnotes, StatementSupport
from kg.statements.variations import VariantValue, Variation, variations_by_iri
from kg.store.store import Store


@dataclass(frozen=True)
class VariantRow:
    """A value and the footnotes of the sentences that state it."""

    variant: VariantValue
    support: StatementSupport


@dataclass(frozen=True)
class VariantTable:
    """A disagreement, or the course of a status, and its values."""

    variation: Variation
    rows: tuple[VariantRow, ...]


def variant_table(store: Store, node: NamedNode, footnotes: Footnotes) -> VariantTable | None:
    """Return the values of a disagreement or course; None for any other thing."""
    variation = variations_by_iri(store).get(node.value)
    if not variation:
        return None
    rows = (
        VariantRow(variant, footnotes.support(StatementEdge("", node, variant.sentences)))
        for variant in variation.values
    )
    return VariantTable(variation, tuple(rows))
