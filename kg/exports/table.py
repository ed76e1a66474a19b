"""A table: named columns, and rows of texts and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

TableCell: TypeAlias = str | int | float | None


@dataclass(frozen=True)
class Table:
    """Rows under named columns; `title` names the sheet of a workbook and the file."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


def joined(values: Iterable[str]) -> str:
    """Write several values into one cell, as people separate them.

    No IRI holds a space, so that IRIs can be separated again.

    >>> joined(["meeting", "visit"]), joined([])
    ('meeting; visit', '')
    """
    return "; ".join(values)
