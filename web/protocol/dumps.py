"""Dumps: the build as one file, in every RDF format."""

from __future__ import annotations

import gzip
from threading import Lock

from flask import Blueprint, Response, request

from kg.model.errors import NotFound
from kg.store.dump import DUMPS, TooManyStatements, dump_graphs
from kg.store.manifest import PAGES_QUADS
from kg.store.memory import per_store
from kg.store.store import Store
from web.request.decisions import decisions
from web.request.negotiate import DATA_TYPES, GZIP, content_type
from web.serving.current_build import store
from web.serving.graph_response import LICENCE

bp = Blueprint("dumps", __name__)

# Requests for a dump that is not yet cached wait for the first instead of each making one.
_lock = Lock()


@bp.get("/dump/aide-memoire.<extension>")
def send_dump(extension: str) -> Response:
    """Send all graphs (`.nq`, `.trig`), or the default graph in a format for triples."""
    if extension not in DUMPS:
        raise NotFound(f"dump as {extension}; the formats are {', '.join(DUMPS)}")
    response = compressed_dump(extension, DATA_TYPES[extension])
    response.headers["Content-Disposition"] = f'attachment; filename="aide-memoire.{extension}"'
    response.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return response


def compressed_dump(name: str, media: str) -> Response:
    """Return the build in a format of `DUMPS`, gzipped if the client accepts that.

    TooManyStatements if the build is too large to be held in memory.
    """
    # Cached compressed, because most clients take gzip and N-Quads repeat themselves.
    body = _gzipped_dump(store().complete, name)
    gzipped = decisions(request.environ).coding == GZIP
    response = Response(
        body if gzipped else gzip.decompress(body), content_type=content_type(media)
    )
    if gzipped:
        response.content_encoding = GZIP
    return response


def _gzipped_dump(store: Store, name: str) -> bytes:
    """Return a gzipped dump, made once per build; one at a time, because each takes much memory."""
    dumps = _gzipped_dumps(store)
    with _lock:
        if name not in dumps:
            if not store.in_memory:
                raise TooManyStatements(PAGES_QUADS)
            # gzip records the time of compression; 0 keeps dumps of equal builds identical.
            dumps[name] = gzip.compress(dump_graphs(store, name), mtime=0)
    return dumps[name]


@per_store
def _gzipped_dumps(_: Store) -> dict[str, bytes]:
    return {}
