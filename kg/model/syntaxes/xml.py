"""What XML cannot write, in graphs and in rows: it is refused, and named.

https://www.w3.org/TR/rdf-syntax-grammar/#section-Serialising
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import cast
from xml.parsers import expat

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.model.errors import KGError
from kg.model.prefixes import BASE, node

_TYPE = node("rdf:type")
# Stands in for rdf:type where the engine would make an element of the class.
_TYPE_SPACE = f"{BASE}rdf-xml#"
_STAND_IN = NamedNode(f"{_TYPE_SPACE}type")
# https://www.w3.org/TR/xml/#charsets
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_XML_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# Characters of an IRI in a message.
_SHOWN = 200
_OTHERS = "text/turtle, application/n-triples and application/ld+json can write it"


class Unwritable(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """A graph cannot be written in a format, though it can in others."""


def checked_rows(body: bytes) -> bytes:
    """Return rows in SPARQL XML as they are; Unwritable if a character of theirs is none of XML."""
    wrong = _NO_XML_BYTES.search(body)
    if wrong:
        shown = f"U+{ord(wrong[0].decode()):04X}"
        raise Unwritable(
            f"SPARQL XML cannot write these rows: a value has the character {shown}, which XML has "
            "not; JSON, CSV and TSV can write them"
        )
    return body


def write_xml(statements: Iterable[Quad], prefixes: dict[str, str]) -> bytes:
    """Write triples as RDF/XML; Unwritable names the property that XML has no name for."""
    written = [_checked(statement) for statement in statements]
    try:
        body = serialize(written, format=RdfFormat.RDF_XML, prefixes=prefixes) or b""
    except OSError as error:
        raise Unwritable(f"RDF/XML cannot write this graph ({error}); {_OTHERS}") from error
    # In text "<" is written as a reference, so this is an element of ours.
    return body.replace(f'<type xmlns="{_TYPE_SPACE}" '.encode(), b"<rdf:type ")


def nested(statement: Triple | Quad) -> Iterator[Triple | Quad]:
    """Yield a statement and the triple terms inside it, from the outside inwards."""
    term: object = statement
    while isinstance(term, Triple | Quad):
        yield term
        term = term.object


def _checked(statement: Quad) -> Quad:
    for inner in nested(statement):
        _check(inner)
    kind = statement.object
    if statement.predicate == _TYPE and isinstance(kind, NamedNode) and not _names_element(kind):
        return cast("Quad", Triple(statement.subject, _STAND_IN, kind))
    return statement


def _check(statement: Triple | Quad) -> None:
    shown = f"<{statement.predicate.value[:_SHOWN]}>"
    if not _has_name(statement.predicate):
        raise Unwritable(
            f"RDF/XML cannot write the property {shown}: its IRI does not end in a name that XML "
            f"has for an element; {_OTHERS}"
        )
    value = statement.object
    wrong = NOT_XML.search(value.value) if isinstance(value, Literal) else None
    if wrong:
        raise Unwritable(
            f"RDF/XML cannot write a value of {shown}: it has the character "
            f"U+{ord(wrong[0]):04X}, which XML has not; {_OTHERS}"
        )


@lru_cache(maxsize=4096)
def _has_name(predicate: NamedNode) -> bool:
    """Tell whether the engine makes well-formed XML of a property; reserved names it refuses.

    A parser decides, as editions of XML differ in the letters of names.
    """
    return _well_formed(Triple(_TYPE, predicate, _TYPE))


@lru_cache(maxsize=4096)
def _names_element(kind: NamedNode) -> bool:
    return _well_formed(Triple(_TYPE, _TYPE, kind))


def _well_formed(triple: Triple) -> bool:
    try:
        body = serialize([triple], format=RdfFormat.RDF_XML) or b""
        expat.ParserCreate(namespace_separator="}").Parse(body, True)
    except (OSError, expat.ExpatError):
        return False
    return True
