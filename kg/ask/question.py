"""A filled form of questions, and the SPARQL query that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kg.lists.facets import DAYS
from kg.model.prefixes import TERM, THING
from kg.sparql.named_queries import filtered_query, page_query
from kg.terms.literals import XSD

# The questions that a thing answers, in the order of the form and of the answer's columns.
QUESTIONS = ("who", "whom", "about", "where")
# All fields of the form by their names in addresses; `did` is the local name of a class.
FIELDS = ("who", "did", "whom", "about", "where", *DAYS)

_DATE = NamedNode(XSD + "date")


def question_query(fields: Mapping[str, str]) -> str:
    """Return the query of a form, filled in with the slugs of things, a class and ISO days.

    >>> f"VALUES ?who {{ <{THING}japan> }}" in question_query({"who": "japan"})
    True
    """
    return filtered_query(page_query("asked"), dict(_terms(fields)))


def _terms(fields: Mapping[str, str]) -> Iterator[tuple[str, NamedNode | Literal]]:
    for name in FIELDS:
        value = fields.get(name)
        if value and name in DAYS:
            yield name, Literal(value, datatype=_DATE)
        elif value:
            yield name, NamedNode((TERM if name == "did" else THING) + value)


def relaxed(fields: Mapping[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Return each field of a form with the form that leaves it out, if something is left.

    >>> relaxed({"who": "japan", "did": "War"})
    [('who', {'did': 'War'}), ('did', {'who': 'japan'})]
    """
    filled = [name for name in FIELDS if fields.get(name)]
    return [(name, _only(fields, filled, name)) for name in filled if len(filled) > 1]


def beginnings(fields: Mapping[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Return the form filled in field by field, in its order, with the field that came last.

    >>> beginnings({"did": "War", "who": "japan"})
    [('who', {'who': 'japan'}), ('did', {'who': 'japan', 'did': 'War'})]
    """
    filled = [name for name in FIELDS if fields.get(name)]
    return [(name, {n: fields[n] for n in filled[: at + 1]}) for at, name in enumerate(filled)]


def _only(fields: Mapping[str, str], filled: list[str], left_out: str) -> dict[str, str]:
    return {name: fields[name] for name in filled if name != left_out}
