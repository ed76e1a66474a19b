"""Record the sentences of a source: place, hash and text fragment, without the text itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, Triple

from kg.citation.segment import normalise, sentences
from kg.model.errors import KGError
from kg.model.formats import GRAPHS, write
from kg.model.prefixes import SOURCE, node, prefixes, with_sources

BODY, CAPTION, AUTHOR, HEADING = "body", "caption", "authorLine", "heading"
TEXT_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"
_DIRECTIVE = ":~:text="
# A fragment names both ends, not the sentence, because the repository must not hold its text.
_EDGE_WORDS, _EDGE_CHARACTERS = 4, 12
# Kana, and the ideographs of Chinese and Japanese.
_HIRAGANA = "\u3041-\u309f"
# After punctuation, and where kana that inflect a word give way to anything else.
_WORD_BEGINS = re.compile(
    rf"[\u3001\u3002\u300d\u300f](?=.)|[{_HIRAGANA}](?![{_HIRAGANA}\u30fc\u3001\u3002])(?=.)"
)
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
# Slugs become a segment of IRIs; anything else would need percent-encoding.
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class SentenceRecord:
    """One sentence of a source, without its text."""

    locator: str
    part: str
    paragraph: int | None
    number: int
    order: int
    sha256: str
    fragment: str


def hash_sentence(sentence: str) -> str:
    """Hash a normalised sentence with SHA-256, in hexadecimal.

    >>> hash_sentence("It rained.")[:12]
    '8b38b558e4df'
    """
    return hashlib.sha256(sentence.encode()).hexdigest()


def text_fragment(sentence: str) -> str:
    """Return a text directive that finds a sentence by the words at its ends.

    At most four words at either end, and never more than a third of the sentence's words (but at
    least one); of a script without spaces, at most a dozen characters at either end.
    https://wicg.github.io/scroll-to-text-fragment/#syntax

    >>> text_fragment("The well-known envoy met the chair, again, on Monday.")
    ':~:text=The%20well%2Dknown%20envoy,again%2C%20on%20Monday.'
    """
    if _WITHOUT_SPACES.search(sentence):
        ends = _ends_without_spaces(sentence)
    else:
        words = sentence.split()
        # In a short sentence, four words at either end would be all of its text.
        edge = min(_EDGE_WORDS, max(1, len(words) // 3))
        ends = [sentence] if len(words) < 2 else [" ".join(words[:edge]), " ".join(words[-edge:])]
    return _DIRECTIVE + ",".join(map(_encode, ends))


def _ends_without_spaces(sentence: str) -> list[str]:
    """Return the characters at both ends, cut where a word begins.

    Browsers find nothing that begins or ends within a word
    (https://wicg.github.io/scroll-to-text-fragment/#word-boundaries).
    """
    edge = min(_EDGE_CHARACTERS, max(1, len(sentence) // 3))
    places = [match.end() for match in _WORD_BEGINS.finditer(sentence)]
    last = len(sentence) - edge
    start = max((place for place in places if place <= edge), default=edge)
    end = min((place for place in places if place >= max(last, start)), default=last)
    return [sentence[:start], sentence[end:]]


def fragment_ends(directive: str) -> tuple[str, str]:
    """Return the first and last words that a text directive names.

    >>> fragment_ends(":~:text=The%20well%2Dknown%20envoy,on%20Monday.")
    ('The well-known envoy', 'on Monday.')
    """
    start, _, end = directive.removeprefix(_DIRECTIVE).partition(",")
    return unquote(start), unquote(end or start)


def record_sentences(
    text: Sequence[str],
    body: Sequence[int],
    caption: Sequence[int],
    author: Sequence[int],
    headings: Sequence[int] = (),
) -> list[SentenceRecord]:
    """Record the sentences of the numbered blocks (from 1) that make up a source, in order."""
    parts = dict.fromkeys(caption, CAPTION) | dict.fromkeys(author, AUTHOR)
    parts |= dict.fromkeys(headings, HEADING)
    # A block named twice counts as body, which numbers the paragraphs.
    parts |= dict.fromkeys(body, BODY)
    if not parts:
        raise KGError("nothing to record: say which blocks are its paragraphs with --body")
    wrong = [number for number in parts if not 1 <= number <= len(text)]
    if wrong:
        raise KGError(f"the text has blocks 1 to {len(text)}, not {wrong[0]}")
    return [
        _record(part, paragraph, number, order, sentence)
        for order, (part, paragraph, number, sentence) in enumerate(_places(text, parts), 1)
    ]


def sentences_turtle(slug: str, recorded: Sequence[SentenceRecord]) -> str:
    """Write the records of a source as Turtle, for its `sentences.ttl`."""
    if not _SLUG.fullmatch(slug):
        wrong = f"“{slug}” cannot stand in an IRI"
        raise KGError(f"{wrong}; write it like harbour-2020: small letters, digits and hyphens")
    triples = (triple for record in recorded for triple in _triples(slug, record))
    notice = "# The sentences of this source. Made by kg cite; its text is not kept.\n"
    names = with_sources(prefixes(), [slug])
    return notice + write(triples, GRAPHS[0], names).decode()


def _places(
    text: Sequence[str], parts: dict[int, str]
) -> Iterator[tuple[str, int | None, int, str]]:
    paragraph, numbers = 0, {CAPTION: 0, AUTHOR: 0, HEADING: 0}
    for block in sorted(parts):
        part = parts[block]
        if part == BODY:
            paragraph += 1
            for number, sentence in enumerate(sentences(text[block - 1]), 1):
                yield part, paragraph, number, sentence
            continue
        for sentence in sentences(text[block - 1]):
            numbers[part] += 1
            yield part, None, numbers[part], sentence


def _record(
    part: str, paragraph: int | None, number: int, order: int, sentence: str
) -> SentenceRecord:
    # Without these prefixes, a caption and a heading of one number would share an IRI.
    names = {BODY: f"p{paragraph}s", CAPTION: "cap", AUTHOR: "bio", HEADING: "h"}
    return SentenceRecord(
        f"{names[part]}{number}",
        part,
        paragraph,
        number,
        order,
        hash_sentence(normalise(sentence)),
        text_fragment(sentence),
    )


def _triples(slug: str, record: SentenceRecord) -> Iterator[Triple]:
    sentence = NamedNode(f"{SOURCE}{slug}/{record.locator}")
    selector = NamedNode(f"{sentence.value}#selector")
    yield Triple(sentence, node("rdf:type"), node("dip:Sentence"))
    yield Triple(sentence, node("dcterms:isPartOf"), NamedNode(SOURCE + slug))
    yield Triple(sentence, node("dip:locator"), Literal(record.locator))
    yield Triple(sentence, node("dip:textPart"), node(f"dip:{record.part}"))
    if record.paragraph is not None:
        yield Triple(sentence, node("dip:paragraph"), Literal(record.paragraph))
    yield Triple(sentence, node("dip:sentenceNumber"), Literal(record.number))
    yield Triple(sentence, node("dip:readingOrder"), Literal(record.order))
    yield Triple(sentence, node("dip:sha256"), Literal(record.sha256))
    yield Triple(sentence, node("oa:hasSelector"), selector)
    yield Triple(selector, node("rdf:type"), node("oa:FragmentSelector"))
    yield Triple(selector, node("dcterms:conformsTo"), NamedNode(TEXT_FRAGMENTS))
    yield Triple(selector, node("rdf:value"), Literal(record.fragment))


def _encode(words: str) -> str:
    # A hyphen marks a prefix or suffix in a text directive, so it is encoded too.
    return quote(words, safe="").replace("-", "%2D")
