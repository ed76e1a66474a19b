"""A reference as CSL-JSON, which Zotero, pandoc and citeproc read.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

from __future__ import annotations

import json
from typing import Any

from kg.references.reference import CONTAINER, CitedKind, Reference, one_line

_TYPES = {
    CitedKind.PAGE: "webpage",
    CitedKind.STATEMENT: "webpage",
    CitedKind.ANSWER: "dataset",
    CitedKind.SOURCE: "document",
}


def write_csl(reference: Reference) -> bytes:
    """Return a list of one item."""
    return json.dumps([csl_item(reference)], ensure_ascii=False, indent=2).encode() + b"\n"


def csl_item(reference: Reference) -> dict[str, Any]:
    """Return the item; it has no member without a value."""
    item = {
        "id": reference.key,
        "type": _TYPES[reference.kind],
        "title": one_line(reference.title),
        # Which part of a name is the family's is not on record.
        "author": [{"literal": one_line(name)} for name in reference.authors],
        "container-title": CONTAINER,
        "publisher": one_line(", ".join(reference.publishers)),
        "issued": {"date-parts": [list(reference.date)]} if reference.date else None,
        "version": reference.edition.number,
        "locator": one_line(reference.place),
        "language": reference.language,
        "URL": reference.address,
        "source": reference.original,
        "note": one_line(" ".join(reference.notes)),
    }
    return {name: value for name, value in item.items() if value}
