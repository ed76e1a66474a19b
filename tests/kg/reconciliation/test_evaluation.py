"""Names written otherwise are understood, and names of nothing are no match, in the live graph.

`python -m tests.kg.reconciliation.evaluation` lists what is missed.
"""

from collections import Counter

from kg.store.store import Store
from tests.kg.reconciliation.evaluation import (
    label_trials,
    nonsense_trials,
    office_trials,
    run,
)

_SEED = 7


def test_the_first_candidate_is_right(built: Store) -> None:
    trials = label_trials(built, _SEED)
    outcomes = run(built, trials)
    misses = [o.trial.query.names[0] for o in outcomes if not o.right]
    assert len(trials) >= 500
    assert len(Counter(trial.rule for trial in trials)) >= 15
    assert len(misses) <= 0.05 * len(trials), misses


def test_a_wrong_kind_or_nonsense_is_no_match(built: Store) -> None:
    trials = nonsense_trials(built, _SEED)
    sure = [o.trial.query.names[0] for o in run(built, trials) if o.sure]
    assert len(trials) >= 500
    assert len(sure) < 0.01 * len(trials), sure


def test_a_title_with_a_state_and_a_day_is_its_holder(built: Store) -> None:
    trials = office_trials(built)
    misses = [(o.trial.rule, o.trial.iri) for o in run(built, trials) if not o.right]
    assert len(trials) >= 100
    assert len(misses) <= 0.05 * len(trials), misses
