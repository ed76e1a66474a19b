"""Which candidate a thing of ours is, if that is sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.linking.candidates.candidate import OutsideCandidate
from kg.linking.comparison import CandidateComparison
from kg.linking.ours import OurThing
from kg.linking.recorded_links import RecordedLinks
from kg.linking.settings import linking_settings
from kg.matching.score import Score, confident

PROPOSED, UNDECIDED, ABSENT = "proposed", "undecided", "without a candidate"


@dataclass(frozen=True)
class RankedCandidate:
    """A candidate and how it scores; `corroborated`, if more than name and kind agree."""

    candidate: OutsideCandidate
    score: Score
    corroborated: bool


@dataclass(frozen=True)
class LinkDecision:
    """What comes of the candidates for a thing, best first; and why not, if nothing is proposed."""

    thing: OurThing
    ranked: tuple[RankedCandidate, ...]
    outcome: str
    reason: str = ""

    @property
    def best(self) -> RankedCandidate:
        """The first candidate, of whatever has one."""
        return self.ranked[0]


def decide(
    thing: OurThing,
    candidates: Iterable[OutsideCandidate],
    comparison: CandidateComparison,
    recorded: RecordedLinks,
) -> LinkDecision:
    """Rank the candidates for a thing, without those rejected for it, and decide on the first."""
    asked = (one for one in candidates if (thing.iri, one.iri) not in recorded.rejected)
    ranked = [_ranked(thing, one, comparison) for one in asked]
    ranked = [one for one in ranked if one.score.value >= linking_settings().doubtful]
    # A name that nothing else confirms is no rival to one that something does.
    ranked.sort(key=lambda one: (not one.corroborated, -one.score.value, one.candidate.iri))
    if not ranked:
        return LinkDecision(thing, (), ABSENT)
    reason = _doubt(thing, ranked, recorded)
    return LinkDecision(thing, tuple(ranked), UNDECIDED if reason else PROPOSED, reason)


def one_to_one(decisions: Sequence[LinkDecision]) -> list[LinkDecision]:
    """Leave undecided what would make two things of ours the same record."""
    proposed = [one.best.candidate.iri for one in decisions if one.outcome == PROPOSED]
    twice = {iri for iri, count in Counter(proposed).items() if count > 1}
    return [
        replace(one, outcome=UNDECIDED, reason="it would be two things of ours at once")
        if one.outcome == PROPOSED and one.best.candidate.iri in twice
        else one
        for one in decisions
    ]


def _ranked(
    thing: OurThing, candidate: OutsideCandidate, comparison: CandidateComparison
) -> RankedCandidate:
    result = comparison.score(thing, candidate)
    return RankedCandidate(candidate, result, comparison.corroborated(thing, candidate, result))


def _doubt(thing: OurThing, ranked: Sequence[RankedCandidate], recorded: RecordedLinks) -> str:
    """Say why the first candidate is not sure; nothing if it is."""
    best = ranked[0]
    if any(other != thing.iri for other in recorded.things_of(best.candidate.iri)):
        return "it is linked to another thing of ours"
    if not best.corroborated:
        return "no date, place or neighbour says so too"
    if not confident([best.score]):
        return "the two sides differ"
    if not confident([one.score for one in ranked if one.corroborated]):
        return "another candidate is as good"
    return ""
