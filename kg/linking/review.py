"""The review of proposals: each accepted or rejected by a person, and recorded at once.

A decision is written to the table of links before the proposal goes: whoever is killed between
the two finds the decision recorded, and the proposal no longer open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.linking.answers import AnswerFile
from kg.linking.candidates.alignment import class_alignment
from kg.linking.candidates.candidate import OutsideCandidate
from kg.linking.comparison import CandidateComparison
from kg.linking.link_table import (
    CURATORS,
    LinkTable,
    new_link_table,
    read_link_table,
)
from kg.linking.ours import OurThing, our_things
from kg.linking.propose import SAME
from kg.linking.recorded_links import recorded_links
from kg.linking.settings import LinkFiles
from kg.matching.score import Score
from kg.model.errors import KGError
from kg.model.outside_datasets import OutsideDataset
from kg.model.prefixes import expand
from kg.pipeline.inputs.sssom import read_mapping_table
from kg.store.store import Store

CLOSE = "skos:closeMatch"
# Of a pair that a person has looked at and rejected, as of links that a person has checked.
_REJECTED = "0.95"
_ORCID = re.compile(r"(?:https?://orcid\.org/|orcid:)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


@dataclass(frozen=True)
class Reviewer:
    """Who reviews: an IRI or prefixed name, and a name if there is one."""

    id: str
    label: str = ""

    @classmethod
    def of(cls, who: str) -> Reviewer:
        """Read an ORCID, an IRI or a name; KGError if it is empty.

        >>> Reviewer.of("0000-0002-1825-0097").id
        'https://orcid.org/0000-0002-1825-0097'
        >>> Reviewer.of("Ada Lovelace")
        Reviewer(id='graph:links#curators', label='Ada Lovelace')
        """
        name = " ".join(who.split())
        orcid = _ORCID.fullmatch(name)
        if not name:
            raise KGError("say who reviews: --as with a name or an ORCID")
        if orcid:
            return cls(f"https://orcid.org/{orcid[1]}")
        return cls(name) if re.fullmatch(r"https?://\S+", name) else cls(CURATORS, name)


@dataclass(frozen=True)
class ProposedLink:
    """A proposal, with what both sides say now; `candidate` is without facts if those are lost."""

    cells: dict[str, str]
    thing: OurThing
    candidate: OutsideCandidate
    score: Score


@dataclass(frozen=True)
class _Decision:
    proposal: dict[str, str]
    recorded: dict[str, str]


class LinkReview:
    """The open proposals of a dataset, one after the other, and the decisions of this review."""

    def __init__(
        self, store: Store, dataset: OutsideDataset, files: LinkFiles, reviewer: Reviewer
    ) -> None:
        """Read the proposals; SourceError says where a table is not as it should be."""
        self.dataset = dataset
        self._store, self._files, self._reviewer = store, files, reviewer
        self._answers = AnswerFile(files.answers)
        self._comparison = CandidateComparison(class_alignment(store), dataset)
        self._decisions: list[_Decision] = []
        self._passed: list[dict[str, str]] = []
        if files.proposals.is_file():
            read_mapping_table(files.proposals, str(files.proposals))

    def current(self) -> ProposedLink | None:
        """Return the next open proposal that was not skipped; None if there is none."""
        cells = next(self._open(), None)
        if cells is None:
            return None
        iri, record = expand(cells["subject_id"]), expand(cells["object_id"])
        thing = our_things(self._store, [iri])[iri]
        said = self._answers.candidate(iri, record)
        candidate = said or OutsideCandidate(record, ((cells.get("object_label", ""), ""),))
        return ProposedLink(cells, thing, candidate, self._comparison.score(thing, candidate))

    def left(self) -> int:
        """Count the open proposals that were not skipped."""
        return sum(1 for _ in self._open())

    def accept(self, proposal: ProposedLink, predicate: str = SAME) -> None:
        """Record a proposal as a link."""
        self._record(proposal, {"predicate_id": predicate})

    def reject(self, proposal: ProposedLink, reason: str = "") -> None:
        """Record that a proposal does not hold, so that it is never proposed again."""
        comment = f"Rejected: {reason}" if reason else "Rejected in a review"
        comment += f". {proposal.cells.get('comment', '')}"
        changes = {"predicate_modifier": "Not", "confidence": _REJECTED, "comment": comment}
        self._record(proposal, changes)

    def skip(self, proposal: ProposedLink) -> None:
        """Leave a proposal open, for another review."""
        self._passed.append(proposal.cells)

    def undo(self) -> bool:
        """Take back the last decision of this review; tell whether there was one."""
        if not self._decisions:
            return False
        decision = self._decisions.pop()
        path = self._files.proposals
        read_link_table(path, str(path)).with_row(decision.proposal).write(path)
        self._table().without_row(decision.recorded).write(self._files.table)
        return True

    def _open(self) -> Iterator[dict[str, str]]:
        path = self._files.proposals
        if not path.is_file():
            return
        recorded = recorded_links(self._files.table, f"kg/links/{self._files.table.name}")
        for cells in read_link_table(path, str(path)).cells():
            if cells not in self._passed and recorded.open(cells):
                yield cells

    def _record(self, proposal: ProposedLink, changes: dict[str, str]) -> None:
        table = self._table()
        cells = {
            **proposal.cells,
            "subject_id": table.declared_id(proposal.thing.iri),
            "object_id": table.declared_id(proposal.candidate.iri),
            "reviewer_id": self._reviewer.id,
            "reviewer_label": self._reviewer.label,
            "mapping_date": date.today().isoformat(),
            **changes,
        }
        # First here: a decision that is recorded twice is one, a lost one is lost.
        table.with_row(cells).write(self._files.table)
        self._decisions.append(_Decision(proposal.cells, cells))
        path = self._files.proposals
        read_link_table(path, str(path)).without_row(proposal.cells).write(path)

    def _table(self) -> LinkTable:
        path = self._files.table
        return read_link_table(path, path.name) if path.is_file() else new_link_table(self.dataset)


def reviewed_address(proposal: ProposedLink, dataset: OutsideDataset) -> str:
    """Return the address of the page about a candidate, for readers."""
    identifier = dataset.identifier(proposal.candidate.iri)
    return dataset.page_address(identifier) if identifier else proposal.candidate.iri
