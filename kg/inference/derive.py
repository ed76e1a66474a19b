"""What follows from the facts: the rules of `ontology/rules`, run until nothing new appears."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from kg.model.errors import KGError, QueryError, SourceError
from kg.model.named_graphs import INFERRED, in_graph
from kg.model.prefixes import ROOT
from kg.model.text_files import read
from kg.sparql.form import query_form
from kg.sparql.named_queries import title
from kg.store.draft_graph import DraftGraph

# The rules of today settle in four rounds; one that adds for ever would add twice as much in each.
ROUNDS = 25
RULES = ROOT / "ontology" / "rules"


def derive(graph: DraftGraph, rules: Path = RULES) -> list[Quad]:
    """Add what rules conclude to a graph; return the quads of graph:inferred.

    A rule is a CONSTRUCT over the default graph, and its conclusions go there too. Its folder is
    its stratum: the folders run in order of name, each together with those before it, until a
    round adds nothing. So a rule that counts, or tests that something is not stated, sees all
    that the strata before it conclude. KGError names the rule that still adds after `ROUNDS`
    rounds.
    """
    texts: dict[Path, str] = {}
    for stratum in (rules, *sorted(path for path in rules.glob("*") if path.is_dir())):
        added = {path: read(path, _name(path, rules)) for path in sorted(stratum.glob("*.rq"))}
        texts |= added
        if added:
            _exhaust(graph, rules, texts)
    return [in_graph(INFERRED, triple) for triple in graph.conclusions(INFERRED)]


def _exhaust(graph: DraftGraph, rules: Path, texts: dict[Path, str]) -> None:
    busy: list[Path] = []
    for _ in range(ROUNDS):
        names = {path: _name(path, rules) for path in texts}
        busy = [path for path, text in texts.items() if _apply(graph, names[path], text)]
        if not busy:
            return
    message = title(texts[busy[0]])
    raise KGError(f"{busy[0].name} ({message}) still adds statements after {ROUNDS} rounds")


def _name(path: Path, rules: Path) -> str:
    return f"ontology/rules/{path.relative_to(rules).as_posix()}"


def _apply(graph: DraftGraph, name: str, text: str) -> bool:
    try:
        added = graph.conclude(text, INFERRED)
    except QueryError as error:
        if query_form(text) in {"SELECT", "ASK"}:
            hint = "write CONSTRUCT { … }"
            raise SourceError(name, 1, 1, "a rule is a CONSTRUCT query", hint) from error
        raise SourceError(name, error.line, error.column, error.message) from error
    return added
