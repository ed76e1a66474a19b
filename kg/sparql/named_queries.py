"""Named queries and the queries of pages: one file each, titled by its first line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode

from kg.model.errors import NotFound
from kg.model.prefixes import ROOT
from kg.model.source_texts import SourceTexts
from kg.model.text_files import read
from kg.sparql.service import service_clauses

# Second line of a named query that the home page offers as an example.
EXAMPLE = re.compile(r"\n# example (\d+)\n")

QUERIES = ROOT / "kg" / "queries"

_OPTIONAL_LINE = re.compile(r"^( +)#(\w+)(\|?) (.*)\n", re.MULTILINE)
_LIMIT = re.compile(r"\nLIMIT \d+\s*\Z")


@dataclass(frozen=True)
class NamedQuery:
    """A query of `kg/queries`; `example` is its place on the home page, from 1, or 0."""

    name: str
    title: str
    text: str
    example: int = 0

    @property
    def endpoints(self) -> set[str]:
        """The other endpoints that it calls."""
        return {clause.endpoint for clause in service_clauses(self.text)}


@lru_cache(maxsize=8)
def named_queries(texts: SourceTexts) -> tuple[NamedQuery, ...]:
    """Return all named queries of a build or tree, in the order of their names."""
    return tuple(_named_query(name, text) for name, text in texts.queries().items())


@lru_cache(maxsize=8)
def federated_queries(texts: SourceTexts) -> tuple[NamedQuery, ...]:
    """Return the named queries that call other endpoints, in the order of their names."""
    return tuple(_named_query(name, text) for name, text in texts.federated_queries().items())


def named_query(texts: SourceTexts, name: str) -> str:
    """Return the text of a named query; NotFound suggests similar names."""
    queries = texts.queries() | texts.federated_queries()
    if name not in queries:
        raise NotFound(f"question called {name}", difflib.get_close_matches(name, queries), name)
    return queries[name]


@cache
def page_query(name: str) -> str:
    """Return the query behind one panel of a page; NotFound if there is none of that name."""
    path = QUERIES / "pages" / f"{name}.rq"
    if not path.is_file():
        raise NotFound(f"panel called {name}")
    return read(path)


def filtered_query(text: str, chosen: Mapping[str, NamedNode | Literal]) -> str:
    r"""Return a query with the optional patterns of the chosen filters, without the others.

    An optional pattern is a comment line `#NAME pattern` that constrains `?NAME`; lines `#NAME| …`
    after it continue it.

    >>> template = "SELECT * {\n  #year ?x :in ?year\n  #kind ?x a ?kind\n}"
    >>> print(filtered_query(template, {"year": Literal("2018")}))
    SELECT * {
      VALUES ?year { "2018" } ?x :in ?year
    }
    """

    def line(match: re.Match[str]) -> str:
        indent, name, continued, pattern = match.groups()
        if name not in chosen:
            return ""
        values = "" if continued else f"VALUES ?{name} {{ {chosen[name]} }} "
        return f"{indent}{values}{pattern}\n"

    return _OPTIONAL_LINE.sub(line, text)


def unbounded_query(name: str) -> str:
    """Return the query of a panel without the LIMIT that keeps the page quick."""
    return _LIMIT.sub("\n", page_query(name))


def title(text: str) -> str:
    r"""Return the first-line comment of a query or rule.

    >>> title("# Who met whom?\nSELECT * {}")
    'Who met whom?'
    """
    first = text.partition("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""


def _named_query(name: str, text: str) -> NamedQuery:
    example = EXAMPLE.search(text)
    return NamedQuery(name, title(text), text, int(example[1]) if example else 0)
