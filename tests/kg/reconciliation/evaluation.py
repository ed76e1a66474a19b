"""How often the first candidate is right, and how often a wrong one is sure.

`python -m tests.kg.reconciliation.evaluation` prints the shares and lists the misses.
"""

import random
import string
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kg.index.folding import fold_name
from kg.index.reader import index
from kg.model.prefixes import ROOT, TERM, THING
from kg.reconciliation.offices import tenures
from kg.reconciliation.query import Condition, ReconciliationCandidate, ReconciliationQuery
from kg.reconciliation.reconcile import reconcile
from kg.store.builds import Current
from kg.store.store import Store
from tests.kg.reconciliation.variations import (
    FOR_ALL,
    FOR_BODIES,
    FOR_JAPANESE,
    FOR_PERSONS,
    FOR_STATES,
    Rule,
)

SEED = 20261128
_LEAST_LETTERS = 3
_BY_CLASS = {
    "Person": FOR_PERSONS,
    "State": FOR_STATES,
    "Organization": FOR_BODIES,
}


@dataclass(frozen=True)
class Trial:
    """A query, the thing that it means ("" for none), and the rule that made it."""

    rule: str
    query: ReconciliationQuery
    iri: str


@dataclass(frozen=True)
class Outcome:
    """A trial and the candidates for it."""

    trial: Trial
    candidates: tuple[ReconciliationCandidate, ...]

    @property
    def right(self) -> bool:
        return bool(self.candidates) and self.candidates[0].iri == self.trial.iri

    @property
    def sure(self) -> bool:
        return any(candidate.match for candidate in self.candidates)


def run(store: Store, trials: list[Trial]) -> list[Outcome]:
    return [Outcome(trial, tuple(reconcile(store, trial.query))) for trial in trials]


def label_trials(store: Store, seed: int = SEED) -> list[Trial]:
    """Return every name of every thing in one other way at least, by rules for its kind."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    names = _names(store)
    meanings: dict[str, set[str]] = defaultdict(set)
    trials = []
    for name, iri in names:
        meanings[fold_name(name)].add(iri)
        for rule in _rules(store, iri, rng):
            text = rule(name, rng).strip()
            if len(text) >= _LEAST_LETTERS and fold_name(text):
                meanings[fold_name(text)].add(iri)
                trials.append(Trial(rule.__name__, ReconciliationQuery((text,)), iri))
    # What two things may be called by this means neither: “Skripal”, of father and daughter.
    return [t for t in trials if len(meanings[fold_name(t.query.names[0])]) == 1]


def _names(store: Store) -> list[tuple[str, str]]:
    rows = index(store).rows(
        "SELECT n.text, r.iri FROM name n JOIN resource r ON r.id = n.resource "
        "WHERE r.thing = 1 AND n.kind != 'point' ORDER BY r.iri, n.id"
    )
    return [(name, iri) for name, iri in rows if len(name) >= _LEAST_LETTERS]


def _rules(store: Store, iri: str, rng: random.Random) -> Iterator[Rule]:
    classes = {kind.removeprefix(TERM) for kind in index(store).values(iri, "class")}
    yield from rng.sample(FOR_ALL, 2)
    for name, rules in _BY_CLASS.items():
        if name in classes:
            yield from rules
    japanese = any(tag == "ja" for _, _, tag in index(store).resource(iri).names)
    if "Person" in classes and japanese:
        yield from FOR_JAPANESE


def nonsense_trials(store: Store, seed: int = SEED, number: int = 1_000) -> list[Trial]:
    """Return names of nothing here: random letters, real names of elsewhere, ours of wrong kind."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    elsewhere = (Path(__file__).parent / "elsewhere.txt").read_text(encoding="utf-8").splitlines()
    ours = {fold_name(name) for name, _ in _names(store)}
    letters = (rng.choices(string.ascii_lowercase, k=rng.randint(3, 12)) for _ in range(300))
    trials = [Trial("letters", ReconciliationQuery(("".join(some),)), "") for some in letters]
    trials += [
        Trial("elsewhere", ReconciliationQuery((name,)), "")
        for name in elsewhere
        if fold_name(name) not in ours
    ]
    return [*trials, *_wrong_kinds(store, rng, number - len(trials))]


