"""What another dataset says of a target: its names, its classes, and what replaced it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.model.outside_datasets import OutsideDataset
from kg.model.prefixes import expand
from kg.outside.errors import OutsideMalformed
from kg.outside.response_files import OutsideResponse

# More would make a comparison slow, and no surer.
_MOST_NAMES = 500


@dataclass(frozen=True)
class TargetRecord:
    """What a dataset says of a target.

    `successor` is the identifier that replaced it, or ""; `doubts` are reasons to doubt a link.
    """

    names: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    successor: str = ""
    doubts: tuple[str, ...] = ()


def parse_triples(response: OutsideResponse) -> list[Triple]:
    """Read the triples of a response in Turtle or N-Triples; OutsideMalformed for anything else."""
    form = RdfFormat.from_media_type(response.media_type)
    # Entities of XML may expand to more than any limit of a response.
    if form not in {RdfFormat.TURTLE, RdfFormat.N_TRIPLES}:
        wrong = f"sends {response.media_type[:80] or 'no media type'} where Turtle is expected"
        raise OutsideMalformed(response.url, wrong)
    try:
        return [quad.triple for quad in parse(response.body, form, base_iri=response.url)]
    except (SyntaxError, ValueError) as error:
        raise OutsideMalformed(response.url, f"sends broken RDF ({str(error)[:200]})") from error


def read_records(triples: Iterable[Triple], dataset: OutsideDataset) -> Mapping[str, TargetRecord]:
    """Return what triples of the shape that the queries construct say, by identifier."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            values[dataset.identifier(subject.value)][predicate.value].append(value.value)
    return {each: _record(each, values[each], dataset) for each in values if each}


def _record(
    identifier: str, values: Mapping[str, Sequence[str]], dataset: OutsideDataset
) -> TargetRecord:
    # Records also say owl:sameAs of what other datasets hold: that replaces nothing.
    replacing = (dataset.identifier(iri) for iri in values.get(expand("dcterms:isReplacedBy"), ()))
    return TargetRecord(
        tuple(sorted(set(values.get(expand("rdfs:label"), ()))))[:_MOST_NAMES],
        frozenset(values.get(expand("rdf:type"), ())),
        min((each for each in replacing if each not in {"", identifier}), default=""),
        # Only what the queries of ours say, and no comments of others.
        tuple(sorted(set(values.get(expand("rdfs:comment"), ())))),
    )
