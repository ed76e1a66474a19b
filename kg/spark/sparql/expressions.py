"""Expressions of rdflib's algebra as columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

from pyoxigraph import Literal, NamedNode
from pyspark.sql import Column
from pyspark.sql import functions as sql
from rdflib import term as rdf

from kg.spark.sparql.terms import (
    DATE,
    XSD,
    datatype,
    date_of_text,
    iri_of,
    iri_text,
    is_blank,
    is_iri_term,
    is_literal,
    language,
    literal_form,
    text_after,
    whole_number,
)
from kg.spark.sparql.untranslated import UntranslatedError
from kg.spark.sparql.values import TypedColumn, equal, less, less_or_equal


def rdflib_term_text(term: rdf.Node) -> str:
    """Write a term of a query as N-Triples, as the engine writes it.

    >>> rdflib_term_text(rdf.Literal("Nuuk", lang="kl")), rdflib_term_text(rdf.URIRef("http://example.org/"))
    ('"Nuuk"@kl', '<http://example.org/>')
    """
    if isinstance(term, rdf.URIRef):
        return str(NamedNode(str(term)))
    if not isinstance(term, rdf.Literal):
        raise UntranslatedError(f"the term {term!r}")
    if term.language:
        return str(Literal(str(term), language=term.language))
    of = NamedNode(str(term.datatype)) if term.datatype else None
    return str(Literal(str(term), datatype=of))


def translated(expression: Any, exists: Mapping[int, str]) -> TypedColumn:
    """Translate an expression; `exists` are the columns of what its EXISTS have come to.

    These are named by the identity of each. UntranslatedError names what is not known.
    """
    if isinstance(expression, rdf.Variable):
        return TypedColumn.variable(str(expression))
    if isinstance(expression, rdf.URIRef):
        return TypedColumn("iri", sql.lit(str(expression)))
    if isinstance(expression, rdf.Literal):
        return _constant(expression)
    name = expression.name
    if name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
        flag = sql.col(exists[id(expression)])
        return TypedColumn("boolean", ~flag if name == "Builtin_NOTEXISTS" else flag)
    if name not in OPERATORS:
        raise UntranslatedError(name.removeprefix("Builtin_").upper())
    return OPERATORS[name](expression, exists)


def condition(expression: Any, exists: Mapping[int, str]) -> Column:
    """Translate an expression to its effective boolean value."""
    value = translated(expression, exists)
    if value.kind != "boolean":
        raise UntranslatedError("the boolean value of what is no comparison")
    return value.column


def _constant(literal: rdf.Literal) -> TypedColumn:
    text = rdflib_term_text(literal)
    if text.endswith('"'):
        return TypedColumn("text", sql.lit(str(literal)))
    if literal.datatype == rdf.URIRef(XSD + "integer"):
        return TypedColumn("number", sql.lit(int(literal)).cast("long"))
    return TypedColumn("term", sql.lit(text))


def _text(value: TypedColumn, of: str) -> Column:
    if value.kind == "text":
        return value.column
    term = value.term
    # What such a function makes of it would have the language, too, which nothing here needs.
    tagged = sql.raise_error(sql.lit(f"kg: {of} of a text with a language is no part of Spark's"))
    plain = sql.when(is_literal(term) & term.endswith('"'), literal_form(term))
    return plain.when(is_literal(term) & ~term.endswith(">"), tagged)


def _number(value: TypedColumn) -> Column:
    return value.column if value.kind == "number" else whole_number(value.term)


def _and(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    parts = [condition(part, exists) for part in (e.expr, *e.other)]
    return TypedColumn("boolean", reduce(lambda one, other: one & other, parts))


def _or(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    parts = [condition(part, exists) for part in (e.expr, *e.other)]
    return TypedColumn("boolean", reduce(lambda one, other: one | other, parts))


def _not(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    return TypedColumn("boolean", ~condition(e.expr, exists))


def _relation(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    one = translated(e.expr, exists)
    if e.op in {"IN", "NOT IN"}:
        among = _among(one, [translated(other, exists) for other in e.other])
        return TypedColumn("boolean", ~among if e.op == "NOT IN" else among)
    if e.op not in _RELATIONS:
        raise UntranslatedError(str(e.op))
    return TypedColumn("boolean", _RELATIONS[e.op](one, translated(e.other, exists)))


_RELATIONS: dict[str, Callable[[TypedColumn, TypedColumn], Column]] = {
    "=": equal,
    "!=": lambda one, other: ~equal(one, other),
    "<": less,
    ">": lambda one, other: less(other, one),
    "<=": less_or_equal,
    ">=": lambda one, other: less_or_equal(other, one),
}


def _among(one: TypedColumn, others: Sequence[TypedColumn]) -> Column:
    if others and all(other.kind == "iri" for other in others):
        return one.term.isin(*(other.term for other in others))
    parts = [equal(one, other) for other in others]
    return reduce(lambda done, part: done | part, parts, sql.lit(False))


def _str(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    value = translated(e.arg, exists)
    if value.kind in {"text", "iri"}:
        return TypedColumn("text", value.column)
    return TypedColumn("text", sql.coalesce(iri_text(value.term), literal_form(value.term)))


def _iri(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    value = translated(e.arg, exists)
    if value.kind == "text":
        return TypedColumn("term", iri_of(value.column))
    plain = sql.when(is_literal(value.term) & value.term.endswith('"'), literal_form(value.term))
    return TypedColumn(
        "term", sql.when(is_iri_term(value.term), value.term).otherwise(iri_of(plain))
    )


def _lang(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    return TypedColumn("text", language(translated(e.arg, exists).term))


def _datatype(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    return TypedColumn("iri", datatype(translated(e.arg, exists).term))


def _bound(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    return TypedColumn("boolean", translated(e.arg, exists).column.isNotNull())


def _kind(test: Callable[[Column], Column]) -> Callable[[Any, Mapping[int, str]], TypedColumn]:
    return lambda e, exists: TypedColumn("boolean", test(translated(e.arg, exists).term))


def _if(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    test = condition(e.arg1, exists)
    one, other = translated(e.arg2, exists), translated(e.arg3, exists)
    same = one.kind == other.kind
    yes, no = (one.column, other.column) if same else (one.term, other.term)
    # An error in the test is an error, and takes neither way.
    return TypedColumn(one.kind if same else "term", sql.when(test, yes).when(~test, no))


def _coalesce(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    return TypedColumn("term", sql.coalesce(*(translated(part, exists).term for part in e.arg)))


def _of_texts(
    name: str, make: Callable[[Column, Column], Column], kind: str
) -> Callable[[Any, Mapping[int, str]], TypedColumn]:
    def operator(e: Any, exists: Mapping[int, str]) -> TypedColumn:
        one, other = (_text(translated(part, exists), name) for part in (e.arg1, e.arg2))
        return TypedColumn(kind, make(one, other))

    return operator


def _concat(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    parts = [_text(translated(part, exists), "CONCAT") for part in e.arg]
    return TypedColumn("text", sql.concat(*parts))


def _lower(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    return TypedColumn("text", sql.lower(_text(translated(e.arg, exists), "LCASE")))


def _length(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    length = sql.length(_text(translated(e.arg, exists), "STRLEN"))
    return TypedColumn("number", length.cast("long"))


def _part(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    text = _text(translated(e.arg, exists), "SUBSTR")
    start = _number(translated(e.start, exists)).cast("int")
    length = sql.length(text) if e.length is None else _number(translated(e.length, exists))
    return TypedColumn("text", text.substr(start, length.cast("int")))


def _cast(e: Any, exists: Mapping[int, str]) -> TypedColumn:
    if str(e.iri) != DATE:
        raise UntranslatedError(f"the function <{e.iri}>")
    return TypedColumn("term", date_of_text(_text(translated(e.expr[0], exists), "xsd:date")))


OPERATORS: dict[str, Callable[[Any, Mapping[int, str]], TypedColumn]] = {
    "ConditionalAndExpression": _and,
    "ConditionalOrExpression": _or,
    "UnaryNot": _not,
    "RelationalExpression": _relation,
    "Function": _cast,
    "Builtin_STR": _str,
    "Builtin_IRI": _iri,
    "Builtin_LANG": _lang,
    "Builtin_DATATYPE": _datatype,
    "Builtin_BOUND": _bound,
    "Builtin_isIRI": _kind(is_iri_term),
    "Builtin_isBLANK": _kind(is_blank),
    "Builtin_isLITERAL": _kind(is_literal),
    "Builtin_IF": _if,
    "Builtin_COALESCE": _coalesce,
    "Builtin_STRSTARTS": _of_texts("STRSTARTS", sql.startswith, "boolean"),
    "Builtin_CONTAINS": _of_texts("CONTAINS", sql.contains, "boolean"),
    "Builtin_STRAFTER": _of_texts("STRAFTER", text_after, "text"),
    "Builtin_CONCAT": _concat,
    "Builtin_LCASE": _lower,
    "Builtin_STRLEN": _length,
    "Builtin_SUBSTR": _part,
}
