"""Footnotes of a list: the sentences behind each entry, with one number each all over the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.lists.items import ListItem
from kg.statements.sentences import Sentence, sentences_stating
from web.serving.current_build import store

# Of a state that a hundred sentences speak of, the page of the state has the rest.
MOST = 4


class EntryNotes(NamedTuple):
    """The numbers of the footnotes of an entry, as `macros/citations.html` shows them."""

    footnotes: tuple[int, ...]
    provenance: tuple[str, ...] = ()


class ListNotes(NamedTuple):
    """The footnotes of each entry by its IRI, and the sentences in the order of their numbers."""

    entries: dict[str, EntryNotes]
    sentences: tuple[Sentence, ...]


def list_notes(items: Iterable[ListItem]) -> ListNotes:
    """Give a number to the sentences that state something of each entry, at most `MOST` of one."""
    numbers: dict[Sentence, int] = {}
    entries = {}
    for iri, stating in sentences_stating(store(), (item.thing.iri for item in items)).items():
        footnotes = (numbers.setdefault(one, len(numbers) + 1) for one in stating[:MOST])
        entries[iri] = EntryNotes(tuple(footnotes))
    return ListNotes(entries, tuple(numbers))
