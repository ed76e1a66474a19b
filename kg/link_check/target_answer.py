"""What came of asking another dataset for a target, and where its address led."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from kg.link_check.target_record import TargetRecord
from kg.model.outside_datasets import OutsideDataset
from kg.outside.response_files import OutsideResponse


@dataclass(frozen=True)
class TargetAnswer:
    """The answer about one target.

    `record` is what the dataset says of it, `status` the HTTP status (0 if it was asked for with
    others), `successor` the identifier that its address redirects to, `elsewhere` an address that
    it redirects to and that identifies nothing there. `failure` says why there is no answer.
    """

    identifier: str
    record: TargetRecord | None = None
    status: int = 0
    successor: str = ""
    elsewhere: str = ""
    failure: str = ""


def landed(response: OutsideResponse, dataset: OutsideDataset, identifier: str) -> TargetAnswer:
    """Return the answer that a response gives by its status and by where it came from."""
    if not response.redirects:
        return TargetAnswer(identifier, status=response.status)
    place = _identifier_at(response.url, dataset)
    if _plain(place) == _plain(identifier) or _same_page(response.url, dataset, identifier):
        return TargetAnswer(identifier, status=response.status)
    if place:
        return TargetAnswer(identifier, status=response.status, successor=place)
    return TargetAnswer(identifier, status=response.status, elsewhere=response.url)


def _identifier_at(address: str, dataset: OutsideDataset) -> str:
    """Return the identifier in an address of a dataset, "" if there is none.

    >>> from kg.model.outside_datasets import outside_datasets
    >>> _identifier_at("http://dbpedia.org/data/Etorofu.ttl", outside_datasets()["dbpedia"])
    'Etorofu'
    """
    # The pattern of records first: a spelling would take their extension for part of a name.
    for pattern in filter(None, (dataset.record, dataset.page)):
        match = re.fullmatch(re.escape(_bare(pattern)).replace(r"\{id\}", "(.+)"), _bare(address))
        if match:
            return dataset.read_identifier(dataset.iri(unquote(match[1]))) or match[1]
    return dataset.read_identifier(address)


def _same_page(address: str, dataset: OutsideDataset, identifier: str) -> bool:
    """Tell whether an address is that of the record itself, in HTTPS or with another ending."""
    asked = (dataset.iri(identifier), dataset.page.replace("{id}", quote(identifier)))
    return _bare(address) in map(_bare, asked)


def _bare(address: str) -> str:
    """Return an address without what redirects often change: scheme, `www.` and last slash.

    >>> _bare("http://www.example.org/a/"), _bare("https://example.org/{id}.ttl?x=1")
    ('example.org/a', 'example.org/{id}.ttl?x=1')
    """
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def _plain(identifier: str) -> str:
    return unquote(identifier)
