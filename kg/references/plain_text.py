"""A reference as a sentence for people, with its title apart so that a page can set it off."""

from __future__ import annotations

from typing import NamedTuple

from kg.model.translations import gettext
from kg.references.reference import CONTAINER, CitedKind, Reference, one_line


class ReferencePart(NamedTuple):
    """A part of a reference; `is_title` is true of the title."""

    text: str
    is_title: bool = False


def plain_parts(reference: Reference) -> tuple[ReferencePart, ...]:
    """Return the parts of the text, which are read one after another."""
    before = "".join(f"{one_line(author)}, " for author in reference.authors)
    title = one_line(reference.title)
    is_source = reference.kind is CitedKind.SOURCE
    after = [*reference.publishers, reference.issued] if is_source else []
    after = [one_line(part) for part in (*after, reference.place) if part]
    parts = [
        ReferencePart(before),
        ReferencePart(title if is_source else f"“{title}”", is_source),
        ReferencePart("".join(f", {part}" for part in after) + f". {_container(reference)}"),
    ]
    return tuple(part for part in parts if part.text)


def write_plain(reference: Reference) -> bytes:
    """Return the text in UTF-8, on one line; notes follow it."""
    notes = "".join(f" {one_line(note)}" for note in reference.notes)
    text = "".join(part.text for part in plain_parts(reference))
    return f"{text}{notes}\n".encode()


def _container(reference: Reference) -> str:
    edition = reference.edition
    values = {
        "container": CONTAINER,
        "build": edition.number,
        "day": edition.day,
        "address": reference.address,
    }
    if edition.day:
        return gettext("In: %(container)s, build %(build)s of %(day)s, %(address)s", **values)
    return gettext("In: %(container)s, build %(build)s, %(address)s", **values)
