"""The sentences that statements cite, and what each supports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from kg.ask import panel
from kg.errors import NotFound
from kg.prefixes import TERM
from kg.statement import Statement, Value, readable, thing
from kg.store import Store, Term
from kg.vocabulary import text, vocabulary


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
    def place(self) -> str:
        """Say where it stands, as a reader counts."""
        if self.part == "authorLine":
            return "author line"
        start = f"¶{self.paragraph}" if self.paragraph else self.part or self.locator
        return f"{start}, sentence {self.number}" if self.number else start


@dataclass(frozen=True)
class Source:
    """A cited document."""

    iri: str
    label: str
    title: str
    creators: tuple[Value, ...]
    publishers: tuple[Value, ...]
    issued: str


@lru_cache(maxsize=2)
def sentences(store: Store) -> dict[str, Sentence]:
    """Return every recorded sentence by its IRI, in reading order."""
    rows = (_sentence(row) for row in store.select(panel("sentences")))
    return {s.iri: s for s in sorted(rows, key=lambda s: (s.source, s.order, s.locator))}


@lru_cache(maxsize=2)
def sources(store: Store) -> dict[str, Source]:
    """Return every cited document by its IRI."""
    words = vocabulary(store)
    rows: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(panel("sources")):
        for name, term in row.items():
            rows[text(row["source"])][name].add(text(term))
    return {
        iri: Source(
            iri,
            label=min(row["label"], default=""),
            title=min(row["title"], default=""),
            creators=tuple(thing(words, who) for who in sorted(row["creator"])),
            publishers=tuple(thing(words, who) for who in sorted(row["publisher"])),
            issued=min(row["issued"], default=""),
        )
        for iri, row in rows.items()
    }


def sentences_of(store: Store, source: str) -> list[Sentence]:
    """Return the sentences of one document in reading order; NotFound if there is none."""
    if source not in sources(store):
        raise NotFound(f"source {source}", [known.iri for known in sources(store).values()])
    return [s for s in sentences(store).values() if s.source == source]


def sentence(store: Store, iri: str) -> Sentence:
    """Return one sentence; NotFound if it is not recorded."""
    known = sentences(store).get(iri)
    if known is None:
        raise NotFound(f"sentence {iri}")
    return known


@lru_cache(maxsize=8)
def supported(store: Store, source: str) -> dict[str, tuple[Statement, ...]]:
    """Return the statements that each sentence of a document supports, by the sentence's IRI."""
    rows = store.select(panel("supported"), source=NamedNode(source))
    found: dict[str, list[dict[str, Term]]] = defaultdict(list)
    for row in rows:
        found[text(row["sentence"])].append(row)
    return {iri: readable(store, rows) for iri, rows in found.items()}


def reported(store: Store, iri: str) -> tuple[Value, ...]:
    """Return the claims that a sentence reports, by name."""
    rows = store.select(panel("reported"), sentence=NamedNode(iri))
    claims = (thing(vocabulary(store), text(row["claim"])) for row in rows)
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
