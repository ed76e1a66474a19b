"""Outside data, read in parts: N-Triples, N-Quads and Parquet, into the terms of the build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql

from kg.model.errors import KGError
from kg.pipeline.additions.additions import Addition
from kg.spark.sparql.dataset import QUAD, TRIPLE
from kg.spark.sparql.terms import (
    canonical_literal,
    computed_once,
    is_blank,
    is_literal,
    literal_suffix,
    unescaped,
)

_TEXTS, _PACKED = (".nt", ".nq"), ("", ".gz", ".bz2")
_IRI = r'<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`]*>'
_BLANK = r'_:[^\s<>"]*[^\s<>".]'
# Greedy to the last quotation mark of the line, as Java's stack is too small for a loop of escapes;
# a mark within that is not escaped is looked for afterwards.
_LITERAL = rf'".*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^{_IRI})?'
_LINE = (
    rf"(?s)^[ \t]*({_IRI}|{_BLANK})[ \t]*({_IRI})[ \t]*({_IRI}|{_BLANK}|{_LITERAL})"
    rf"[ \t]*({_IRI}|{_BLANK})?[ \t]*\.[ \t]*(?:#.*)?\z"
)
_TERM = rf"(?s)^(?:{_IRI}|{_BLANK}|{_LITERAL})\z"
_NOTHING = r"^[ \t]*(#.*)?$"
# No statement holds this raw: SPARQL and XML have no such character.
_MARK = "\x01"


@dataclass(frozen=True)
class OutsideFile:
    """A file, folder or address of Hadoop's to read, and the graph of its triples."""

    path: str
    graph: str

    @classmethod
    def of(cls, argument: str) -> OutsideFile:
        """Read FILE or FILE=GRAPH-IRI; KGError for what is neither N-Triples nor Parquet.

        >>> OutsideFile.of("hdfs://cluster/un.nq.gz=http://example.org/un").path
        'hdfs://cluster/un.nq.gz'
        """
        path = argument.partition("=")[0]
        if path.startswith(("http://", "https://")):
            raise KGError(f"{path}: Spark reads no web address; fetch the file first")
        if not _is_parquet(path) and not _is_text(path):
            ends = " ".join(end + packed for end in _TEXTS for packed in _PACKED)
            raise KGError(
                f"{path}: Spark reads {ends} .parquet; convert it, or build without --spark"
            )
        # The name of the graph is as in a build without Spark.
        return cls(
            path, Addition.of(argument.replace("://", "/", 1) if "://" in path else argument).graph
        )


def read_outside(session: SparkSession, files: list[OutsideFile]) -> DataFrame:
    """Return the quads of files; a line that is no statement stops the build when it is read."""
    return reduce(DataFrame.union, [_quads(session, file) for file in files])


def _quads(session: SparkSession, file: OutsideFile) -> DataFrame:
    parts = _table(session, file) if _is_parquet(file.path) else _lines(session, file)
    scope = sql.col("scope")
    subject, predicate, graph = (
        _node(sql.col(place), scope) for place in ("subject", "predicate", "graph")
    )
    named = sql.coalesce(graph, sql.lit(f"<{file.graph}>"))
    terms = (subject, predicate, _any_term(sql.col("object"), scope), named)
    return parts.select(*(term.alias(place) for term, place in zip(terms, QUAD, strict=True)))


def _lines(session: SparkSession, file: OutsideFile) -> DataFrame:
    where = sql.col("_metadata.file_path")
    lines = session.read.text(file.path).select("value", where.alias("file"))
    lines = lines.filter(~sql.col("value").rlike(_NOTHING))
    marked = sql.regexp_replace("value", _LINE, _MARK.join(("$1", "$2", "$3", "$4")))
    parts = computed_once(sql.split(marked, _MARK), _statement)
    # A blank node is one within its file, whichever part of it names it.
    scoped = lines.select(parts.alias("parts"), sql.substring(sql.md5("file"), 1, 8).alias("scope"))
    places = [_or_null(sql.col("parts")[n]).alias(place) for n, place in enumerate(QUAD)]
    return scoped.select("scope", *places)


def _statement(parts: Column) -> Column:
    fits = (sql.size(parts) == len(QUAD)) & _closes_once(sql.get(parts, sql.lit(2)))
    line = sql.concat(
        *(sql.lit("kg: "), sql.col("file")),
        sql.lit(": this line is no statement of N-Triples or N-Quads: "),
        sql.substring("value", 1, 200),
    )
    return sql.when(fits, parts).otherwise(sql.raise_error(line))


def _table(session: SparkSession, file: OutsideFile) -> DataFrame:
    table = session.read.parquet(file.path)
    missing = [place for place in TRIPLE if place not in table.columns]
    if missing:
        raise KGError(f"{file.path} has no column {missing[0]}; it takes {', '.join(QUAD)}")
    graph = sql.col("graph") if "graph" in table.columns else sql.lit(None)
    places = [*(sql.col(place) for place in TRIPLE), _or_null(graph.cast("string")).alias("graph")]
    scope = sql.substring(sql.md5(sql.lit(file.path)), 1, 8).alias("scope")
    rows = table.select(scope, *places)
    return rows.select("scope", *(_checked(place, file).alias(place) for place in QUAD))


def _checked(place: str, file: OutsideFile) -> Column:
    term = sql.col(place)
    fits = term.rlike(_TERM) & _closes_once(term)
    if place in {"subject", "predicate"}:
        fits = fits & ~is_literal(term)
    wrong = sql.raise_error(
        sql.concat(
            sql.lit(f"kg: {file.path}: column {place} holds no term of N-Triples: "),
            sql.coalesce(sql.substring(term, 1, 200), sql.lit("nothing")),
        )
    )
    unnamed = term.isNull() if place == "graph" else sql.lit(False)
    return sql.when(unnamed, sql.lit(None)).when(fits, term).otherwise(wrong)


def _any_term(term: Column, scope: Column) -> Column:
    end = literal_suffix(term)
    text = term.substr(sql.lit(2), sql.length(term) - sql.length(end) - 2)
    return sql.when(is_literal(term), canonical_literal(text, end)).otherwise(_node(term, scope))


def _node(term: Column, scope: Column) -> Column:
    label = term.substr(sql.lit(3), sql.length(term))
    blank = sql.concat(sql.lit("_:b"), scope, sql.lit("x"), label)
    return sql.when(is_blank(term), blank).otherwise(
        sql.when(term.contains("\\"), unescaped(term)).otherwise(term)
    )


def _closes_once(term: Column) -> Column:
    text = sql.regexp_replace(term.substr(sql.lit(2), sql.length(term)), r"(?s)\\.", "")
    inside = sql.length(text) - sql.length(sql.replace(text, sql.lit('"')))
    return ~is_literal(term) | (inside == 1)


def _or_null(text: Column) -> Column:
    return sql.when(text != "", text)


def _is_text(path: str) -> bool:
    return path.endswith(tuple(end + packed for end in _TEXTS for packed in _PACKED))


def _is_parquet(path: str) -> bool:
    return path.rstrip("/").endswith(".parquet")
