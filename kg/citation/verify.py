"""Compare a reader's copy of a source with the recorded hashes of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad

from kg.citation.cite import fragment_ends, hash_sentence
from kg.citation.segment import blocks, normalise
from kg.model.errors import NotFound
from kg.model.named_graphs import SOURCES
from kg.model.prefixes import SOURCE, node

MATCH, CHANGED, MISSING = "matches", "changed", "missing"


@dataclass(frozen=True)
class RecordedSentence:
    """A sentence on record; `cited` if its named graph has any statement."""

    locator: str
    order: int
    sha256: str
    fragment: str
    cited: bool


@dataclass(frozen=True)
class Verdict:
    """The result for one recorded sentence, and its position in the normalised copy."""

    sentence: RecordedSentence
    status: str
    detail: str = ""
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Report:
    """All verdicts, in reading order, and the blocks of the copy that are not on record."""

    verdicts: tuple[Verdict, ...]
    unrecorded: tuple[str, ...]

    def with_status(self, status: str) -> list[Verdict]:
        """Return the verdicts with this status."""
        return [verdict for verdict in self.verdicts if verdict.status == status]

    def uncited(self) -> list[RecordedSentence]:
        """Return the recorded sentences that nothing cites."""
        return [v.sentence for v in self.verdicts if not v.sentence.cited]


def recorded_sentences(quads: Iterable[Quad], slug: str) -> list[RecordedSentence]:
    """Return a source's recorded sentences in reading order; NotFound if it has none."""
    quads = list(quads)
    about: dict[str, dict[NamedNode, str]] = {}
    graphs = {quad.graph_name for quad in quads}
    for quad in quads:
        if quad.graph_name == SOURCES and isinstance(quad.subject, NamedNode):
            about.setdefault(quad.subject.value, {})[quad.predicate] = _value(quad)
    part_of, within = node("dcterms:isPartOf"), SOURCE + slug
    iris = [iri for iri, values in about.items() if values.get(part_of) == within]
    if not iris:
        raise NotFound(f"source called {slug} with recorded sentences", recorded_sources(quads))
    records = (_recorded(about, iri, NamedNode(iri) in graphs) for iri in iris)
    return sorted(records, key=lambda record: record.order)


def recorded_sources(quads: Iterable[Quad]) -> list[str]:
    """Return the slugs of the sources that have recorded sentences."""
    part_of = node("dcterms:isPartOf")
    documents = {_value(q) for q in quads if q.graph_name == SOURCES and q.predicate == part_of}
    return sorted(iri.removeprefix(SOURCE) for iri in documents)


def source_title(quads: Iterable[Quad], slug: str) -> str:
    """Return a source's English title in quotes, or its slug."""
    about, label = NamedNode(SOURCE + slug), node("rdfs:label")
    titles = (_value(q) for q in quads if q.subject == about and q.predicate == label)
    return next((f"“{title}”" for title in titles), slug)


def verify_copy(text: str, record: Sequence[RecordedSentence]) -> Report:
    """Look for each recorded sentence in a copy of the text.

    A sentence matches if some stretch of the copy, from its first recorded words to its last, has
    its hash; it is changed if only its first or last words are there, missing if neither are.
    """
    pieces = [normalise(block) for block in blocks(text)]
    # Joined, because a copy may break lines within a sentence.
    copy = " ".join(pieces)
    verdicts = tuple(_verdict(copy, sentence) for sentence in record)
    return Report(verdicts, tuple(_unknown(pieces, verdicts)))


def _verdict(copy: str, sentence: RecordedSentence) -> Verdict:
    start, end = (normalise(words) for words in fragment_ends(sentence.fragment))
    starts, stops = list(_positions(copy, start)), [at + len(end) for at in _positions(copy, end)]
    # The first words may occur elsewhere too, so every pair of ends is tried.
    for a in starts:
        for b in stops:
            if b > a and hash_sentence(copy[a:b]) == sentence.sha256:
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


def _positions(copy: str, words: str) -> Iterator[int]:
    at = copy.find(words)
    while at >= 0:
        yield at
        at = copy.find(words, at + 1)


def _unknown(pieces: Iterable[str], verdicts: Iterable[Verdict]) -> Iterator[str]:
    spans = [verdict.span for verdict in verdicts]
    at = 0
    for piece in pieces:
        if not any(a < at + len(piece) and at < b for a, b in spans):
            yield piece
        # The space that joins the pieces.
        at += len(piece) + 1


def _recorded(about: dict[str, dict[NamedNode, str]], iri: str, cited: bool) -> RecordedSentence:
    values = about[iri]
    selector = about.get(values.get(node("oa:hasSelector"), ""), {})
    return RecordedSentence(
        locator=values.get(node("dip:locator"), ""),
        order=int(values.get(node("dip:readingOrder"), "0")),
        sha256=values.get(node("dip:sha256"), ""),
        fragment=selector.get(node("rdf:value"), ""),
        cited=cited,
    )


def _value(quad: Quad) -> str:
    return str(getattr(quad.object, "value", ""))


def report_lines(report: Report, title: str) -> Iterator[str]:
    """Describe a report in lines for a terminal; `title` names the source."""
    if not report.with_status(MATCH):
        yield f"this does not look like {title}: none of its sentences is there"
        return
    for status in (CHANGED, MISSING):
        for verdict in report.with_status(status):
            yield f"{verdict.sentence.locator}: {status}: the copy {verdict.detail}"
    matching, uncited = report.with_status(MATCH), report.uncited()
    yield f"{len(matching)} of {len(report.verdicts)} recorded sentences match the copy"
    cited = [verdict for verdict in report.verdicts if verdict.sentence.cited]
    right = sum(verdict.status == MATCH for verdict in cited)
    yield f"{right} of {len(cited)} cited sentences match"
    locators = ", ".join(sentence.locator for sentence in uncited) or "none"
    yield f"cited by nothing: {locators}"
    yield f"blocks of the copy that are not in the record: {len(report.unrecorded)}"
    # Four words are enough to search for a block in the copy.
    for piece in report.unrecorded:
        words = piece.split()
        yield f"  {' '.join(words[:4])}{' …' if len(words) > 4 else ''}"
