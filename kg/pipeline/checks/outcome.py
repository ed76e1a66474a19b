"""The outcome of one check, as `kg check` lists it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.errors import Finding


@dataclass(frozen=True)
class Outcome:
    """The findings of one check: none if the graph passes; a note if it did not run."""

    name: str
    findings: tuple[Finding, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        """Return the result in a few words."""
        count = len(self.findings)
        return self.note or (f"{count} finding{'s' * (count > 1)}" if count else "passed")
