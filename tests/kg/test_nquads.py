"""Lines of N-Quads: taken apart, sorted on disk, made canonical."""

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.nquads.canonical import canonical, canonical_lines
from kg.nquads.lines import grouped_triples, is_iri, language_of, split_line, text_of
from kg.nquads.sorting import sorted_lines

S, P, G = NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:g")
Value: TypeAlias = NamedNode | BlankNode | Literal | Triple
VALUES: list[Value] = [
    NamedNode("a:o"),
    BlankNode("b"),
    Literal(""),
    Literal(' <a:g> ." '),
    Literal("x <a:b", datatype=NamedNode("a:dt")),
    Literal("_:b", language="en-gb"),
    Literal('\\"\n\r\t\x00\x7f\u2028 é 国 \U0001f600'),
    Literal("ends in \\"),
    Triple(S, P, Literal('"> <')),
    Triple(S, P, Triple(S, P, BlankNode("c"))),
]


def written(value: Value) -> bytes:
    return str(Quad(S, P, value)).encode().removeprefix(b"<a:s> <a:p> ")


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_line_is_cut_into_its_terms(value: Value) -> None:
    for graph in (None, G, BlankNode("g")):
        quad = Quad(S, P, value, graph)
        parts = split_line(f"{quad} .\n".encode())
        name = "" if graph is None else str(graph)
        assert parts == (b"<a:s>", b"<a:p>", written(value), name.encode())
    assert is_iri(written(value)) == isinstance(value, NamedNode)
    if isinstance(value, Literal):
        assert text_of(str(value).encode()) == value.value
        assert language_of(str(value).encode()) == (value.language or "")


def test_each_triple_comes_once_with_all_its_graphs() -> None:
    graphs = (None, G, NamedNode("a:h"), BlankNode("g"))
    quads = {Quad(S, P, value, graph) for value in VALUES for graph in graphs}
    lines = sorted(f"{quad} .\n".encode() for quad in quads)
    triples = list(grouped_triples(lines))
    assert len(triples) == len(VALUES)
    assert {triple.text for triple in triples} == {b"<a:s> <a:p> " + written(v) for v in VALUES}
    assert all(triple.graphs[0] == b"" and len(triple.graphs) == 4 for triple in triples)
    assert list(grouped_triples([])) == []


def shuffled(number: int) -> list[bytes]:
    dice = random.Random(3)  # noqa: S311
    lines = [
        b"%d %b\n" % (dice.randrange(number), b"x" * dice.randrange(60)) for _ in range(number)
    ]
    return [*lines, b"\n", b"\xff\xfe\n", "é\n".encode()]


@pytest.mark.parametrize("part_bytes", [1, 300, 5_000, 10**8])
def test_lines_are_sorted_however_small_the_parts(part_bytes: int, tmp_path: Path) -> None:
    lines = shuffled(2_000 if part_bytes > 1 else 150)
    assert list(sorted_lines(iter(lines), tmp_path, part_bytes)) == sorted(lines)
    assert list(tmp_path.iterdir()) == [], "no part is left"


def test_parts_are_removed_when_nobody_reads_on(tmp_path: Path) -> None:
    lines = sorted_lines(shuffled(1_000), tmp_path, 1_000)
    next(lines)
    assert len(list(tmp_path.iterdir())) == 1
    lines.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_parts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        list(sorted_lines(shuffled(1_000), tmp_path / "nowhere", 1_000))


def quads_with_blank_nodes() -> list[Quad]:
    ring = [BlankNode(f"r{n}") for n in range(5)]
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    linked = [Quad(one, P, other, G) for one, other in pairs]
    named = [Quad(NamedNode(f"a:{n}"), P, value, G) for n in range(50) for value in VALUES]
    return [
        *linked,
        *named,
        Quad(S, P, Literal("_:r0")),
        Quad(S, P, BlankNode("r1"), BlankNode("g")),
    ]


def test_canonical_lines_are_those_of_the_dataset_at_once(tmp_path: Path) -> None:
    quads = quads_with_blank_nodes()
    lines = (f"{quad} .\n".encode() for quad in quads)
    found = b"".join(canonical_lines(lines, tmp_path, 2_000))
    assert found == canonical(quads)
    assert len(list(parse(found, format=RdfFormat.N_QUADS))) == len(set(quads))


def test_blank_nodes_of_other_names_give_the_same_lines() -> None:
    quads = quads_with_blank_nodes()
    lines = [f"{quad} .\n".encode() for quad in quads]
    other = [line.replace(b"_:r", b"_:other").replace(b"_:b", b"_:z") for line in reversed(lines)]
    other = [line.replace(b'"_:z"', b'"_:b"').replace(b'"_:other0"', b'"_:r0"') for line in other]
    assert list(canonical_lines(lines)) == list(canonical_lines(other))


def many(number: int) -> Iterator[bytes]:
    dice = random.Random(5)  # noqa: S311
    for n in range(number):
        yield b"<a:%d> <a:p> <a:%d> .\n" % (dice.randrange(10**9), n)


def test_sorting_holds_two_parts_whatever_there_is_to_sort(tmp_path: Path) -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in canonical_lines(many(number), tmp_path, 100_000)) == number
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # With some twenty open files of the same buffer each, sorting more must not hold more.
    small, large = peak(20_000), peak(60_000)
    assert large < small + 64 * 300_000
