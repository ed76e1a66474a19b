"""The paths of the form of questions and of two things together."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from pyoxigraph import NamedNode

from kg.sparql.named_queries import unbounded_query
from web import urls
from web.root_path import root_path


def ask_path(fields: Mapping[str, object]) -> str:
    """Return the path of the form of questions with its fields filled in.

    >>> ask_path({"who": "japan", "did": "", "from": "2018-04-01"})
    '/ask?who=japan&from=2018-04-01'
    """
    filled = [(name, value) for name, value in fields.items() if value]
    return f"{root_path().pages}/ask{'?' if filled else ''}{urlencode(filled)}"


def together_path(first: str, second: str) -> str:
    """Return the path of the page of two things together, in the order of their slugs.

    >>> together_path("russia", "japan")
    '/together/japan/russia'
    """
    here, there = sorted((first, second))
    return f"{root_path().pages}/together/{quote(here)}/{quote(there)}"


def together_query_path(name: str, first: str, second: str) -> str:
    """Return the path of the query page with the query of a section, about two things' IRIs."""
    # What each says of the other is one query, asked in both directions.
    pairs = [(first, second), (second, first)] if name.endswith("claims") else [(first, second)]
    rows = " ".join(f"({NamedNode(one)} {NamedNode(other)})" for one, other in pairs)
    values = f"VALUES (?first ?second) {{ {rows} }}"
    return urls.query_path(f"{unbounded_query(name).rstrip()}\n{values}\n")
