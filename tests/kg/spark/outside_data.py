"""Outside data in the terms of our ontology, from which every kind of rule concludes something."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.prefixes import GRAPH, SOURCE, THING
from tests.bench.generate import BASE, DIP, Size, triples

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def outside_lines(size: int) -> Iterator[str]:
    """Yield at least so many lines: those of the benchmark, and such as rules wait for."""
    yield from triples(Size(size))
    for number in range(max(4, size // 100)):
        yield from _relations(number)
        yield from _dates(number)
    yield from _odd()


def comparable_quads() -> Iterator[str]:
    """Yield what two sources state of one thing: days, a month, places, a number and its least."""
    event = f"<{THING}outside-talks>"
    stated = {
        "courier-1/p1s1": [
            ("date", _literal("2018-03-04", "date")),
            ("location", _thing("city", 1)),
        ],
        "courier-1/p1s2": [("date", _literal("2018-03", "gYearMonth"))],
        "digest-2/p1s1": [
            ("date", _literal("2018-03-09", "date")),
            ("location", _thing("city", 2)),
        ],
        "digest-2/p2s1": [("count", _literal("012", "integer"))],
        "courier-1/p3s1": [("count", _literal("14", "integer"))],
    }
    for name in ("courier-1", "digest-2"):
        yield f"<{SOURCE}{name}> {_TYPE} <{DIP}Source> <{GRAPH}sources> ."
    for sentence, facts in stated.items():
        for term, value in facts:
            yield f"{event} <{DIP}{term}> {value} <{SOURCE}{sentence}> ."


def _relations(number: int) -> Iterator[str]:
    for kind in ("Alliance", "DiplomaticRelations"):
        yield _is(kind, number)
        for party in (number, number + 1):
            yield _says(kind, number, "party", _thing("state", party))
    yield _is("Membership", number)
    yield _says("Membership", number, "member", _thing("state", number))
    yield _says("Membership", number, "membershipIn", _thing("body", number % 3))
    if number % 2:
        yield _says("Membership", number, "endDate", _literal("2019", "gYear"))
    for kind, listing in (("Designation", "designates"), ("Delisting", "delists")):
        yield _is(kind, number)
        yield _says(kind, number, listing, _thing("person", number))
        yield _says(kind, number, "onList", _thing("list", number % 2))
        yield _says(kind, number, "date", _literal(f"20{10 + number % 4}-05-06", "date"))
    yield _is("EntryIntoForce", number)
    yield _says("EntryIntoForce", number, "onInstrument", _thing("treaty", number))
    yield _says("vote", number, "onProposal", _thing("proposal", number))
    yield _says("vote", number, "result", f"<{DIP}adopted>")
    yield f"{_thing('proposal', number)} {_TYPE} <{DIP}Instrument> ."
    yield _says("tenure", number, "positionHeld", _thing("position", number))
    yield _says("position", number, "positionIn", _thing("state", number))
    yield _says("position", number, "positionKind", f"<{DIP}headOfState>")


def _dates(number: int) -> Iterator[str]:
    forms = (("2018-02", "gYearMonth"), ("2020", "gYear"), ("2016-02", "gYearMonth"))
    form, kind = forms[number % 3]
    yield _is("Meeting", number)
    yield _says("Meeting", number, "date", _literal(form, kind))
    yield _says("Meeting", number, "attested", _literal(form, kind))
    yield _is("Ceremony", number)
    yield _says("Ceremony", number, "after", _thing("Meeting", number))
    yield _says("Ceremony", number, "after", _thing("event", number))
    yield _is("Prospect", number)
    yield _says("Prospect", number, "expectedOccasion", _thing("Ceremony", number))
    yield _says("Prospect", number, "expectedDate", _literal("2030-01-01", "date"))
    yield _is("Occupation", number)
    yield _says("Occupation", number, "startedBy", _thing("Meeting", number))
    yield _says("Occupation", number, "endedBy", _thing("event", number))
    yield _says("city", number, "partOf", _thing("region", number % 5))
    yield _says("region", number % 5, "partOf", _thing("region", number % 5 + 1))


def _odd() -> Iterator[str]:
    """Yield what data of other people holds: faults, blank nodes, escapes, numbers in any form."""
    yield _says("event", 0, "date", _literal("2018-03-04T10:00:00", "dateTime"))
    yield _says("event", 1, "location", '"nowhere"')
    yield _says("event", 2, "endDate", _literal("1066-10-14", "date"))
    yield _says("event", 3, "participant", "_:somebody")
    yield f'_:somebody <{_RDFS}label> "\\u00e9 \\"q\\"\\n\\\\u"@EN-gb .'
    yield _says("event", 4, "count", _literal("007", "integer"))
    yield _says("event", 5, "count", _literal("1.50", "decimal"))
    yield f"<http://example.org/own#p> <{_RDFS}subPropertyOf> <{DIP}partOf> ."
    yield f"{_thing('city', 3)} <http://example.org/own#p> {_thing('state', 4)} ."


def _is(kind: str, number: int) -> str:
    return f"{_thing(kind, number)} {_TYPE} <{DIP}{kind}> ."


def _says(kind: str, number: int, term: str, value: str) -> str:
    return f"{_thing(kind, number)} <{DIP}{term}> {value} ."


def _thing(kind: str, number: int) -> str:
    return f"<{BASE}{kind}/{number}>"


def _literal(form: str, of: str) -> str:
    return f'"{form}"^^<{_XSD}{of}>'