def _wrong_kinds(store: Store, rng: random.Random, number: int) -> Iterator[Trial]:
    kinds = ["Person", "State", "City", "Position", "Meeting", "Organization", "Island"]
    names = _names(store)
    while number > 0:
        name, iri = rng.choice(names)
        kind = rng.choice(kinds)
        same = [other for text, other in names if fold_name(text) == fold_name(name)]
        if any(TERM + kind in index(store).values(one, "class") for one in {iri, *same}):
            continue
        number -= 1
        yield Trial(f"not a {kind}", ReconciliationQuery((name,), types=(kind,)), "")


_TITLES = {
    "headOfGovernment": ["head of government"],
    "headOfState": ["president", "head of state", "президент"],
    "foreignMinister": ["foreign minister", "minister of foreign affairs", "外相"],
    "ambassador": ["ambassador", "посол", "envoy"],
    "deputyMinister": ["vice minister", "deputy foreign minister"],
    "envoy": ["envoy", "representative"],
    "cabinetMinister": ["minister of public safety"],
    "academicPost": ["associate professor", "professor"],
}


_PREMIERS = ["prime minister", "PM", "premier", "首相"]


def office_trials(store: Store) -> list[Trial]:
    """Return for each tenure its titles with the state and a day on which it was held."""
    return [
        Trial(f"{title} of {state} on {day}", _office_query(title, state, day, types), person)
        for person, position, day in _held(store)
        for title in _titles(store, position)
        for state in _states(store, position)
        for types in ((), ("Person",))
    ]


def _office_query(title: str, state: str, day: str, types: tuple[str, ...]) -> ReconciliationQuery:
    conditions = (Condition("country", (state,)), Condition("date", (day,)))
    return ReconciliationQuery((title,), types=types, conditions=conditions)


def _held(store: Store) -> Iterator[tuple[str, str, str]]:
    for position, rows in tenures(store).items():
        for tenure in rows:
            for days in (*tenure.held, *tenure.attested)[:1]:
                yield tenure.person, position, days.first.isoformat()


def _titles(store: Store, position: str) -> list[str]:
    rows = store.select(
        "SELECT ?position ?kind { ?position "
        "<https://w3id.org/aide-memoire/ontology#positionKind> ?kind }",
        position=NamedNode(position),
    )
    kinds = sorted({row["kind"].value.removeprefix(TERM) for row in rows})
    titles = [title for kind in kinds for title in _TITLES.get(kind, [])]
    # The head of a government who is no head of state as well.
    return [*titles, *(_PREMIERS if kinds == ["headOfGovernment"] else [])]


def _states(store: Store, position: str) -> list[str]:
    rows = store.select(
        "SELECT ?position ?state { ?position "
        "<https://w3id.org/aide-memoire/ontology#positionIn> ?state }",
        position=NamedNode(position),
    )
    names = [index(store).resource(row["state"].value).names for row in rows]
    return list(dict.fromkeys(text for some in names for _, text, _ in some[:4]))


def report(title: str, outcomes: list[Outcome], misses: list[Outcome]) -> None:
    share = 100 * len(misses) / max(1, len(outcomes))
    print(f"{title}: {len(outcomes)} queries, {len(misses)} wrong ({share:.1f} %)")
    all_, wrong = (Counter(o.trial.rule for o in some) for some in (outcomes, misses))
    if len(all_) < 40:
        print("  " + ", ".join(f"{rule} {wrong[rule]}/{n}" for rule, n in sorted(all_.items())))
    for miss in misses:
        first = [(c.iri.removeprefix(THING), c.score) for c in miss.candidates[:2]]
        wanted = miss.trial.iri.removeprefix(THING)
        print(f"    {miss.trial.rule}: {miss.trial.query.names[0]!r} → {first}, not {wanted!r}")


def main() -> None:
    store = Current(ROOT / ".builds", most=10**7).store()
    labels = run(store, label_trials(store))
    report("Labels", labels, [o for o in labels if not o.right])
    nonsense = run(store, nonsense_trials(store))
    report("Nonsense and wrong kinds", nonsense, [o for o in nonsense if o.sure])
    offices = run(store, office_trials(store))
    report("Offices on a day", offices, [o for o in offices if not o.right])


if __name__ == "__main__":
    main()
