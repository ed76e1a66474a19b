"""Namespaces, and the prefix map: short names for IRIs and back.

What people write and read is shortened by the map of `ontology/prefixes.ttl`, and by one prefix for
the sentences of each source, which is the name of its folder. It is the map of the tree in a build,
and its copy in the build in a server. The vocabularies that the code names are a table
here, so that a server starts without the tree; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.model.errors import NotFound
from kg.model.text_files import source, source_error

ROOT = Path(__file__).resolve().parents[2]
PREFIXES = ROOT / "ontology" / "prefixes.ttl"
SOURCES = ROOT / "kg" / "sources"

BASE = "https://w3id.org/aide-memoire/"
TERM = BASE + "ontology#"
THING = BASE + "id/"
SOURCE = BASE + "source/"
CLAIM = BASE + "claim/"
GRAPH = BASE + "graph/"
STATEMENT = BASE + "statement/"

# The vocabularies whose terms the code names: their namespaces never change.
NAMESPACES = {
    "dip": TERM,
    "id": THING,
    "claim": CLAIM,
    "graph": GRAPH,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "formats": "http://www.w3.org/ns/formats/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "pav": "http://purl.org/pav/",
    "prov": "http://www.w3.org/ns/prov#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "void": "http://rdfs.org/ns/void#",
    "voidext": "http://ldf.fi/void-ext#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SH_PREFIX = NamedNode("http://www.w3.org/ns/shacl#prefix")
_SH_NAMESPACE = NamedNode("http://www.w3.org/ns/shacl#namespace")
# Narrower than Turtle's and SPARQL's local names: what needs no escape in either.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


class PrefixMap(dict[str, str]):
    """Namespaces by prefix. It is never changed, and hashed by identity, as a key of caches."""

    __hash__ = object.__hash__  # type: ignore[assignment]


# Set for each request from the build that answers it, as the reader's language is: a map passed as
# an argument would have to reach every serialiser, message and cell of a table.
_in_force: ContextVar[PrefixMap | None] = ContextVar("prefixes", default=None)


def prefixes() -> PrefixMap:
    """Return the prefix map in force: that of the build which is served, else of the tree."""
    return _in_force.get() or _of_this_tree()


def use_prefixes(names: PrefixMap) -> None:
    """Write and read prefixed names by a map from now on, in this thread or context."""
    _in_force.set(names)


@cache
def _of_this_tree() -> PrefixMap:
    declared = read_prefixes(PREFIXES) if PREFIXES.is_file() else PrefixMap(NAMESPACES)
    return with_sources(declared, (path.parent.name for path in SOURCES.glob("*/source.ttl")))


def with_sources(names: PrefixMap, slugs: Iterable[str]) -> PrefixMap:
    """Add a prefix for the sentences of each source: its slug, the name of its folder.

    No prefix may begin with a digit (https://www.w3.org/TR/turtle/#grammar-production-PN_PREFIX).

    >>> with_sources(PrefixMap(), ["harbour-2020", "2020-harbour"])["source-2020-harbour"]
    'https://w3id.org/aide-memoire/source/2020-harbour/'
    """
    spaces = {f"source-{s}" if s[:1].isdigit() else s: f"{SOURCE}{s}/" for s in sorted(slugs)}
    return PrefixMap({**spaces, **names})


@cache
def read_prefixes(path: Path) -> PrefixMap:
    """Read a prefix map from its Turtle file; SourceError if it cannot be parsed."""
    name = f"ontology/{path.name}"
    return parse_prefixes(source(path, name), name)


def parse_prefixes(text: str, name: str) -> PrefixMap:
    """Parse the prefix declarations of SHACL (https://www.w3.org/TR/shacl/#sparql-prefixes)."""
    try:
        quads = list(parse(text, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise source_error(name, error) from error
    named = {quad.subject: quad.object for quad in quads if quad.predicate == _SH_PREFIX}
    spaces = {quad.subject: quad.object for quad in quads if quad.predicate == _SH_NAMESPACE}
    return PrefixMap(
        (name.value, spaces[node].value)
        for node, name in named.items()
        if isinstance(name, Literal) and node in spaces
    )


def shorten(iri: str) -> str:
    """Write an IRI with the longest prefix that fits, else in angle brackets.

    >>> shorten("https://w3id.org/aide-memoire/ontology#State")
    'dip:State'
    >>> shorten("https://example.org/a/b")
    '<https://example.org/a/b>'
    """
    return _shortened(iri, prefixes())


# Answers to visitors' queries come through here too, so it may not grow for ever.
@lru_cache(maxsize=4096)
def _shortened(iri: str, names: PrefixMap) -> str:
    fits = [(space, name) for name, space in names.items() if iri.startswith(space)]
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
    if colon and prefix in NAMESPACES:
        return NAMESPACES[prefix] + local
    if colon and prefix in prefixes():
        return prefixes()[prefix] + local
    if colon and local.startswith("//"):
        return name
    raise NotFound(f"prefix “{prefix}:” in ontology/prefixes.ttl")


@cache
def node(name: str) -> NamedNode:
    """Return the node for a prefixed name that this code uses.

    >>> str(node("rdf:type"))
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    return NamedNode(expand(name))
