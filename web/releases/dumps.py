"""Dumps: the build as one file, in every RDF format, plain and packed, and their checksums."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kg.pipeline.publication.dump_files import GZ
from kg.releases.downloads import downloads, find_download, read_download
from kg.store.store import Store
from web import urls
from web.request.decisions import decisions
from web.request.negotiate import GZIP, content_type
from web.root_path import root_path
from web.serving.current_build import store
from web.serving.graph_response import LICENCE

bp = Blueprint("dumps", __name__)

CHECKSUMS = "SHA256SUMS"


@bp.get("/dump/")
def redirect_to_data() -> Response:
    """Redirect to the page that lists the dumps."""
    return redirect(root_path().pages + urls.DATA_PAGE, 303)


@bp.get(f"/dump/{CHECKSUMS}")
def send_checksums() -> Response:
    """Send the hash of each dump, as `sha256sum -c` reads it."""
    files = downloads(store().complete)
    text = "".join(f"{one.digest.sha256}  {one.file}\n" for one in files)
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.add_etag()
    return _as_file(response, response.get_etag()[0] or "")


@bp.get("/dump/<file>")
def send_dump(file: str) -> Response:
    """Send all graphs (`.nq`, `.trig`), or the default graph in a format for triples.

    With `.gz` or `.zst` the packed file itself; without, gzip may be its coding.
    """
    build = store().complete
    download = find_download(build, file)
    coded = not download.packing and _takes_gzip()
    sent = find_download(build, file + GZ) if coded else download
    kind = content_type(download.media_type) if not download.packing else download.media_type
    response = Response(read_download(build, sent.form.name, sent.packing), content_type=kind)
    if coded:
        response.content_encoding = GZIP
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return _as_file(response, sent.digest.sha256)


def complete_dump(name: str, media: str) -> Response:
    """Return the build in a format of `DUMPS`, gzipped if the client accepts that."""
    build: Store = store().complete
    coded = _takes_gzip()
    body = read_download(build, name, GZ if coded else "")
    response = Response(body, content_type=content_type(media))
    if coded:
        response.content_encoding = GZIP
    return response


def _takes_gzip() -> bool:
    return decisions(request.environ).coding == GZIP


def _as_file(response: Response, tag: str) -> Response:
    """Let clients ask for a part of a response, and whether it changed.

    The tag is a strong one, as RFC 9110, 14.2 wants for parts: the hash of what is sent.
    """
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    length = len(response.get_data())
    return response.make_conditional(request, accept_ranges=True, complete_length=length)
