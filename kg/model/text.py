"""Texts cut to a length, and made safe to print."""

from __future__ import annotations

import re

# A page shows so many characters of a value; the data has all of them.
LONGEST_VALUE = 1000
# Control characters but tabs and line feeds, and those that turn the direction of what follows
# (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters).
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def truncate(text: str, most: int = LONGEST_VALUE) -> str:
    """Return a text, or the first so many characters of a longer one and an ellipsis.

    >>> truncate("a long name", 6)
    'a long…'
    """
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def without_controls(text: str) -> str:
    r"""Return a text of others without what would move the cursor, or hide words, in a terminal.

    >>> without_controls("Tokyo\x1b[2J\u202enapaJ\n")
    'Tokyo�[2J�napaJ\n'
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
