"""The things of the graph whose names occur in a sentence.

Names are compared folded. Where a script has spaces, each word of a name must begin a word of the
sentence; a Russian word may end otherwise, as its case demands. Where a script has none, the name
may stand anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.index.folding import fold_name
from kg.model.named_graphs import ENTITIES
from kg.model.prefixes import THING, node

# More names would hide the graph that they stand above.
MOST_MENTIONS = 20
_SHORTEST, _SHORTEST_WITHOUT_SPACES = 3, 2
# Of a Russian word, at most so many letters at the end change with its case.
_ENDING, _STEM = 2, 4
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Mention:
    """A thing whose name occurs in a sentence: its slug, and the name that does."""

    slug: str
    name: str


class NamedThings:
    """The things that a tree names, to look for in sentences."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Read the labels and alternative names of all things, in every language."""
        named = {node("rdfs:label"), node("skos:altLabel")}
        quads = [quad for quad in quads if quad.graph_name == ENTITIES]
        persons = {q.subject for q in quads if q.object == node("dip:Person")}
        patterns: dict[tuple[str, str], re.Pattern[str]] = {}
        for quad in quads:
            thing, name = quad.subject, quad.object
            if quad.predicate not in named or not isinstance(thing, NamedNode):
                continue
            if isinstance(name, Literal) and thing.value.startswith(THING):
                slug = thing.value.removeprefix(THING)
                # A text names most persons by their last name.
                names = [name.value, *(name.value.split()[-1:] if thing in persons else [])]
                for text in names:
                    if pattern := _pattern(fold_name(text)):
                        patterns.setdefault((slug, text), pattern)
        self._patterns = sorted(patterns.items())

    def mentions(self, sentence: str) -> list[Mention]:
        """Return the things that a sentence names, each by its longest name, the longest first."""
        text = fold_name(sentence)
        longest: dict[str, str] = {}
        for (slug, name), pattern in self._patterns:
            if len(name) > len(longest.get(slug, "")) and pattern.search(text):
                longest[slug] = name
        by_length = sorted(longest.items(), key=lambda item: (-len(item[1]), item[0]))
        return [Mention(slug, name) for slug, name in by_length][:MOST_MENTIONS]


def _pattern(name: str) -> re.Pattern[str] | None:
    if _WITHOUT_SPACES.search(name):
        return re.compile(re.escape(name)) if len(name) >= _SHORTEST_WITHOUT_SPACES else None
    if len(name) < _SHORTEST or name.isdigit():
        return None
    return re.compile(r"\b" + " ".join(map(_word, name.split())) + r"\b")


def _word(word: str) -> str:
    if not _CYRILLIC.search(word) or len(word) <= _STEM:
        return re.escape(word)
    stem = word[: max(_STEM, len(word) - _ENDING)]
    return rf"{re.escape(stem)}\w{{0,{_ENDING + 1}}}"
