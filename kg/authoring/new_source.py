"""The files of a new source: its header, the record of its sentences, and a graph for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.authoring.mentions import NamedThings
from kg.citation.cite import SentenceRecord, sentences_turtle
from kg.model.dates import period
from kg.model.errors import KGError
from kg.model.formats import GRAPHS, write
from kg.model.prefixes import BASE, SOURCE, THING, node

# The properties of a header: those with text, and those that name things or concepts.
_TEXT = {"title": "dcterms:title", "language": "dcterms:language", "address": "dcterms:source"}
_CONCEPTS = {"kind": "dip:sourceKind", "extent": "dip:extent"}
_THINGS = {
    "creator": "dcterms:creator",
    "publisher": "dcterms:publisher",
    "voice": "dip:voice",
    "based-on": "dip:basedOn",
}
# A date is as precise as its form: a year, a month or a day.
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_FACTS = """\
# What each sentence of {slug} states: a graph for each, named after the sentence.
# How to write it: kg/sources/README.md and ontology/criterion.md
@base <{base}> .
@prefix dip: <{base}ontology#> .
@prefix id: <{base}id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix s: <{base}source/{slug}/> .

# ---- Things that are new with this source: class, label, what identifies them
<graph/entities> {{
{undeclared}}}

# ---- Sentences, with the things whose names occur in each
"""


@dataclass(frozen=True)
class Header:
    """What a source's header says, by the names of the options of `kg new`."""

    slug: str
    values: Mapping[str, Sequence[str]]

    def undeclared(self, quads: Sequence[Quad]) -> list[str]:
        """Return the slugs that the header names and no file declares."""
        declared = {quad.subject for quad in quads}
        slugs = [slug for name in _THINGS for slug in self.values.get(name, ())]
        return [slug for slug in dict.fromkeys(slugs) if NamedNode(THING + slug) not in declared]

    def turtle(self) -> str:
        """Write the header as Turtle, for `source.ttl`."""
        notice = "# The document. Its sentences are in sentences.ttl; its text is not kept.\n"
        return notice + write(self._triples(), GRAPHS[0]).decode()

    def _triples(self) -> Iterator[Triple]:
        source = NamedNode(SOURCE + self.slug)
        language = self._first("language") or "en"
        yield Triple(source, node("rdf:type"), node("dip:Source"))
        yield Triple(source, node("rdfs:label"), Literal(self._first("title"), language=language))
        for name, prefixed in _TEXT.items():
            for value in self.values.get(name, ()):
                tagged = Literal(value, language=language) if name == "title" else Literal(value)
                yield Triple(source, node(prefixed), tagged)
        issued = self._first("date")
        if len(issued) not in _DATATYPES or not period(issued):
            raise KGError(
                f"“{issued}” is not a date; write a day as 2018-04-13, a month as 2018-04"
            )
        datatype = node(_DATATYPES[len(issued)])
        yield Triple(source, node("dcterms:issued"), Literal(issued, datatype=datatype))
        for name, prefixed in _CONCEPTS.items():
            yield Triple(source, node(prefixed), node(f"dip:{self._first(name)}"))
        for name, prefixed in _THINGS.items():
            for slug in self.values.get(name, ()):
                yield Triple(source, node(prefixed), NamedNode(THING + slug))

    def _first(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")


def create_source(
    root: Path,
    header: Header,
    recorded: Sequence[SentenceRecord],
    sentences: Sequence[str],
    quads: Sequence[Quad],
) -> Path:
    """Make the folder of a new source, with its three files; return it.

    `sentences` are the texts of the records, in their order: they are searched for the names of
    things in `quads`, and not written. KGError if there is such a folder, or what is written cannot
    stand in Turtle; nothing is left behind then.
    """
    folder = root / "kg" / "sources" / header.slug
    if folder.exists():
        raise KGError(f"{folder.relative_to(root)} is there already: choose another name")
    # Written in full before the folder is made: an error leaves no half of a source.
    files = {
        "sentences.ttl": sentences_turtle(header.slug, recorded),
        "source.ttl": header.turtle(),
        "facts.trig": _facts(header, recorded, sentences, quads),
    }
    folder.mkdir(parents=True)
    try:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError:
        shutil.rmtree(folder)
        raise
    return folder


def _facts(
    header: Header,
    recorded: Sequence[SentenceRecord],
    sentences: Sequence[str],
    quads: Sequence[Quad],
) -> str:
    declarations = (
        f'    # id:{slug} a dip:Organization ; rdfs:label "…"@en .\n'
        for slug in header.undeclared(quads)
    )
    head = _FACTS.format(slug=header.slug, base=BASE, undeclared="".join(declarations))
    things = NamedThings(quads)
    graphs = []
    for record, sentence in zip(recorded, sentences, strict=True):
        names = [f"#   id:{m.slug}  {m.name}\n" for m in things.mentions(sentence)]
        graphs.append(f"\n{''.join(names)}s:{record.locator} {{\n}}\n")
    return head + "".join(graphs)
