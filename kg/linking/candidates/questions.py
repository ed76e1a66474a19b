"""The questions that other datasets are asked: files of `kg/queries/linking`, filled with terms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pyoxigraph import Literal, NamedNode

from kg.model.text_files import read
from kg.sparql.named_queries import QUERIES
from kg.sparql.values import values_blocks


@cache
def linking_query(name: str) -> str:
    """Return the text of a question, without terms."""
    return read(QUERIES / "linking" / f"{name}.rq")


def with_terms(query: str, **terms: Iterable[NamedNode | Literal]) -> str:
    r"""Fill the empty VALUES blocks of variables with terms.

    >>> names = [Literal('a "b"', language="en"), Literal("c")]
    >>> print(with_terms("SELECT * { VALUES ?name { } ?s ?p ?name }", name=names))
    SELECT * { VALUES ?name { "a \"b\""@en "c" } ?s ?p ?name }
    """
    # As N-Triples, which SPARQL reads too: https://www.w3.org/TR/n-triples/#canonical-ntriples
    data = {f"?{name}": " ".join(map(str, values)) for name, values in terms.items()}
    for block in reversed(values_blocks(query)):
        if not block.rows and len(block.variables) == 1 and block.variables[0] in data:
            filled = f"VALUES {block.variables[0]} {{ {data[block.variables[0]]} }}"
            query = query[: block.start] + filled + query[block.end :]
    return query
