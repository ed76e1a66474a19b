"""What follows from the facts: the rules of `ontology/rules`, run until nothing new appears."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, QueryTriples, Triple

from kg.ask import title
from kg.errors import KGError, SourceError
from kg.load import INFERRED
from kg.prefixes import ROOT
from kg.syntax import query_error

ROUNDS = 25
RULES = ROOT / "ontology" / "rules"


def derive(
    known: Iterable[Triple], rules: Path = RULES, say: Callable[[str], None] = lambda _: None
) -> list[Quad]:
    """Return what the rules add to the known triples, each in graph:inferred.

    A rule is a CONSTRUCT over the default graph. They run in turn until a round adds nothing;
    KGError names the rule that still adds after `ROUNDS` rounds.
    """
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(rules.glob("*.rq"))}
    store = pyoxigraph.Store()
    store.bulk_extend(Quad(*triple) for triple in known)
    new: dict[Triple, None] = {}
    for number in range(1, ROUNDS + 1):
        busy = [path for path, text in texts.items() if _apply(store, path, text, new)]
        say(f"round {number}: {len(new)} statements")
        if not busy:
            ordered = sorted(new, key=str)
            return [Quad(t.subject, t.predicate, t.object, INFERRED) for t in ordered]
    said = title(texts[busy[0]])
    raise KGError(f"{busy[0].name} ({said}) still adds statements after {ROUNDS} rounds")


def _apply(store: pyoxigraph.Store, path: Path, text: str, new: dict[Triple, None]) -> bool:
    found = [Quad(*triple) for triple in _construct(store, path, text)]
    fresh = [quad for quad in found if quad not in store]
    store.extend(fresh)
    new.update(dict.fromkeys(quad.triple for quad in fresh))
    return bool(fresh)


def _construct(store: pyoxigraph.Store, path: Path, text: str) -> Iterable[Triple]:
    name = f"ontology/rules/{path.name}"
    try:
        triples = store.query(text)
    except SyntaxError as error:
        found = query_error(error)
        raise SourceError(name, found.line, found.column, found.message) from error
    if not isinstance(triples, QueryTriples):
        raise SourceError(name, 1, 1, "a rule is a CONSTRUCT query", "write CONSTRUCT { … }")
    return triples
