"""The dataset that a query names: its FROM and FROM NAMED clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.sparql.prologue import read_prologue
from kg.sparql.tokens import Token, tokenize

# The IRIs of the default graphs and those of the named graphs.
GraphIRIs = tuple[list[str], list[str]]

_OTHER_GRAPHS = {"GRAPH", "FROM"}
_DEPTHS = {"{": 1, "(": 1, "}": -1, ")": -1}


def graphs_in(query: str, base: str = "") -> GraphIRIs:
    """Return the absolute IRIs of the graphs after FROM and after FROM NAMED.

    Relative ones are so to `base` if the query has no BASE.

    >>> graphs_in(
    ...     "PREFIX g: <x:> SELECT * FROM g:a FROM <x:b> FROM NAMED g:c { ?s ?p 'FROM <no>' }"
    ... )
    (['x:a', 'x:b'], ['x:c'])
    """
    # Most queries name no graph; the look at the text takes a hundredth of the tokens' time.
    if "from" not in query.casefold():
        return [], []
    tokens = tokenize(query)
    prologue = read_prologue(tokens, base)
    graphs: GraphIRIs = ([], [])
    for is_named, graph in _clauses(tokens):
        graphs[1 if is_named else 0].append(prologue.iri(graph))
    return graphs


def reads_other_graphs(query: str) -> bool:
    """Tell whether a query reads named graphs; it may be told of one that does not.

    >>> reads_other_graphs("SELECT ?graph { ?graph ?p 'from' }")
    False
    >>> reads_other_graphs("ASK { graph ?g { ?s ?p ?o } }")
    True
    """
    text = query.casefold()
    # Most queries have neither; the tokens take a hundred times as long. The engine takes no
    # keyword with escapes.
    if "graph" not in text and "from" not in text:
        return False
    return any(token.keyword in _OTHER_GRAPHS for token in tokenize(query))


def dataset_clauses(form: str) -> str:
    r"""Return the FROM and FROM NAMED clauses of a query's form as written, without comments.

    >>> dataset_clauses("SELECT * FROM <x:a> # one\nfrom named x:c")
    'FROM <x:a> FROM NAMED x:c'
    """
    return " ".join(
        f"FROM NAMED {graph.text}" if is_named else f"FROM {graph.text}"
        for is_named, graph in _clauses(tokenize(form))
    )


def _clauses(tokens: Sequence[Token]) -> Iterator[tuple[bool, Token]]:
    """Yield the graph of each clause outside all brackets, and whether it is a named one."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += _DEPTHS.get(token.text, 0)
        if token.keyword == "FROM" and not depth:
            is_named = at + 1 < len(tokens) and tokens[at + 1].keyword == "NAMED"
            for graph in tokens[at + 1 + is_named : at + 2 + is_named]:
                if graph.kind in {"iri", "name"}:
                    yield is_named, graph
