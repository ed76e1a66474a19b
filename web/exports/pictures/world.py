"""Land and borders of the world as the data of SVG paths, as the assets have them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

_FILE = Path(__file__).parents[2] / "static" / "world.svg"
_SVG = "{http://www.w3.org/2000/svg}"


class World(NamedTuple):
    """Paths in degrees east and south."""

    land: str
    borders: str


@cache
def world() -> World:
    """Return the paths of the base map; empty where the assets have not been built."""
    if not _FILE.is_file():
        return World("", "")
    root = ET.parse(_FILE).getroot()  # noqa: S314 - a file of ours
    symbols = {symbol.get("id"): symbol for symbol in root.iter(f"{_SVG}symbol")}
    return World(*(_paths(symbols[name]) for name in ("land", "borders")))


def _paths(symbol: ET.Element) -> str:
    return " ".join(path.get("d", "") for path in symbol.iter(f"{_SVG}path"))
