"""The JSON record of a statement, with its evidence."""

from __future__ import annotations

from kg.agents.statement_records import Record, citation_record, display_record, value_record
from kg.model.prefixes import STATEMENT
from kg.statements.citable.statement_account import DerivationStep, StatementAccount
from kg.statements.claims import ClaimSummary
from kg.statements.variations import Variation
from kg.store.store import Store
from web import urls


def statement_record(store: Store, account: StatementAccount) -> Record:
    """Return what is on record about a statement: `sentences` state it, `claims` claim it.

    `derivation` has the statements that an inferred one follows from, `disagreement` the values
    that other sources give, `instead` those that are served in place of one that is not.
    """
    triple = account.triple
    return {
        "key": account.key,
        "iri": STATEMENT + account.key,
        "page": urls.statement_path(account.key),
        "build": store.number,
        "kind": account.kind,
        "subject": value_record(store, triple.subject),
        "property": display_record(account.statement.property),
        "value": value_record(store, triple.object),
        "graphs": list(account.graphs),
        "sentences": [citation_record(store, sentence) for sentence in account.sentences],
        "claims": [_claim(claim) for claim in account.claims],
        "reactions": [
            {"item": display_record(one.item), "relation": display_record(one.relation)}
            for one in account.reactions
        ],
        "disagreement": _disagreement(account.statement.variation),
        "instead": [display_record(value) for value in account.instead],
        "derivation": [_step(account, step) for step in account.derivation],
        "cited": [citation_record(store, sentence) for sentence in account.cited_sentences],
    }


def _claim(claim: ClaimSummary) -> Record:
    return {
        "claim": display_record(claim.claim),
        "claimants": [display_record(agent) for agent in claim.claimants],
        "reported_in": [display_record(outer) for outer in claim.reported_in],
    }


def _disagreement(variation: Variation | None) -> Record | None:
    if variation is None:
        return None
    return {
        "iri": variation.page.iri,
        "on": display_record(variation.on),
        "rule": display_record(variation.rule) if variation.rule else None,
        "values": [
            {
                "value": display_record(value.value),
                "served": value.served,
                "sources": [display_record(source) for source in value.by],
                "sentences": sorted(value.sentences),
            }
            for value in variation.values
        ],
    }


def _step(account: StatementAccount, step: DerivationStep) -> Record:
    cited = account.cited_sentences
    return {
        "key": step.key or None,
        "subject": display_record(step.statement.subject),
        "property": display_record(step.statement.property),
        "value": display_record(step.statement.value),
        "sentences": [cited[number - 1].iri for number in step.statement.footnotes],
        "premises": [_step(account, premise) for premise in step.premises],
    }
