"""Terms and comparisons on Spark are those of the embedded engine, for every pair of literals."""

from collections.abc import Iterator

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed: make spark")

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, parse
from pyspark.sql import functions as sql

from kg.spark.sparql.terms import (
    canonical_literal,
    datatype,
    language,
    literal_form,
    literal_suffix,
)
from kg.spark.sparql.values import TypedColumn, equal, less, less_or_equal

XSD = "http://www.w3.org/2001/XMLSchema#"
WRITTEN = [
    *(f'"{form}"^^<{XSD}integer>' for form in ("1", "01", "-0", "+7", "x", "12345678901234567")),
    *(f'"{form}"^^<{XSD}integer>' for form in ("012345678901234567890", " 1", r"\u0030\u0031")),
    *(f'"{form}"^^<{XSD}{of}>' for form, of in (("5", "byte"), ("-05", "long"), ("x", "int"))),
    *(f'"{form}"^^<{XSD}decimal>' for form in ("1.0", "1.50", ".5", "-2.250", "0.0")),
    *(f'"{form}"^^<{XSD}double>' for form in ("1e0", "1.5E1", "INF", "NaN", "0.1", "-1e7")),
    *(f'"{form}"^^<{XSD}float>' for form in ("0.1", "1")),
    *(f'"{form}"^^<{XSD}nonNegativeInteger>' for form in ("007", "12")),
    *(f'"{form}"^^<{XSD}boolean>' for form in ("true", "1", "0")),
    *(f'"{form}"^^<{XSD}date>' for form in ("2018-03-04", "2018-03-05Z", "2018-03-04+00:00")),
    *(f'"{form}"^^<{XSD}date>' for form in ("2018-03-01+14:00", "2018-02-28-10:00", "2018-02-30")),
    # Further from 1970 than an int has seconds.
    *(f'"{form}"^^<{XSD}date>' for form in ("1066-10-14", "2099-12-31")),
    *(f'"{form}"^^<{XSD}gYear>' for form in ("2018", "1999Z")),
    *(f'"{form}"^^<{XSD}gYearMonth>' for form in ("2018-03", "2017-12")),
    f'"2018-03-04T10:00:00"^^<{XSD}dateTime>',
    f'"2018-03-04T12:30:00.5+02:00"^^<{XSD}dateTime>',
    *('"a"', '"b"', f'"a"^^<{XSD}string>', '"a"@en', '"b"@EN', '"a"@fr', '""'),
    *('"x"^^<http://example.org/d>', '"y"^^<http://example.org/d>'),
    r'"a\tb\u00e9\U0001F600\n\"\\u0041\\ \u0001 \u007f"@en',
    *("<http://example.org/a>", "<http://example.org/b>"),
]
TESTS = {"=": equal, "<": less, "<=": less_or_equal}


def stored(text: str) -> pyoxigraph.NamedNode | Literal:
    store = pyoxigraph.Store()
    store.extend(parse(f"<x:x> <x:x> {text} .", format=RdfFormat.N_QUADS))
    (quad,) = store
    return quad.object


TERMS = list(dict.fromkeys(stored(text) for text in WRITTEN))


@pytest.fixture(scope="module")
def terms(session) -> Iterator:
    return session.createDataFrame([(str(term),) for term in TERMS], "term string")


def test_literals_are_written_as_the_engine_writes_them(session) -> None:
    literals = [text for text in WRITTEN if text.startswith('"')]
    rows = session.createDataFrame([(text,) for text in literals], "term string")
    term = sql.col("term")
    text = term.substr(sql.lit(2), sql.length(term) - sql.length(literal_suffix(term)) - 2)
    written = rows.select("term", canonical_literal(text, literal_suffix(term))).collect()
    # The engine also folds the zeros and zones of moments, which stay as they are here.
    assert {row[0]: row[1] for row in written} == {text: str(stored(text)) for text in literals}


def test_terms_are_taken_apart(terms) -> None:
    term = sql.col("term")
    rows = terms.select("term", literal_form(term), datatype(term), language(term)).collect()
    expected = {
        str(one): (one.value, one.datatype.value, one.language or "")
        if isinstance(one, Literal)
        else (None, None, None)
        for one in TERMS
    }
    assert {row[0]: (row[1], row[2], row[3]) for row in rows} == expected


@pytest.mark.parametrize("operator", TESTS)
def test_every_pair_compares_as_in_the_engine(terms, operator: str) -> None:
    one, other = (TypedColumn.variable(name) for name in ("one", "other"))
    pairs = terms.select(sql.col("term").alias("one")).crossJoin(
        terms.select(sql.col("term").alias("other"))
    )
    rows = pairs.select("one", "other", TESTS[operator](one, other)).collect()
    compared = {(row[0], row[1]): row[2] for row in rows}
    asked = by_engine(operator)
    differ = {
        pair: (compared[pair], asked[pair]) for pair in asked if compared[pair] != asked[pair]
    }
    assert (len(asked), differ) == (len(TERMS) ** 2, {})


def by_engine(operator: str) -> dict[tuple[str, str], bool | None]:
    # From stored statements: what the engine makes of two constants is another path in it.
    store, states = pyoxigraph.Store(), NamedNode("x:states")
    store.extend(Quad(NamedNode(f"x:{n}"), states, term) for n, term in enumerate(TERMS))
    answer = store.query(
        f"SELECT ?one ?other (?one {operator} ?other AS ?answer)"
        f"{{ ?a {states} ?one . ?b {states} ?other }}"
    )
    assert isinstance(answer, QuerySolutions)
    return {
        (str(row["one"]), str(row["other"])): row["answer"] and row["answer"].value == "true"
        for row in answer
    }
