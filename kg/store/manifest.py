"""The manifest of a build: its number, what it holds, and the hash of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.errors import BuildDamaged, BuildMissing
from kg.model.named_graphs import OURS
from kg.model.prefixes import SOURCE, THING, node
from kg.model.source_texts import SourceTexts
from kg.store.added_files import AddedFile
from kg.store.seal import MANIFEST, Digest, damage

# Beyond this each process of a server reads from disk, but for the one that answers the public.
PAGES_QUADS = 250_000
ADDED, STORE, DATASET, TEXTS = "added", "store", "dataset.nq", "texts.json"
REMOTE = "remote"


@dataclass(frozen=True)
class Manifest:
    """What a build holds; no time stamp, so that equal builds are equal files.

    `files` are all others of the build, by name. `store` is `REMOTE` if the graph was loaded to a
    SPARQL engine, which holds the added files then.
    """

    number: str
    quads: int
    triples: int
    things: int
    claims: int
    sentences: int
    added: tuple[AddedFile, ...] = ()
    store: str = ""
    files: Mapping[str, Digest] = field(default_factory=dict)

    @classmethod
    def describing(
        cls, number: str, quads: Sequence[Quad], added: Sequence[AddedFile] = ()
    ) -> Manifest:
        """Count what a dataset holds; its files are unknown until they are sealed."""
        triples = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
        graphs = {quad.graph_name for quad in quads} - {*OURS, DefaultGraph()}
        content, kind = node("dip:content"), node("rdf:type")
        typed = {str(triple.subject) for triple in triples if triple.predicate == kind}
        return cls(
            number=number,
            quads=len(quads),
            triples=len(triples),
            # What hangs on a thing, such as the period of a tenure, has a fragment in its name.
            things=sum(name.startswith(f"<{THING}") and "#" not in name for name in typed),
            claims=len({triple.subject for triple in triples if triple.predicate == content}),
            sentences=sum(isinstance(g, NamedNode) and g.value.startswith(SOURCE) for g in graphs),
            added=tuple(added),
        )

    def text(self) -> bytes:
        """Return it as the file that a build holds."""
        fields = asdict(self)
        # As before files could be added, so that such builds go on being equal.
        if not self.added:
            del fields["added"]
        if not self.store:
            del fields["store"]
        return json.dumps(fields, indent=2).encode() + b"\n"

    @classmethod
    def read(cls, text: str) -> Manifest:
        """Read it again; ValueError, KeyError, TypeError or AttributeError if it is not one."""
        fields = json.loads(text)
        added = tuple(AddedFile.of(held) for held in fields.pop("added", ()))
        files = {name: Digest(**digest) for name, digest in fields.pop("files", {}).items()}
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
        held_here = () if self.store == REMOTE else self.added
        added = {f"{ADDED}/{held.file}": Digest(held.sha256, held.size) for held in held_here}
        return added | dict(self.files)


def number_of(body: bytes, texts: bytes = b"", added: Sequence[AddedFile] = ()) -> str:
    """Return the number of a build: the beginning of a SHA-256 of all that answers depend on.

    That is the canonical dataset, the texts and the added files; so equal contents have equal
    numbers, and a server may use the number as the entity tag of what it answers.
    """
    parts = [hashlib.sha256(part).hexdigest() for part in (body, texts)]
    contents = json.dumps([*parts, *([file.graph, file.sha256] for file in added)])
    # 48 bits are short to write; `kg.pipeline.draft.equal_build` compares the bytes.
    return hashlib.sha256(contents.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class BuildContents:
    """The manifest of a build, its dataset as N-Quads, and its texts."""

    manifest: Manifest
    dataset: bytes
    texts: SourceTexts


def read_contents(build: Path) -> BuildContents:
    """Read a build's directory.

    BuildMissing if it is not one, BuildDamaged if it is not as it was published: the size of every
    file is compared, and the hash of the dataset and of each other of at most 16 MB.
    """
    manifest = Manifest.of(build)
    if TEXTS not in manifest.files:
        raise BuildDamaged(build, f"an older version made it, without {TEXTS}")
    # The number of the build is made from the dataset, so that is hashed only once.
    others = {name: digest for name, digest in manifest.digests.items() if name != DATASET}
    name = TEXTS
    try:
        wrong, texts = damage(build, others), (build / TEXTS).read_bytes()
        name = DATASET
        body = (build / DATASET).read_bytes()
    except OSError as error:
        raise BuildDamaged(build, f"{name} cannot be read ({error.strerror})") from error
    if wrong or manifest.number != number_of(body, texts, manifest.added):
        raise BuildDamaged(build, wrong or f"{DATASET} is not as it was published")
    return BuildContents(manifest, body, SourceTexts.of_json(texts))
