"""Other names for datatypes whose literals Virtuoso changes when it loads them.

`geo:wktLiteral` becomes a geometry of its own, with twelve digits of each coordinate, and one that
names its reference system ends the load of the file; a duration becomes a number of months or
seconds. Under a name that Virtuoso does not know, a literal stays as it is.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.prefixes import BASE
from kg.sparql.prologue import read_prologue
from kg.sparql.tokens import tokenize
from kg.store.engine import Term

PREFIX = BASE + ".well-known/datatype/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
DATATYPES = frozenset(
    (
        "http://www.opengis.net/ont/geosparql#wktLiteral",
        *(_XSD + name for name in ("duration", "dayTimeDuration", "yearMonthDuration")),
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral",
    )
)


def renamed(term: Term) -> Term:
    """Return a term as Virtuoso is to hold it.

    The name of a datatype changes wherever it stands, so that a query finds both.

    >>> renamed(NamedNode(_XSD + "duration")).value.removeprefix(PREFIX)
    'http://www.w3.org/2001/XMLSchema#duration'
    """
    if isinstance(term, Literal) and term.datatype.value in DATATYPES:
        return Literal(term.value, datatype=NamedNode(PREFIX + term.datatype.value))
    if isinstance(term, NamedNode) and term.value in DATATYPES:
        return NamedNode(PREFIX + term.value)
    if isinstance(term, Triple):
        return Triple(renamed(term.subject), term.predicate, renamed(term.object))  # type: ignore[arg-type]
    return term


def original(term: Term) -> Term:
    """Return a term as it was before `renamed`.

    >>> original(renamed(Literal("P1D", datatype=NamedNode(_XSD + "duration"))))
    <Literal value=P1D datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#duration>>
    """
    if isinstance(term, Literal) and term.datatype.value.startswith(PREFIX):
        return Literal(term.value, datatype=NamedNode(original_iri(term.datatype.value)))
    if isinstance(term, NamedNode) and term.value.startswith(PREFIX):
        return NamedNode(original_iri(term.value))
    if isinstance(term, Triple):
        return Triple(original(term.subject), term.predicate, original(term.object))  # type: ignore[arg-type]
    return term


def original_iri(iri: str) -> str:
    """Return the name of a datatype as it was before `renamed`."""
    return iri.removeprefix(PREFIX)


def renamed_in_query(query: str) -> str:
    """Return a query with the other names in place of those datatypes.

    >>> renamed_in_query("ASK { ?s ?p 'P1D'^^<http://www.w3.org/2001/XMLSchema#duration> }")[19:66]
    '<https://w3id.org/aide-memoire/.well-known/data'
    """
    # Reading the prologue costs as much as all the rest; few queries name such a datatype.
    if not any(datatype.rpartition("#")[2] in query for datatype in DATATYPES):
        return query
    tokens = tokenize(query)
    prologue = read_prologue(tokens)
    pieces: list[str] = []
    done = 0
    for token in tokens:
        if token.kind in {"iri", "name"} and prologue.iri(token) in DATATYPES:
            pieces.append(f"{query[done : token.start]}<{PREFIX}{prologue.iri(token)}>")
            done = token.end
    return "".join(pieces) + query[done:]
