"""A drawing as a picture: with its heading, the address that it is from, and the build."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from werkzeug.wrappers import Response

from kg.model.languages import current_language
from kg.model.syntaxes.xml import NOT_XML
from web.exports.pictures.colours import picture_colours
from web.exports.pictures.rasterise import png_of_svg
from web.request.hosts import root
from web.serving.current_build import cached_bytes, store
from web.serving.graph_response import LICENCE

SVG, PNG = "image/svg+xml", "image/png"

_MARGIN, _TOP, _LINE = 24.0, 60.0, 15.0
# Characters of the line that says where the picture is from, for each pixel of width.
_LETTERS = 1 / 6.5
_LONGEST_HEADING = 120
# What names letters in files of a semi-bold font differs from program to program.
_SERIF = (
    "'Source Serif 4', Georgia, 'Noto Serif', 'Noto Serif CJK JP', 'Hiragino Mincho ProN', "
    "'Yu Mincho', serif"
)
_FONTS = (_SERIF, f"'Source Serif 4 SemiBold', {_SERIF}")


@dataclass(frozen=True)
class Picture:
    """A drawing of a size in pixels: the template that draws it, what it draws, its heading."""

    name: str
    width: float
    height: float
    heading: str
    content: Mapping[str, Any]


def is_picture(media: str) -> bool:
    """Tell whether a media type is one of pictures."""
    return media in {SVG, PNG}


def picture_response(picture: Picture, media: str) -> Response:
    """Return a picture as a file, in one of the two media types; errors as `png_of_svg`."""
    svg, width, height = _svg(picture)
    body = svg.encode()
    if media == PNG:
        key = f"png {sha256(body).hexdigest()}"
        body = cached_bytes(key, lambda: png_of_svg(svg, width, height))
    response = Response(body, content_type=media)
    extension = "svg" if media == SVG else "png"
    name = f'attachment; filename="{picture.name}.{extension}"'
    response.headers["Content-Disposition"] = name
    response.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return response


def _svg(picture: Picture) -> tuple[str, float, float]:
    """Return the picture with a frame around the drawing, and its size."""
    address = _page_address()
    origin = f"Aide-Mémoire · {address} · build {store().number} · CC BY 4.0"
    lines = textwrap.wrap(origin, int(picture.width * _LETTERS))
    width = picture.width + 2 * _MARGIN
    height = _TOP + picture.height + _MARGIN + _LINE * len(lines)
    svg = render_template(
        f"pictures/{picture.name}.svg",
        **picture.content,
        heading=textwrap.shorten(picture.heading, _LONGEST_HEADING, placeholder=" …"),
        address=address,
        origin=lines,
        width=round(width, 1),
        height=round(height, 1),
        inner=picture,
        margin=_MARGIN,
        top=_TOP,
        line=_LINE,
        colours=picture_colours(),
        fonts=_FONTS,
        tag=current_language(),
    )
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", svg), width, height


def _page_address() -> str:
    """Return the address of the page that has the same drawing."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != "format"]
    return f"{root(request.environ)}{request.path}{f'?{urlencode(pairs)}' if pairs else ''}"
