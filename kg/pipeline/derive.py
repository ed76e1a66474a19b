"""What follows from the facts: the rules of `ontology/rules`, run until nothing new appears."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, QueryTriples, Triple

from kg.model.errors import KGError, SourceError
from kg.model.graphs import INFERRED, in_graph
from kg.model.prefixes import ROOT
from kg.model.text_files import read
from kg.sparql.messages import query_error
from kg.sparql.named_queries import title

ROUNDS = 25
RULES = ROOT / "ontology" / "rules"


def derive(known: Iterable[Triple], rules: Path = RULES) -> list[Quad]:
    """Return what the rules add to the known triples, each in graph:inferred.

    A rule is a CONSTRUCT over the default graph. Its folder is its stratum: the folders run in
    order of name, each together with those before it, in turn until a round adds nothing. So a
    rule that counts, or asks what is not said, sees all that the strata before it have to say.
    KGError names the rule that still adds after `ROUNDS` rounds.
    """
    store = pyoxigraph.Store()
    store.bulk_extend(Quad(*triple) for triple in known)
    new: dict[Triple, None] = {}
    texts: dict[Path, str] = {}
    for stratum in (rules, *sorted(path for path in rules.glob("*") if path.is_dir())):
        added = {path: read(path, _name(path, rules)) for path in sorted(stratum.glob("*.rq"))}
        texts |= added
        if added:
            _exhaust(store, rules, texts, new)
    return [in_graph(INFERRED, triple) for triple in sorted(new, key=str)]


def _exhaust(
    store: pyoxigraph.Store, rules: Path, texts: dict[Path, str], new: dict[Triple, None]
) -> None:
    busy: list[Path] = []
    for _ in range(ROUNDS):
        names = {path: _name(path, rules) for path in texts}
        busy = [path for path, text in texts.items() if _apply(store, names[path], text, new)]
        if not busy:
            return
    said = title(texts[busy[0]])
    raise KGError(f"{busy[0].name} ({said}) still adds statements after {ROUNDS} rounds")


def _name(path: Path, rules: Path) -> str:
    return f"ontology/rules/{path.relative_to(rules).as_posix()}"


def _apply(store: pyoxigraph.Store, name: str, text: str, new: dict[Triple, None]) -> bool:
    found = [Quad(*triple) for triple in _construct(store, name, text)]
    fresh = [quad for quad in found if quad not in store]
    store.extend(fresh)
    new.update(dict.fromkeys(quad.triple for quad in fresh))
    return bool(fresh)


def _construct(store: pyoxigraph.Store, name: str, text: str) -> Iterable[Triple]:
    try:
        triples = store.query(text)
    except SyntaxError as error:
        found = query_error(error, text)
        raise SourceError(name, found.line, found.column, found.message) from error
    if not isinstance(triples, QueryTriples):
        raise SourceError(name, 1, 1, "a rule is a CONSTRUCT query", "write CONSTRUCT { … }")
    return triples
