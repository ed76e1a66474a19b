"""The verdicts of a run as they come, on disk, so that a run that was cut short goes on."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.model.errors import KGError, SourceError
from kg.pipeline.inputs.checked_links import CheckedLink, format_row, parse_row

# A run that goes on after longer would report of two days as of one.
_DAYS = 7
_DAY = 86_400


class RunNotes:
    """A file of rows, one for each link that was checked, which a complete run removes."""

    def __init__(self, path: Path) -> None:
        """Take the path, in a folder that need not exist."""
        self._path = path

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs out as long as this one lasts; KGError if there is one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # The kernel releases it when a process ends, however it ends.
        with self._path.with_suffix(".lock").open("w", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise KGError("another check of links is under way; wait for its end") from error
            yield

    def read(self) -> dict[tuple[str, str, str], CheckedLink]:
        """Return the links that the last run checked, if it was cut short a few days ago at most.

        A target whose row was cut off is to be asked again.
        """
        try:
            if time.time() - self._path.stat().st_mtime > _DAYS * _DAY:
                return {}
            # What follows the last line feed was cut off as it was written.
            lines = self._path.read_bytes().split(b"\n")[:-1]
        except FileNotFoundError:
            return {}
        links: dict[tuple[str, str, str], CheckedLink] = {}
        for line in lines:
            with suppress(SourceError, UnicodeDecodeError):
                link = parse_row(line.decode(), self._path.name, 0)
                links[link.key] = link
        return links

    def start(self, links: Iterable[CheckedLink]) -> None:
        """Begin a file that holds nothing but these links."""
        self._path.write_text("".join(f"{format_row(link)}\n" for link in links), "utf-8")

    def add(self, link: CheckedLink) -> None:
        """Add a link whose target has answered."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{format_row(link)}\n")

    def remove(self) -> None:
        """Forget the run, as its report is written."""
        self._path.unlink(missing_ok=True)
