"""Whether a reader's own copy of a source still says what the record of it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad

from kg.citation.cite import ends, hash_sentence
from kg.citation.segment import blocks, normalise
from kg.model.errors import NotFound
from kg.model.graphs import SOURCES
from kg.model.prefixes import SOURCE, node

MATCH, CHANGED, MISSING = "matches", "changed", "missing"


@dataclass(frozen=True)
class Recorded:
    """A sentence as the graph knows it; cited if any statement stands in its graph."""

    locator: str
    order: int
    sha256: str
    fragment: str
    cited: bool


@dataclass(frozen=True)
class Verdict:
    """What became of a recorded sentence in a copy, and where the copy has it."""

    sentence: Recorded
    status: str
    detail: str = ""
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Report:
    """All verdicts, in reading order, and the copy's blocks that the record does not know."""

    verdicts: tuple[Verdict, ...]
    unknown: tuple[str, ...]

    def having(self, status: str) -> list[Verdict]:
        """Return the verdicts with this status."""
        return [verdict for verdict in self.verdicts if verdict.status == status]

    def uncited(self) -> list[Recorded]:
        """Return the recorded sentences that nothing cites."""
        return [v.sentence for v in self.verdicts if not v.sentence.cited]


def recorded(quads: Iterable[Quad], slug: str) -> list[Recorded]:
    """Return a source's recorded sentences in reading order; NotFound if it has none."""
    quads = list(quads)
    about: dict[str, dict[NamedNode, str]] = {}
    graphs = {quad.graph_name for quad in quads}
    for quad in quads:
        if quad.graph_name == SOURCES and isinstance(quad.subject, NamedNode):
            about.setdefault(quad.subject.value, {})[quad.predicate] = _value(quad)
    part_of, within = node("dcterms:isPartOf"), SOURCE + slug
    found = [iri for iri, values in about.items() if values.get(part_of) == within]
    if not found:
        raise NotFound(f"source called {slug} with recorded sentences", sources(quads))
    records = (_recorded(about, iri, NamedNode(iri) in graphs) for iri in found)
    return sorted(records, key=lambda record: record.order)


def sources(quads: Iterable[Quad]) -> list[str]:
    """Return the slugs of the sources that have recorded sentences."""
    part_of = node("dcterms:isPartOf")
    wholes = {_value(q) for q in quads if q.graph_name == SOURCES and q.predicate == part_of}
    return sorted(whole.removeprefix(SOURCE) for whole in wholes)


def called(quads: Iterable[Quad], slug: str) -> str:
    """Return a source's English title in quotes, or its slug."""
    about, label = NamedNode(SOURCE + slug), node("rdfs:label")
    titles = (_value(q) for q in quads if q.subject == about and q.predicate == label)
    return next((f"“{title}”" for title in titles), slug)


def verify_copy(text: str, record: Sequence[Recorded]) -> Report:
    """Look for each recorded sentence in a copy of the text.

    A sentence matches if some stretch of the copy, from its first recorded words to its last, has
    its hash; it is changed if only its first or last words are there, missing if neither are.
    """
    pieces = [normalise(block) for block in blocks(text)]
    whole = " ".join(pieces)
    verdicts = tuple(_verdict(whole, sentence) for sentence in record)
    return Report(verdicts, tuple(_unknown(pieces, verdicts)))


def _verdict(whole: str, sentence: Recorded) -> Verdict:
    start, end = (normalise(words) for words in ends(sentence.fragment))
    starts, stops = list(_every(whole, start)), [at + len(end) for at in _every(whole, end)]
    for a in starts:
        for b in stops:
            if b > a and hash_sentence(whole[a:b]) == sentence.sha256:
                return Verdict(sentence, MATCH, span=(a, b))
    changed = Verdict(sentence, CHANGED)
    for a in starts:
        later = [b for b in stops if b > a]
        detail = "begins and ends as recorded, but differs in between"
        if later:
            return replace(changed, detail=detail, span=(a, later[0]))
    if starts:
        span = (starts[0], starts[0] + len(start))
        return replace(changed, detail="begins as recorded, but ends otherwise", span=span)
    if stops:
        span = (stops[0] - len(end), stops[0])
        return replace(changed, detail="ends as recorded, but begins otherwise", span=span)
    return Verdict(sentence, MISSING, "has neither its first words nor its last")


def _every(whole: str, words: str) -> Iterator[int]:
    at = whole.find(words)
    while at >= 0:
        yield at
        at = whole.find(words, at + 1)


def _unknown(pieces: Iterable[str], verdicts: Iterable[Verdict]) -> Iterator[str]:
    spans = [verdict.span for verdict in verdicts]
    at = 0
    for piece in pieces:
        if not any(a < at + len(piece) and at < b for a, b in spans):
            yield piece
        at += len(piece) + 1


def _recorded(about: dict[str, dict[NamedNode, str]], iri: str, cited: bool) -> Recorded:
    values = about[iri]
    selector = about.get(values.get(node("oa:hasSelector"), ""), {})
    return Recorded(
        locator=values.get(node("dip:locator"), ""),
        order=int(values.get(node("dip:readingOrder"), "0")),
        sha256=values.get(node("dip:sha256"), ""),
        fragment=selector.get(node("rdf:value"), ""),
        cited=cited,
    )


def _value(quad: Quad) -> str:
    return str(getattr(quad.object, "value", ""))


def lines(found: Report, title: str) -> Iterator[str]:
    """Say in lines what came of comparing a copy with the record of a source of this title."""
    if not found.having(MATCH):
        yield f"this does not look like {title}: none of its sentences is there"
        return
    for status in (CHANGED, MISSING):
        for verdict in found.having(status):
            yield f"{verdict.sentence.locator}: {status}: the copy {verdict.detail}"
    matching, uncited = found.having(MATCH), found.uncited()
    yield f"{len(matching)} of {len(found.verdicts)} recorded sentences match the copy"
    cited = [verdict for verdict in found.verdicts if verdict.sentence.cited]
    right = sum(verdict.status == MATCH for verdict in cited)
    yield f"{right} of {len(cited)} cited sentences match"
    named = ", ".join(sentence.locator for sentence in uncited) or "none"
    yield f"cited by nothing: {named}"
    yield f"blocks of the copy that are not in the record: {len(found.unknown)}"
    for piece in found.unknown:
        words = piece.split()
        yield f"  {' '.join(words[:4])}{' …' if len(words) > 4 else ''}"
