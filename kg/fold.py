"""Names as they are compared: without accents, case and punctuation."""

from __future__ import annotations

import re
import unicodedata


def fold(name: str) -> str:
    """Write a name without accents, case and punctuation.

    >>> fold("Viktor  ORBÁN")
    'viktor orban'
    >>> fold("Владимир Путин") == fold("владимир путин")
    True
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())
