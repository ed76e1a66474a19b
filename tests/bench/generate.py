"""Synthetic diplomacy in the terms of our ontology: equal sizes are equal files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

DIP = "https://w3id.org/aide-memoire/ontology#"
BASE = "http://example.org/bench/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_KINDS = ("Meeting", "Visit", "Ceremony", "MilitaryStrike", "Expulsion", "Announcement")
_WORDS = ("trade", "border", "summit", "treaty", "island", "energy", "fishery", "talks", "embassy")
# A few states are in very many events, as in the news: the weight of the nth is 1/n.
_SKEW = 1.0


@dataclass(frozen=True)
class Size:
    """How many of each there are in a file of so many triples."""

    triples: int

    @property
    def states(self) -> int:
        """Return the number of states."""
        return max(8, min(200, self.triples // 400))

    @property
    def persons(self) -> int:
        """Return the number of persons, each with a tenure."""
        return max(20, self.triples // 100)

    @property
    def cities(self) -> int:
        """Return the number of cities."""
        return max(10, self.triples // 500)

    @property
    def events(self) -> int:
        """Return a number of events that there are for certain."""
        return max(20, self.triples // 20)


def triples(size: Size) -> Iterator[str]:
    """Yield so many N-Triples lines."""
    yield from islice(_all(size, random.Random(7)), size.triples)  # noqa: S311


def write(path: Path, size: Size) -> None:
    """Write a file of N-Triples."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in triples(size))


def _all(size: Size, dice: random.Random) -> Iterator[str]:
    for number in range(size.states):
        yield from _labels("state", number, "State", "State", "国", "Государство")
        yield _line("state", number, "memberOf", _thing("group", number % 7))
    for number in range(size.cities):
        yield from _labels("city", number, "City", "City", "都市", "Город")
        yield _line("city", number, "locatedIn", _thing("state", number % size.states))
    for number in range(size.persons):
        yield from _person(size, number)
    weights = [1 / (n + 1) ** _SKEW for n in range(size.states)]
    for number in count():
        yield from _event(size, number, dice, weights)


def _person(size: Size, number: int) -> Iterator[str]:
    yield from _labels("person", number, "Person", "Minister", "大臣", "Министр")
    yield _line("person", number, "citizenship", _thing("state", number % size.states))
    yield _line("tenure", number, "holder", _thing("person", number))
    yield _line("tenure", number, "officeholderOf", _thing("state", number % size.states))
    yield _line("tenure", number, "startDate", _date(1990 + number % 30, number % 12, 1))


def _event(size: Size, number: int, dice: random.Random, weights: list[float]) -> Iterator[str]:
    kind = _KINDS[dice.randrange(len(_KINDS))]
    subject = " and ".join(dice.sample(_WORDS, 2))
    yield f"{_thing('event', number)} <{_RDF}type> <{DIP}{kind}> ."
    yield f'{_thing("event", number)} <{_RDFS}label> "{kind} {number} on {subject}"@en .'
    day = _date(2000 + dice.randrange(24), dice.randrange(12), dice.randrange(28))
    yield _line("event", number, "date", day)
    yield _line("event", number, "location", _thing("city", dice.randrange(size.cities)))
    yield _line("event", number, "participant", _thing("person", dice.randrange(size.persons)))
    for state in sorted(set(dice.choices(range(size.states), weights, k=3))):
        yield _line("event", number, "agent", _thing("state", state))
    if number and dice.random() < 1 / 3:
        earlier = _thing("event", dice.randrange(max(0, number - 50), number))
        yield _line("event", number, "inResponseTo", earlier)


def _labels(kind: str, number: int, of: str, en: str, ja: str, ru: str) -> Iterator[str]:
    thing = _thing(kind, number)
    yield f"{thing} <{_RDF}type> <{DIP}{of}> ."
    for language, word in (("en", en), ("ja", ja), ("ru", ru)):
        yield f'{thing} <{_RDFS}label> "{word} {number}"@{language} .'


def _line(kind: str, number: int, term: str, value: str) -> str:
    return f"{_thing(kind, number)} <{DIP}{term}> {value} ."


def _thing(kind: str, number: int) -> str:
    return f"<{BASE}{kind}/{number}>"


def _date(year: int, month: int, day: int) -> str:
    return f'"{year}-{month + 1:02}-{day + 1:02}"^^<{_XSD}date>'
