"""The sentences that statements cite, and what each supports."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import NamedNode

from kg.model.errors import NotFound
from kg.model.prefixes import TERM
from kg.sparql.named_queries import page_query
from kg.statements.documents import SourceDocument
from kg.statements.statement import Statement, read_statements
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary, text


@dataclass(frozen=True)
class Sentence:
    """A sentence of a source, by its place; the prose itself is not kept."""

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
        """Say where it stands, as a reader counts."""
        if self.part == "authorLine":
            return "author line"
        start = f"¶{self.paragraph}" if self.paragraph else self.part or self.locator
        return f"{start}, sentence {self.number}" if self.number else start

    @property
    def ends(self) -> tuple[str, str]:
        """Return the words that it begins and ends with, as its text fragment has them.

        The fragment is `:~:text=[prefix-,]start[,end][,-suffix]`, each part percent-encoded
        (https://wicg.github.io/scroll-to-text-fragment/).
        """
        parts = self.fragment.partition("text=")[2].split(",")
        words = [unquote(p) for p in parts if not p.startswith("-") and not p.endswith("-")]
        return (words[0], words[-1] if len(words) > 1 else "")


@per_store
def sentences_by_iri(store: Store) -> dict[str, Sentence]:
    """Return every recorded sentence by its IRI, in reading order."""
    rows = (_sentence(row) for row in store.select(page_query("sentences")))
    return {s.iri: s for s in sorted(rows, key=lambda s: s.rank)}


def document_sentences(store: Store, source: str) -> list[Sentence]:
    """Return the sentences of one document in reading order."""
    return _by_source(store).get(source, [])


def describe_extent(store: Store, source: SourceDocument) -> str:
    """Say how many sentences and paragraphs of a document are on record."""
    known = document_sentences(store, source.iri)
    parts = len({one.paragraph for one in known if one.paragraph})
    words = "One sentence" if len(known) == 1 else f"{len(known):,} sentences"
    return f"{words} in {parts:,} paragraphs" if parts > 1 else words


@per_store
def _by_source(store: Store) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences_by_iri(store).values():
        found[one.source].append(one)
    return dict(found)


def find_sentence(store: Store, source: SourceDocument, locator: str) -> Sentence:
    """Return one sentence of a document; NotFound says how far its paragraph goes."""
    known = sentences_by_iri(store).get(f"{source.iri}/{locator}")
    if known is None:
        reason, near = _how_far(document_sentences(store, source.iri), locator)
        raise NotFound(
            f"sentence {locator} in “{source.title or source.label}”{reason}", near, locator
        )
    return known


def supported_statements(store: Store, iri: str) -> tuple[Statement, ...]:
    """Return the statements that a sentence supports."""
    return read_statements(store, store.select(page_query("supported"), sentence=NamedNode(iri)))


def reported_claims(store: Store, iri: str) -> tuple[DisplayValue, ...]:
    """Return the claims that a sentence reports, by name."""
    rows = store.select(page_query("reported"), sentence=NamedNode(iri))
    claims = (display_thing(read_vocabulary(store), text(row["claim"])) for row in rows)
    return tuple(sorted(claims, key=lambda claim: claim.text))


def _how_far(known: list[Sentence], locator: str) -> tuple[str, list[str]]:
    """Say where the paragraph, or the text, ends that a locator points beyond."""
    asked = re.fullmatch(r"p(\d{1,4})s\d+", locator)
    last = max((s.paragraph for s in known), default=0)
    paragraph = int(asked[1]) if asked else 0
    within = [s for s in known if s.paragraph == paragraph]
    if paragraph and within:
        end = within[-1]
        return f": ¶{paragraph} ends with sentence {end.number}", [end.locator]
    if paragraph and last:
        return f": it ends with ¶{last}", [s.locator for s in known if s.paragraph == last][-1:]
    return "", difflib.get_close_matches(locator[:100], [s.locator for s in known])


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
