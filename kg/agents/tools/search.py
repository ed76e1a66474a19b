"""The tool `search`: things by name, with the sentences that state something of them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.agents.names import find_class
from kg.agents.tool_answer import ToolAnswer, ToolRow, tool_row
from kg.agents.tools.tool_call import ToolCall
from kg.lists.search import MOST_MATCHES, SearchHit, search_things
from kg.model.prefixes import TERM, shorten
from kg.statements.sentences import sentences_stating
from kg.store.store import Store

# Of each thing: enough to see where to read on.
_SENTENCES = 2


def search_by_name(call: ToolCall) -> ToolAnswer:
    """Return the things whose names match a text, best first; of one class if it is named."""
    chosen = call.arguments.get("class")
    filters = {"kind": find_class(call.store, chosen).removeprefix(TERM)} if chosen else {}
    results = search_things(call.store, call.arguments["text"], MOST_MATCHES, filters)
    hits = results.hits[call.first :]
    head = {"spelt_similarly": results.approximate}
    return ToolAnswer(_rows(call.store, hits), head, call.first, len(results.hits))


def _rows(store: Store, hits: tuple[SearchHit, ...]) -> Iterator[ToolRow]:
    sentences = sentences_stating(store, (hit.item.thing.iri for hit in hits))
    for hit in hits:
        item = hit.item
        row = {
            "id": shorten(item.thing.iri),
            "label": item.thing.text,
            "classes": [shorten(value.iri) for value in item.classes],
            "description": item.description,
            "status": item.thing.status,
            "days": item.day,
        }
        cited = sentences[item.thing.iri][:_SENTENCES]
        filled = {name: value for name, value in row.items() if value}
        yield tool_row(filled, (sentence.iri for sentence in cited))
