"""Files of `kg build --add` that are on the web, fetched before the build begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from kg.model.errors import KGError
from kg.model.formats import DATASETS, GRAPHS
from kg.outside.client import OutsideClient, Patience
from kg.outside.hosts import ANY_HOST
from kg.outside.response_files import OutsideResponse
from kg.pipeline.additions.additions import Addition
from kg.pipeline.additions.intake import whole_setting
from kg.pipeline.additions.reading_task import SYNTAXES, suffix
from kg.pipeline.additions.unpacking import packing_of
from kg.pipeline.progress import Progress
from kg.tables.metadata_file import TABLES

# A response is in memory before it is a file.
MOST_BYTES, MOST_SECONDS = 250_000_000, 600
# https://www.iana.org/assignments/media-types/; RDF/XML is often sent as plain XML.
_ENDS = {
    **{row.media_type: f".{row.name}" for row in (*GRAPHS, *DATASETS)},
    "text/n3": ".n3",
    "application/xml": ".rdf",
    "text/xml": ".rdf",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
}
_ACCEPT = ", ".join(("text/turtle", *(f"{media};q=0.8" for media in _ENDS), "*/*;q=0.1"))


@contextmanager
def fetched(additions: Sequence[Addition], progress: Progress) -> Iterator[list[Addition]]:
    """Fetch what is at an address into files, which are deleted at the end.

    OutsideError says why one cannot be fetched; KGError, if its syntax is unknown.
    """
    with TemporaryDirectory(prefix="aide-memoire-") as folder:
        yield [
            _fetched(one, Path(folder, str(number)), progress) if one.address else one
            for number, one in enumerate(additions)
        ]


def _fetched(addition: Addition, path: Path, progress: Progress) -> Addition:
    address = urlsplit(addition.address)
    size = whole_setting("KG_ADD_BYTES", MOST_BYTES)
    seconds = whole_setting("KG_ADD_SECONDS", MOST_SECONDS)
    client = OutsideClient(
        None,
        # Redirects may lead to any host, but only the one named here may be in a private network.
        hosts={ANY_HOST: 0.0},
        allowed_local={f"{address.scheme}://{address.netloc}"},
        patience=Patience(seconds=seconds, size=size),
    )
    response = client.get(addition.address, accept=_ACCEPT, max_age=0)
    path.write_bytes(response.body)
    progress("fetch", f"{addition.address}: {len(response.body):,} bytes")
    day = datetime.fromtimestamp(response.fetched_at, UTC).date().isoformat()
    return replace(addition, path=path, day=day, fetched_as=_name(addition, response))


def _name(addition: Addition, response: OutsideResponse) -> str:
    """Return a name that says the syntax: as the address does, else by the media type."""
    known, name = SYNTAXES.keys() | TABLES.keys(), addition.kind
    end = suffix(name) if suffix(name) in known else _ENDS.get(response.media_type, "")
    if not end:
        media = response.media_type or "of no media type"
        raise KGError(f"{addition.address} is {media}, and its name does not tell its syntax")
    # A server may have packed the file, or unpacked it on the way.
    return f"{Path(name).name.partition('.')[0] or 'file'}{end}{packing_of(response.body)}"
