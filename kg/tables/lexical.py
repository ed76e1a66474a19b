"""The text of a cell as a value of XML Schema: dates, numbers and yes or no in any notation.

The `csvw` library reads the text; here stands what it lets pass: text after a date, the formats of
floating-point numbers, and the lexical space of the types that it takes for mere strings.
"""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Callable
from copy import copy
from decimal import Decimal
from typing import Any

from csvw.datatypes import DATATYPES
from csvw.metadata import Datatype

from kg.model.prefixes import NAMESPACES

_XSD = NAMESPACES["xsd"]
_RDF = NAMESPACES["rdf"]
_CSVW = "http://www.w3.org/ns/csvw#"
# https://www.w3.org/TR/tabular-metadata/#built-in-datatypes; all others have the name of XSD's.
_NAMES = {
    "any": f"{_XSD}anyAtomicType",
    "binary": f"{_XSD}base64Binary",
    "datetime": f"{_XSD}dateTime",
    "number": f"{_XSD}double",
    "xml": f"{_RDF}XMLLiteral",
    "html": f"{_RDF}HTML",
    "json": f"{_CSVW}JSON",
}
# Types whose white space means something: https://www.w3.org/TR/tabular-data-model/#parsing-cells
VERBATIM = {"string", "json", "xml", "html", "any"}
_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_DAY = r"(0[1-9]|[12]\d|3[01])"
_MONTH = r"(0[1-9]|1[0-2])"
# https://www.w3.org/TR/xmlschema11-2/
_PATTERNS = {
    "gYear": rf"-?([1-9]\d*)?\d{{4}}{_ZONE}",
    "gYearMonth": rf"-?([1-9]\d*)?\d{{4}}-{_MONTH}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gMonthDay": rf"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
    "duration": r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?",
    "dayTimeDuration": r"-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?",
    "yearMonthDuration": r"-?P(?=.)(\d+Y)?(\d+M)?",
    "base64Binary": r"[A-Za-z0-9+/\s]*={0,2}",
    "binary": r"[A-Za-z0-9+/\s]*={0,2}",
    "dateTime": rf"\d{{4}}-{_MONTH}-{_DAY}T\d\d:\d\d(:\d\d(\.\d+)?)?{_ZONE}",
    "float": r"[+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d+)?|[+-]?INF|NaN",
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
}


def datatype_iri(datatype: Datatype) -> str:
    """Return the IRI of a datatype: its own `@id`, or that of its base.

    >>> datatype_iri(Datatype.fromvalue("number"))
    'http://www.w3.org/2001/XMLSchema#double'
    """
    return str(datatype.at_props.get("id") or "") or _NAMES.get(datatype.base, _XSD + datatype.base)


def lexical_form(datatype: Datatype) -> Callable[[str], str]:
    """Return the function that reads text by a datatype, and writes the value as XML Schema does.

    The function raises ValueError for text that is not of the datatype.

    >>> lexical_form(Datatype.fromvalue({"base": "date", "format": "d.M.yyyy"}))("3.4.2018")
    '2018-04-03'
    >>> number = {"base": "decimal", "format": {"groupChar": ".", "decimalChar": ","}}
    >>> lexical_form(Datatype.fromvalue(number))("1.234,50")
    '1234.5'
    """
    python = DATATYPES[datatype.base]
    if issubclass(python, DATATYPES["float"]):
        return _number_reader(datatype, "float")
    if issubclass(python, DATATYPES["decimal"]):
        integer = issubclass(python, DATATYPES["integer"])
        return _number_reader(datatype, "integer" if integer else "decimal")
    if issubclass(python, DATATYPES["datetime"]):
        return _moment_reader(datatype)
    if datatype.base == "boolean":
        return lambda text: "true" if datatype.read(text) else "false"
    return _text_reader(datatype)


def _text_reader(datatype: Datatype) -> Callable[[str], str]:
    pattern = _PATTERNS.get(datatype.base)
    binary = issubclass(DATATYPES[datatype.base], DATATYPES["base64Binary"])

    def read(text: str) -> str:
        value = datatype.read(text)
        if pattern and not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(text)
        return datatype.formatted(value) if binary else text

    return read


def _number_reader(datatype: Datatype, kind: str) -> Callable[[str], str]:
    description = datatype.derived_description
    pattern = re.compile(_PATTERNS[kind], re.ASCII)
    plain = kind == "float" and not description
    # A float with a format is read as a decimal: the library's floats know no group character.
    parse = DATATYPES["decimal"].to_python if kind == "float" else datatype.basetype.to_python

    def read(text: str) -> str:
        if not description and not pattern.fullmatch(text):
            raise ValueError(text)
        if plain or (kind == "float" and (text in {"INF", "-INF", "NaN"} or "E" in text.upper())):
            datatype.validate(float(text))
            return text
        value = parse(text, **description)
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueError(text)
        datatype.validate(float(value) if kind == "float" else value)
        return _plain_number(value)

    return read


def _plain_number(value: int | Decimal) -> str:
    if isinstance(value, int):
        return str(value)
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _moment_reader(datatype: Datatype) -> Callable[[str], str]:
    description = datatype.derived_description
    regex = description.get("regex")
    # The library matches a beginning only: “1.2.2018 or later” would be a day.
    zone = _zone(description.get("tz_marker"))
    whole = re.compile(f"{regex.pattern}{zone}" if regex else _PATTERNS["dateTime"])

    def read(text: str) -> str:
        if not whole.fullmatch(text):
            raise ValueError(text)
        value = datatype.validate(datatype.basetype.to_python(text, **description))
        return _moment(value, datatype.base)

    return read


def _zone(marker: str | None) -> str:
    # “X” after a format stands for the zone; without one, ISO's may follow.
    zone = r"(Z|[+-]\d\d(:?\d\d)?)"
    if not marker:
        return rf"{zone}?"
    return (" " if marker.startswith(" ") else "") + zone


def _moment(value: Any, base: str) -> str:
    if not isinstance(value, datetime.datetime):
        raise ValueError(str(value))
    iso = value.isoformat().replace("+00:00", "Z")
    day, _, clock = iso.partition("T")
    if "." in clock:
        clock = re.sub(r"\.(\d*?)0*(?=$|Z|[+-])", lambda m: f".{m[1]}" if m[1] else "", clock)
    if base == "time":
        return clock
    if base == "date":
        return day + "".join(re.findall(r"Z$|[+-]\d\d:\d\d$", clock))
    return f"{day}T{clock}"


def fault_of_datatype(description: object) -> str:
    """Return why the description of a datatype cannot be used, or an empty string.

    >>> fault_of_datatype({"base": "date", "format": "d. MMM"})
    'invalid date format'
    """
    named = description if isinstance(description, dict) else {}
    # The library would validate by a JSON schema, which may refer to others on the web.
    if named.get("base") == "json" and "format" in named:
        return "a format for JSON is not supported"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            # The library reads the format only when it is asked for what it derives from it.
            Datatype.fromvalue(copy(description)).derived_description  # noqa: B018
        except (ValueError, TypeError, KeyError, AttributeError, AssertionError) as error:
            return f"not a datatype of CSVW ({error})"
    words = str(caught[0].message) if caught else ""
    return words[:1].lower() + words[1:]
