"""What is on record about one statement: its kind, its evidence, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg.index.statement_keys import is_citable, statement_key
from kg.inference.proof import Proof, shortest_proof
from kg.model.named_graphs import ENTITIES, INFERRED, LINKS, SOURCES, claim_slug, is_claim_content
from kg.model.prefixes import THING
from kg.sparql.named_queries import page_query
from kg.statements.citable.statement_by_key import statement_by_key
from kg.statements.claims import ClaimSummary, claim_summary
from kg.statements.edges import StatementEdge
from kg.statements.footnotes import Footnotes
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.statements.statement import Statement
from kg.statements.variations import Variation, variations_by_thing
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_term, display_thing, display_value
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary

# What a statement is by the graphs that hold it; the first that fits names it.
STATED, OUTVOTED, CLAIMED = "stated", "not served", "claimed"
BACKGROUND, LINK, DERIVED, COMPARED = "background", "link", "inferred", "compared"

_KINDS = ((ENTITIES, BACKGROUND), (SOURCES, BACKGROUND), (LINKS, LINK), (INFERRED, DERIVED))

# Values that are served instead of one: of what a thing has once there is one.
_SERVED_SHOWN = 5


@dataclass(frozen=True)
class DerivationStep:
    """A statement from which another follows, with its footnotes and its own premises.

    The key is empty for what is said of the ontology, which has no page of a statement.
    """

    key: str
    statement: Statement
    premises: tuple[DerivationStep, ...] = ()


@dataclass(frozen=True)
class Reaction:
    """A claim or stance about a claim: how it stands to it, as a property."""

    item: DisplayValue
    relation: DisplayValue


@dataclass(frozen=True)
class StatementAccount:
    """A statement with all that is on record about it.

    `cited_sentences` are the footnotes of it and its premises, the first being footnote 1;
    `sentences` those that state it itself. `claims` hold it as content, with the `reactions` to
    them. `graphs` are the named graphs that contain it; `instead` the values that the default graph
    has in place of one that is not served: another, or a finer one that agrees.
    """

    key: str
    triple: Triple
    statement: Statement
    kind: str
    graphs: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    cited_sentences: tuple[Sentence, ...]
    claims: tuple[ClaimSummary, ...]
    reactions: tuple[Reaction, ...]
    derivation: tuple[DerivationStep, ...]
    instead: tuple[DisplayValue, ...]

    @property
    def words(self) -> str:
        """Return the statement in words: the labels of its subject, property and value."""
        ends = (self.statement.subject, self.statement.property, self.statement.value)
        return " – ".join(end.text for end in ends)


def statement_account(store: Store, key: str) -> StatementAccount:
    """Gather what is on record about the statement with a key; NotFound as `statement_by_key`."""
    triple = statement_by_key(store, key)
    graphs, footnotes = _graphs(store, triple), Footnotes(store)
    # Described first: the sentences that state it are the first footnotes.
    statement = _described(store, triple, graphs, footnotes)
    stating = footnotes.sentences
    contents = [NamedNode(graph) for graph in sorted(graphs) if is_claim_content(NamedNode(graph))]
    claims = [NamedNode(THING + claim_slug(graph.value)) for graph in contents]
    kind = _kind(graphs, sentences_by_iri(store), served=_is_served(store, triple))
    proof = shortest_proof(store, triple) if kind == DERIVED else None
    return StatementAccount(
        key,
        triple,
        statement,
        kind,
        tuple(sorted(graphs)),
        stating,
        derivation=_derivation(store, proof, footnotes) if proof else (),
        cited_sentences=footnotes.sentences,
        claims=tuple(c for node in claims if (c := claim_summary(store, node))),
        reactions=tuple(_reactions(store, claims)),
        instead=_served_values(store, triple) if kind == OUTVOTED else (),
    )


def _is_served(store: Store, triple: Triple) -> bool:
    subject, value = triple.subject, triple.object
    quads = store.between(subject, value)
    return any(
        quad.predicate == triple.predicate and not isinstance(quad.graph_name, NamedNode)
        for quad in quads
    )


def _served_values(store: Store, triple: Triple) -> tuple[DisplayValue, ...]:
    subject = triple.subject
    if not isinstance(subject, NamedNode):
        return ()
    values = store.objects(subject, triple.predicate, _SERVED_SHOWN)
    shown = (display_value(read_vocabulary(store), value) for value in values)
    return tuple(sorted(shown, key=lambda value: value.text))


def _kind(graphs: frozenset[str], sentences: Iterable[str], *, served: bool) -> str:
    if graphs & set(sentences):
        return STATED if served else OUTVOTED
    for graph, kind in _KINDS:
        if graph.value in graphs:
            return kind
    return CLAIMED if any(is_claim_content(NamedNode(graph)) for graph in graphs) else COMPARED


def _graphs(store: Store, triple: Triple) -> frozenset[str]:
    return frozenset(graph.value for graph in store.graphs_containing(triple))


def _described(
    store: Store, triple: Triple, graphs: frozenset[str], footnotes: Footnotes
) -> Statement:
    vocabulary, iri = read_vocabulary(store), triple.predicate.value
    # A premise may start from a blank node of the ontology, so that this is no `describe_edge`.
    subject, value = (display_value(vocabulary, end) for end in (triple.subject, triple.object))
    return Statement(
        subject,
        display_term(vocabulary, iri),
        value,
        *footnotes.support(StatementEdge(iri, triple.object, graphs)),
        footnotes.variation(subject.iri, iri, value.iri)
        or _variation_by_sentence(store, (subject.iri, value.iri), graphs),
    )


def _variation_by_sentence(
    store: Store, ends: Iterable[str], graphs: frozenset[str]
) -> Variation | None:
    """Return in what sources differ about both ends by what these sentences state.

    A fact may be stated by several statements, such as a role by a membership as well.
    """
    first, second = (variations_by_thing(store).get(end, ()) for end in ends)
    both = (variation for variation in first if variation in second)
    return next((one for one in both if any(v.sentences & graphs for v in one.values)), None)


def _derivation(store: Store, proof: Proof, footnotes: Footnotes) -> tuple[DerivationStep, ...]:
    statements = dict.fromkeys(proof.statements())
    of_each = zip(statements, store.graphs_containing_each(statements), strict=True)
    graphs = {triple: frozenset(one.value for one in graphs) for triple, graphs in of_each}
    return tuple(_steps(store, proof, graphs, footnotes))


def _steps(
    store: Store, proof: Proof, graphs: Mapping[Triple, frozenset[str]], footnotes: Footnotes
) -> Iterable[DerivationStep]:
    for premise in proof.premises:
        triple = premise.statement
        yield DerivationStep(
            statement_key(*triple) if is_citable(triple) else "",
            _described(store, triple, graphs[triple], footnotes),
            tuple(_steps(store, premise, graphs, footnotes)),
        )


def _reactions(store: Store, claims: Iterable[NamedNode]) -> Iterable[Reaction]:
    vocabulary = read_vocabulary(store)
    for claim in claims:
        rows = store.select(page_query("stances-on"), thing=claim)
        reactions = (_reaction(vocabulary, text(row["item"]), text(row["role"])) for row in rows)
        yield from sorted(reactions, key=lambda one: (one.relation.text, one.item.text))


def _reaction(vocabulary: Vocabulary, item: str, relation: str) -> Reaction:
    return Reaction(display_thing(vocabulary, item), display_term(vocabulary, relation))
