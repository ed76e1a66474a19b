"""Keys of statements: a short name for each triple, the same in every build, and the way back."""

from __future__ import annotations

import hashlib
import re

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.prefixes import SOURCE, THING
from kg.store.store import Term

# Hexadecimal digits of a hash: 64 bits, by which two of a million statements are alike once in
# 37 million builds, and which SQLite stores as one integer.
KEY_LENGTH = 16
_KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")


def statement_key(subject: Term, property_: NamedNode, value: Term) -> str:
    """Return the key of a triple: the start of the SHA-256 of its terms as N-Triples writes them.

    A single space stands between the terms. Keys of triples with blank nodes change with the build.

    >>> japan = NamedNode("https://w3id.org/aide-memoire/id/japan")
    >>> statement_key(japan, NamedNode("http://xmlns.com/foaf/0.1/name"), Literal("Japan"))
    '35377c9d807c8049'
    """
    triple = f"{subject} {property_} {value}"
    return hashlib.sha256(triple.encode()).hexdigest()[:KEY_LENGTH]


def is_statement_key(text: str) -> bool:
    """Tell whether a text has the form of a key.

    >>> is_statement_key("00f3a7be09d1c2e4"), is_statement_key("japan")
    (True, False)
    """
    return _KEY.fullmatch(text) is not None


def key_number(key: str) -> int:
    """Return a key as the signed integer of 64 bits that the index has for it.

    >>> key_number("0000000000000010"), key_number("ffffffffffffffff")
    (16, -1)
    """
    return int.from_bytes(bytes.fromhex(key), signed=True)


def triple_number(triple: bytes) -> int:
    """Return the number of the key of a triple that is written as N-Triples, without its dot.

    >>> triple_number(b"<a:s> <a:p> <a:o>") == key_number(
    ...     statement_key(NamedNode("a:s"), NamedNode("a:p"), NamedNode("a:o"))
    ... )
    True
    """
    return int.from_bytes(hashlib.sha256(triple).digest()[: KEY_LENGTH // 2], signed=True)


def is_citable(triple: Triple) -> bool:
    """Tell whether a triple of a build has a key: it is about a thing or a source.

    The records of sentences, the ontology and the build's description have none.
    """
    # As `kg.index.writing.subjects` reads them.
    subject, value = triple.subject, triple.object
    ours = isinstance(subject, NamedNode) and subject.value.startswith((THING, SOURCE))
    return ours and isinstance(value, NamedNode | Literal)
