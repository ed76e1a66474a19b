"""What an expression comes to: a column, and of which kind it is known to be.

Null is an error or an unbound variable, so that SQL's logic of three values is SPARQL's:
https://www.w3.org/TR/sparql11-query/#evaluation
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pyspark.sql import Column
from pyspark.sql import functions as sql

from kg.spark.sparql.terms import (
    BOOLEAN,
    INTEGER,
    LANG_STRING,
    STRING,
    XSD,
    any_number,
    computed_once,
    datatype,
    exact_number,
    is_blank,
    is_iri_term,
    is_literal,
    language,
    literal_form,
    literal_of,
    typed_literal,
)

_DAY = r"\d{4}-\d\d-\d\d"
_ZONE = r"(Z|[+-]\d\d:\d\d)"
_TIME_FORMS = {
    XSD + "date": rf"^{_DAY}{_ZONE}?$",
    XSD + "gYear": rf"^\d{{4}}{_ZONE}?$",
    XSD + "gYearMonth": rf"^\d{{4}}-\d\d{_ZONE}?$",
    XSD + "dateTime": rf"^{_DAY}T\d\d:\d\d:\d\d(\.\d+)?{_ZONE}?$",
}
_SECONDS = "decimal(30,9)"
# A date without a zone is 14 hours from one with a zone at most:
# https://www.w3.org/TR/xmlschema-2/#dateTime-order
_FAR = 14 * 3600
_Test = Callable[[Column, Column], Column]


@dataclass(frozen=True)
class TypedColumn:
    """A column of terms, or of texts, IRIs, booleans, whole numbers of which the kind is known.

    That of a variable has its name.
    """

    kind: str
    column: Column
    name: str = ""

    @classmethod
    def variable(cls, name: str) -> TypedColumn:
        """Return the terms that a variable is bound to."""
        return cls("term", sql.col(name), name)

    @property
    def term(self) -> Column:
        """Return it as terms."""
        match self.kind:
            case "text":
                return literal_of(self.column)
            case "iri":
                return sql.concat(sql.lit("<"), self.column, sql.lit(">"))
            case "boolean":
                return typed_literal(self.column.cast("string"), BOOLEAN)
            case "number":
                return typed_literal(self.column.cast("string"), INTEGER)
        return self.column

    @property
    def meaning(self) -> Column:
        """Return what its literals mean: see `_read`."""
        return _variable_meaning(self.name) if self.name else _meaning(self.term)


def equal(one: TypedColumn, other: TypedColumn) -> Column:
    """Compare by `=`: https://www.w3.org/TR/sparql11-query/#func-RDFterm-equal."""
    if one.kind == other.kind != "term":
        return one.column == other.column
    if {one.kind, other.kind} == {"iri", "text"}:
        return sql.when(one.column.isNotNull() & other.column.isNotNull(), sql.lit(False))
    return _equal_terms(one, other)


def less(one: TypedColumn, other: TypedColumn) -> Column:
    """Compare by `<`: https://www.w3.org/TR/sparql11-query/#OperatorMapping."""
    return _ordered(one, other, lambda a, b: a < b, same=False)


def less_or_equal(one: TypedColumn, other: TypedColumn) -> Column:
    """Compare by `<=`."""
    return _ordered(one, other, lambda a, b: a <= b, same=True)


def order_key(terms: TypedColumn) -> Column:
    """Return what sorts terms: unbound, blank nodes, IRIs, then literals by value.

    https://www.w3.org/TR/sparql11-query/#modOrderBy
    """
    term = terms.term
    kind = (
        sql.when(term.isNull(), 0).when(is_blank(term), 1).when(is_iri_term(term), 2).otherwise(3)
    )
    value = computed_once(
        terms.meaning, lambda m: sql.coalesce(m["double"], m["seconds"].cast("double"))
    )
    text = sql.coalesce(literal_form(term), term)
    return sql.struct(
        kind.alias("kind"), value.alias("value"), text.alias("text"), term.alias("term")
    )


def _ordered(one: TypedColumn, other: TypedColumn, by: _Test, *, same: bool) -> Column:
    if one.kind == other.kind in {"text", "number"}:
        return by(one.column, other.column)
    values = _of_both(one, other, lambda a, b: _compared(a, b, by))
    # A term is not before itself, to the engine, even one that has no order.
    return sql.when(one.term == other.term, same).otherwise(values)


def _of_both(one: TypedColumn, other: TypedColumn, test: _Test) -> Column:
    return computed_once(
        one.meaning,
        lambda first: computed_once(other.meaning, lambda second: test(first, second)),
    )


@cache
def _variable_meaning(name: str) -> Column:
    # Some hundred calls to Java build it; our queries have few names of variables.
    return _meaning(sql.col(name))


