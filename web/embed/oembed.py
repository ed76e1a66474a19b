"""How to embed a page, for sites that have its address alone: oEmbed 1.0 (https://oembed.com/)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.wrappers import Response

from web.embed.embeddable import WIDTH, embeddable
from web.request.hosts import root
from web.request.query_string import read_number

bp = Blueprint("oembed", __name__)

_TALLEST = 10_000


class UnknownFormat(HTTPException):
    """The format is none that this provider writes (2.3.3)."""

    code = 501


@bp.get("/oembed")
def describe_embed() -> Response:
    """Say by what HTML the page at `url` is embedded, within `maxwidth` and `maxheight`.

    404 for other sites' addresses and pages that are not embedded, 501 for other formats than JSON
    and XML (2.3.3).
    """
    form = request.args.get("format", "json")
    if form not in {"json", "xml"}:
        raise UnknownFormat(f"“{form[:80]}” is no format of oEmbed here; use json or xml")
    address = request.args.get("url", "")
    if not address:
        raise BadRequest("name the page to embed: url=")
    most = (read_number("maxwidth", WIDTH), read_number("maxheight", _TALLEST))
    embedding = embeddable(address, most)
    record = {
        "version": "1.0",
        "type": "rich",
        "title": embedding.title,
        "provider_name": "Aide-Mémoire",
        "provider_url": f"{root(request.environ)}/",
        "html": embedding.html,
        "width": embedding.width,
        "height": embedding.height,
    }
    return jsonify(record) if form == "json" else _xml(record)


def _xml(record: dict[str, object]) -> Response:
    top = ET.Element("oembed")
    for name, value in record.items():
        ET.SubElement(top, name).text = str(value)
    body = ET.tostring(top, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type="text/xml; charset=utf-8")
