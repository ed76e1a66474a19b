"""What another dataset answered, thing by thing: a file that grows by a line and loses none."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from kg.linking.candidates.block import SoughtThing
from kg.linking.candidates.candidate import OutsideCandidate
from kg.model.errors import SourceError


class AnswerFile:
    """The candidates for each thing that was asked for, and how it was asked.

    A run that is killed at any point leaves complete lines and at most one that is cut off, which
    the next run removes: what was answered is not asked again.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, if there is one; SourceError names a line that cannot be read."""
        self._path = path
        self._answers: dict[str, tuple[str, list[OutsideCandidate]]] = {}
        self._candidates: dict[tuple[str, str], OutsideCandidate] = {}
        if path.is_file():
            self._read(path.read_bytes())

    def get(self, thing: SoughtThing, address: str) -> list[OutsideCandidate] | None:
        """Return the candidates for a thing; None if it was not asked for, or otherwise."""
        asked, candidates = self._answers.get(thing.iri, ("", []))
        return candidates if asked == _question(thing, address) else None

    def has(self, thing: SoughtThing, address: str) -> bool:
        """Tell whether a thing was asked for, and asked so."""
        return self.get(thing, address) is not None

    def candidate(self, thing: str, iri: str) -> OutsideCandidate | None:
        """Return what was last said of a candidate for a thing; None if it never was one."""
        return self._candidates.get((thing, iri))

    def add(
        self, address: str, answers: Iterable[tuple[SoughtThing, list[OutsideCandidate]]]
    ) -> None:
        """Append answers, and force them to disk before anything else is asked."""
        # One write and one sync for all of a block, which is what is asked for together.
        lines = []
        for thing, candidates in answers:
            question = _question(thing, address)
            self._remember(thing.iri, question, candidates)
            record = {
                "thing": thing.iri,
                "question": question,
                "address": address,
                "answered": date.today().isoformat(),
                "candidates": [one.record() for one in candidates],
            }
            lines.append(json.dumps(record, ensure_ascii=False) + "\n")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write("".join(lines))
            file.flush()
            os.fsync(file.fileno())

    def _read(self, body: bytes) -> None:
        # What a killed process was writing has no end of line.
        complete = body.rfind(b"\n") + 1
        if complete < len(body):
            os.truncate(self._path, complete)
        for number, line in enumerate(body[:complete].splitlines(), 1):
            try:
                self._read_record(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                wrong = "this is no answer of another dataset"
                hint = "delete the line, and it is asked for again"
                raise SourceError(str(self._path), number, 1, wrong, hint) from error

    def _read_record(self, record: dict[str, Any]) -> None:
        candidates = [OutsideCandidate.of_record(one) for one in record["candidates"]]
        self._remember(record["thing"], record["question"], candidates)

    def _remember(self, thing: str, question: str, candidates: list[OutsideCandidate]) -> None:
        self._answers[thing] = (question, candidates)
        self._candidates |= {(thing, one.iri): one for one in candidates}


def _question(thing: SoughtThing, address: str) -> str:
    """Return a digest of what a dataset is asked about a thing, to tell when that has changed."""
    question = json.dumps([address, thing.iri, sorted(thing.names), sorted(thing.kinds)])
    return hashlib.sha256(question.encode()).hexdigest()[:16]
