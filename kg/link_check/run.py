"""Check all links of a tree: dataset by dataset, from where the last run was cut short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.link_check.asking import TargetAsker
from kg.link_check.kinds import class_kinds
from kg.link_check.linked_thing import read_linked_thing
from kg.link_check.run_notes import RunNotes
from kg.link_check.target_answer import TargetAnswer
from kg.link_check.verdict import link_verdict
from kg.model.outside_datasets import OutsideDataset, outside_datasets
from kg.outside.client import OutsideClient
from kg.outside.errors import NoNetwork
from kg.pipeline.inputs.checked_links import CheckedLink, LinkReport
from kg.store.store import Store

# Of records that are asked for one by one, not each is worth a line.
_OFTEN = 10


@dataclass(frozen=True)
class LinkCheck:
    """One check of links: whom it may ask, the build with the things of ours, and its notes.

    `before` is the report of the last check; `day` is today, as a report has it; `progress` is
    called with a dataset's name and a few words.
    """

    client: OutsideClient
    store: Store
    notes: RunNotes
    before: LinkReport | None
    day: str
    progress: Callable[[str, str], None] = lambda *_: None

    def run(self, links: Sequence[CheckedLink], datasets: Iterable[str]) -> LinkReport:
        """Check the links to some datasets; return the report of all of them.

        Of links to other datasets it has what the report before had. NoNetwork if no dataset can
        be reached at all: then nothing was checked, and no report is to change.
        """
        last = {link.key: link for link in self.before.links} if self.before else {}
        chosen = set(datasets)
        carried = [last[link.key] for link in links if _stays(link, chosen) and link.key in last]
        selected = [link for link in links if link.dataset in chosen]
        resumed = self._resume(selected)
        pending: dict[str, list[CheckedLink]] = defaultdict(list)
        for link in selected:
            if link.key not in resumed:
                pending[link.dataset].append(link)
        verdicts, failures = [], []
        for name in filter(pending.__contains__, outside_datasets()):
            checked, failure = self._dataset(outside_datasets()[name], pending[name], last)
            verdicts += checked
            failures.append(failure)
        if failures and all(failures):
            if not resumed:
                self.notes.remove()
            raise next(filter(None, failures))
        return LinkReport(self.day, (*carried, *resumed.values(), *verdicts))

    def _resume(self, links: Iterable[CheckedLink]) -> dict[tuple[str, str, str], CheckedLink]:
        noted = self.notes.read()
        resumed = {link.key: noted[link.key] for link in links if link.key in noted}
        if resumed:
            self.progress("notes", f"{len(resumed)} links were checked before the last run ended")
        self.notes.start(resumed.values())
        return resumed

    def _dataset(
        self,
        dataset: OutsideDataset,
        links: Sequence[CheckedLink],
        last: dict[tuple[str, str, str], CheckedLink],
    ) -> tuple[list[CheckedLink], NoNetwork | None]:
        """Check the links to one dataset; return also why it could not be reached, if so."""
        by_target: dict[str, list[CheckedLink]] = defaultdict(list)
        for link in links:
            by_target[dataset.identifier(link.target)].append(link)
        asker = TargetAsker(self.client, dataset, class_kinds(self.store).aligned)
        verdicts: list[CheckedLink] = []
        for answer in asker.answers(tuple(by_target)):
            for link in by_target[answer.identifier]:
                checked = _with_last(self._verdict(link, answer, dataset), last.get(link.key))
                verdicts.append(checked)
                if checked.verdict != "unreachable":
                    self.notes.add(checked)
            count = len(verdicts)
            if asker.reached and (count % _OFTEN == 0 or count == len(links)):
                self.progress(dataset.name, f"{count} of {len(links)} links")
        return verdicts, None if asker.reached else asker.no_network

    def _verdict(
        self, link: CheckedLink, answer: TargetAnswer, dataset: OutsideDataset
    ) -> CheckedLink:
        thing = read_linked_thing(self.store, link.subject)
        return link_verdict(link, answer, thing, class_kinds(self.store), dataset, self.day)


def _stays(link: CheckedLink, chosen: Iterable[str]) -> bool:
    return bool(link.dataset) and link.dataset not in chosen


def _with_last(link: CheckedLink, last: CheckedLink | None) -> CheckedLink:
    """Add the last verdict that rests on an answer to a link whose target did not answer."""
    if link.verdict != "unreachable" or last is None:
        return link
    if last.verdict != "unreachable":
        return replace(link, before=last.verdict, before_day=last.day)
    return replace(link, before=last.before, before_day=last.before_day)
