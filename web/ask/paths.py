"""The paths of the form of questions and of two things together."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

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
