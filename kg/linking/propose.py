"""Proposals of links: another dataset is asked for what has none, and the sure answers written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias

from kg.linking.answers import AnswerFile
from kg.linking.candidates.alignment import class_alignment
from kg.linking.candidates.block import CandidateSource, SoughtThing, blocks_of_a_kind
from kg.linking.comparison import CandidateComparison
from kg.linking.decide import PROPOSED, LinkDecision, decide, one_to_one
from kg.linking.link_table import (
    CURATORS,
    LinkTable,
    new_link_table,
    read_link_table,
    written_id,
)
from kg.linking.ours import OurThing, our_things
from kg.linking.recorded_links import recorded_links
from kg.linking.settings import LinkFiles
from kg.linking.wording import score_line
from kg.model.languages import DEFAULT, in_language
from kg.model.outside_datasets import OutsideDataset
from kg.store.store import Store

Answered: TypeAlias = Callable[[int, int], None]

TOOL = "kg link"
SAME = "owl:sameAs"


class LinkProposer:
    """Proposes links of a graph to one dataset."""

    def __init__(self, store: Store, dataset: OutsideDataset, files: LinkFiles) -> None:
        """Read what the table of links records; SourceError if it cannot be read."""
        self._store, self._dataset, self._files = store, dataset, files
        self._alignment = class_alignment(store)
        self._recorded = recorded_links(files.table, f"kg/links/{files.table.name}")

    def unsettled(self, iris: Iterable[str]) -> list[str]:
        """Return those things of which the table says nothing, neither a link nor none."""
        return [iri for iri in iris if not self._recorded.settled(iri)]

    def propose(
        self, source: CandidateSource, iris: Sequence[str], answered: Answered, *, again: bool
    ) -> list[LinkDecision]:
        """Ask for things of ours, decide on what is answered, and write what is sure.

        What an earlier run asked the same source is not asked again, unless `again` says so;
        `answered` is called with how many things are answered, and of how many.
        """
        # Tables are written in English.
        with in_language(DEFAULT):
            things = our_things(self._store, iris)
        sought = [self._sought(thing) for thing in things.values()]
        answers = AnswerFile(self._files.answers)
        _ask(source, sought, answers, answered, again=again)
        comparison = CandidateComparison(self._alignment, self._dataset)
        decisions = [
            decide(
                things[thing.iri],
                answers.get(thing, source.address) or (),
                comparison,
                self._recorded,
            )
            for thing in sought
        ]
        settled = one_to_one(decisions)
        self._proposals(settled).write(self._files.proposals)
        return settled

    def _sought(self, thing: OurThing) -> SoughtThing:
        space = self._dataset.classes
        kinds = self._alignment.theirs(thing.types, space)
        nearest = self._alignment.nearest(thing.types, space)
        return SoughtThing(thing.iri, thing.description.labels, kinds, nearest)

    def _proposals(self, decisions: Sequence[LinkDecision]) -> LinkTable:
        """Return the proposals of this run, after those of runs for other things."""
        table, path = new_link_table(self._dataset), self._files.proposals
        if path.is_file():
            decided = {written_id(decision.thing.iri) for decision in decisions}
            earlier = read_link_table(path, str(path))
            table = earlier.only(
                lambda row: row["subject_id"] not in decided and self._recorded.open(row)
            )
        for decision in decisions:
            if decision.outcome == PROPOSED:
                table = table.with_row(proposal_row(decision))
        return table


def proposal_row(decision: LinkDecision) -> dict[str, str]:
    """Return the cells of a proposal: the link, and why it is proposed."""
    best = decision.best
    return {
        "subject_id": written_id(decision.thing.iri),
        "subject_label": decision.thing.label,
        "predicate_id": SAME,
        "object_id": written_id(best.candidate.iri),
        "object_label": best.candidate.label,
        "mapping_justification": "semapv:CompositeMatching",
        "confidence": f"{best.score.value:.2f}",
        "author_id": CURATORS,
        "mapping_date": date.today().isoformat(),
        "mapping_tool": TOOL,
        "comment": f"Features: {score_line(best.score)}.",
    }


def _ask(
    source: CandidateSource,
    sought: Sequence[SoughtThing],
    answers: AnswerFile,
    answered: Answered,
    *,
    again: bool,
) -> None:
    # A block is asked as it was before, so that cached responses serve what was cut short.
    blocks = [
        (block, again or not all(answers.has(thing, source.address) for thing in block))
        for block in blocks_of_a_kind(sought, source.block_size)
    ]
    for block, pending in blocks:
        if not pending:
            for thing in block:
                source.remember(answers.get(thing, source.address) or ())
    source.prepare([thing for block, pending in blocks if pending for thing in block])
    count = 0
    for block, pending in blocks:
        if pending:
            candidates = source.candidates(block)
            answers.add(source.address, [(thing, candidates[thing.iri]) for thing in block])
        count += len(block)
        answered(count, len(sought))
