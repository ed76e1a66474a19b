"""SSSOM tables as text: read, with a row more or less, and written so that none is ever half there.

A row is added in the order of subjects, if the table has that, else at the end. Other rows stay as
they are, byte for byte, as people review them in git.
"""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.model.outside_datasets import OutsideDataset
from kg.model.prefixes import GRAPH, prefixes, shorten
from kg.model.text_files import source
from kg.store.seal import sync

COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id"),
    *("object_label", "mapping_justification", "confidence", "author_id", "mapping_date"),
    *("mapping_tool", "comment"),
)
# Who is meant where nobody in particular is: whoever maintains the tables.
CURATORS = "graph:links#curators"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# SSSOM itself binds owl, semapv and skos: https://mapping-commons.github.io/sssom/spec-model/
_PREFIXES = ("id", "graph")


@dataclass(frozen=True)
class LinkTable:
    """The lines of a table: its metadata, the names of its columns, its rows."""

    metadata: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[str, ...] = ()

    def with_row(self, cells: Mapping[str, str]) -> LinkTable:
        """Return it with a row more, and with the columns that the row needs."""
        new = tuple(name for name, text in cells.items() if text and name not in self.columns)
        columns = self.columns + new
        rows = tuple(row + "\t" * len(new) for row in self.rows)
        line = "\t".join(_cell(cells.get(name, "")) for name in columns)
        subjects = [self._cells(row).get("subject_id", "") for row in self.rows]
        place = len(rows)
        if subjects == sorted(subjects):
            place = bisect_right(subjects, cells.get("subject_id", ""))
        return replace(self, columns=columns, rows=(*rows[:place], line, *rows[place:]))

    def without_row(self, cells: Mapping[str, str]) -> LinkTable:
        """Return it without the last row that has these cells."""
        line = "\t".join(_cell(cells.get(name, "")) for name in self.columns)
        kept = list(self.rows)
        at = next((n for n in range(len(kept) - 1, -1, -1) if kept[n] == line), None)
        if at is not None:
            del kept[at]
        return replace(self, rows=tuple(kept))

    def declared_id(self, iri: str) -> str:
        """Return an IRI as a row may have it: by a prefix that the metadata declare, or in full."""
        name = written_id(iri)
        prefix = name.partition(":")[0]
        declared = any(line.startswith(f"#   {prefix}:") for line in self.metadata)
        return name if declared else iri

    def only(self, keep: Callable[[Mapping[str, str]], bool]) -> LinkTable:
        """Return it with those rows for whose cells a function is true."""
        return replace(self, rows=tuple(row for row in self.rows if keep(self._cells(row))))

    def cells(self) -> list[dict[str, str]]:
        """Return the cells of each row by column."""
        return [self._cells(row) for row in self.rows]

    def _cells(self, row: str) -> dict[str, str]:
        return dict(zip(self.columns, row.split("\t"), strict=False))

    def write(self, path: Path) -> None:
        """Write it to disk in one step: a process that is killed leaves the old file or the new."""
        text = "".join(
            f"{line}\n" for line in (*self.metadata, "\t".join(self.columns), *self.rows)
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            # mkstemp makes files that only their owner may read.
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        sync(path.parent)


def read_link_table(path: Path, name: str) -> LinkTable:
    """Read the lines of a table; SourceError if it is no text."""
    lines = [line for line in source(path, name).splitlines() if line]
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    columns = lines[first].split("\t") if first < len(lines) else COLUMNS
    return LinkTable(tuple(lines[:first]), tuple(columns), tuple(lines[first + 1 :]))


def new_link_table(dataset: OutsideDataset) -> LinkTable:
    """Return a table without rows for links to a dataset."""
    names = prefixes()
    theirs = [name for name, space in names.items() if space == dataset.space]
    return LinkTable(
        (
            f"# mapping_set_id: {GRAPH}links/{dataset.id}",
            f"# mapping_set_title: Aide-Mémoire to {dataset.name}",
            f"# license: {_LICENCE}",
            "# subject_source: graph:entities",
            f"# object_source: graph:links#{dataset.id}",
            f"# creator_id: {CURATORS}",
            "# creator_label: The curators of Aide-Mémoire",
            "# curie_map:",
            *(f"#   {name}: {names[name]}" for name in (*_PREFIXES, *theirs) if name in names),
        ),
        COLUMNS,
    )


def written_id(iri: str) -> str:
    """Return an IRI as tables have it: as a prefixed name if it can be one, else in full.

    >>> written_id("http://www.wikidata.org/entity/Q17"), written_id("http://example.org/a,b")
    ('wd:Q17', 'http://example.org/a,b')
    """
    return shorten(iri).strip("<>")


def _cell(text: str) -> str:
    # Cells are not quoted: https://mapping-commons.github.io/sssom/spec-formats-tsv/
    return " ".join(text.split())
