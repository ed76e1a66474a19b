"""RDF terms in columns: each the text of N-Triples, written as the embedded engine writes it.

So equal terms are equal texts, and a join of texts is a join of terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pyspark.sql import Column
from pyspark.sql import functions as sql

XSD = "http://www.w3.org/2001/XMLSchema#"
STRING, BOOLEAN, INTEGER, DATE = (XSD + name for name in ("string", "boolean", "integer", "date"))
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_DERIVED = ("byte", "short", "int", "long", "nonNegativeInteger", "positiveInteger")
_NEGATIVE = ("nonPositiveInteger", "negativeInteger")
_UNSIGNED = ("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong")
INTEGERS = [INTEGER, *(XSD + name for name in (*_DERIVED, *_NEGATIVE, *_UNSIGNED))]
DECIMAL, DOUBLE, FLOAT = (XSD + name for name in ("decimal", "double", "float"))
FLOATING = [DOUBLE, FLOAT]

_INTEGER_FORM, _DECIMAL_FORM = r"^[+-]?[0-9]+$", r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"
_DOUBLE_FORM = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_SPECIAL = ["INF", "+INF", "-INF", "NaN"]
# As many digits as the engine has: 18 of them after the point.
_DIGITS = "decimal(38,18)"
_ESCAPED = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\""}
_CONTROL = {chr(code): rf"\u{code:04X}" for code in (*range(32), 127) if chr(code) not in _ESCAPED}
_BACKSLASH = "\\u005C"
_ZONED_DATE = r"^\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$"


def computed_once(value: Column, use: Callable[[Column], Column]) -> Column:
    """Return what is made of a value that is needed several times, and computed once.

    Spark writes an expression out wherever it is used: five uses of five uses would be too many.
    """
    return sql.get(sql.transform(sql.array(value), use), sql.lit(0))


def is_iri_term(term: Column) -> Column:
    """Tell which terms are IRIs."""
    return term.startswith("<")


def is_blank(term: Column) -> Column:
    """Tell which terms are blank nodes."""
    return term.startswith("_:")


def is_literal(term: Column) -> Column:
    """Tell which terms are literals."""
    return term.startswith('"')


def iri_text(term: Column) -> Column:
    """Return the IRI of a term that is one."""
    return sql.when(is_iri_term(term), term.substr(sql.lit(2), sql.length(term) - 2))


def literal_form(term: Column) -> Column:
    """Return the lexical form of a term that is a literal, written as the engine writes it."""
    raw = term.substr(sql.lit(2), sql.length(term) - sql.length(literal_suffix(term)) - 2)
    # The engine's escapes are those of JSON, too: what undoes those of N-Triples is long to plan.
    read = sql.get_json_object(sql.concat(sql.lit('["'), raw, sql.lit('"]')), "$[0]")
    form = sql.when(raw.contains("\\"), read).otherwise(raw)
    return sql.when(is_literal(term), form)


def literal_suffix(literal: Column) -> Column:
    """Return what follows the closing quotation mark: a language, a datatype or nothing."""
    return sql.substring_index(literal, '"', -1)


def language(term: Column) -> Column:
    """Return the language of a literal, or no letters; null for another term."""
    tag = sql.regexp_extract(literal_suffix(term), "^@(.*)$", 1)
    return sql.when(is_literal(term), tag)


def datatype(term: Column) -> Column:
    """Return the IRI of a literal's datatype; null for another term."""
    written = sql.regexp_extract(term, r'"\^\^<([^<>"]*)>$', 1)
    end = sql.when(term.endswith('"'), STRING).when(term.endswith(">"), written)
    return sql.when(is_literal(term), end.otherwise(LANG_STRING))


def literal_of(text: Column) -> Column:
    """Write a literal of any text."""
    return sql.concat(sql.lit('"'), escaped(text), sql.lit('"'))


def typed_literal(form: Column, of: str) -> Column:
    """Write a literal of a lexical form in which nothing has to be escaped."""
    return sql.concat(sql.lit('"'), form, sql.lit(f'"^^<{of}>'))


def iri_of(text: Column) -> Column:
    """Write an IRI; null for what can be none."""
    fits = ~text.rlike(r'[\x00-\x20<>"{}|^`\\]')
    return sql.when(fits, sql.concat(sql.lit("<"), text, sql.lit(">")))


def escaped(text: Column) -> Column:
    """Escape what may not stand between quotation marks, as the engine does."""
    special = r'[\x00-\x1f\x7f"\\]'
    return computed_once(
        text, lambda raw: sql.when(raw.rlike(special), _with_escapes(raw)).otherwise(raw)
    )


def unescaped(text: Column) -> Column:
    """Undo the escapes of N-Triples: https://www.w3.org/TR/n-triples/#grammar-production-ECHAR."""
    return computed_once(
        _without_echars(text), lambda codes: _decoded(_decoded(codes, "U", 8), "u", 4)
    )


def canonical_literal(text: Column, end: Column) -> Column:
    """Write a literal of this escaped form, with what follows it, as the engine does."""
    of = sql.regexp_extract(end, r"^\^\^<(.*)>$", 1)
    after = sql.when(end.startswith("@"), sql.lower(end)).when(of == STRING, "").otherwise(end)
    # Most literals are texts without an escape.
    form = sql.when(text.contains("\\"), unescaped(text)).otherwise(text)
    return computed_once(form, lambda lexical: _canonical(lexical, of, after))


