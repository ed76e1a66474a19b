"""What a build says of itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kg.build.outside import Held

# Beyond this each process of a server reads from disk, but for the one that answers the public.
PAGES_QUADS = 250_000
ADDED, STORE = "added", "store"


@dataclass(frozen=True)
class Manifest:
    """What a build holds; no time stamp, so that equal builds are equal files."""

    number: str
    quads: int
    triples: int
    things: int
    claims: int
    sentences: int
    added: tuple[Held, ...] = ()

    def text(self) -> bytes:
        """Return it as the file that a build holds."""
        fields = asdict(self)
        if not self.added:
            del fields["added"]
        return json.dumps(fields, indent=2).encode() + b"\n"

    @classmethod
    def read(cls, text: str) -> Manifest:
        """Read it again; ValueError, KeyError or TypeError if it is not one."""
        fields = json.loads(text)
        added = tuple(Held(**held) for held in fields.pop("added", ()))
        return cls(**fields, added=added)

    @property
    def size(self) -> int:
        """Return how many quads an engine holds, with those of the files added in two graphs."""
        return self.quads + 2 * sum(held.statements for held in self.added)


def number_of(body: bytes, added: Sequence[Held] = ()) -> str:
    """Return the number of a build from what it holds."""
    digest = hashlib.sha256(body).hexdigest()
    if added:
        told = json.dumps([digest, *([held.graph, held.sha256] for held in added)])
        digest = hashlib.sha256(told.encode()).hexdigest()
    return digest[:12]
