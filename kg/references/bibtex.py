"""A reference as an entry of BibTeX and biblatex, in UTF-8.

https://ctan.org/pkg/biblatex (2.2, fields; 2.3.1, verbatim fields; 2.3.8, dates),
https://ctan.org/pkg/bibtex (btxdoc, 3: entries)
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.references.reference import CONTAINER, CitedKind, Reference, one_line

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# What TeX would read as a command, a group or a comment.
_ESCAPED = str.maketrans(
    {
        **{character: f"\\{character}" for character in "{}$&#_%"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def write_bibtex(reference: Reference) -> bytes:
    """Return one entry, which ends with a line break."""
    kind = "dataset" if reference.kind is CitedKind.ANSWER else "misc"
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference))
    return f"@{kind}{{{reference.key},\n{fields}}}\n".encode()


def escape_tex(text: str) -> str:
    r"""Return a text as TeX sets it.

    >>> escape_tex("50 % of {A_1} & B~C \\ #7 ^2 $")
    '50 \\% of \\{A\\_1\\} \\& B\\textasciitilde{}C \\textbackslash{} \\#7 \\textasciicircum{}2 \\$'
    """
    return one_line(text).translate(_ESCAPED)


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    # Braces inside: names are not split into given and family, nor titles put in lower case.
    if reference.authors:
        names = " and ".join(f"{{{escape_tex(name)}}}" for name in reference.authors)
        yield "author", f"{{{names}}}"
    yield "title", f"{{{{{escape_tex(reference.title)}}}}}"
    year, *rest = (*reference.date, None)
    if year is not None:
        yield "year", f"{{{year}}}"
    if rest and rest[0]:
        yield "month", _MONTHS[rest[0] - 1]
    if reference.publishers:
        yield "publisher", f"{{{escape_tex(', '.join(reference.publishers))}}}"
    yield "howpublished", f"{{{escape_tex(CONTAINER)}}}"
    yield "version", f"{{{escape_tex(reference.edition.number)}}}"
    # Read verbatim: an escape would become part of the address. It has no brace or backslash.
    yield "url", f"{{{_verbatim(reference.address)}}}"
    if reference.language:
        yield "language", f"{{{escape_tex(reference.language)}}}"
    notes = [part for part in (reference.place, *_origin(reference), *reference.notes) if part]
    if notes:
        yield "note", f"{{{escape_tex('. '.join(note.rstrip('.') for note in notes))}}}"


def _origin(reference: Reference) -> Iterator[str]:
    if reference.original:
        yield f"Original: {reference.original}"


def _verbatim(address: str) -> str:
    r"""Return an address without what would end the field.

    >>> _verbatim("https://a.example/{x}\\y")
    'https://a.example/%7Bx%7D%5Cy'
    """
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
