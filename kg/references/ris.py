"""A reference as a record of RIS, which reference managers import.

https://en.wikipedia.org/wiki/RIS_(file_format): a tag of two characters, two spaces, a hyphen, a
space and the value, each on a line of its own that ends with CR LF; TY is first, ER last.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.references.reference import CONTAINER, CitedKind, Reference, one_line

_TYPES = {
    CitedKind.PAGE: "ELEC",
    CitedKind.STATEMENT: "ELEC",
    CitedKind.ANSWER: "DATA",
    CitedKind.SOURCE: "GEN",
}


def write_ris(reference: Reference) -> bytes:
    """Return one record in UTF-8."""
    fields = ((tag, one_line(value)) for tag, value in _fields(reference))
    lines = [f"{tag}  - {value}\r\n" for tag, value in fields if value]
    return f"TY  - {_TYPES[reference.kind]}\r\n{''.join(lines)}ER  - \r\n".encode()


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "ID", reference.key
    yield from (("AU", author) for author in reference.authors)
    yield "TI", reference.title
    yield "T2", CONTAINER
    if reference.date:
        yield "PY", str(reference.date[0])
        yield "DA", _day(reference.date)
    yield from (("PB", publisher) for publisher in reference.publishers)
    yield "ET", reference.edition.number
    yield "SE", reference.place
    yield "LA", reference.language
    yield "UR", reference.address
    # Links to the full text.
    yield "L2", reference.original
    yield from (("N1", note) for note in reference.notes)


def _day(parts: tuple[int, ...]) -> str:
    """Return a date as YYYY/MM/DD/other, of which the last parts may be empty.

    >>> _day((2018, 4)), _day((2018, 4, 17))
    ('2018/04//', '2018/04/17/')
    """
    month, day = ([*(f"{part:02}" for part in parts[1:]), "", ""])[:2]
    return f"{parts[0]}/{month}/{day}/"
