"""What sources state, compared: one value of an exclusive property is served, the others recorded.

Every value stays in the graphs of its sentences. The default graph keeps the one to serve, chosen
by the order of `ontology/preference.ttl`; values that exclude each other are described in
graph/disagreements, and so are statuses that follow each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Triple

from kg.model.named_graphs import DISAGREEMENTS, in_graph
from kg.model.prefixes import ROOT
from kg.pipeline.comparison.decisions import read_decisions
from kg.pipeline.comparison.preference import Preference, preference_rules
from kg.pipeline.comparison.readings import read_matters
from kg.pipeline.comparison.resolution import Conflict, Resolution, conflicts, resolve
from kg.pipeline.comparison.source_records import last_days, source_records
from kg.pipeline.comparison.text_rows import text_rows
from kg.pipeline.comparison.values import Fineness, all_wholes
from kg.pipeline.comparison.variations import variation
from kg.store.draft_graph import DraftGraph
from kg.store.store import Store

# What is part of what: places and organisations, and narrower concepts.
PARTS = """
SELECT DISTINCT ?part ?whole WHERE {
  { ?property dip:toWhole true . ?part ?property ?whole }
  UNION { ?part skos:broader ?whole }
}
"""


@dataclass(frozen=True)
class Comparison:
    """What a comparison came to: conflicts within one source, and what sources differ in."""

    conflicts: tuple[Conflict, ...]
    variations: int
    unused_decisions: tuple[NamedNode, ...]


def compare(graph: DraftGraph, ontology: Path = ROOT / "ontology") -> Comparison:
    """Compare what the sources of a graph state; leave one value a thing to the default graph.

    The graph gains graph/disagreements. The queries are in `comparisons` of the ontology's folder.
    """
    store = graph.view()
    matters = read_matters(store, ontology / "comparisons")
    preference = _preference(store, ontology)
    bounds = lower_bounds(store)
    resolutions = [
        resolve(matter, stated, preference, bounds)
        for matter, stated in matters.items()
        if len({(reading.value, reading.stated_with) for reading in stated}) > 1
    ]
    differing = [resolution for resolution in resolutions if resolution.rule]
    described = [triple for one in differing for triple in variation(store, one)]
    _apply(graph, resolutions, described)
    return Comparison(
        tuple(c for m, stated in matters.items() for c in conflicts(m, stated, preference, bounds)),
        len(differing),
        _unused(preference, differing),
    )


def fineness(store: Store) -> Fineness:
    """Return what tells finer values from coarser ones, by what is part of what in a graph."""
    return Fineness(all_wholes((row["part"], row["whole"]) for row in text_rows(store, PARTS)))


def lower_bounds(store: Store) -> frozenset[str]:
    """Return the properties that give a lower bound of another."""
    return frozenset(terms_annotated(store, "dip:lowerBoundOf"))


def _preference(store: Store, ontology: Path) -> Preference:
    return Preference(
        preference_rules(store),
        source_records(store, ontology / "rules" / "4-sources" / "common-origin.rq"),
        last_days(store),
        read_decisions(store),
        frozenset(terms_annotated(store, "dip:timeBound")),
        {iri: int(place) for iri, place in terms_annotated(store, "dip:courseOrder").items()},
        fineness(store),
    )


def terms_annotated(store: Store, annotation: str) -> dict[str, str]:
    """Return the values of an annotation, such as dip:timeBound, by the terms that have one."""
    query = f"SELECT ?term ?value WHERE {{ GRAPH graph:ontology {{ ?term {annotation} ?value }} }}"
    return {row["term"]: row["value"] for row in text_rows(store, query)}


def _apply(
    graph: DraftGraph, resolutions: Iterable[Resolution], described: Sequence[Triple]
) -> None:
    withdrawn = (triple for one in resolutions for triple in one.withdrawn)
    graph.remove(in_graph(DefaultGraph(), triple) for triple in withdrawn)
    graph.add(in_graph(name, t) for name in (DISAGREEMENTS, DefaultGraph()) for t in described)


def _unused(preference: Preference, differing: Iterable[Resolution]) -> tuple[NamedNode, ...]:
    """Return the decisions that decide nothing: no source gives their value, or none differs."""
    used = {one.rule for one in differing}
    return tuple(d.iri for d in preference.decisions.values() if d.iri not in used)
