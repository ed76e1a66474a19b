"""What a build says of itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.errors import BuildDamaged, BuildMissing
from kg.model.graphs import ENTITIES, OURS
from kg.model.prefixes import SOURCE, node
from kg.store.added import AddedFile
from kg.store.seal import MANIFEST, Digest

# Beyond this each process of a server reads from disk, but for the one that answers the public.
PAGES_QUADS = 250_000
ADDED, STORE, DATASET = "added", "store", "dataset.nq"


@dataclass(frozen=True)
class Manifest:
    """What a build holds; no time stamp, so that equal builds are equal files.

    `files` are all others of the build, by name.
    """

    number: str
    quads: int
    triples: int
    things: int
    claims: int
    sentences: int
    added: tuple[AddedFile, ...] = ()
    files: Mapping[str, Digest] = field(default_factory=dict)

    @classmethod
    def describing(
        cls, number: str, quads: Sequence[Quad], added: Sequence[AddedFile] = ()
    ) -> Manifest:
        """Count what a dataset holds; its files are not known until they are sealed."""
        triples = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
        graphs = {quad.graph_name for quad in quads} - {*OURS, DefaultGraph()}
        content = node("dip:content")
        return cls(
            number=number,
            quads=len(quads),
            triples=len(triples),
            things=len({quad.subject for quad in quads if quad.graph_name == ENTITIES}),
            claims=len({triple.subject for triple in triples if triple.predicate == content}),
            sentences=sum(isinstance(g, NamedNode) and g.value.startswith(SOURCE) for g in graphs),
            added=tuple(added),
        )

    def text(self) -> bytes:
        """Return it as the file that a build holds."""
        fields = asdict(self)
        if not self.added:
            del fields["added"]
        return json.dumps(fields, indent=2).encode() + b"\n"

    @classmethod
    def read(cls, text: str) -> Manifest:
        """Read it again; ValueError, KeyError, TypeError or AttributeError if it is not one."""
        fields = json.loads(text)
        added = tuple(AddedFile(**held) for held in fields.pop("added", ()))
        files = {name: Digest(**told) for name, told in fields.pop("files", {}).items()}
        return cls(**fields, added=added, files=files)

    @classmethod
    def of(cls, build: Path) -> Manifest:
        """Read that of a build; BuildMissing if there is none, BuildDamaged if it is none."""
        try:
            return cls.read((build / MANIFEST).read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise BuildMissing(build) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BuildDamaged(build, f"{MANIFEST} cannot be read ({error})") from error

    @property
    def size(self) -> int:
        """Return how many quads an engine holds, with those of the files added in two graphs."""
        return self.quads + 2 * sum(held.statements for held in self.added)

    @property
    def digests(self) -> dict[str, Digest]:
        """Return what each file should be; of a build from before all were hashed, those added."""
        added = {f"{ADDED}/{held.file}": Digest(held.sha256, held.size) for held in self.added}
        return added | dict(self.files)


def number_of(body: bytes, added: Sequence[AddedFile] = ()) -> str:
    """Return the number of a build from what it holds."""
    digest = hashlib.sha256(body).hexdigest()
    if added:
        told = json.dumps([digest, *([held.graph, held.sha256] for held in added)])
        digest = hashlib.sha256(told.encode()).hexdigest()
    return digest[:12]
