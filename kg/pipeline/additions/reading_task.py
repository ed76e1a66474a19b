"""What the process that reads a third-party file is to do, and what that may take."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from kg.pipeline.additions.bounds import Bounds
from kg.pipeline.additions.unpacking import packing
from kg.tables.metadata_file import TABLES

SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".n3": RdfFormat.N3,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
}


@dataclass(frozen=True)
class Task:
    """A file to read, its number among those added, the file to write, and the bounds.

    `name` is what the file is called in messages, and `kind` a name whose end says its syntax and
    how it is packed; `base` the IRI that relative ones are resolved against; `mapping` the metadata
    of a table.
    """

    path: str
    number: int
    target: str
    bounds: Bounds
    name: str
    kind: str
    base: str
    mapping: str = ""

    @classmethod
    def read(cls, text: str) -> Task:
        """Read it from JSON."""
        fields = json.loads(text)
        return cls(**{**fields, "bounds": Bounds(**fields["bounds"])})

    def text(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self))


def suffix(name: str) -> str:
    """Return what says the syntax of a file: the end of its name, unpacked, in lower case.

    >>> suffix("Votes.CSV.gz")
    '.csv'
    """
    return Path(name.lower().removesuffix(packing(name))).suffix


def is_table_file(name: str) -> bool:
    """Tell whether a file is a table, which needs a mapping."""
    return suffix(name) in TABLES


def is_dataset(name: str) -> bool:
    """Tell whether a file may name graphs itself."""
    return SYNTAXES.get(suffix(name)) in (RdfFormat.TRIG, RdfFormat.N_QUADS)
