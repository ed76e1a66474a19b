"""How a statement of one source stands to what the rest of the graph states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.authoring.labels import Labels, place_name
from kg.model.named_graphs import ENTITIES, in_graph, with_default_graph
from kg.model.prefixes import SOURCE, node
from kg.pipeline.compare import compare, fineness, lower_bounds
from kg.pipeline.comparison.readings import Matter, Reading, read_matters, source_of
from kg.pipeline.comparison.resolution import compared
from kg.pipeline.comparison.values import all_wholes
from kg.pipeline.load import SourceTree
from kg.store.draft_graph import EmbeddedDraft
from kg.store.store import Store

ADDS, CONFIRMS, REFINES, CONTRADICTS = "adds", "confirms", "refines", "contradicts"
# The strongest first: what refines one source and contradicts another contradicts.
KINDS = (CONTRADICTS, REFINES, CONFIRMS, ADDS)
_BACKGROUND = "the background"
_NARROWER = node("rdfs:subPropertyOf")


@dataclass(frozen=True)
class Standing:
    """One of `KINDS`, what the others state in words, and whether the statement is served."""

    kind: str
    others: tuple[str, ...] = ()
    is_served: bool = True

    @property
    def reasons(self) -> str:
        """Return what others state, and of values that differ, whether this one is served."""
        others = "; ".join(self.others)
        if self.kind == CONTRADICTS:
            return f"{'served' if self.is_served else 'not served'}, against {others}"
        return others


class Standings:
    """Compares the statements of one source with those of the others."""

    def __init__(self, tree: SourceTree, labels: Labels) -> None:
        """Take a tree and what its things are called."""
        self._labels = labels
        graph = EmbeddedDraft(with_default_graph(tree.origin))
        store, ontology = graph.view(), tree.root / "ontology"
        self._store = store
        self._matters = read_matters(store, ontology / "comparisons")
        self._fineness, self._bounds = fineness(store), lower_bounds(store)
        # The default graph holds what is served from here on.
        compare(graph, ontology)
        self._courses = _courses(store)
        self._readings: dict[Quad, list[tuple[Matter, Reading]]] = defaultdict(list)
        for matter, readings in self._matters.items():
            for reading in readings:
                if reading.triple:
                    quad = in_graph(reading.graph, reading.triple)
                    self._readings[quad].append((matter, reading))
        self._wider = all_wholes(
            (quad.subject.value, quad.object.value)
            for quad in tree.quads
            if quad.predicate == _NARROWER
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        )

    def standing(self, quad: Quad) -> Standing:
        """Return how a statement of a sentence stands to those of other sources."""
        relations: dict[str, dict[str, None]] = defaultdict(dict)
        for kind, words in (*self._compared(quad), *self._restated(quad)):
            relations[kind][words] = None
        kind = next((kind for kind in KINDS if kind in relations), ADDS)
        return Standing(kind, tuple(relations[kind]), self._is_served(quad.triple))

    def _is_served(self, triple: Triple) -> bool:
        quads = self._store.between(triple.subject, triple.object)
        return in_graph(DefaultGraph(), triple) in quads

    def _compared(self, quad: Quad) -> Iterator[tuple[str, str]]:
        """Yield the values that other sources give of the same property, where it has one."""
        for matter, reading in self._readings.get(quad, ()):
            for elsewhere in self._matters[matter]:
                if elsewhere.source != reading.source:
                    words = self._place(elsewhere.graph)
                    if elsewhere.value != reading.value:
                        served = not elsewhere.triple or self._is_served(elsewhere.triple)
                        value = self._labels.name(elsewhere.value)
                        words += f": {value}{' (served)' if served else ''}"
                    kind = self._relation(reading, elsewhere)
                    # Another stage of one course of events is no contradiction.
                    course = kind == CONTRADICTS and (matter.about, matter.on) in self._courses
                    yield REFINES if course else kind, words

    def _relation(self, reading: Reading, elsewhere: Reading) -> str:
        here, there = compared(reading, self._bounds), compared(elsewhere, self._bounds)
        if self._fineness.exclude(here, there):
            return CONTRADICTS
        equal = self._fineness.refines(there, here)
        return REFINES if self._fineness.refines(here, there) and not equal else CONFIRMS

    def _restated(self, quad: Quad) -> Iterator[tuple[str, str]]:
        """Yield where others state the same, or the same with a wider or narrower property."""
        sentence = quad.graph_name
        source = source_of(sentence.value) if isinstance(sentence, NamedNode) else ""
        for restated in self._store.between(quad.subject, quad.object):
            graph = restated.graph_name
            if not isinstance(graph, NamedNode) or source_of(graph.value) == source:
                continue
            if graph != ENTITIES and not graph.value.startswith(SOURCE):
                continue
            narrow, wide = quad.predicate.value, restated.predicate.value
            if wide == narrow:
                yield CONFIRMS, self._place(graph)
            elif wide in self._wider.get(narrow, ()):
                yield REFINES, f"{self._place(graph)}: {self._labels.name(restated.predicate)}"
            elif narrow in self._wider.get(wide, ()):
                yield CONFIRMS, f"{self._place(graph)}: {self._labels.name(restated.predicate)}"

    def _place(self, graph: NamedNode) -> str:
        return place_name(graph) if graph != ENTITIES else _BACKGROUND


def _courses(store: Store) -> set[tuple[object, object]]:
    """Return the things and properties whose values follow each other."""
    query = """PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
        SELECT ?about ?on {
          ?course a dip:StatusCourse ; dip:disagreementAbout ?about ; dip:disagreementOn ?on
        }"""
    return {(row["about"], row["on"]) for row in store.select(query)}
