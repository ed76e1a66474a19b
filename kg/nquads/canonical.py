"""Write a dataset as canonical N-Quads (RDFC-1.0), holding only the quads with blank nodes.

https://www.w3.org/TR/rdf-canon/: the names of blank nodes depend on the quads that have one, and on
no others, so that all others are lines to sort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from kg.nquads.sorting import PART_BYTES, sorted_lines

_BLANK = b"_:"


def canonical_lines(
    lines: Iterable[bytes], folder: Path | None = None, part_bytes: int = PART_BYTES
) -> Iterator[bytes]:
    r"""Yield the lines of canonical N-Quads of a dataset, sorted; errors of `sorted_lines`.

    The lines that come in are those of distinct quads as the engine writes them.

    >>> list(canonical_lines([b"_:x <a:p> <a:o> .\n", b"<a:s> <a:p> _:x .\n"]))
    [b'<a:s> <a:p> _:c14n0 .\n', b'_:c14n0 <a:p> <a:o> .\n']
    """
    return sorted_lines(_renamed(lines), folder, part_bytes)


def canonical(quads: Iterable[Quad]) -> bytes:
    """Return quads as canonical N-Quads, lines sorted.

    Equal graphs are equal bytes, whatever their blank nodes are called.
    """
    graph = Dataset(quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    body = serialize(graph, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(body.splitlines(keepends=True)))


def _has_blank_node(term: object) -> bool:
    """Tell whether a term or quad is a blank node, or has one in it."""
    if isinstance(term, Triple | Quad):
        return any(map(_has_blank_node, term))
    return isinstance(term, BlankNode)


def _renamed(lines: Iterable[bytes]) -> Iterator[bytes]:
    blank: list[Quad] = []
    for line in lines:
        # Few literals have these two characters: only then is a line parsed.
        if _BLANK in line:
            quad = next(iter(parse(line, format=RdfFormat.N_QUADS)))
            if _has_blank_node(quad):
                blank.append(quad)
                continue
        yield line
    if blank:
        yield from canonical(blank).splitlines(keepends=True)
