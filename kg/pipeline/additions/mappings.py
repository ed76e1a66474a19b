"""Which metadata describes which table of those added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.model.errors import KGError
from kg.pipeline.additions.additions import Addition
from kg.pipeline.additions.reading_task import is_table_file
from kg.pipeline.additions.unpacking import packing
from kg.tables.metadata_file import MetadataFile


def with_mappings(additions: Sequence[Addition], mappings: Sequence[Path]) -> list[Addition]:
    """Give each table the metadata that describes it: by its file name, else the only one.

    Metadata that stands beside a table as FILE-metadata.json needs no mention
    (https://www.w3.org/TR/tabular-data-model/#default-locations-and-site-wide-location-configuration).
    KGError if some describes no table.
    """
    described = {path: MetadataFile(path).names for path in mappings}
    tables = [addition for addition in additions if is_table_file(addition.kind)]
    alone = mappings[0] if len(mappings) == len(tables) == 1 else None
    mapped = [
        replace(one, mapping=alone or _described_by(one, described) or _beside(one))
        if is_table_file(one.kind)
        else one
        for one in additions
    ]
    used = {one.mapping for one in mapped}
    for path, names in described.items():
        if path not in used:
            wanted = ", ".join(filter(None, names)) or "a table without a name"
            raise KGError(f"{path} describes {wanted}, which is not added; add it: --add FILE.csv")
    return mapped


def table_name(addition: Addition) -> str:
    """Return the file name of a table, as metadata gives it: unpacked.

    >>> table_name(Addition.of("data/votes.csv.gz"))
    'votes.csv'
    """
    return addition.kind[: len(addition.kind) - len(packing(addition.kind))]


def _described_by(addition: Addition, described: dict[Path, list[str]]) -> Path | None:
    names = {table_name(addition), addition.kind}
    return next((path for path, tables in described.items() if names & set(tables)), None)


def _beside(addition: Addition) -> Path | None:
    folder = addition.path.parent
    names = (addition.kind, table_name(addition))
    paths = (folder / f"{name}-metadata.json" for name in names)
    return next((path for path in paths if path.is_file()), None)
