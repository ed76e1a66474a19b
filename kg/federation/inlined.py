"""SERVICE for an engine elsewhere: the results stand in the query in place of the call.

An engine on another machine cannot reach the relay of this process, and must not be sent the
address of an endpoint: it would call it without our limits. So the relay is asked here, before the
engine, and what it returns becomes VALUES, which joins as the results of SERVICE do
(https://www.w3.org/TR/sparql11-query/#inline-data).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from kg.federation.bound_values import RunRows, bound_values
from kg.federation.errors import EndpointFailed, ServiceLimit
from kg.federation.relay import CALLS, ServiceCall, ServiceRelay
from kg.sparql.joins.group_elements import closing
from kg.sparql.prologue import Prologue, read_prologue
from kg.sparql.service import ServiceClause
from kg.sparql.tokens import Token, tokenize
from kg.store.remote.blank_nodes import skolemise

# Rows of all calls of a query: Virtuoso compiles VALUES as code, and needs a second for so many.
ROWS = 1000


class _Table(NamedTuple):
    """Solutions that are read completely, as those of the engine must not leave their thread."""

    names: list[str]
    rows: list[tuple[object, ...]]


def inline_services(
    query: str,
    services: Sequence[ServiceClause],
    relay: ServiceRelay,
    run: RunRows | None,
    base: str = "",
) -> str:
    """Return a query, known to be well formed, with the results of each SERVICE in its place.

    The relay's failure is raised; ServiceLimit if the results have more than `ROWS` rows together.
    """
    tokens = tokenize(query, lenient=True)
    declared = read_prologue(tokens, base)
    pieces, last, left = [], 0, ROWS
    for number, clause in enumerate(services):
        opened = next(n for n, token in enumerate(tokens) if token.start >= clause.end)
        closed = closing(tokens, opened)
        values = bound_values(query, clause, run) if run and number < CALLS else None
        path = relay.add(ServiceCall(clause.endpoint, clause.silent, values))
        table = _table(relay, path, _select(query, tokens[opened : closed + 1], declared))
        text, rows = _values(table, clause) if table else ("", 0)
        left -= rows
        if left < 0:
            raise ServiceLimit(ROWS, "rows")
        # As many lines as before: an error of the engine says in which one it is.
        lines = "\n" * query.count("\n", clause.keyword, tokens[closed].end)
        pieces += [query[last : clause.keyword], f"{{ {text} {lines}}}"]
        last = tokens[closed].end
    return "".join([*pieces, query[last:]])


def _select(query: str, group: Sequence[Token], declared: Prologue) -> str:
    """Return a group as a query, with the declarations that it needs.

    These are not at the start of a line, as those of engines are not. Comments end at a line, so
    none of the text before the group is used as it is.
    """
    names = {t.text.partition(":")[0] for t in group if t.kind == "name"}
    base = f" BASE <{declared.base}>" if declared.base else ""
    used = {p: iri for p, iri in declared.namespaces.items() if p.removesuffix(":") in names}
    prefixes = "".join(f" PREFIX {prefix} <{iri}>" for prefix, iri in used.items())
    return f"{base}{prefixes} SELECT * WHERE {query[group[0].start : group[-1].end]}"


def _table(relay: ServiceRelay, path: str, query: str) -> _Table | None:
    """Return what the relay responds, up to one row too many.

    None for a SILENT call that failed, which joins with all.
    """
    response = relay.respond(path, query.encode())
    if relay.failure:
        raise relay.failure
    if response is None:
        return None
    media_type, body = response
    # The relay has parsed it: rows in a format that is known.
    solutions = parse_query_results(body, format=QueryResultsFormat.from_media_type(media_type))
    if not isinstance(solutions, QuerySolutions):
        return None
    names = [variable.value for variable in solutions.variables]
    return _Table(names, [tuple(solution) for solution in islice(solutions, ROWS + 1)])


def _values(table: _Table, clause: ServiceClause) -> tuple[str, int]:
    """Return solutions as VALUES, and how many there are."""
    rows = [" ".join(_term(term, clause) for term in row) for row in table.rows]
    if not table.names:
        return ("" if rows else "FILTER(false)"), len(rows)
    head = " ".join(f"?{name}" for name in table.names)
    return f"VALUES ({head}) {{ {' '.join(f'({row})' for row in rows)} }}", len(rows)


def _term(term: object, clause: ServiceClause) -> str:
    if term is None:
        return "UNDEF"
    if isinstance(term, Triple):
        raise EndpointFailed(f"SERVICE <{clause.endpoint}>: its results hold quoted triples")
    if isinstance(term, BlankNode):
        # Another node than any of ours, and a blank node again in the answer.
        return str(skolemise(BlankNode(f"service-{clause.start}-{term.value}")))
    return str(term)
