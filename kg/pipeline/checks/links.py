"""Whether mappings to other datasets name things and records rightly, each row for itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.model.errors import Finding
from kg.model.named_graphs import ENTITIES, LINKS, MAPPING, ONTOLOGY
from kg.model.outside_datasets import DATASETS_FILE, outside_datasets
from kg.model.prefixes import node, shorten
from kg.pipeline.checks.link_conflicts import conflicting_mappings
from kg.pipeline.inputs.sssom import MappingRow, MappingTable, read_mapping_table
from kg.pipeline.load import SourceTree

_REPLACED, _DEPRECATED = node("dcterms:isReplacedBy"), node("owl:deprecated")


@dataclass(frozen=True)
class _Subjects:
    """English names of things and terms, and what things that were withdrawn are now."""

    names: dict[str, set[str]]
    former: dict[str, str]


def link_mismatches(tree: SourceTree) -> Iterator[Finding]:
    """Find rows that misname a thing, map a former one, or contradict another row."""
    subjects = _subjects(tree)
    for path in tree.files:
        if path.match("kg/links/*.sssom.tsv"):
            name = tree.name(path)
            table = read_mapping_table(path, name)
            yield from _misplaced(name, table)
            for row in table.rows:
                yield from _misnamed(name, row, subjects)
                yield from _foreign(name, table, row)
                yield from _unknown_author(name, table, row)
            yield from conflicting_mappings(name, table)


def _subjects(tree: SourceTree) -> _Subjects:
    label = node("rdfs:label")
    names: dict[str, set[str]] = {}
    former: dict[str, str] = {}
    for quad in tree.quads:
        subject, term = _iri(quad.subject), quad.object
        if quad.predicate == _REPLACED:
            former[subject] = shorten(_iri(term))
        elif quad.predicate == _DEPRECATED:
            former.setdefault(subject, "")
        elif quad.predicate != label or quad.graph_name not in (ENTITIES, ONTOLOGY):
            continue
        # subject_label has no language tag; the tables are written in English.
        elif isinstance(term, Literal) and term.language == "en":
            names.setdefault(subject, set()).add(term.value)
    return _Subjects(names, former)


def _misplaced(name: str, table: MappingTable) -> Iterator[Finding]:
    if table.dataset not in outside_datasets():
        message = f"{DATASETS_FILE} describes no dataset {table.dataset}"
        hint = f"name the file after one that it has, or add [{table.dataset}]"
        yield Finding(name, 0, 0, message, hint)
    expected = f"{LINKS.value}/{table.dataset}"
    if table.mapping_set.iri != expected:
        yield Finding(name, 1, 1, f"mapping_set_id is not <{expected}>", "write that")
    source = MAPPING + table.dataset
    if table.mapping_set.sources[1] not in ("", source):
        yield Finding(name, 1, 1, f"object_source is not {shorten(source)}", "write that")


def _misnamed(name: str, row: MappingRow, subjects: _Subjects) -> Iterator[Finding]:
    label, subject = row.cells.get("subject_label"), _iri(row.triple.subject)
    if subject in subjects.former:
        now = subjects.former[subject]
        message = f"{shorten(subject)} is now {now}" if now else f"{shorten(subject)} was withdrawn"
        hint = f"map {now} instead" if now else "take the row away"
        yield Finding(name, *row.at("subject_id"), message, hint)
        return
    names = subjects.names.get(subject)
    if label is not None and names and label not in names:
        right = " or ".join(f"“{name}”" for name in sorted(names))
        message = f"{shorten(subject)} is called “{label}” here, but {right} in the graph"
        yield Finding(name, *row.at("subject_label"), message, "write the same in both")


def _foreign(name: str, table: MappingTable, row: MappingRow) -> Iterator[Finding]:
    description, target = outside_datasets().get(table.dataset), _iri(row.triple.object)
    if description and not row.no_term and not description.identifier(target):
        message = f"{shorten(target)} is no record of {description.name}"
        hint = f"its records begin with {description.space}"
        yield Finding(name, *row.at("object_id"), message, hint)


def _unknown_author(name: str, table: MappingTable, row: MappingRow) -> Iterator[Finding]:
    creators = {iri for iri, _ in table.mapping_set.creators}
    for column, author in row.authors:
        # Others are described elsewhere, by ORCID for example.
        if author.value.startswith(MAPPING) and author.value not in creators:
            message = f"{shorten(author.value)} is not a creator_id of the header"
            yield Finding(name, *row.at(column), message, "add it there, with a creator_label")


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
