"""The rows that answer a filled form: what was done, by whom, to whom, and in which sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.ask.question import QUESTIONS
from kg.index.reader import index
from kg.lists.items import ListItem, list_items
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import TERM, expand
from kg.sparql.named_queries import page_query
from kg.statements.edges import StatementEdge, graphs_of
from kg.statements.edges_around import edges_around_each
from kg.statements.footnotes import Footnotes, StatementSupport
from kg.statements.redundancy import split_redundant
from kg.statements.sentences import Sentence, sentences_by_iri, sentences_stating
from kg.store.engine import QuadPattern
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


def describe_deeds(
    store: Store, solutions: Sequence[Solution], footnotes: Footnotes
) -> list[AskedRow]:
    """Describe rows, numbering the sentences behind each.

    A row that a claim alone holds shows the content of the claim, supported by the sentences that
    report the claim.
    """
    deeds = list(dict.fromkeys(solution.what for solution in solutions))
    around = edges_around_each(store, map(NamedNode, deeds))
    stated = {deed: out.edges for deed, (out, _) in zip(deeds, around, strict=True)}
    claimed = _claimed_edges(store, {one for one in solutions if one.claim})
    items = dict(zip(deeds, list_items(store, deeds, beside_day=True), strict=True))
    vocabulary = read_vocabulary(store)
    deeds_read = [
        _Deed(
            one,
            items[one.what],
            stated[one.what],
            claimed[one] if one.claim else _shown(vocabulary, stated[one.what]),
        )
        for one in solutions
    ]
    uncited = (deed.solution.what for deed in deeds_read if not _is_cited(store, deed))
    stating = sentences_stating(store, uncited)
    return [
        _describe_deed(store, deed, stating.get(deed.solution.what, ()), footnotes)
        for deed in deeds_read
    ]


@dataclass(frozen=True)
class _Deed:
    """A row to describe: what is stated of the deed, and the statements that answer questions."""

    solution: Solution
    item: ListItem
    stated: Sequence[StatementEdge]
    shown: Sequence[StatementEdge]

    @property
    def dates(self) -> list[StatementEdge]:
        return [edge for edge in self.stated if edge.predicate in _DATES]

    @property
    def kinds(self) -> Sequence[StatementEdge]:
        # What is claimed is of a class in the sentences about the claim, if only those mention it.
        return self.shown if self.solution.claim else _types(self.stated)


def _is_cited(store: Store, deed: _Deed) -> bool:
    vocabulary, sentences = read_vocabulary(store), sentences_by_iri(store).keys()
    answers = (e for e in deed.shown if _question_of(store, vocabulary, e.predicate))
    return any(edge.graphs & sentences for edge in (*deed.dates, *deed.kinds, *answers))


def _describe_deed(
    store: Store, deed: _Deed, stating: Iterable[Sentence], footnotes: Footnotes
) -> AskedRow:
    vocabulary, solution = read_vocabulary(store), deed.solution
    day, kind = _support(footnotes, deed.dates), _support(footnotes, deed.kinds)
    answers = _answers(store, deed.shown, footnotes)
    cited = {n for values in answers.values() for value in values for n in value.footnotes}
    cited.update(kind.footnotes, day.footnotes)
    if not cited:
        sentences = frozenset(sentence.iri for sentence in stating)
        kind = _support(footnotes, [StatementEdge(_TYPE, NamedNode(solution.what), sentences)])
        cited.update(kind.footnotes)
    return AskedRow(
        deed.item,
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


def _claimed_edges(
    store: Store, solutions: Collection[Solution]
) -> dict[Solution, list[StatementEdge]]:
    """Return what claims say of things, with the sentences that report each claim."""
    claims = [NamedNode(solution.claim) for solution in solutions]
    graphs = map(graphs_of, store.quads_around_each(claims, outwards=True))
    contents = store.objects_of_each(((claim, _CONTENT) for claim in claims), 1)
    patterns = [
        QuadPattern(NamedNode(solution.what), graph=content)
        for solution, of_claim in zip(solutions, contents, strict=True)
        for content in of_claim
        if isinstance(content, NamedNode)
    ]
    stated = iter(store.quads_of_each(patterns))
    return {
        solution: [
            StatementEdge(quad.predicate.value, quad.object, reporting)
            for content in of_claim
            if isinstance(content, NamedNode)
            for quad in sorted(next(stated), key=lambda quad: str(quad.triple))
        ]
        for solution, reporting, of_claim in zip(solutions, graphs, contents, strict=True)
    }


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
