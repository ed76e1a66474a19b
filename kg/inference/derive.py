"""What follows from the facts: the rules of `ontology/rules`, run until nothing new appears."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, QueryTriples, Triple

from kg.model.errors import KGError, SourceError
from kg.model.named_graphs import INFERRED, in_graph
from kg.model.prefixes import ROOT
from kg.model.text_files import read
from kg.sparql.messages import query_error
from kg.sparql.named_queries import title

# The rules of today settle in four rounds; one that adds for ever would add twice as much in each.
ROUNDS = 25
RULES = ROOT / "ontology" / "rules"


def derive(graph: pyoxigraph.Store, rules: Path = RULES) -> list[Quad]:
    """Add what rules conclude to a graph; return the quads of graph:inferred.

    A rule is a CONSTRUCT over the default graph, and its conclusions go there too. Its folder is
    its stratum: the folders run in order of name, each together with those before it, until a
    round adds nothing. So a rule that counts, or tests that something is not stated, sees all
    that the strata before it conclude. KGError names the rule that still adds after `ROUNDS`
    rounds.
    """
    new: dict[Triple, None] = {}
    texts: dict[Path, str] = {}
    for stratum in (rules, *sorted(path for path in rules.glob("*") if path.is_dir())):
        added = {path: read(path, _name(path, rules)) for path in sorted(stratum.glob("*.rq"))}
        texts |= added
        if added:
            _exhaust(graph, rules, texts, new)
    inferred = [in_graph(INFERRED, triple) for triple in sorted(new, key=str)]
    graph.extend(inferred)
    return inferred


def _exhaust(
    graph: pyoxigraph.Store, rules: Path, texts: dict[Path, str], new: dict[Triple, None]
) -> None:
    busy: list[Path] = []
    for _ in range(ROUNDS):
        names = {path: _name(path, rules) for path in texts}
        busy = [path for path, text in texts.items() if _apply(graph, names[path], text, new)]
        if not busy:
            return
    message = title(texts[busy[0]])
    raise KGError(f"{busy[0].name} ({message}) still adds statements after {ROUNDS} rounds")


def _name(path: Path, rules: Path) -> str:
    return f"ontology/rules/{path.relative_to(rules).as_posix()}"


def _apply(graph: pyoxigraph.Store, name: str, text: str, new: dict[Triple, None]) -> bool:
    concluded = [Quad(*triple) for triple in _construct(graph, name, text)]
    # A conclusion that a source states too stays the source's: it is no part of graph:inferred.
    fresh = [quad for quad in concluded if quad not in graph]
    graph.extend(fresh)
    new.update(dict.fromkeys(quad.triple for quad in fresh))
    return bool(fresh)


def _construct(graph: pyoxigraph.Store, name: str, text: str) -> Iterable[Triple]:
    try:
        triples = graph.query(text)
    except SyntaxError as error:
        wrong = query_error(error, text)
        raise SourceError(name, wrong.line, wrong.column, wrong.message) from error
    if not isinstance(triples, QueryTriples):
        raise SourceError(name, 1, 1, "a rule is a CONSTRUCT query", "write CONSTRUCT { … }")
    return triples
