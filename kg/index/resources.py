"""The table `resource` of the index: a number and a row per IRI, gathered from several queries."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from kg.model.dates import UNDATED, chronological_key
from kg.model.prefixes import THING


class Resources:
    """Numbers IRIs and gathers the fields of their rows until all are written at once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take the database to write to."""
        self._database = database
        self._ids: dict[str, int] = {}
        # IRIs with a name or a class that are not withdrawn: the others have nothing to show.
        self.described: set[str] = set()
        self.fields: dict[str, dict[str, object]] = defaultdict(dict)

    def id(self, iri: str) -> int:
        """Return the number of an IRI, the next one if it has none."""
        return self._ids.setdefault(iri, len(self._ids) + 1)

    def moment(self, iri: str) -> str:
        """Return the sort key of a thing by time (`kg.model.dates`)."""
        if iri not in self.fields:
            return UNDATED
        fields = self.fields[iri]
        earliest, latest = (str(fields.get(end) or "") for end in ("earliest", "latest"))
        return chronological_key(earliest, latest, bool(fields.get("not_occurred")))

    def save(self) -> None:
        """Write a row for every IRI that has a number."""
        rows = (
            (
                number,
                iri,
                # Parts of a thing (`#…`) are shown on its page and have none themselves.
                int(iri in self.described and iri.startswith(THING) and "#" not in iri),
                self.fields[iri].get("earliest"),
                self.fields[iri].get("latest"),
                self.fields[iri].get("stated"),
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
