"""What a query uses and Spark is not taught."""

from __future__ import annotations


class UntranslatedError(Exception):
    """An operator, function or form that has no translation, by its name in SPARQL."""

    def __init__(self, name: str) -> None:
        """Record the name, as it is written in a query."""
        self.name = name
        super().__init__(name)
