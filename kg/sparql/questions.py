"""The questions: one SPARQL query a file, whose first line says it in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.model.errors import NotFound
from kg.model.prefixes import ROOT
from kg.model.text_files import read

# The second line of a question that the home page offers.
EXAMPLE = re.compile(r"\n# example (\d+)\n")

QUERIES = ROOT / "kg" / "queries"

_READY = re.compile(r"^( +)#(\w+) (.*)\n", re.MULTILINE)
_BOUND = re.compile(r"\nLIMIT \d+\s*\Z")


@dataclass(frozen=True)
class Question:
    """A named query; an example has its place among those that the home page offers, from 1."""

    name: str
    title: str
    text: str
    example: int = 0


@cache
def questions() -> list[Question]:
    """Read all named questions, by name."""
    return [_read(path) for path in sorted(QUERIES.glob("*.rq"))]


def question(name: str) -> str:
    """Return the query of a named question; NotFound offers the names that come near."""
    texts = {known.name: known.text for known in questions()}
    if name not in texts:
        raise NotFound(f"question called {name}", difflib.get_close_matches(name, texts), name)
    return texts[name]


@cache
def panel(name: str) -> str:
    """Return the query of one panel of a page."""
    path = QUERIES / "pages" / f"{name}.rq"
    if not path.is_file():
        raise NotFound(f"panel called {name}")
    return read(path)


def narrowed(text: str, chosen: Mapping[str, NamedNode | Literal]) -> str:
    r"""Return a query with the patterns that it holds ready for what is chosen, others gone.

    A pattern held ready is a line of its own behind the mark `#NAME`, and is about `?NAME`.

    >>> ready = "SELECT * {\n  #year ?x :in ?year\n  #kind ?x a ?kind\n}"
    >>> print(narrowed(ready, {"year": Literal("2018")}))
    SELECT * {
      VALUES ?year { "2018" } ?x :in ?year
    }
    """

    def line(found: re.Match[str]) -> str:
        space, name, pattern = found.groups()
        return f"{space}VALUES ?{name} {{ {chosen[name]} }} {pattern}\n" if name in chosen else ""

    return _READY.sub(line, text)


def whole(name: str) -> str:
    """Return the question of a panel without the bound that keeps a page quick."""
    return _BOUND.sub("\n", panel(name))


def title(text: str) -> str:
    r"""Return the first-line comment of a query or rule.

    >>> title("# Who met whom?\nSELECT * {}")
    'Who met whom?'
    """
    first = text.partition("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""


def _read(path: Path) -> Question:
    text = read(path)
    example = EXAMPLE.search(text)
    return Question(path.stem, title(text), text, int(example[1]) if example else 0)
