"""Whether links to other datasets say what the graph says."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.model.errors import Finding
from kg.model.named_graphs import ENTITIES, ONTOLOGY
from kg.model.prefixes import node, prefixes, shorten
from kg.pipeline.inputs.sssom import Link, links
from kg.pipeline.load import SourceTree


def link_mismatches(tree: SourceTree) -> Iterator[Finding]:
    """Find links whose subject_label is not the subject's, and things that are two of a dataset."""
    labels = _labels(tree)
    same: dict[tuple[str, str], str] = {}
    for path in tree.files:
        if path.match("kg/links/*.sssom.tsv"):
            name = tree.name(path)
            for link in links(path, name):
                yield from _misnamed(name, link, labels)
                yield from _doubled(name, link, same)


def _labels(tree: SourceTree) -> dict[str, set[str]]:
    label = node("rdfs:label")
    labels: dict[str, set[str]] = {}
    for quad in tree.quads:
        if quad.predicate == label and quad.graph_name in (ENTITIES, ONTOLOGY):
            term = quad.object
            # subject_label has no language tag; the tables are written in English.
            if isinstance(term, Literal) and term.language == "en":
                labels.setdefault(_iri(quad.subject), set()).add(term.value)
    return labels


def _misnamed(name: str, link: Link, labels: dict[str, set[str]]) -> Iterator[Finding]:
    label, subject = link.cells.get("subject_label"), _iri(link.triple.subject)
    names = labels.get(subject)
    if label is not None and names and label not in names:
        right = " or ".join(f"“{name}”" for name in sorted(names))
        message = f"{shorten(subject)} is called “{label}” here, but {right} in the graph"
        yield Finding(name, *link.at("subject_label"), message, "write the same in both")


def _doubled(name: str, link: Link, same: dict[tuple[str, str], str]) -> Iterator[Finding]:
    if link.triple.predicate != node("owl:sameAs"):
        return
    subject, target = _iri(link.triple.subject), _iri(link.triple.object)
    first = same.setdefault((subject, _dataset(target)), target)
    if first != target:
        message = f"{shorten(subject)} is already the same as {shorten(first)}"
        hint = f"it cannot be {shorten(target)} too; keep one"
        yield Finding(name, *link.at("object_id"), message, hint)


def _dataset(iri: str) -> str:
    # The longest, as one namespace may begin with another.
    # Without a prefix, what stands before the last slash serves as the dataset.
    spaces = (space for space in prefixes().values() if iri.startswith(space))
    return max(spaces, key=len, default=iri.rpartition("/")[0])


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
