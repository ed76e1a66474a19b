"""What a valid record has: the SHACL shapes of `ontology/shapes.ttl`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.model.prefixes import BASE, node
from kg.model.text_files import source, source_error

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
# Properties that every shape may read; of others, shapes read only those that they name.
_CLASSES = frozenset({node("rdf:type"), node("rdfs:subClassOf")})
# With one of these, a shape may read properties that it does not name.
_ALL_READ = frozenset({f"{SH}closed", f"{SH}sparql", f"{SH}target"})


@dataclass(frozen=True)
class Violation:
    """A thing that does not fit its shape: IRIs of thing and property, a value, what is wrong."""

    focus: str
    path: str
    value: str
    message: str


def violations(
    triples: Iterable[Triple], shapes: Path, things: Sequence[str] = ()
) -> list[Violation]:
    """Check triples against a file of SHACL shapes (https://www.w3.org/TR/shacl/).

    With `things`, their IRIs, only these are checked. A blank node has none: then all are.
    """
    focus = list(things) if all(":" in thing for thing in things) else []
    # rdflib and pyshacl take 0.4 s to import, which only a build should pay.
    import pyshacl

    # It logs a traceback for each literal that it cannot turn into a Python value.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    rules = list(_read(shapes))
    # No inference: the rules have added what follows, and shapes check what the server serves.
    conforms, report, _ = pyshacl.validate(
        _graph(_that_shapes_read(triples, rules)),
        shacl_graph=_graph(rules),
        inference="none",
        focus_nodes=focus or None,
    )
    return [] if conforms else sorted(_violations(report), key=lambda v: (v.focus, v.path))


def class_messages(shapes: Path) -> dict[str, list[str]]:
    """Return the messages of the shapes of each class, by the class's IRI."""
    triples = list(_read(shapes)) if shapes.is_file() else []
    parts: dict[object, list[object]] = {}
    messages: dict[object, list[str]] = {}
    for triple in triples:
        if triple.predicate.value == f"{SH}property":
            parts.setdefault(triple.subject, []).append(triple.object)
        elif triple.predicate.value == f"{SH}message" and isinstance(triple.object, Literal):
            messages.setdefault(triple.subject, []).append(triple.object.value)
    of_class: dict[str, list[str]] = {}
    for triple in triples:
        if triple.predicate.value == f"{SH}targetClass" and isinstance(triple.object, NamedNode):
            said = of_class.setdefault(triple.object.value, [])
            for part in (triple.subject, *parts.get(triple.subject, ())):
                said += messages.get(part, [])
    return of_class


def _read(shapes: Path) -> Iterator[Triple]:
    name = f"ontology/{shapes.name}"
    try:
        for quad in parse(source(shapes, name), format=RdfFormat.TURTLE, base_iri=BASE):
            yield quad.triple
    except SyntaxError as error:
        raise source_error(name, error) from error


def _that_shapes_read(triples: Iterable[Triple], rules: Sequence[Triple]) -> Iterable[Triple]:
    if any(rule.predicate.value in _ALL_READ for rule in rules):
        return triples
    named = _CLASSES.union(rule.object for rule in rules if isinstance(rule.object, NamedNode))
    return (triple for triple in triples if triple.predicate in named)


def _graph(triples: Iterable[Triple]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _term(term: NamedNode | BlankNode | Literal | Triple) -> Node:
    from rdflib import term as rdf

    if isinstance(term, NamedNode):
        return rdf.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdf.BNode(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdf.Literal(term.value, lang=term.language)
        return rdf.Literal(term.value, datatype=rdf.URIRef(term.datatype.value))
    raise TypeError(f"a triple cannot stand within a triple here: {term}")


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    from rdflib import Namespace

    sh = Namespace(SH)
    # Only violations: sh:Warning and sh:Info do not stop a build.
    for result in report.subjects(sh.resultSeverity, sh.Violation):
        messages = sorted(str(message) for message in report.objects(result, sh.resultMessage))
        focus, path = report.value(result, sh.focusNode), report.value(result, sh.resultPath)
        value = report.value(result, sh.value)
        yield Violation(str(focus), str(path or ""), str(value or ""), "; ".join(messages))
