"""The named questions as statements, so that the graph itself lists its example queries."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from kg.model.errors import NotFound
from kg.model.named_graphs import DESCRIPTION
from kg.model.prefixes import BASE, node
from kg.model.source_texts import FEDERATED_FOLDER, QUERIES_FOLDER
from kg.model.text_files import read
from kg.sparql.named_queries import EXAMPLE, title
from kg.sparql.service import service_clauses, without_calls
from kg.store.memory import per_store
from kg.store.store import Store

QUERY = BASE + "query/"

_SELECT, _ASK, _CONSTRUCT = node("sh:select"), node("sh:ask"), node("sh:construct")
_KIND = {
    _SELECT: node("sh:SPARQLSelectExecutable"),
    _ASK: node("sh:SPARQLAskExecutable"),
    _CONSTRUCT: node("sh:SPARQLConstructExecutable"),
}


def examples(root: Path) -> Iterator[Triple]:
    """Describe each question of `kg/queries` under a root as an executable of SHACL.

    https://www.w3.org/TR/shacl-af/#SPARQLExecutables, as sib-swiss/sparql-examples uses them: the
    title is the comment, and the prefixes are those of the one map.
    """
    for folder in (QUERIES_FOLDER, FEDERATED_FOLDER):
        for path in sorted((root / folder).glob("*.rq")):
            yield from _example(NamedNode(QUERY + path.stem), read(path))


def example(store: Store, name: str) -> tuple[str, list[Triple]]:
    """Return a question of the build and what is stated of it.

    NotFound offers the names that come near.
    """
    questions = _questions(store)
    if QUERY + name not in questions:
        names = [iri.removeprefix(QUERY) for iri in questions]
        raise NotFound(f"question called {name}", difflib.get_close_matches(name, names), name)
    stated = questions[QUERY + name]
    texts = (triple.object for triple in stated if triple.predicate in _KIND)
    return next(text.value for text in texts if isinstance(text, Literal)), stated


def shown(text: str) -> str:
    r"""Return a question as a visitor sees it, without the line that makes it an example.

    >>> shown("# Who?\n# example 1\nSELECT * {}")
    '# Who?\nSELECT * {}'
    """
    return EXAMPLE.sub("\n", text, count=1)


def _example(question: NamedNode, text: str) -> Iterator[Triple]:
    query_property = _property(text)
    yield Triple(question, node("rdf:type"), node("sh:SPARQLExecutable"))
    yield Triple(question, node("rdf:type"), _KIND[query_property])
    yield Triple(question, node("rdfs:comment"), Literal(title(text), language="en"))
    yield Triple(question, query_property, Literal(shown(text)))
    yield Triple(question, node("sh:prefixes"), NamedNode(BASE + "ontology"))
    yield Triple(question, node("schema:target"), NamedNode(BASE + "sparql"))
    for clause in service_clauses(text):
        yield Triple(question, node("spex:federatesWith"), NamedNode(clause.endpoint))
    if EXAMPLE.search(text):
        yield Triple(question, node("schema:keywords"), Literal("example", language="en"))


def _property(text: str) -> NamedNode:
    # Run on an empty store, as the engine does not tell the form of a query otherwise.
    answer = pyoxigraph.Store().query(without_calls(text))
    if isinstance(answer, QuerySolutions):
        return _SELECT
    return _ASK if isinstance(answer, QueryBoolean) else _CONSTRUCT


@per_store
def _questions(store: Store) -> dict[str, list[Triple]]:
    questions: dict[str, list[Triple]] = {}
    for triple in store.graph(DESCRIPTION):
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(QUERY):
            questions.setdefault(triple.subject.value, []).append(triple)
    return questions
