"""The manifest of a build: its number, what it holds, and the hash of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import inf
from pathlib import Path

from kg.model.errors import BuildDamaged, BuildMissing
from kg.model.source_texts import SourceTexts
from kg.nquads.counting import DatasetCounter
from kg.store.added_files import AddedFile
from kg.store.seal import MANIFEST, Digest, damage, hash_file

# Beyond this each process of a server reads from disk, but for the one that answers the public.
PAGES_QUADS = 250_000
ADDED, STORE, DATASET, TEXTS = "added", "store", "dataset.nq", "texts.json"
# The engine's files without third-party statements, of a build that has very many of ours too.
STORE_OF_OURS = "store-ours"
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
        cls, number: str, counted: DatasetCounter, added: Sequence[AddedFile] = ()
    ) -> Manifest:
        """Say what was counted in a dataset; its files are unknown until they are sealed."""
        return cls(
            number=number,
            quads=counted.quads,
            triples=counted.triples,
            things=counted.things,
            claims=counted.claims,
            sentences=counted.sentences,
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
        files = () if self.store == REMOTE else self.added
        added = {f"{ADDED}/{file.file}": Digest(file.sha256, file.size) for file in files}
        return added | dict(self.files)


def number_of(dataset: str, texts: bytes = b"", added: Sequence[AddedFile] = ()) -> str:
    """Return the number of a build: the beginning of a SHA-256 of all that answers depend on.

    That is the canonical dataset, by its SHA-256, the texts and the added files; so equal contents
    have equal numbers, and a server may use the number as the entity tag of what it answers.
    """
    parts = [dataset, hashlib.sha256(texts).hexdigest()]
    contents = json.dumps([*parts, *([file.graph, file.sha256] for file in added)])
    # 48 bits are short to write; `kg.pipeline.draft.equal_build` compares the bytes.
    return hashlib.sha256(contents.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class BuildContents:
    """The manifest of a build, the file of its dataset as N-Quads, and its texts."""

    manifest: Manifest
    dataset: Path
    texts: SourceTexts


def read_contents(build: Path, most: float = inf) -> BuildContents:
    """Read a build's directory.

    BuildMissing if it is not one, BuildDamaged if it is not as it was published: the size of every
    file is compared, and the hash of each other than the dataset of at most 16 MB, and of the
    dataset if it has at most `most` bytes.
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
        digest = _digest(build / DATASET, manifest.files.get(DATASET), most)
    except OSError as error:
        raise BuildDamaged(build, f"{name} cannot be read ({error.strerror})") from error
    if wrong or manifest.number != number_of(digest.sha256, texts, manifest.added):
        raise BuildDamaged(build, wrong or f"{DATASET} is not as it was published")
    return BuildContents(manifest, build / DATASET, SourceTexts.of_json(texts))


def _digest(dataset: Path, published: Digest | None, most: float) -> Digest:
    """Hash a dataset; of a larger one of the size that it should have, say what was published."""
    size = dataset.stat().st_size
    if published and size == published.size > most:
        return published
    return hash_file(dataset)
