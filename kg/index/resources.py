"""The rows of the index that things have, gathered from all that is read of them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from kg.model.dates import UNDATED, chronological_key
from kg.model.prefixes import THING


class Resources:
    """Numbers IRIs; those that end up with no row of their own are given one when saved."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take the database that the rows will go to."""
        self._database = database
        self._ids: dict[str, int] = {}
        # What has a name or a class, and was not withdrawn: of the rest there is nothing to show.
        self.told: set[str] = set()
        self.fields: dict[str, dict[str, object]] = defaultdict(dict)

    def id(self, iri: str) -> int:
        """Return the number of an IRI, the next one if it has none."""
        return self._ids.setdefault(iri, len(self._ids) + 1)

    def moment(self, iri: str) -> str:
        """Return where a thing stands in an order of time (`kg.model.dates`)."""
        if iri not in self.fields:
            return UNDATED
        known = self.fields[iri]
        earliest, latest = (str(known.get(end) or "") for end in ("earliest", "latest"))
        return chronological_key(earliest, latest, bool(known.get("apart")))

    def save(self) -> None:
        """Write a row for every IRI that has a number."""
        rows = (
            (
                number,
                iri,
                int(iri in self.told and iri.startswith(THING) and "#" not in iri),
                self.fields[iri].get("earliest"),
                self.fields[iri].get("latest"),
                self.fields[iri].get("said"),
                self.moment(iri),
                self.fields[iri].get("status", ""),
                self.fields[iri].get("degree", 0),
                self.fields[iri].get("article", ""),
            )
            for iri, number in self._ids.items()
        )
        self._database.executemany(
            "INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
