"""The texts that scripts show, as a script of each language that they load first.

Pages in English load none: `web/assets/script/texts.js` has the English texts where they are used.
"""

from __future__ import annotations

import json
from functools import cache

from flask import Blueprint
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.languages import DEFAULT, LANGUAGES
from kg.model.translations import catalogue

bp = Blueprint("script_texts", __name__)

_SCRIPTS = "web/assets/script/"
# Pages name the revision in the address, as they do for all assets.
_CACHED = "public, max-age=31536000"


@bp.get("/texts/<tag>.js")
def send_texts(tag: str) -> Response:
    """Send the texts of scripts in a language other than English."""
    others = [name for name in LANGUAGES if name != DEFAULT]
    if tag not in others:
        raise NotFound(f"texts of scripts in the language {tag}", others, tag)
    response = Response(_script(tag), mimetype="text/javascript")
    response.headers["Cache-Control"] = _CACHED
    return response


def script_texts(tag: str) -> dict[str, str | list[str]]:
    """Return the translations of texts that scripts use, by the English text; all forms if counted.

    >>> script_texts("ja")["Zoom in"]
    '拡大'
    """
    texts: dict[str, str | list[str]] = {}
    for message in catalogue(tag):
        if any(path.startswith(_SCRIPTS) for path, _ in message.locations):
            counted = isinstance(message.id, tuple)
            text = message.id[0] if counted else message.id
            texts[str(text)] = [*(message.string or ())] if counted else str(message.string)
    return {text: translated for text, translated in texts.items() if translated}


@cache
def _script(tag: str) -> bytes:
    texts = json.dumps(
        {"language": tag, "texts": script_texts(tag)}, ensure_ascii=False, separators=(",", ":")
    )
    return f"globalThis.interfaceTexts={texts}\n".encode()
