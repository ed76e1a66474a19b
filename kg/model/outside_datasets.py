"""The datasets of others that links lead to: `kg/links/datasets.toml`, read once.

The table is part of the code, as the queries of pages are: it says how to write and read
identifiers, and whom programs may ask; the links themselves are data of a build.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from kg.model.errors import SourceError
from kg.model.text_files import source

DATASETS_FILE = "kg/links/datasets.toml"

_TABLE = Path(__file__).resolve().parents[2] / DATASETS_FILE
_SAFE = ":/,()'!*~%"
# https://www.rfc-editor.org/rfc/rfc3987#section-2.2
_NOT_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|\\^`%]')
_SPDX = re.compile(r"[A-Za-z0-9.-]*")
_LETTERS: dict[str, Callable[[str], str]] = {"": str, "upper": str.upper, "lower": str.lower}


@dataclass(frozen=True)
class OutsideDataset:
    """A dataset of others: how its records are identified, read by people, and asked for.

    space         what its IRIs begin with in data; other_spaces: as older or other data write it
    suffix        what its IRIs end with after the identifier
    page, record  addresses of one record, for readers and as RDF, with {id} for the identifier
    spellings     expressions of what people write for a record; group 1 is the identifier
    licence       its licence by its SPDX id (https://spdx.org/licenses/), empty if there is none
    letters       how identifiers are written: upper, lower, title (as Wikipedia's titles), or as is
    sparql, reconcile  its SPARQL endpoint and its reconciliation service
    classes       what the IRIs of its classes begin with, if our alignments name them
    interval      seconds between two requests to it
    hosts         further hosts that may be asked for its records: of redirects, of images
    """

    id: str
    name: str
    homepage: str
    space: str
    page: str
    licence: str
    spellings: tuple[re.Pattern[str], ...]
    other_spaces: tuple[str, ...] = ()
    suffix: str = ""
    letters: str = ""
    sparql: str = ""
    reconcile: str = ""
    classes: str = ""
    record: str = ""
    interval: float = 1.0
    hosts: tuple[str, ...] = ()

    @property
    def licence_iri(self) -> str:
        """Return the IRI of the licence, empty if there is none."""
        return f"https://spdx.org/licenses/{self.licence}" if self.licence else ""

    def iri(self, identifier: str) -> str:
        """Return the IRI of a record.

        >>> outside_datasets()["geonames"].iri("1861060")
        'https://sws.geonames.org/1861060/'
        """
        return f"{self.space}{identifier}{self.suffix}"

    def identifier(self, iri: str) -> str:
        """Return the identifier in an IRI of this dataset, else the empty string.

        >>> outside_datasets()["geonames"].identifier("http://sws.geonames.org/1861060/")
        '1861060'
        """
        for space in (self.space, *self.other_spaces):
            if iri.startswith(space):
                return iri.removeprefix(space).removesuffix(self.suffix)
        return ""

    def page_address(self, identifier: str) -> str:
        """Return the address of the page about a record, for readers.

        >>> outside_datasets()["wikidata"].page_address("Q17")
        'https://www.wikidata.org/wiki/Q17'
        """
        return self.page.replace("{id}", quote(identifier, safe=_SAFE))

    def record_address(self, identifier: str) -> str:
        """Return the address of a record as RDF; "" if the dataset has none."""
        return self.record.replace("{id}", quote(identifier, safe=_SAFE))

    def read_identifier(self, written: str) -> str:
        """Return the identifier that a text spells in full, else the empty string.

        >>> wikidata, dbpedia = (outside_datasets()[name] for name in ("wikidata", "dbpedia"))
        >>> wikidata.read_identifier("https://m.wikidata.org/wiki/q17#sitelinks")
        'Q17'
        >>> dbpedia.read_identifier("https://dbpedia.org/page/shinz%C5%8D_Abe")
        'Shinzō_Abe'
        """
        matches = (spelling.fullmatch(written) for spelling in self.spellings)
        match = next((match for match in matches if match), None)
        return _as_written_there(match[1], self.letters) if match else ""

    def records(self, written: str) -> tuple[str, ...]:
        """Return the IRIs that data may have for the record that a text spells; none if no record.

        >>> outside_datasets()["geonames"].records("gn:1861060/")
        ('https://sws.geonames.org/1861060/', 'http://sws.geonames.org/1861060/')
        """
        identifier = self.read_identifier(written)
        # Older releases of DBpedia have percent-encoded IRIs, newer ones do not.
        names = dict.fromkeys((identifier, quote(identifier, safe=_SAFE))) if identifier else ()
        spaces = (self.space, *self.other_spaces)
        return tuple(f"{space}{name}{self.suffix}" for space in spaces for name in names)


def _as_written_there(identifier: str, letters: str) -> str:
    if letters == "title":
        name = unquote(identifier).replace(" ", "_")
        # Wikipedia's titles, and with them DBpedia's names, begin with a capital.
        return _NOT_IN_IRIS.sub(lambda each: quote(each[0]), name[:1].upper() + name[1:])
    return _LETTERS[letters](identifier)


@cache
def outside_datasets() -> Mapping[str, OutsideDataset]:
    """Return the datasets by their ids, in the order of the table."""
    return parse_datasets(source(_TABLE, DATASETS_FILE), DATASETS_FILE)


def dataset_of(iri: str) -> OutsideDataset | None:
    """Return the dataset that an IRI is of.

    >>> dataset_of("http://www.wikidata.org/entity/Q17").name
    'Wikidata'
    """
    return next((each for each in outside_datasets().values() if each.identifier(iri)), None)


def parse_datasets(text: str, name: str) -> dict[str, OutsideDataset]:
    """Read the table of datasets; `name` is what the file is called in a SourceError.

    >>> parse_datasets("[a]", "a.toml")
    Traceback (most recent call last):
    kg.model.errors.SourceError: a.toml:1:1: [a] name: this is missing; add it
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        line, column = (*map(int, re.findall(r"\d+", place)), 0, 0)[:2]
        raise SourceError(name, line, column, message, "see https://toml.io") from error
    return {id_: _dataset(_Table(text, name, id_, rows)) for id_, rows in tables.items()}


@dataclass(frozen=True)
class _Table:
    """One table of the file, and where it stands."""

    text: str
    file: str
    id: str
    rows: object

    def wrong(self, key: str, message: str, hint: str = "") -> SourceError:
        """Return the error of a key, at the line where it stands or its table begins."""
        lines = self.text.splitlines()
        first = next((n for n, row in enumerate(lines, 1) if row.strip() == f"[{self.id}]"), 1)
        at = (n for n, row in enumerate(lines, 1) if n > first and row.startswith(f"{key} "))
        message = f"[{self.id}] {key}: {message}"
        return SourceError(self.file, next(at, first), 1, message, hint)


def _dataset(table: _Table) -> OutsideDataset:
    allowed = {field.name: field for field in fields(OutsideDataset) if field.name != "id"}
    rows = table.rows if isinstance(table.rows, dict) else {table.id: table.rows}
    for key in rows:
        if key not in allowed:
            raise table.wrong(key, "there is no such key", f"use one of {', '.join(allowed)}")
    for key, field in allowed.items():
        if key not in rows and field.default is MISSING:
            raise table.wrong(key, "this is missing", "add it")
    return OutsideDataset(table.id, **{key: _value(table, key, rows[key]) for key in rows})


def _value(table: _Table, key: str, value: object) -> Any:
    if key == "interval":
        if not isinstance(value, int | float) or value < 0:
            raise table.wrong(key, "this is no number of seconds")
        return float(value)
    if key in {"spellings", "other_spaces", "hosts"}:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise table.wrong(key, "this is no list of texts")
        return tuple(_spelling(table, each) if key == "spellings" else each for each in value)
    if not isinstance(value, str):
        raise table.wrong(key, "this is no text")
    if key == "licence" and not _SPDX.fullmatch(value):
        raise table.wrong(key, f"“{value}” is no SPDX id", "write one such as CC0-1.0, or nothing")
    if key == "letters" and value not in {*_LETTERS, "title"}:
        raise table.wrong(key, f"“{value}” is no way to write", "use upper, lower or title")
    return value


def _spelling(table: _Table, expression: str) -> re.Pattern[str]:
    try:
        spelling = re.compile(expression)
    except re.error as error:
        raise table.wrong("spellings", f"“{expression}” is no expression: {error}") from error
    if spelling.groups != 1:
        raise table.wrong("spellings", f"“{expression}” must have one group, the identifier")
    return spelling
