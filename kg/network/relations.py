"""The relations that a network may be filtered by: properties of its ties and wider ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model.prefixes import TERM
from kg.network.ties import TieBundle, relation_name
from kg.terms.display import DisplayValue, display_term
from kg.terms.vocabulary import Vocabulary


@dataclass(frozen=True)
class Relation:
    """A property, and the (source, target) slugs of the ties by it or by narrower properties.

    `more` if there are more than were read; `wider` if ties have only narrower properties.
    """

    term: DisplayValue
    ends: frozenset[tuple[str, str]]
    more: bool
    wider: bool

    @property
    def count(self) -> int:
        """Return the number of ties read."""
        return len(self.ends)

    @property
    def name(self) -> str:
        """Return the property's name in addresses."""
        return relation_name(self.term.iri)


def list_relations(
    vocabulary: Vocabulary, slug: str, bundles: Sequence[TieBundle]
) -> tuple[Relation, ...]:
    """List every property that a tie of a thing has, and wider ones that cover several of these."""
    direct = dict.fromkeys(bundle.relation for bundle in bundles)
    covering = {iri: _itself_and_wider(vocabulary, iri) for iri in direct}
    wider = [iri for covered in covering.values() for iri in covered if iri.startswith(TERM)]
    # A wider property that covers a single one would filter alike.
    useful = [iri for iri in wider if sum(iri in covered for covered in covering.values()) > 1]
    relations = []
    for iri in sorted(dict.fromkeys([*direct, *useful]), key=vocabulary.property_order):
        covered = [bundle for bundle in bundles if iri in covering[bundle.relation]]
        ends = frozenset(pair for bundle in covered for pair in bundle.ends(slug))
        more = any(bundle.incomplete for bundle in covered)
        relations.append(Relation(display_term(vocabulary, iri), ends, more, iri not in direct))
    return tuple(relations)


def _itself_and_wider(vocabulary: Vocabulary, iri: str) -> set[str]:
    return {wider for wider, flipped in vocabulary.implied(iri) if not flipped}


def merge_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Merge the relations of several things; a tie between two of them counts once."""
    merged: dict[str, Relation] = {}
    for relation in relations:
        # A relation may be wider for one thing and direct for another: then it is direct.
        before = merged.get(relation.name, relation)
        merged[relation.name] = replace(
            relation,
            ends=before.ends | relation.ends,
            more=before.more or relation.more,
            wider=before.wider and relation.wider,
        )
    return tuple(merged.values())
