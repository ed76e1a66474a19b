"""Whether every IRI of ours that a file uses is defined somewhere, and every citation exists."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from kg.model.errors import Finding
from kg.model.named_graphs import (
    DISAGREEMENTS,
    ENTITIES,
    LINKS,
    MAPPING,
    ONTOLOGY,
    OURS,
    SOURCES,
    claim_slug,
    is_claim_content,
)
from kg.model.prefixes import BASE, CLAIM, SOURCE, TERM, THING, node, shorten
from kg.pipeline.inputs.term_places import locate
from kg.pipeline.load import SourceTree

# Entities; ratings of publishers, beside the sources; the editors' decisions.
_DESCRIBING = (ENTITIES, SOURCES, DISAGREEMENTS)
_FORMER = (node("dcterms:isReplacedBy"), node("owl:deprecated"))
_THINGS = "graph/entities of the source's facts.trig, or in kg/entities/"
_PARAGRAPH = re.compile(r"(p\d+s)(\d+)")


@dataclass(frozen=True)
class Definitions:
    """The IRIs of ours that are defined, by kind."""

    terms: frozenset[str]
    things: frozenset[str]
    described: frozenset[str]
    sources: frozenset[str]
    sentences: frozenset[str]
    contents: frozenset[str]


def undefined_terms(tree: SourceTree, source: str = "") -> list[Finding]:
    """Find each IRI of ours that files use and nothing defines, once.

    It is reported in the first file that uses it, or the first of `source`.
    """
    defined = _definitions(tree.quads)
    uses: dict[tuple[str, bool], dict[Path, None]] = {}
    for quad, path in tree.origin.items():
        for use in _iris(quad):
            uses.setdefault(use, {})[path] = None
    findings = []
    for (iri, as_graph), paths in uses.items():
        wrong = _wrong(defined, iri, as_graph)
        if wrong:
            # A thing that is described, but without a class, is mended where it is described.
            places = list(paths)[:1] if iri in defined.described else _sorted(paths, source)
            findings.append(_finding(tree, places, iri, wrong))
    return findings


def _definitions(quads: Iterable[Quad]) -> Definitions:
    kind, content, sentence = node("rdf:type"), node("dip:content"), node("dip:Sentence")
    quads = list(quads)
    typed = [quad for quad in quads if quad.predicate == kind]
    # What was merged or withdrawn keeps its address but has no class, or lists would show it.
    former = [quad for quad in quads if quad.predicate in _FORMER]
    prefixes = [quad for quad in quads if quad.predicate == node("sh:prefix")]
    recorded = [quad for quad in quads if quad.graph_name == SOURCES]
    return Definitions(
        terms=_subjects([q for q in typed if q.graph_name == ONTOLOGY] + prefixes),
        things=_subjects(q for q in typed + former if q.graph_name in _DESCRIBING),
        described=_subjects(q for q in quads if q.graph_name in _DESCRIBING),
        sources=_subjects(recorded),
        sentences=_subjects(q for q in recorded if q.object == sentence),
        contents=frozenset(
            _iri(q.object) for q in quads if q.predicate == content and _shares_slug(q)
        ),
    )


def _subjects(quads: Iterable[Quad]) -> frozenset[str]:
    return frozenset(_iri(quad.subject) for quad in quads)


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _shares_slug(quad: Quad) -> bool:
    # A claim and its content share a slug, so that either leads to the other.
    slug = _iri(quad.subject).removeprefix(THING)
    return quad.object == NamedNode(f"{CLAIM}{slug}/content")


def _iris(quad: Quad) -> Iterator[tuple[str, bool]]:
    for term in (quad.subject, quad.predicate, quad.object):
        if isinstance(term, NamedNode) and term.value.startswith(BASE):
            yield term.value, False
    if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in OURS:
        yield quad.graph_name.value, True


def _wrong(defined: Definitions, iri: str, as_graph: bool) -> tuple[str, str] | None:
    """Say what is wrong with an IRI, and what would be right; None if nothing is."""
    if is_claim_content(NamedNode(iri)):
        return None if iri in defined.contents else _no_claim(iri)
    if iri.startswith(TERM):
        return None if iri in defined.terms else _no_such("term", iri, defined.terms, "ontology/")
    if iri.startswith(THING):
        return None if iri in defined.things else _no_thing(iri, defined)
    if iri.startswith(SOURCE):
        right = defined.sentences if as_graph else defined.sources
        return None if iri in right else _no_sentence(iri, defined)
    if iri in _PLAIN or iri.startswith(_OF_MAPPINGS):
        return None
    return _no_such("thing", iri, defined.things, _THINGS)


# Records of mappings, and the tables that they come from; checks/links.py checks these.
_OF_MAPPINGS = (MAPPING, LINKS.value + "/")
_PLAIN = frozenset({BASE + "ontology"} | {graph.value for graph in OURS})


def _no_thing(iri: str, defined: Definitions) -> tuple[str, str]:
    if iri in defined.described:
        return f"{shorten(iri)} has no class", "add one, such as a dip:Person"
    return _no_such("thing", iri, defined.things, _THINGS)


def _no_such(kind: str, iri: str, candidates: Iterable[str], folder: str) -> tuple[str, str]:
    names = {shorten(other) for other in candidates}
    # Above difflib's 0.6: names that share a prefix are alike already.
    matches = difflib.get_close_matches(shorten(iri), names, n=1, cutoff=0.75)
    hint = f"did you mean {matches[0]}?" if matches else f"define it in {folder}"
    return f"there is no {kind} {shorten(iri)}", hint


def _no_claim(iri: str) -> tuple[str, str]:
    slug = claim_slug(iri)
    message = f"no claim has the content <claim/{slug}/content>"
    return message, f"state it: id:{slug} dip:content <claim/{slug}/content>"


def _no_sentence(iri: str, defined: Definitions) -> tuple[str, str]:
    document, _, locator = iri.rpartition("/")
    if document not in defined.sources:
        hint = f"its sentences.ttl is made with: kg cite ARTICLE --source {document[len(SOURCE) :]}"
        return f"cites {locator} of a source that is not recorded", hint
    message = f"cites {locator}, but the source has no such sentence"
    place = _PARAGRAPH.fullmatch(locator)
    paragraph = place.group(1) if place else locator.rstrip("0123456789")
    beside = [s[len(document) + 1 :] for s in defined.sentences if s.startswith(f"{document}/")]
    numbers = [int(s[len(paragraph) :]) for s in beside if re.fullmatch(rf"{paragraph}\d+", s)]
    if numbers:
        part = f"paragraph {paragraph[1:-1]}" if place else f"“{paragraph}”"
        return message, f"{part} ends at {paragraph}{max(numbers)}"
    return message, "see its sentences.ttl"


def _sorted(paths: Iterable[Path], source: str) -> list[Path]:
    return sorted(paths, key=lambda path: not path.match(f"kg/sources/{source}/*"))


def _finding(tree: SourceTree, paths: Sequence[Path], iri: str, wrong: tuple[str, str]) -> Finding:
    message, hint = wrong
    others = len(paths) - 1
    if others:
        message += f" (in {others} other file{'s' * (others > 1)} too)"
    return Finding(tree.name(paths[0]), *locate(paths[0], iri), message, hint)
