"""The finished graph as files for a bulk loader: sorted parts of N-Quads, and a manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

from kg.model.errors import KGError
from kg.spark.graph import PART, GraphTables
from kg.spark.sparql.dataset import QUAD, TRIPLE

MANIFEST_FILE = "manifest.json"
# The folders of an output that is not finished.
WORK, _PARTS = "_work", "parts"
# In a path that is read, Hadoop takes these for a pattern.
_WILDCARD = re.compile(r"[*?{}\[\]\\]")


@dataclass(frozen=True)
class PartFile:
    """A file of statements, with its lines, bytes and SHA-256."""

    file: str
    statements: int
    size: int
    sha256: str


def check_folder_name(path: str) -> None:
    """Raise KGError for a folder that Spark could write to, and not read again."""
    wildcard = _WILDCARD.search(path)
    if wildcard:
        raise KGError(f"{path}: Hadoop reads {wildcard[0]} as a pattern; choose another --output")


class SharedFolder:
    """A folder that the driver and all workers share, on any file system that Hadoop knows."""

    def __init__(self, session: SparkSession, path: str) -> None:
        """Take its path or address."""
        gateway: Any = session.sparkContext
        self._hadoop = gateway._jvm.org.apache.hadoop
        self._conf = gateway._jsc.hadoopConfiguration()
        self.path = str(self._hadoop.fs.Path(path))

    def make(self) -> None:
        """Make it; KGError if there is something in it."""
        files, place = self._at("")
        if files.exists(place) and len(files.listStatus(place)):
            raise KGError(f"{self.path} is not empty; choose another --output")
        files.mkdirs(place)

    def remove(self, name: str) -> None:
        """Remove a file or folder in it."""
        files, place = self._at(name)
        files.delete(place, True)

    def move(self, name: str, to: str) -> None:
        """Move a file or folder in it."""
        files, place = self._at(name)
        files.rename(place, self._at(to)[1])

    def names(self, name: str) -> list[str]:
        """Return the names of the files in a folder in it."""
        files, place = self._at(name)
        return sorted(str(one.getPath().getName()) for one in files.listStatus(place))

    def write_bytes(self, name: str, body: bytes) -> None:
        """Write a file."""
        files, place = self._at(name)
        stream = files.create(place, True)
        stream.write(bytearray(body))
        stream.close()

    def _at(self, name: str) -> tuple[Any, Any]:
        place = self._hadoop.fs.Path(f"{self.path}/{name}" if name else self.path)
        return place.getFileSystem(self._conf), place


def write_parts(graph: GraphTables, folder: SharedFolder) -> Iterator[PartFile]:
    """Write all statements in the order of their lines; yield the files in that order.

    Lines without a graph are the default graph.
    """
    lines = [
        table.frame.select(sql.concat_ws(" ", *columns, sql.lit(".")).alias("line"))
        for table, columns in ((graph.triples, TRIPLE), (graph.quads, QUAD))
    ]
    total = graph.triples.counts.total + graph.quads.counts.total
    number = max(graph.session.sparkContext.defaultParallelism, -(-total // PART))
    every = lines[0].union(lines[1]).repartitionByRange(number, "line")
    every.sortWithinPartitions("line").write.text(f"{folder.path}/{WORK}/{_PARTS}", lineSep="\n")
    written = graph.session.read.text(f"{folder.path}/{WORK}/{_PARTS}")
    counted = written.groupBy(sql.col("_metadata.file_name").alias("name")).count().collect()
    statements = {row["name"]: int(row["count"]) for row in counted}
    hashes = _hashes(graph.session, f"{folder.path}/{WORK}/{_PARTS}")
    names = [name for name in folder.names(f"{WORK}/{_PARTS}") if name in statements]
    for place, name in enumerate(names):
        new = f"part-{place:05}.nq"
        folder.move(f"{WORK}/{_PARTS}/{name}", new)
        yield PartFile(new, statements[name], *hashes[name])


def write_manifest(folder: SharedFolder, manifest: Mapping[str, Any]) -> None:
    """Write the manifest, and remove what the build worked with; only then is it finished."""
    folder.remove(WORK)
    body = json.dumps(manifest, indent=2, ensure_ascii=False, default=asdict).encode() + b"\n"
    folder.write_bytes(MANIFEST_FILE, body)


def _hashes(session: SparkSession, path: str) -> dict[str, tuple[int, str]]:
    files = session.read.format("binaryFile").load(path)
    name = sql.substring_index("path", "/", -1)
    rows = files.select(name.alias("name"), "length", sql.sha2("content", 256).alias("hash"))
    return {row["name"]: (int(row["length"]), str(row["hash"])) for row in rows.collect()}
