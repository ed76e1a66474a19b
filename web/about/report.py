"""The text of a report of an error, with all that somebody needs who looks into it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.translations import gettext


@dataclass(frozen=True)
class ErrorReport:
    """What a report is about: addresses of a page and of a statement, and the build's number.

    A report on no page in particular has an empty address.
    """

    page: str
    statement: str
    build: str

    @property
    def title(self) -> str:
        """Return the title, in the reader's language."""
        return gettext("Error in Aide-Mémoire, build %(number)s", number=self.build)

    @property
    def text(self) -> str:
        """Return the text to fill in, in the reader's language."""
        lines = [
            self.page and gettext("Page: %(address)s", address=self.page),
            self.statement and gettext("Statement: %(address)s", address=self.statement),
            gettext("Build: %(number)s", number=self.build),
        ]
        questions = [gettext("What is wrong:"), gettext("What the source says, and where:")]
        return "\n".join([*filter(None, lines), "", *(f"{question}\n" for question in questions)])
