"""What the default graph says of one subject, for its row of the index and for its facets."""

from __future__ import annotations

from collections.abc import Callable

from kg.index.folding import fold_name
from kg.index.writing.stage import Stage
from kg.index.writing.terms import IndexTerms
from kg.model.dates import chronological_key
from kg.model.prefixes import THING, expand
from kg.nquads.lines import is_iri, language_of, text_of

# Statements by property are counted of things that more start from, or point to; of each property
# so many ends are recorded, for no engine returns the same ones first.
FEW, MOST_ENDS = 300, 40

THING_START = f"<{THING}".encode()
_TRUE = f'"true"^^<{expand("xsd:boolean")}>'.encode()


class PropertyTally:
    """How many statements of a property start from a thing, and the first values, stated first."""

    __slots__ = ("_inferred", "_stated", "number")

    def __init__(self) -> None:
        self.number = 0
        self._stated: list[bytes] = []
        self._inferred: list[bytes] = []

    def count(self, value: bytes, inferred: bool) -> None:
        """Take a statement; they come in the order of their values."""
        self.number += 1
        values = self._inferred if inferred else self._stated
        # Names of blank nodes are others in every build.
        if len(values) < MOST_ENDS and not value.startswith((b"_:", b"<<")):
            values.append(value)

    def ends(self) -> str:
        """Return the first values as N-Triples writes them, a line for each."""
        return b"\n".join((self._stated + self._inferred)[:MOST_ENDS]).decode()


class SubjectRow:
    """Gathers what statements say of a subject, and puts aside what needs no gathering.

    `used` says that something in the index refers to the subject, so that it gets a number.
    """

    def __init__(self, iri: bytes, stage: Stage, terms: IndexTerms) -> None:
        """Take the subject as N-Quads writes it."""
        self.iri, self.key, self.used = iri, hash(iri), False
        self.is_thing = iri.startswith(THING_START)
        self._rows, self._terms, self._is_iri = stage.rows, terms, is_iri(iri)
        self._described = self._withdrawn = self._apart = False
        self._title: tuple[bool, tuple[str, str], str] | None = None
        self._days: dict[str, str] = {}
        self._types: set[str] = set()
        self._statuses: set[str] = set()
        self._article = ""
        self._tally: dict[bytes, PropertyTally] = {}

    def count(self, property_: bytes, value: bytes, inferred: bool) -> None:
        """Count a statement by its property."""
        tally = self._tally.get(property_)
        if tally is None:
            tally = self._tally[property_] = PropertyTally()
        tally.count(value, inferred)

    def add_name(self, value: bytes, kind: str) -> None:
        """Take a label, another name, or a point, which is searched for as names are."""
        if not value.startswith(b'"'):
            return
        text = text_of(value)
        if kind == "point":
            self._rows["wkt"].append((self.key, text))
        if not self._is_iri:
            return
        self._described = self.used = True
        language, folded = language_of(value), fold_name(text)
        self._rows["name"].append((self.key, text, f" {folded}", language, kind))
        # The last English label, else the first of all.
        english, order = language in {"", "en"}, (language, text)
        if kind == "label" and (
            self._title is None
            or english > self._title[0]
            or (english == self._title[0] and (order > self._title[1]) == english)
        ):
            self._title = (english, order, folded)

    def add_day(self, value: bytes, end: str, choose: Callable[[str, str], str]) -> None:
        """Take a day; several are chosen from."""
        text = text_of(value)
        self._days[end] = choose(text, self._days.get(end, text))
        self.used = self.used or end != "stated"

    def add_status(self, value: bytes) -> None:
        """Take a status, unless it is that the thing occurred."""
        status = text_of(value)
        if status in self._terms.statuses:
            self.used = True
            self._statuses.add(status)
            self._apart = self._apart or self._terms.statuses[status]

    def add_article(self, value: bytes) -> None:
        """Take the article that the English name has within a sentence."""
        self._article = text_of(value)

    def add_type(self, value: bytes) -> None:
        """Take a class."""
        if self.is_thing:
            self._types.add(text_of(value))

    def withdraw(self, value: bytes) -> None:
        """Take that the thing is deprecated, or is now part of another (its IRI)."""
        self._withdrawn = self._withdrawn or value == _TRUE or not value.startswith(b'"')

    def add_facet(self, kind: str, value: bytes) -> None:
        """Take a value by which lists are filtered."""
        self.used = True
        self._rows["facet"].append((self.key, kind, text_of(value)))
        if kind == "actor":
            self._rows["actor"].append((self.key, hash(value)))

    def add_node(self, value: bytes, table: str) -> None:
        """Put aside that a node belongs to the subject."""
        self.used = True
        self._rows[table].append((self.key, hash(value)))

    def add_iri(self, value: bytes, table: str) -> None:
        """Put aside the IRI of what the subject belongs to."""
        if is_iri(value):
            self._rows[table].append((self.key, text_of(value)))

    def finish(self) -> None:
        """Put aside what is sure once all statements about the subject have been taken."""
        if not self._is_iri:
            return
        if self._types:
            self._finish_classes()
        if self._days.get("earliest"):
            self._rows["facet"].append((self.key, "year", self._days["earliest"][:4]))
        if self.is_thing and sum(tally.number for tally in self._tally.values()) > FEW:
            self.used = True
            tallies = ((text_of(name), tally) for name, tally in self._tally.items())
            self._rows["tally"] += [(self.key, 1, name, t.number, t.ends()) for name, t in tallies]
        if self.used:
            self._rows["subject"].append(self._row())

    def _finish_classes(self) -> None:
        self._described = self.used = True
        classes, key = self._terms.classes(frozenset(self._types)), self.key
        self._rows["facet"] += [(key, "class", kind) for kind in classes.all]
        self._rows["facet"] += [(key, "type", kind) for kind in classes.narrowest]
        self._rows["principal"] += [(key, kind) for kind in classes.principal]

    def _row(self) -> tuple[object, ...]:
        days = self._days if self._days.keys() & {"earliest", "latest"} else {}
        earliest, latest = days.get("earliest"), days.get("latest")
        # Parts of a thing (`#…`) are shown on its page and have none themselves.
        is_page = self.is_thing and self._described and b"#" not in self.iri
        return (
            self.key,
            text_of(self.iri),
            int(is_page and not self._withdrawn),
            self._title[2] if self._title else None,
            earliest,
            latest,
            days.get("stated"),
            chronological_key(earliest or "", latest or "", self._apart),
            " ".join(sorted(self._statuses)),
            self._article,
        )
