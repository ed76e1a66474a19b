"""The queries: each file of `shapes` is one shape, its capitals filled in at random."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import BASE, Size

_FOLDER = Path(__file__).parent / "shapes"
_NAMES = """PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
LOOKUPS = ("label", "properties", "ask", "hop")


@dataclass(frozen=True)
class Query:
    """One query, and which shape it is of."""

    shape: str
    text: str

    @property
    def graph(self) -> bool:
        """Tell whether a graph is the answer."""
        return "CONSTRUCT" in self.text or "DESCRIBE" in self.text


def mix(size: Size, number: int, lookups: bool = False) -> list[Query]:
    """Return so many queries, the shapes in turn; look-ups alone if so told."""
    dice = random.Random(11)  # noqa: S311
    paths = sorted(_FOLDER.glob("*.rq"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    names = LOOKUPS if lookups else tuple(texts)
    shapes = [names[n % len(names)] for n in range(number)]
    return [Query(shape, _filled(texts[shape], size, dice)) for shape in shapes]


def _filled(text: str, size: Size, dice: random.Random) -> str:
    """Put things that exist in place of STATE, PERSON, CITY and EVENT, and a year for YEAR."""
    numbers = {
        "STATE": size.states,
        "PERSON": size.persons,
        "CITY": size.cities,
        "EVENT": size.events,
    }
    for name, most in numbers.items():
        thing = f"<{BASE}{name.lower()}/{dice.randrange(most)}>"
        text = re.sub(rf"\b{name}\b", thing, text)
    text = re.sub(r"\bYEAR\b", str(2000 + dice.randrange(24)), text)
    return _NAMES + re.sub(r"\bWORD\b", str(dice.randrange(most)), text)
