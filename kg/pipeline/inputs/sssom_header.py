"""The metadata of an SSSOM table: the lines before its columns, each behind a #.

They are YAML (https://mapping-commons.github.io/sssom/spec-formats-tsv/), of which a table needs
little: `key: value`, and below a key an indented `name: value` or `- value`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.model.errors import NotFound, SourceError
from kg.model.prefixes import expand, prefixes

_LINE = re.compile(r"#( *)(?:- +(\S.*)|([A-Za-z_][\w-]*) *:(?: +(\S.*))?)")
_ADDRESS = re.compile(r"https?://\S+")
# SSSOM itself binds these: https://mapping-commons.github.io/sssom/spec-model/#identifiers
_BUILT_IN = frozenset(("owl", "rdf", "rdfs", "semapv", "skos", "sssom", "xsd"))
_REQUIRED = ("mapping_set_id", "license")
# https://mapping-commons.github.io/sssom/MappingSet/
_SLOTS = frozenset(
    (
        *("mapping_set_id", "mapping_set_title", "mapping_set_description", "mapping_set_version"),
        *("mapping_set_source", "mapping_set_confidence", "license", "creator_id", "creator_label"),
        *("subject_source", "subject_source_version", "subject_type", "object_type"),
        *("object_source", "object_source_version", "mapping_provider", "mapping_tool"),
        *("mapping_tool_version", "mapping_date", "publication_date", "curie_map", "comment"),
        *("issue_tracker", "see_also", "sssom_version", "other"),
    )
)


@dataclass
class _Slot:
    line: int
    value: str = ""
    items: list[str] = field(default_factory=list)
    entries: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class MappingSet:
    """What the header of a table declares, and which prefixes its rows may use."""

    iri: str
    title: str
    licence: str
    sources: tuple[str, str]
    creators: tuple[tuple[str, str], ...]
    declared: frozenset[str]


def parse_header(lines: Sequence[str], name: str) -> MappingSet:
    """Read the metadata lines of a table; `name` is what messages call its file.

    SourceError if a line is not understood, a slot is unknown or missing, an IRI is none, or a
    prefix stands for another namespace than in ontology/prefixes.ttl.

    >>> parse_header(["# mapping_set_id: https://example.org/a"], "a.tsv")
    Traceback (most recent call last):
    kg.model.errors.SourceError: a.tsv:1:1: the header has no license; add # license: …
    """
    slots = _slots(lines, name)
    for slot in _REQUIRED:
        if not slots.get(slot, _Slot(0)).value:
            raise SourceError(name, 1, 1, f"the header has no {slot}", f"add # {slot}: …")
        if not _ADDRESS.fullmatch(slots[slot].value):
            message = f"{slot} “{slots[slot].value}” is not an IRI"
            raise SourceError(name, slots[slot].line, 1, message, "write an http(s) address")
    entries = slots.get("curie_map", _Slot(0)).entries
    for prefix, (line, space) in entries.items():
        _check_prefix(name, line, prefix, space)
    return MappingSet(
        slots["mapping_set_id"].value,
        slots.get("mapping_set_title", _Slot(0)).value,
        slots["license"].value,
        (_iri(name, slots, "subject_source"), _iri(name, slots, "object_source")),
        tuple(_creators(name, slots)),
        _BUILT_IN | entries.keys(),
    )


def _slots(lines: Sequence[str], name: str) -> dict[str, _Slot]:
    slots: dict[str, _Slot] = {}
    current = _Slot(0)
    for number, line in enumerate(lines, 1):
        if not line.strip("# "):
            continue
        match = _LINE.fullmatch(line.rstrip())
        if not match:
            hint = "write # key: value, and below a key #   name: value or #   - value"
            raise SourceError(name, number, 1, "this line of the header is not understood", hint)
        indent, item, key, value = match.groups()
        if item or len(indent) > 1:
            _add(current, number, item, key, value or "")
        elif key not in _SLOTS or key in slots:
            wrong = "stands here twice" if key in slots else "is no slot of a mapping set"
            hint = "see https://mapping-commons.github.io/sssom/MappingSet/"
            raise SourceError(name, number, 3, f"{key} {wrong}", hint)
        else:
            current = slots[key] = _Slot(number, value or "")
    return slots


def _add(slot: _Slot, line: int, item: str | None, key: str, value: str) -> None:
    if item:
        slot.items.append(item)
    else:
        slot.entries[key] = (line, value)


def _check_prefix(name: str, line: int, prefix: str, space: str) -> None:
    ours = prefixes().get(prefix)
    if ours != space:
        wrong = f"{prefix}: is {space or 'nothing'} here, but {ours} in ontology/prefixes.ttl"
        if ours is None:
            wrong = f"there is no prefix “{prefix}:” in ontology/prefixes.ttl"
        raise SourceError(name, line, 1, wrong, "write the same in both")


def _iri(name: str, slots: dict[str, _Slot], slot: str) -> str:
    return _expanded(name, slots[slot].line, slots[slot].value) if slot in slots else ""


def _creators(name: str, slots: dict[str, _Slot]) -> Iterator[tuple[str, str]]:
    ids, labels = slots.get("creator_id", _Slot(0)), slots.get("creator_label", _Slot(0))
    names = labels.items or [labels.value]
    for number, creator in enumerate(ids.items or [ids.value]):
        if creator:
            label = names[number] if number < len(names) else ""
            yield _expanded(name, ids.line, creator), label


def _expanded(name: str, line: int, written: str) -> str:
    try:
        return NamedNode(expand(written)).value
    except NotFound as error:
        raise SourceError(name, line, 1, f"{written}: {error}", "add the prefix there") from error
    except ValueError as error:
        message = f"“{written}” is not an IRI"
        raise SourceError(name, line, 1, message, "write a prefixed name or a full IRI") from error
