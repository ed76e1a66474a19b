"""The sentences that statements cite, and what each supports."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from pyoxigraph import NamedNode

from kg.model.errors import NotFound
from kg.model.prefixes import TERM
from kg.model.translations import gettext, gettext_noop, ngettext
from kg.sparql.named_queries import page_query
from kg.statements.documents import SourceDocument, documents_by_iri
from kg.statements.edges import graphs_of
from kg.statements.statement import Statement, read_statements
from kg.statements.variations import variation_of
from kg.store.engine import QuadPattern
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary

# Parts of a text other than paragraphs, by the names of their concepts.
_PARTS = {"body": gettext_noop("body"), "caption": gettext_noop("caption")}


@dataclass(frozen=True)
class Sentence:
    """A sentence of a source, by its place and fingerprint.

    The graph does not hold the text itself.
    """

    iri: str
    source: str
    title: str
    locator: str
    part: str
    paragraph: int
    number: int
    order: int
    sha256: str
    fragment: str

    @property
    def rank(self) -> tuple[str, int, str]:
        """Return the key that sorts sentences as they are read, source by source."""
        return (self.source, self.order, self.locator)

    @property
    def place(self) -> str:
        """Return its place in words, as a reader counts."""
        if self.part == "heading":
            return gettext("title or heading %(number)s", number=self.number)
        if self.part == "authorLine":
            return gettext("author line")
        part = gettext(_PARTS[self.part]) if self.part in _PARTS else self.part or self.locator
        start = f"¶{self.paragraph}" if self.paragraph else part
        if not self.number:
            return start
        return gettext("%(part)s, sentence %(number)s", part=start, number=self.number)

    @property
    def ends(self) -> tuple[str, str]:
        """Return its first and last words, read from its text fragment.

        The fragment is `:~:text=[prefix-,]start[,end][,-suffix]`, each part percent-encoded
        (https://wicg.github.io/scroll-to-text-fragment/).
        """
        parts = self.fragment.partition("text=")[2].split(",")
        # Prefix and suffix are context, marked by a hyphen; they are not part of the sentence.
        words = [unquote(p) for p in parts if not p.startswith("-") and not p.endswith("-")]
        return (words[0], words[-1] if len(words) > 1 else "")


@per_store
def sentences_by_iri(store: Store) -> dict[str, Sentence]:
    """Read all sentences of a build by IRI, in reading order."""
    rows = (_sentence(row) for row in store.select(page_query("sentences")))
    return {s.iri: s for s in sorted(rows, key=lambda s: s.rank)}


def document_sentences(store: Store, document: str) -> list[Sentence]:
    """Return the sentences of one document, by its IRI, in reading order."""
    return _by_document(store).get(document, [])


@per_store
def _by_document(store: Store) -> dict[str, list[Sentence]]:
    by_document: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences_by_iri(store).values():
        by_document[sentence.source].append(sentence)
    return dict(by_document)


def describe_extent(store: Store, document: SourceDocument) -> str:
    """Say how many sentences and paragraphs of a document are on record."""
    sentences = document_sentences(store, document.iri)
    paragraphs = len({sentence.paragraph for sentence in sentences if sentence.paragraph})
    extent = ngettext("%(num)s sentence", "%(num)s sentences", len(sentences))
    if paragraphs < 2:
        return extent
    return ngettext(
        "%(extent)s in %(num)s paragraph",
        "%(extent)s in %(num)s paragraphs",
        paragraphs,
        extent=extent,
    )


def find_sentence(store: Store, document: SourceDocument, locator: str) -> Sentence:
    """Return one sentence of a document; NotFound names the last sentence of its paragraph."""
    sentence = sentences_by_iri(store).get(f"{document.iri}/{locator}")
    if sentence is None:
        reason, locators = _explain_missing(document_sentences(store, document.iri), locator)
        title = document.title or document.label
        raise NotFound(f"sentence {locator} in “{title}”{reason}", locators, locator)
    return sentence


def _explain_missing(sentences: list[Sentence], locator: str) -> tuple[str, list[str]]:
    """Say where the paragraph or the text ends, if a locator points beyond; offer locators."""
    # Four digits: int() refuses very long numbers
    # (https://docs.python.org/3/library/stdtypes.html#int-max-str-digits).
    numbered = re.fullmatch(r"p(\d{1,4})s\d+", locator)
    number = int(numbered[1]) if numbered else 0
    last_number = max((s.paragraph for s in sentences), default=0)
    in_paragraph = [s for s in sentences if s.paragraph == number]
    if number and in_paragraph:
        last = in_paragraph[-1]
        return f": ¶{number} ends with sentence {last.number}", [last.locator]
    if number and last_number:
        in_last = [s.locator for s in sentences if s.paragraph == last_number]
        return f": it ends with ¶{last_number}", in_last[-1:]
    # Cut, because comparing costs the square of the length.
    return "", difflib.get_close_matches(locator[:100], [s.locator for s in sentences])


def original_links(store: Store, sentence: Sentence) -> tuple[str, ...]:
    """Return links that open a sentence in its original, by a text fragment; none on record."""
    document = documents_by_iri(store).get(sentence.source)
    fragment = f"#{sentence.fragment}" if sentence.fragment else ""
    return tuple(address + fragment for address in document.addresses) if document else ()


def supported_statements(store: Store, iris: Sequence[str]) -> dict[str, tuple[Statement, ...]]:
    """Return what each sentence supports, with what other sources give instead."""
    quads = store.quads_of_each([QuadPattern(graph=NamedNode(iri)) for iri in iris])
    return {
        iri: tuple(
            replace(s, variation=variation_of(store, s.subject.iri, s.property.iri, s.value.iri))
            for s in read_statements(store, (quad.triple for quad in in_graph))
        )
        for iri, in_graph in zip(iris, quads, strict=True)
    }


def sentences_stating(store: Store, iris: Iterable[str]) -> dict[str, tuple[Sentence, ...]]:
    """Return the sentences that state something of each thing, in reading order."""
    sentences, iris = sentences_by_iri(store), list(dict.fromkeys(iris))
    around = store.quads_around_each(map(NamedNode, iris), outwards=True)
    graphs = (graphs_of(quads) & sentences.keys() for quads in around)
    cited = (sorted((sentences[graph] for graph in one), key=lambda s: s.rank) for one in graphs)
    return dict(zip(iris, map(tuple, cited), strict=True))


def reported_claims(store: Store, iri: str) -> tuple[DisplayValue, ...]:
    """Return the claims that a sentence reports, by label."""
    rows = store.select(page_query("reported"), sentence=NamedNode(iri))
    claims = (display_thing(read_vocabulary(store), text(row["claim"])) for row in rows)
    return tuple(sorted(claims, key=lambda claim: claim.text))


def _sentence(row: dict[str, Term]) -> Sentence:
    value = {name: text(term) for name, term in row.items()}
    source = value["source"]
    return Sentence(
        value["sentence"],
        source,
        value.get("title", source),
        value["locator"],
        value.get("part", "").removeprefix(TERM),
        int(value.get("paragraph", 0)),
        int(value.get("number", 0)),
        int(value.get("order", 0)),
        value.get("hash", ""),
        value.get("fragment", ""),
    )
