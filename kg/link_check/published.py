"""The last check of links as a build carries it, as far as it is about links that the build has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.link_check.table_links import checked_dataset
from kg.model.outside_datasets import dataset_of
from kg.model.source_texts import LINK_CHECK_FILE
from kg.pipeline.inputs.checked_links import VERDICTS, CheckedLink, LinkReport, parse_link_report
from kg.store.memory import per_reader, per_store
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary
from kg.things.outside_links import OutsideLink, outside_links

_FAULTS = ("dead", "moved", "doubtful")


@dataclass(frozen=True)
class PublishedLink:
    """A link with its verdict, as a page shows it: the thing, and the record in its dataset."""

    checked: CheckedLink
    thing: DisplayValue
    link: OutsideLink

    @property
    def successor(self) -> str:
        """Return the identifier of the record that replaced this one, if one did."""
        dataset = dataset_of(self.checked.moved_to)
        return dataset.identifier(self.checked.moved_to) if dataset else self.checked.moved_to


@dataclass(frozen=True)
class PublishedCheck:
    """The last check, without links that were mended since.

    `unchecked` is the number of links that it did not have, `unaskable` of those to datasets whose
    records have no address of their own.
    """

    day: str
    links: tuple[PublishedLink, ...]
    unchecked: int
    unaskable: int

    @property
    def counts(self) -> Mapping[str, int]:
        """Return the number of links by verdict, those without links included."""
        counted = Counter(link.checked.verdict for link in self.links)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    def compared(self, aspect: str) -> int:
        """Return the number of links of which the status, label or kind was compared."""
        return sum(aspect in link.checked.compared.split() for link in self.links)

    def of(self, verdict: str) -> tuple[PublishedLink, ...]:
        """Return the links with a verdict."""
        return tuple(link for link in self.links if link.checked.verdict == verdict)


@per_store
def link_faults(store: Store) -> Mapping[tuple[str, str, str], CheckedLink]:
    """Return the links that the last check has as dead, moved or doubtful, by their keys."""
    text = store.texts.files.get(LINK_CHECK_FILE)
    links = parse_link_report(text).links if text else ()
    return {link.key: link for link in links if link.verdict in _FAULTS}


@per_reader
def published_check(store: Store) -> PublishedCheck | None:
    """Return the last check of the links of a build, None if it carries none."""
    text = store.texts.files.get(LINK_CHECK_FILE)
    return _published(store, parse_link_report(text)) if text else None


def _published(store: Store, report: LinkReport) -> PublishedCheck:
    vocabulary = read_vocabulary(store)
    links = {
        (thing, link.relation, link.record): link
        for thing, its in outside_links(store).items()
        for link in its
    }
    current = [checked for checked in report.links if checked.key in links]
    askable = sum(bool(checked_dataset(record)) for _, _, record in links)
    return PublishedCheck(
        report.day,
        tuple(
            PublishedLink(one, display_thing(vocabulary, one.subject), links[one.key])
            for one in current
        ),
        askable - len(current),
        len(links) - askable,
    )