def _meaning(term: Column) -> Column:
    """Return what a literal means: its datatype, form, language, number, and seconds since 1970."""
    return computed_once(term, lambda literal: computed_once(_written(literal), _read))


def _written(term: Column) -> Column:
    return sql.struct(
        datatype(term).alias("of"), literal_form(term).alias("form"), language(term).alias("tag")
    )


def _read(written: Column) -> Column:
    of, form = written["of"], written["form"]
    zone = sql.regexp_extract(form, f"{_ZONE}$", 1)
    return sql.struct(
        of.alias("of"),
        form.alias("form"),
        written["tag"].alias("tag"),
        exact_number(of, form).alias("exact"),
        any_number(of, form).alias("double"),
        _seconds(of, form, zone).alias("seconds"),
        (zone != "").alias("zoned"),
    )


def _seconds(of: Column, form: Column, zone: Column) -> Column:
    """Return the seconds since 1970 at which a date, year or month begins, by its zone if any."""
    day = sql.when(of == XSD + "gYear", sql.concat(form.substr(1, 4), sql.lit("-01-01")))
    day = day.when(of == XSD + "gYearMonth", sql.concat(form.substr(1, 7), sql.lit("-01")))
    # As a long: an int has no room for the seconds before 1901 and after 2038.
    days = sql.unix_date(day.otherwise(form.substr(1, 10)).try_cast("date")).cast("long")
    hours, minutes = form.substr(12, 2).try_cast("int"), form.substr(15, 2).try_cast("int")
    seconds = sql.regexp_extract(form, r":(\d\d(\.\d+)?)[^:]*?(?:[+-]..:..)?$", 1).try_cast(
        _SECONDS
    )
    clock = sql.when(of == XSD + "dateTime", hours * 3600 + minutes * 60 + seconds).otherwise(0)
    fits = sql.lit(False)
    for name, pattern in _TIME_FORMS.items():
        fits = fits | ((of == name) & form.rlike(pattern))
    return sql.when(fits, (days * 86400 + clock - _offset(zone)).cast(_SECONDS))


def _offset(zone: Column) -> Column:
    hours, minutes = zone.substr(2, 2).try_cast("int"), zone.substr(5, 2).try_cast("int")
    direction = sql.when(zone.startswith("-"), -1).otherwise(1)
    return sql.coalesce(direction * (hours * 3600 + minutes * 60), sql.lit(0))


def _equal_terms(first: TypedColumn, second: TypedColumn) -> Column:
    one, other = first.term, second.term
    same = (one == other) & ~one.startswith('"NaN"^^')
    apart = ~(is_literal(one) & is_literal(other))
    values = _of_both(first, second, _equal_meanings)
    return sql.when(same, True).when(apart, False).otherwise(values)


def _equal_meanings(one: Column, other: Column) -> Column:
    times = (one["of"] == other["of"]) & (one["zoned"] == other["zoned"])
    times = sql.when(times, one["seconds"] == other["seconds"])
    valued = _has_value(one) & _has_value(other)
    numbers = _of_numbers(one, other, lambda a, b: a == b)
    # A text with a language is nothing else, whatever the other may mean.
    apart = (one["of"] == LANG_STRING) | (other["of"] == LANG_STRING)
    return sql.coalesce(numbers, times, sql.when(valued | apart, sql.lit(False)))


def _has_value(meaning: Column) -> Column:
    """Tell which literals have a value, so that it differs from those of other datatypes."""
    of = meaning["of"]
    boolean = (of == BOOLEAN) & meaning["form"].isin("true", "false")
    value = meaning["double"].isNotNull() | meaning["seconds"].isNotNull()
    return of.isin([STRING, LANG_STRING]) | boolean | value


def _compared(one: Column, other: Column, by: _Test) -> Column:
    same = one["of"] == other["of"]
    texts = same & one["of"].isin([STRING, LANG_STRING]) & (one["tag"] == other["tag"])
    first, second = one["seconds"], other["seconds"]
    far = sql.when(first + _FAR < second, True).when(first - _FAR > second, False)
    times = sql.when(one["zoned"] == other["zoned"], by(first, second)).otherwise(far)
    return sql.coalesce(
        _of_numbers(one, other, by),
        sql.when(texts, by(one["form"], other["form"])),
        sql.when(same, times),
    )


def _of_numbers(one: Column, other: Column, by: _Test) -> Column:
    first, second = one["double"], other["double"]
    # To Spark a number that is none equals itself, and is larger than any other.
    none = sql.isnan(first) | sql.isnan(second)
    floating = sql.when(~none, by(first, second))
    both = first.isNotNull() & second.isNotNull()
    return sql.coalesce(by(one["exact"], other["exact"]), sql.when(both, floating))
