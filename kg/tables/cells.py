"""The text of a cell as literals, by what its column's description says.

https://www.w3.org/TR/tabular-data-model/#parsing-cells
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from csvw.metadata import Column, Datatype
from pyoxigraph import Literal, NamedNode

from kg.tables.lexical import VERBATIM, datatype_iri, lexical_form

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class CellValue:
    """The literals of a cell, and what templates fill in: text, a list of it, or None."""

    literals: tuple[Literal, ...]
    canonical: str | list[str] | None


_EMPTY = CellValue((), None)


class CellReader:
    """Reads the cells of one column."""

    def __init__(self, column: Column) -> None:
        """Take the column's description; ValueError if its datatype or language cannot be used."""
        self._datatype = column.inherit("datatype") or Datatype.fromvalue("string")
        self._lexical = lexical_form(self._datatype)
        self._iri = NamedNode(datatype_iri(self._datatype))
        language = inherited(column, "lang", "und")
        self._language = None if language == "und" else language
        self._null = frozenset(column.inherit_null())
        self._default = inherited(column, "default", "") or ""
        self._separator = column.inherit("separator")
        self._required = bool(column.inherit("required"))
        # Values repeat down a column: of 1,000,000 votes, three choices and 200 states.
        self.read = lru_cache(maxsize=10_000)(self._read)

    @property
    def kind(self) -> str:
        """Return in words what a cell of the column must be."""
        form = self._datatype.format
        pattern = form.get("pattern", "") if isinstance(form, dict) else form
        return f"{self._datatype.base} as {pattern}" if pattern else str(self._datatype.base)

    def _read(self, text: str) -> CellValue:
        text = self._normalised(text) or self._default
        if text in self._null:
            if self._required:
                raise ValueError("it is empty, and the metadata requires a value")
            return _EMPTY
        if not self._separator:
            literal = self._literal(text)
            return CellValue((literal,), literal.value)
        parts = [self._normalised(part) or self._default for part in text.split(self._separator)]
        literals = tuple(self._literal(part) for part in parts if part not in self._null)
        return CellValue(literals, [literal.value for literal in literals] or None)

    def _normalised(self, text: str) -> str:
        if self._datatype.base in VERBATIM:
            return text
        return _SPACE.sub(" ", text).strip()

    def _literal(self, text: str) -> Literal:
        try:
            value = self._lexical(text)
        except (ValueError, TypeError, ArithmeticError) as error:
            # The library's words on limits are clear, those on notations are not.
            limit = str(error) if str(error).startswith("value must") else ""
            wrong = f"“{shortened(text)}” is not {_a(self.kind)}"
            raise ValueError(f"{wrong}{limit and f' ({limit})'}") from error
        if self._datatype.base == "string" and "id" not in self._datatype.at_props:
            return Literal(value, language=self._language) if self._language else Literal(value)
        return Literal(value, datatype=self._iri)


def inherited(column: Column, name: str, unset: str | None = None) -> Any:
    """Return a property that a column has from its schema, table or group if not itself.

    The library's own way takes its default for a value that somebody set.
    """
    part: Any = column
    while part is not None:
        value = getattr(part, name, unset)
        if value != unset:
            return value
        part = getattr(part, "_parent", None)
    return unset


def shortened(text: str) -> str:
    """Return the beginning of a text, as an error quotes it."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
