"""Queries that no graph of the engine's own, or of ours beside the build, has a part in.

`GRAPH ?g` matches every named graph: also the marker that says which build an engine holds, and the
graph that takes the place of the default graph where the engine has none.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from kg.sparql.tokens import tokenize


@lru_cache(maxsize=64)
def hide_graphs(text: str, hidden: Collection[str]) -> str:
    """Return a query in which `GRAPH ?g` matches none of the hidden graphs.

    >>> hide_graphs("ASK { GRAPH ?g { ?s ?p ?o } }", ("x:marker",))
    'ASK { GRAPH ?g { ?s ?p ?o } FILTER(?g NOT IN (<x:marker>)) }'
    """
    # Most queries have none: looking for the word takes a hundredth of the tokens' time.
    if not hidden or "graph" not in text.lower():
        return text
    tokens = tokenize(text)
    excluded = ", ".join(f"<{graph}>" for graph in hidden)
    # The variables of the braces that are open, "" for those of no GRAPH.
    opened: list[str] = []
    written, last = [], 0
    for place, token in enumerate(tokens):
        if token.text == "{":
            after_graph = place > 1 and tokens[place - 2].keyword == "GRAPH"
            is_variable = after_graph and tokens[place - 1].kind == "variable"
            opened.append(tokens[place - 1].text if is_variable else "")
        elif token.text == "}" and opened and (variable := opened.pop()):
            # The variable has a value in the group, so the filter may stand there.
            written.append(f"{text[last : token.end]} FILTER({variable} NOT IN ({excluded}))")
            last = token.end
    return "".join((*written, text[last:]))
