"""What was proposed and why, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.linking.decide import ABSENT, PROPOSED, UNDECIDED, LinkDecision, RankedCandidate
from kg.linking.link_table import written_id
from kg.linking.settings import linking_settings
from kg.matching.score import Score


def decision_lines(decisions: Sequence[LinkDecision]) -> Iterator[str]:
    """Write the proposals, then what is undecided, each with its candidates and their features."""
    for outcome in (PROPOSED, UNDECIDED):
        for decision in decisions:
            if decision.outcome == outcome:
                yield from _lines(decision)
    counts = {
        outcome: sum(one.outcome == outcome for one in decisions)
        for outcome in (PROPOSED, UNDECIDED, ABSENT)
    }
    yield ", ".join(f"{outcome} {count}" for outcome, count in counts.items())


def _lines(decision: LinkDecision) -> Iterator[str]:
    thing = decision.thing
    reason = f": {decision.reason}" if decision.reason else ""
    yield f"{thing.label} (id:{thing.slug}, {thing.kind}) {decision.outcome}{reason}"
    listed = 1 if decision.outcome == PROPOSED else linking_settings().most_listed
    for one in decision.ranked[:listed]:
        yield f"    {candidate_line(one)}"
        yield f"        {score_line(one.score)}"


def candidate_line(ranked: RankedCandidate) -> str:
    """Write a candidate as its score, its identifier, its name and what it is."""
    candidate = ranked.candidate
    words = f"{candidate.label}{f' – {candidate.description}' if candidate.description else ''}"
    return f"{ranked.score.value:.2f} {written_id(candidate.iri)} {words}"


def score_line(score: Score) -> str:
    """Write the features of a score.

    >>> from kg.matching.features import Feature
    >>> score_line(Score(0.9, (Feature("name_exact", 1.0), Feature("place", 0.25))))
    'name_exact 1.00 · place 0.25'
    """
    return " · ".join(f"{feature.id} {feature.value:.2f}" for feature in score.features)
