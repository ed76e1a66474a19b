"""Statements as an HTTP response, whichever page or protocol they are requested from."""

from __future__ import annotations

from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.formats import graph_format, write
from kg.things.rdf_export import ExportedRDF
from web.request.negotiate import content_type

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def graph_response(statements: ExportedRDF, media: str) -> Response:
    """Return statements in a media type of `kg.model.formats`, with a link to their licence.

    NotFound if no format has the media type.
    """
    form = graph_format(media)
    if form is None:
        raise NotFound(f"format for {media}")
    response = Response(write(statements, form), content_type=content_type(media))
    response.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return response
