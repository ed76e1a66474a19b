"""How alike a thing of ours and a candidate are: the descriptions of both, scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kg.index.folding import fold_name
from kg.linking.candidates.alignment import ClassAlignment
from kg.linking.candidates.candidate import OutsideCandidate, read_days
from kg.linking.ours import OurThing
from kg.linking.settings import linking_settings
from kg.matching.description import Description
from kg.matching.score import Score, score
from kg.model.dates import Period
from kg.model.outside_datasets import OutsideDataset


class CandidateComparison:
    """Compares things of ours with records of one dataset."""

    def __init__(self, alignment: ClassAlignment, dataset: OutsideDataset) -> None:
        """Take what classes mean, and the dataset that candidates are of."""
        self._alignment, self._classes = alignment, dataset.classes

    def score(self, thing: OurThing, candidate: OutsideCandidate) -> Score:
        """Score a candidate by what both sides say; the features are all that could be compared.

        Some neighbours in common do not lower the score, however many others there are, nor does
        it count where the middle of something wide is.
        """
        theirs = self._describe(candidate, thing)
        ours = _describe_ours(thing, theirs)
        compared = score(ours, theirs)
        values = {feature.id: feature.value for feature in compared.features}
        if 0 < values.get("neighbours", 0) < 1:
            theirs = replace(theirs, neighbours=frozenset())
        if values.get("place") == 0 and thing.types & linking_settings().wide:
            theirs = replace(theirs, points=())
        return Score(score(ours, theirs).value, compared.features)

    def corroborated(self, thing: OurThing, candidate: OutsideCandidate, result: Score) -> bool:
        """Tell whether more than name and kind agree: a date, a place or neighbours."""
        settings = linking_settings()
        kind = any(feature.id == "kind" for feature in result.features)
        wanted = settings.corroborating if kind else settings.corroborating_without_kind
        agreeing = {f.id for f in result.features if f.value >= settings.agreement}
        theirs = tuple(_candidate_periods(candidate))
        if "period" in agreeing and not _about_same(thing.description.periods, theirs):
            agreeing.remove("period")
        if "neighbours" in agreeing and not _telling(thing, candidate):
            agreeing.remove("neighbours")
        return bool(agreeing & wanted)

    def _describe(self, candidate: OutsideCandidate, thing: OurThing) -> Description:
        """Return what matching may use of a candidate for a thing.

        Kinds agree if one is the other or above it, so of the classes above only those of the
        thing count: an agent is a state or a person, but no state is a person.
        """
        classes = self._alignment.ours(candidate.kinds)
        expected = self._alignment.theirs(thing.types, self._classes)
        # A film is of no class of ours: where ours has its kinds there, that is another kind.
        unlike = frozenset(candidate.kinds) if expected and not classes else frozenset[str]()
        return Description(
            candidate.iri,
            candidate.names,
            classes | (self._alignment.above(classes) & thing.types) | unlike,
            tuple(_candidate_periods(candidate)),
            candidate.points,
            frozenset(map(fold_name, candidate.neighbours)),
        )


def _describe_ours(thing: OurThing, theirs: Description) -> Description:
    """Return what matching may use of a thing for a candidate.

    Each neighbour has one name, that of the candidate's if it is one of its.
    """
    folded = (sorted(map(fold_name, tie.names)) for tie in thing.ties)
    named = (next((n for n in names if n in theirs.neighbours), names[0]) for names in folded)
    periods = tuple(_compared_periods(thing, theirs))
    return replace(thing.description, periods=periods, neighbours=frozenset(named))


def _telling(thing: OurThing, candidate: OutsideCandidate) -> bool:
    """Tell whether neighbours in common are several, or one that few things are tied to."""
    theirs = set(map(fold_name, candidate.neighbours))
    common = [tie.degree for tie in thing.ties if theirs & set(map(fold_name, tie.names))]
    return len(common) > 1 or any(degree <= linking_settings().rare for degree in common)


def _candidate_periods(candidate: OutsideCandidate) -> Iterable[Period]:
    for earliest, latest in candidate.days:
        first, last = read_days(earliest), read_days(latest)
        if first or last:
            begin = first.first if first else date.min
            yield Period(begin, last.last if last else date.max, earliest == latest)


def _compared_periods(thing: OurThing, theirs: Description) -> tuple[Period, ...]:
    """Return the days to compare: of what lives, those on which it acted if they tell against."""
    if thing.description.periods or not thing.active:
        return thing.description.periods
    # That most people were alive in some year does not make them the same.
    alive = any(thing.active.overlaps(life) for life in theirs.periods)
    return () if alive else (thing.active,)


def _about_same(ours: Sequence[Period], theirs: Sequence[Period]) -> bool:
    """Tell whether periods that overlap begin or end about the same time."""
    most, open_ends = linking_settings().days_apart, {date.min, date.max}
    pairs = [(one, other) for one in ours for other in theirs if one.overlaps(other)]
    ends = [end for one, other in pairs for end in _ends(one, other)]
    return any(abs((a - b).days) <= most for a, b in ends if not {a, b} & open_ends)


def _ends(one: Period, other: Period) -> Iterable[tuple[date, date]]:
    return (one.first, other.first), (one.last, other.last)
