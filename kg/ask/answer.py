"""The rows that answer a filled form: what was done, by whom, to whom, and in which sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.ask.question import QUESTIONS
from kg.index.reader import index
from kg.lists.items import ListItem, list_item
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import TERM, expand
from kg.sparql.named_queries import page_query
from kg.statements.edges import StatementEdge, graphs_of
from kg.statements.edges_around import edges_around
from kg.statements.footnotes import Footnotes, StatementSupport
from kg.statements.redundancy import split_redundant
from kg.statements.sentences import sentences_stating
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing, display_value, value_order
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary

_CLAIM, _CONTENT, _TYPE = TERM + "Claim", NamedNode(TERM + "content"), expand("rdf:type")
_DATES = {
    TERM + name
    for name in (
        *("date", "startDate", "endDate", "attested"),
        *("expectedDate", "expectedStartDate", "expectedEndDate"),
    )
}


class Solution(NamedTuple):
    """A row of the query's result, by IRIs; `claim` if only that claim says so, `says` by whom."""

    what: str
    claim: str = ""
    says: str = ""


class CitedValue(NamedTuple):
    """A value with the numbers of its footnotes, or its provenance if it has none."""

    value: DisplayValue
    footnotes: tuple[int, ...]
    provenance: tuple[str, ...]


@dataclass(frozen=True)
class AskedRow:
    """A deed with its day, and what answers each question about it.

    Of a row that only a claim holds, `claim` is the claim and `says` who makes it; of a deed that
    is itself a claim, `says` is empty and `is_claim` true. `kind` and `day` support the class and
    the day of the deed.
    """

    item: ListItem
    claim: DisplayValue | None
    says: DisplayValue | None
    is_claim: bool
    kind: StatementSupport
    day: StatementSupport
    answers: Mapping[str, tuple[CitedValue, ...]]
    sentences: tuple[int, ...]


def describe_deed(store: Store, solution: Solution, footnotes: Footnotes) -> AskedRow:
    """Describe a row, numbering the sentences behind it.

    A row that a claim alone holds shows the content of the claim, supported by the sentences that
    report the claim.
    """
    vocabulary, node = read_vocabulary(store), NamedNode(solution.what)
    stated = edges_around(store, node)[0].edges
    edges = _claimed_edges(store, solution) if solution.claim else _shown(vocabulary, stated)
    day = _support(footnotes, (edge for edge in stated if edge.predicate in _DATES))
    # What is claimed is of a class in the sentences about the claim, if only those mention it.
    kind = _support(footnotes, edges if solution.claim else _types(stated))
    answers = _answers(store, edges, footnotes)
    cited = {n for values in answers.values() for value in values for n in value.footnotes}
    cited.update(kind.footnotes, day.footnotes)
    if not cited:
        kind = _support(footnotes, [_stating(store, solution.what)])
        cited.update(kind.footnotes)
    return AskedRow(
        list_item(store, solution.what, beside_day=True),
        display_thing(vocabulary, solution.claim) if solution.claim else None,
        display_thing(vocabulary, solution.says) if solution.says else None,
        _CLAIM in index(store).values(solution.what, "class"),
        kind,
        day,
        answers,
        tuple(sorted(cited)),
    )


def _shown(vocabulary: Vocabulary, stated: Iterable[StatementEdge]) -> list[StatementEdge]:
    shown, _, bookkeeping = split_redundant(vocabulary, stated, ())
    # Whom an officeholder acts for is said by the officeholder's name.
    return shown or [edge for edge, _ in bookkeeping]


def _types(stated: Iterable[StatementEdge]) -> list[StatementEdge]:
    types = (edge for edge in stated if edge.predicate == _TYPE)
    return [edge for edge in types if text(edge.other).startswith(TERM)]


def _claimed_edges(store: Store, solution: Solution) -> list[StatementEdge]:
    """Return what a claim says of a thing, with the sentences that report the claim."""
    claim = NamedNode(solution.claim)
    graphs = graphs_of(store.quads_around(claim, outwards=True))
    return [
        StatementEdge(triple.predicate.value, triple.object, graphs)
        for content in store.objects(claim, _CONTENT, 1)
        if isinstance(content, NamedNode)
        for triple in store.graph(content)
        if text(triple.subject) == solution.what
    ]


def _stating(store: Store, iri: str) -> StatementEdge:
    sentences = frozenset(sentence.iri for sentence in sentences_stating(store, iri))
    return StatementEdge(_TYPE, NamedNode(iri), sentences)


def _support(footnotes: Footnotes, edges: Iterable[StatementEdge]) -> StatementSupport:
    """Return the sentences behind several statements taken together."""
    graphs = frozenset(graph for edge in edges for graph in edge.graphs)
    support = footnotes.support(StatementEdge(_TYPE, NamedNode(_TYPE), graphs))
    return support._replace(provenance=())


def _answers(
    store: Store, edges: Iterable[StatementEdge], footnotes: Footnotes
) -> dict[str, tuple[CitedValue, ...]]:
    vocabulary = read_vocabulary(store)
    by_question: dict[str, dict[DisplayValue, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in edges:
        question = _question_of(store, vocabulary, edge.predicate)
        if question:
            by_question[question][display_value(vocabulary, edge.other)] |= edge.graphs
    return {
        question: tuple(
            CitedValue(value, *_value_support(footnotes, values[value]))
            for value in sorted(values, key=lambda v: value_order(vocabulary, v))
        )
        for question in QUESTIONS
        for values in (_without_inferred(by_question[question]),)
    }


def _without_inferred(values: dict[DisplayValue, set[str]]) -> dict[DisplayValue, set[str]]:
    """Leave out what rules alone add, such as the state around a place, if anything is stated."""
    stated = {value: graphs for value, graphs in values.items() if graphs != {INFERRED.value}}
    return stated or values


def _value_support(
    footnotes: Footnotes, graphs: set[str]
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    support = footnotes.support(StatementEdge(_TYPE, NamedNode(_TYPE), frozenset(graphs)))
    return support.footnotes, support.provenance


def _question_of(store: Store, vocabulary: Vocabulary, iri: str) -> str:
    """Return the first question that a property answers, by itself or a wider one."""
    wider = {name for name, flipped in vocabulary.implied(iri) if not flipped}
    answered = {question for name in wider for question in _answering(store).get(name, ())}
    return next((question for question in QUESTIONS if question in answered), "")


@per_store
def _answering(store: Store) -> dict[str, set[str]]:
    """Read which questions each property answers."""
    questions: dict[str, set[str]] = defaultdict(set)
    for row in store.select(page_query("answering")):
        questions[text(row["property"])].add(text(row["question"]))
    return dict(questions)
