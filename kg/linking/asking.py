"""Whom to ask about a dataset: its endpoint or service, another one, or a dump of it."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kg.federation.addresses import non_public_block
from kg.linking.candidates.block import CandidateSource
from kg.linking.candidates.endpoint import HOUR, MONTH, PoliteEndpoint
from kg.linking.candidates.query_source import QuerySource
from kg.linking.candidates.service import ReconciliationService
from kg.linking.candidates.service_source import ServiceSource
from kg.linking.settings import LinkFiles
from kg.model.errors import KGError, NotFound
from kg.model.outside_datasets import DATASETS_FILE, OutsideDataset, outside_datasets
from kg.outside.client import OutsideClient, Patience

_PORTS = {None, 80, 443}
# Wikidata gives a query 60 seconds.
_PATIENCE = Patience(seconds=70.0)


def dataset_named(name: str) -> OutsideDataset:
    """Return a dataset by its id; NotFound names all there are."""
    datasets = outside_datasets()
    if name not in datasets:
        raise NotFound(f"dataset {name} in {DATASETS_FILE}", datasets, name)
    return datasets[name]


def candidate_source(
    dataset: OutsideDataset,
    files: LinkFiles,
    kinds: Iterable[str],
    *,
    endpoint: str = "",
    service: str = "",
    again: bool = False,
) -> CandidateSource:
    """Return what answers for a dataset: what is chosen, else what `datasets.toml` names.

    With `again`, responses that were cached by an earlier run do not serve.
    KGError if that is nothing, or not the address of a server.
    """
    address = endpoint or service or dataset.sparql or dataset.reconcile
    if not address:
        raise KGError(
            f"{DATASETS_FILE} names neither an endpoint nor a service of {dataset.name}; "
            "give one with --endpoint or --service, or a dump with --dump"
        )
    client = _client(address, dataset, files.cache)
    # Not at once: a run that was cut short goes on by the responses that it had.
    max_age = HOUR if again else MONTH
    if service or not (endpoint or dataset.sparql):
        return ServiceSource(ReconciliationService(address, client, max_age), dataset, kinds)
    return QuerySource(address, PoliteEndpoint(address, client, max_age), dataset, kinds)


def _client(address: str, dataset: OutsideDataset, cache: Path) -> OutsideClient:
    parts = _parts(address)
    # Whoever types an address of this machine or network means it; names are still checked.
    if _is_local(parts[1]) or parts[2] not in _PORTS:
        origin = f"{parts[0]}://{parts[3]}"
        return OutsideClient(cache, allowed_local={origin}, patience=_PATIENCE)
    return OutsideClient(cache, hosts={parts[1]: dataset.interval}, patience=_PATIENCE)


def _parts(address: str) -> tuple[str, str, int | None, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.scheme not in {"http", "https"}:
        raise KGError(f"{address} is not the http or https address of a server")
    return parts.scheme, host, port, parts.netloc


def _is_local(host: str) -> bool:
    """Tell whether a host is this machine, or an address that is not public.

    >>> _is_local("localhost"), _is_local("10.0.0.7"), _is_local("query.wikidata.org")
    (True, True, False)
    """
    try:
        return host == "localhost" or non_public_block(str(ip_address(host))) is not None
    except ValueError:
        return False
