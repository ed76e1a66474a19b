"""Take lines of canonical N-Quads apart, as bytes: ten times as fast as parsing them to terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# How the bytes of an IRI and of a blank node begin.
_TERM_STARTS = (b"<", b"_:")
_END = b" .\n"

# https://www.w3.org/TR/n-quads/#grammar-production-ECHAR
_CHARACTERS = {
    "t": "\t",
    "b": "\b",
    "n": "\n",
    "r": "\r",
    "f": "\f",
    '"': '"',
    "'": "'",
    "\\": "\\",
}
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")


class TripleLines(NamedTuple):
    """A triple, its terms as N-Quads writes them, and the graphs that have it.

    The default graph is b"" and comes first; `text` is the triple as N-Triples, without its dot.
    """

    subject: bytes
    property: bytes
    value: bytes
    text: bytes
    graphs: list[bytes]


def split_line(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    r"""Cut a canonical line into subject, property, value and graph; of the default graph b"".

    >>> split_line(b'<a:s> <a:p> "x <y>"@en <a:g> .\n')
    (b'<a:s>', b'<a:p>', b'"x <y>"@en', b'<a:g>')
    >>> split_line(b'_:c14n0 <a:p> "a _:b" .\n')
    (b'_:c14n0', b'<a:p>', b'"a _:b"', b'')
    """
    subject, property_, rest = line.split(b" ", 2)
    value, space, graph = rest[: -len(_END)].rpartition(b" ")
    # What ends a literal has a quotation mark, which no IRI has.
    if space and graph.startswith(_TERM_STARTS) and b'"' not in graph:
        return subject, property_, value, graph
    return subject, property_, rest[: -len(_END)], b""


def grouped_triples(lines: Iterable[bytes]) -> Iterator[TripleLines]:
    r"""Yield each triple of sorted lines once, with the graphs that have it.

    >>> [t.graphs for t in grouped_triples([b"<s> <p> <o> .\n", b"<s> <p> <o> <g> .\n"])]
    [[b'', b'<g>']]
    """
    triple, start, length = None, b"", 0
    for line in lines:
        # Sorted lines that begin with the same triple stand together.
        if triple is not None and line.startswith(start):
            triple.graphs.append(line[length : -len(_END)])
            continue
        if triple is not None:
            yield triple
        subject, property_, value, graph = split_line(line)
        length = len(subject) + len(property_) + len(value) + 3
        start = line[:length]
        triple = TripleLines(subject, property_, value, start[:-1], [graph])
    if triple is not None:
        yield triple


def is_iri(value: bytes) -> bool:
    """Tell whether a term is an IRI: a triple term begins with two brackets.

    >>> is_iri(b"<a:b>"), is_iri(b"<<( <a:s> <a:p> <a:o> )>>"), is_iri(b"_:x")
    (True, False, False)
    """
    return value[:1] == b"<" and value[1:2] != b"<"


def text_of(value: bytes) -> str:
    r"""Return the text of an IRI or a literal, without language or datatype.

    >>> text_of(b'"a\\"b"@en'), text_of(b"<a:b>"), text_of(b'"\\u00e9"')
    ('a"b', 'a:b', 'é')
    """
    if not value.startswith(b'"'):
        return value[1:-1].decode() if value.startswith(b"<") else value.decode()
    text = value[1 : value.rindex(b'"')].decode()
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def language_of(value: bytes) -> str:
    r"""Return the language of a literal, or nothing; not its direction of text.

    >>> language_of(b'"a"@en-GB'), language_of(b'"a@b"'), language_of(b'"a"@ar--rtl')
    ('en-GB', '', 'ar')
    """
    end = value[value.rindex(b'"') + 1 :]
    return end[1:].decode().partition("--")[0] if end.startswith(b"@") else ""


def _unescaped(match: re.Match[str]) -> str:
    return _CHARACTERS.get(match[1]) or chr(int(match[1][1:], 16))