def exact_number(of: Column, form: Column) -> Column:
    """Return the value of a lexical form, of a datatype, that is an integer or decimal."""
    decimal = sql.when((of == DECIMAL) & form.rlike(_DECIMAL_FORM), form.try_cast(_DIGITS))
    return sql.coalesce(decimal, _whole(of, form).cast(_DIGITS))


def any_number(of: Column, form: Column) -> Column:
    """Return the value of a lexical form, of a numeric datatype, as a floating-point number."""
    special = sql.replace(sql.replace(form, sql.lit("INF"), sql.lit("Infinity")), sql.lit("+"))
    plain = sql.when(form.isin(_SPECIAL), special).when(form.rlike(_DOUBLE_FORM), form)
    single = plain.try_cast("float").cast("double")
    floating = sql.when(of == FLOAT, single).when(of == DOUBLE, plain.try_cast("double"))
    return floating.otherwise(exact_number(of, form).cast("double"))


def date_of_text(text: Column) -> Column:
    """Return a literal of xsd:date, where a text is the form of one, of the years 1 to 9999."""
    return computed_once(text, _date)


def text_after(text: Column, part: Column) -> Column:
    """Return what follows the first such part of a text, or no letters: STRAFTER."""
    at = sql.position(part, text)
    rest = text.substr(at + sql.length(part), sql.length(text))
    return sql.when(at > 0, rest).when(at == 0, "")


def whole_number(term: Column) -> Column:
    """Return the value of a literal that is an integer."""
    return sql.when(datatype(term).isin(INTEGERS), literal_form(term).try_cast("long"))


def _whole(of: Column, form: Column) -> Column:
    """Return the value of a lexical form that is a whole number of a size that the engine has."""
    return sql.when(of.isin(INTEGERS) & form.rlike(_INTEGER_FORM), form.try_cast("long"))


def _date(text: Column) -> Column:
    valid = text.rlike(_ZONED_DATE) & text.substr(1, 10).try_cast("date").isNotNull()
    zoned = sql.regexp_replace(text, r"[+-]00:00$", "Z")
    return sql.when(valid, typed_literal(zoned, DATE))


def _with_escapes(text: Column) -> Column:
    # The backslash first, for the others bring their own.
    return _replaced(text, {"\\": r"\\", **_ESCAPED, **_CONTROL})


def _without_echars(text: Column) -> Column:
    # An escaped backslash becomes a code, so that every other backslash begins an escape.
    escapes = {escape: character for character, escape in {**_ESCAPED, "'": r"\'"}.items()}
    return _replaced(text, {r"\\": _BACKSLASH, **escapes})


def _replaced(text: Column, replacements: Mapping[str, str]) -> Column:
    """Replace one text after another: as a loop, whose code is shorter than a chain."""
    pairs = [sql.array(sql.lit(old), sql.lit(new)) for old, new in replacements.items()]
    return sql.aggregate(
        sql.array(*pairs), text, lambda replaced, pair: sql.replace(replaced, pair[0], pair[1])
    )


def _decoded(text: Column, letter: str, digits: int) -> Column:
    def append(text: Column, part: Column) -> Column:
        character = sql.decode(sql.unhex(sql.lpad(part.substr(1, digits), 8, "0")), "UTF-32")
        rest = part.substr(sql.lit(digits + 1), sql.length(part))
        return sql.concat(text, character, rest)

    def decode_parts(parts: Column) -> Column:
        others = sql.slice(parts, sql.lit(2), sql.size(parts))
        return sql.aggregate(others, sql.get(parts, sql.lit(0)), append)

    return computed_once(sql.split(text, rf"\\{letter}"), decode_parts)


def _canonical(form: Column, of: Column, end: Column) -> Column:
    value = sql.when(of.startswith(XSD), _canonical_form(form, of)).otherwise(form)
    # To the engine a whole number is an xsd:integer, of whichever kind of them it was.
    end = sql.when(_whole(of, form).isNotNull(), f"^^<{INTEGER}>").otherwise(end)
    return sql.concat(sql.lit('"'), escaped(value), sql.lit('"'), end)


def _canonical_form(form: Column, of: Column) -> Column:
    """Write numbers, booleans and zones in the one way in which the engine stores them."""
    decimal = (of == DECIMAL) & form.rlike(_DECIMAL_FORM)
    floating = of.isin(FLOATING) & form.rlike(_DOUBLE_FORM)
    single = sql.when(of == FLOAT, form.try_cast("float").cast("string"))
    shortest = single.otherwise(form.try_cast("double").cast("string"))
    written = (
        sql.when(of.isin(INTEGERS), _whole(of, form).cast("string"))
        .when(decimal, _plain(form))
        .when(floating, _plain(shortest))
        .when((of == BOOLEAN) & (form == "1"), "true")
        .when((of == BOOLEAN) & (form == "0"), "false")
        .when(form.rlike(r"^\d{4}.*[+-]00:00$"), sql.regexp_replace(form, r"[+-]00:00$", "Z"))
    )
    # What is longer than the engine's numbers stays as it is.
    return sql.coalesce(written, form)


def _plain(number: Column) -> Column:
    value = number.try_cast(_DIGITS)
    digits = sql.regexp_replace(value.cast("string"), r"(\.\d*?)0+$", "$1")
    short = sql.regexp_replace(digits, r"\.$", "")
    # Java writes naught as 0E-18, and what is very small with an exponent: that stays as it was.
    return sql.when(value == 0, "0").when(~short.contains("E"), short)
