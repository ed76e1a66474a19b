"""A statement as RDF: its description, and in formats with graphs the statement where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.model.formats import DATASETS
from kg.model.named_graphs import in_graph, is_claim_content
from kg.model.prefixes import STATEMENT, node
from kg.statements.citable.statement_account import DerivationStep, StatementAccount


def rdf_statement(account: StatementAccount, media_type: str) -> list[Triple] | list[Quad]:
    """Return the description of a statement (`rdf:Statement`), sorted.

    A description asserts nothing. For a media type of datasets the statement itself is added, in
    each named graph that contains it.
    """
    described = sorted(_description(account), key=str)
    if not any(row.media_type == media_type for row in DATASETS):
        return described
    stated = [in_graph(NamedNode(graph), account.triple) for graph in account.graphs]
    return [*(in_graph(DefaultGraph(), triple) for triple in described), *stated]


def _description(account: StatementAccount) -> Iterator[Triple]:
    statement, triple = NamedNode(STATEMENT + account.key), account.triple
    yield Triple(statement, node("rdf:type"), node("rdf:Statement"))
    yield Triple(statement, node("rdf:subject"), triple.subject)
    yield Triple(statement, node("rdf:predicate"), triple.predicate)
    yield Triple(statement, node("rdf:object"), triple.object)
    for sentence in account.sentences:
        yield Triple(statement, node("prov:wasDerivedFrom"), NamedNode(sentence.iri))
    for step in account.derivation:
        yield from _premise(statement, step)
    for graph in map(NamedNode, account.graphs):
        if is_claim_content(graph):
            yield Triple(statement, node("dcterms:isPartOf"), graph)


def _premise(statement: NamedNode, step: DerivationStep) -> Iterator[Triple]:
    # What the ontology says is part of the rule.
    if step.key:
        premise = NamedNode(STATEMENT + step.key)
        yield Triple(statement, node("prov:wasDerivedFrom"), premise)
        for further in step.premises:
            yield from _premise(premise, further)
