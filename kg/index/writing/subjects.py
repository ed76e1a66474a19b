"""Read a dataset subject by subject, and put aside what the index has of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from kg.index.statement_keys import triple_number
from kg.index.writing.stage import Stage
from kg.index.writing.subject_row import THING_START, SubjectRow
from kg.index.writing.terms import IndexTerms
from kg.model.named_graphs import DESCRIPTION, INFERRED, ONTOLOGY, SOURCES
from kg.model.prefixes import SOURCE, expand
from kg.nquads.lines import TripleLines, grouped_triples, is_iri

# Triples between two writes of rows: some hundred bytes each in memory.
_BATCH = 5_000

_SOURCE_START = f"<{SOURCE}".encode()
_ONTOLOGY, _DESCRIPTION, _SOURCES = (
    str(graph).encode() for graph in (ONTOLOGY, DESCRIPTION, SOURCES)
)
_INFERRED = [str(INFERRED).encode()]
_NO_KEYS = frozenset({_ONTOLOGY, _DESCRIPTION})
# A record of how a link was made is not about the thing.
_ANNOTATED = f"<{expand('owl:annotatedSource')}>".encode()

_ROLES: Mapping[Callable[[SubjectRow, bytes], None], tuple[str, ...]] = {
    partial(SubjectRow.add_name, kind="label"): ("rdfs:label", "skos:prefLabel"),
    partial(SubjectRow.add_name, kind="also"): ("skos:altLabel",),
    partial(SubjectRow.add_name, kind="point"): ("geo:asWKT",),
    partial(SubjectRow.add_day, end="earliest", choose=min): ("dip:earliest",),
    partial(SubjectRow.add_day, end="latest", choose=max): ("dip:latest",),
    partial(SubjectRow.add_day, end="stated", choose=min): (
        *("dip:date", "dip:startDate", "dip:attested"),
        *("dip:expectedDate", "dip:expectedStartDate"),
    ),
    SubjectRow.add_status: ("dip:assertionStatus", "dip:prospectStatus"),
    SubjectRow.add_article: ("dip:article",),
    SubjectRow.add_type: ("rdf:type",),
    SubjectRow.withdraw: ("owl:deprecated", "dcterms:isReplacedBy"),
    partial(SubjectRow.add_node, table="geometry"): ("geo:hasGeometry",),
    partial(SubjectRow.add_node, table="site"): (
        *("dip:location", "dip:expectedLocation", "dip:disputedTerritory"),
    ),
    partial(SubjectRow.add_iri, table="acting"): ("dip:actsFor",),
    partial(SubjectRow.add_iri, table="part"): ("dcterms:isPartOf",),
}
_ROLE_OF = {f"<{expand(name)}>".encode(): role for role, names in _ROLES.items() for name in names}


def read_subjects(
    lines: Iterable[bytes], stage: Stage, terms: IndexTerms, batch: int = _BATCH
) -> None:
    """Put aside what the sorted lines of a dataset say of each subject.

    Rows are written after each `batch` of triples.
    """
    reader = _Reader(stage, terms)
    row: SubjectRow | None = None
    for number, triple in enumerate(grouped_triples(lines)):
        if row is None or triple.subject != row.iri:
            if row is not None:
                row.finish()
            row = SubjectRow(triple.subject, stage, terms)
        reader.read(row, triple)
        if not number % batch:
            stage.flush()
    if row is not None:
        row.finish()
    stage.flush()


class _Reader:
    """Reads triples into the row of their subject and into the tables of what they point to."""

    def __init__(self, stage: Stage, terms: IndexTerms) -> None:
        self._mention, self._facets = stage.mention, terms.facets
        self._pairs, self._cited = stage.rows["pair"], stage.rows["cited"]
        self._statements = stage.rows["statement"]

    def read(self, row: SubjectRow, triple: TripleLines) -> None:
        _, property_, value, _, graphs = triple
        # The default graph comes first.
        stated = not graphs[0]
        named = graphs[1:] if stated else graphs
        if stated:
            self._read_stated(row, property_, value, named == _INFERRED)
        if value.startswith(THING_START):
            self._read_pair(row, property_, value, named, stated)
        if named:
            self._read_named(row, triple, named)

    def _read_stated(self, row: SubjectRow, property_: bytes, value: bytes, inferred: bool) -> None:
        role = _ROLE_OF.get(property_)
        if role is not None:
            role(row, value)
        if row.is_thing:
            row.count(property_, value, inferred)
        facets = self._facets.get(property_)
        if facets and is_iri(value):
            for facet in facets:
                row.add_facet(facet, value)

    def _read_pair(
        self, row: SubjectRow, property_: bytes, value: bytes, named: list[bytes], stated: bool
    ) -> None:
        number = len(named) - (_DESCRIPTION in named) if property_ != _ANNOTATED else 0
        if stated or number:
            row.used = True
            keys = (self._mention(value), row.key, self._mention(property_))
            self._pairs.append((*keys, number, stated, named == _INFERRED))

    def _read_named(self, row: SubjectRow, triple: TripleLines, named: list[bytes]) -> None:
        value = triple.value
        if _has_key(row, value, named):
            row.used = True
            number = triple_number(triple.text)
            self._statements.append((number, row.key, self._mention(triple.property)))
        for graph in named:
            if graph.startswith(_SOURCE_START):
                row.add_node(graph, "cited")
                if is_iri(value):
                    self._cited.append((self._mention(value), hash(graph)))


def _has_key(row: SubjectRow, value: bytes, named: list[bytes]) -> bool:
    """Tell whether a triple is cited by a key: those about things and sources.

    The records of sentences, the ontology and the description have none, nor what has blank nodes,
    whose names are others in every build.
    """
    if value.startswith((b"_:", b"<<")):
        return False
    if row.is_thing:
        return not _NO_KEYS.issuperset(named)
    if not row.iri.startswith(_SOURCE_START):
        return False
    is_record = b"/" in row.iri.removeprefix(_SOURCE_START)
    return not (_NO_KEYS | {_SOURCES} if is_record else _NO_KEYS).issuperset(named)
