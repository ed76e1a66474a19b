"""The colours of pictures, by what they are for and by kind of thing."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("colours.toml")
_OTHER = "net-other"


class PictureColours(NamedTuple):
    """Colours as hexadecimal numbers: of the page by role, of things by principal class."""

    page: dict[str, str]
    classes: dict[str, str]
    other: str

    def kind(self, name: str) -> str:
        """Return the colour of a principal class, by its local name.

        >>> picture_colours().kind("State"), picture_colours().kind("")
        ('#1f5f99', '#6b655a')
        """
        return self.classes.get(name, self.other)


@cache
def picture_colours() -> PictureColours:
    """Return the colours."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    kinds = tables["kinds"]
    classes = {name: kinds[group] for group, names in tables["classes"].items() for name in names}
    return PictureColours(tables["page"], classes, kinds[_OTHER])
