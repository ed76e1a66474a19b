"""The whole build as one file, in every format."""

from __future__ import annotations

import gzip

from flask import Blueprint, Response, request

from kg.dump import DUMPS, dump
from kg.errors import NotFound
from kg.memory import per_store
from kg.store import Store
from web.graph import store
from web.graphs import LICENCE
from web.negotiate import DATA_TYPES, content_type

bp = Blueprint("dumps", __name__)


@bp.get("/dump/aide-memoire.<extension>")
def file(extension: str) -> Response:
    """Send every graph (`.nq`, `.trig`), or the default graph in a format for triples."""
    if extension not in DUMPS:
        raise NotFound(f"dump as {extension}; the formats are {', '.join(DUMPS)}")
    body = _packed(store(), extension)
    packed = request.accept_encodings["gzip"] > 0
    answer = Response(
        body if packed else gzip.decompress(body), content_type=content_type(DATA_TYPES[extension])
    )
    if packed:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.headers["Content-Disposition"] = f'attachment; filename="aide-memoire.{extension}"'
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return answer


def _packed(store: Store, name: str) -> bytes:
    known = _files(store)
    if name not in known:
        # The time of packing would make equal builds unequal files.
        known[name] = gzip.compress(dump(store, name), mtime=0)
    return known[name]


@per_store
def _files(_: Store) -> dict[str, bytes]:
    return {}
