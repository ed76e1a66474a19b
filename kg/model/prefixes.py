"""The one prefix map: short names for IRIs and back."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.model.errors import NotFound
from kg.model.text_files import source, source_error

ROOT = Path(__file__).resolve().parents[2]
PREFIXES = ROOT / "ontology" / "prefixes.ttl"

BASE = "https://w3id.org/aide-memoire/"
TERM = BASE + "ontology#"
THING = BASE + "id/"
SOURCE = BASE + "source/"
CLAIM = BASE + "claim/"
GRAPH = BASE + "graph/"

_SH_PREFIX = NamedNode("http://www.w3.org/ns/shacl#prefix")
_SH_NAMESPACE = NamedNode("http://www.w3.org/ns/shacl#namespace")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


@cache
def prefixes(path: Path = PREFIXES) -> dict[str, str]:
    """Read the prefix map from its Turtle file (SHACL prefix declarations)."""
    name = f"ontology/{path.name}"
    try:
        quads = list(parse(source(path, name), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise source_error(name, error) from error
    named = {quad.subject: quad.object for quad in quads if quad.predicate == _SH_PREFIX}
    spaces = {quad.subject: quad.object for quad in quads if quad.predicate == _SH_NAMESPACE}
    return {
        name.value: spaces[node].value
        for node, name in named.items()
        if isinstance(name, Literal) and node in spaces
    }


# Answers to visitors' queries come through here too, so it may not grow for ever.
@lru_cache(maxsize=4096)
def shorten(iri: str) -> str:
    """Write an IRI with the longest prefix that fits, else in angle brackets.

    >>> shorten("https://w3id.org/aide-memoire/ontology#State")
    'dip:State'
    >>> shorten("https://example.org/a/b")
    '<https://example.org/a/b>'
    """
    fits = [(space, name) for name, space in prefixes().items() if iri.startswith(space)]
    for space, name in sorted(fits, key=lambda fit: -len(fit[0])):
        if _LOCAL.fullmatch(iri[len(space) :]):
            return f"{name}:{iri[len(space) :]}"
    return f"<{iri}>"


def expand(name: str) -> str:
    """Write a prefixed name (or an IRI, with or without angle brackets) as an IRI.

    >>> expand("dip:State")
    'https://w3id.org/aide-memoire/ontology#State'
    >>> expand("<https://example.org/a>")
    'https://example.org/a'
    """
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if colon and prefix in prefixes():
        return prefixes()[prefix] + local
    if colon and local.startswith("//"):
        return name
    raise NotFound(f"prefix “{prefix}:” in ontology/prefixes.ttl")


@cache
def node(name: str) -> NamedNode:
    """Return the term for a prefixed name.

    >>> str(node("rdf:type"))
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    return NamedNode(expand(name))
