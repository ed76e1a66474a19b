"""The whole build as one file, in every format."""

from __future__ import annotations

import gzip
from threading import Lock

from flask import Blueprint, Response, request

from kg.model.errors import NotFound
from kg.store.dump import DUMPS, TooManyStatements, dump
from kg.store.manifest import PAGES_QUADS
from kg.store.memory import per_store
from kg.store.store import Store
from web.request.negotiate import DATA_TYPES, GZIP, content_coding, content_type
from web.serving.current_build import store
from web.serving.graph_response import LICENCE

bp = Blueprint("dumps", __name__)

_making = Lock()


@bp.get("/dump/aide-memoire.<extension>")
def send_dump(extension: str) -> Response:
    """Send every graph (`.nq`, `.trig`), or the default graph in a format for triples."""
    if extension not in DUMPS:
        raise NotFound(f"dump as {extension}; the formats are {', '.join(DUMPS)}")
    answer = compressed_dump(extension, DATA_TYPES[extension])
    answer.headers["Content-Disposition"] = f'attachment; filename="aide-memoire.{extension}"'
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return answer


def compressed_dump(name: str, media: str) -> Response:
    """Answer with the build in a format of `DUMPS`, as the client can read it.

    TooManyStatements if the build is larger than what this process holds of one.
    """
    body = _file(store(), name)
    coded = content_coding(request.headers.get("Accept-Encoding", "")) == GZIP
    answer = Response(body if coded else gzip.decompress(body), content_type=content_type(media))
    if coded:
        answer.content_encoding = GZIP
    answer.vary.add("Accept-Encoding")
    return answer


def _file(store: Store, name: str) -> bytes:
    """Return the packed file of a format, made once: one at a time, for each takes much memory."""
    known = _files(store)
    with _making:
        if name not in known:
            if not store.in_memory:
                raise TooManyStatements(PAGES_QUADS)
            # The time of packing would make equal builds unequal files.
            known[name] = gzip.compress(dump(store, name), mtime=0)
    return known[name]


@per_store
def _files(_: Store) -> dict[str, bytes]:
    return {}
