"""The reader's language: what the switch was set to, else what the browser asks for."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Blueprint, redirect, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.languages import LANGUAGES, current_language, use_language
from web.request.bounds import VALUE
from web.request.current_request import current_request
from web.request.decisions import decisions
from web.request.negotiate import LANGUAGE_COOKIE

bp = Blueprint("language", __name__)

_YEAR = 365 * 24 * 60 * 60
# Runs of the letters that names are written in, where English words do not have them.
_KANA_AND_KANJI, _CYRILLIC = "\\u3005-\\u30ff\\u3400-\\u9fff", "\\u0400-\\u04ff"
_LETTERS = {
    "ja": re.compile(f"[{_KANA_AND_KANJI}](?:[\\w\\u30fb]*[{_KANA_AND_KANJI}])?"),
    "ru": re.compile(f"[{_CYRILLIC}]++(?:[\\s«»-]++[{_CYRILLIC}]++)*+"),
}


@bp.before_app_request
def set_language() -> None:
    """Name things in the reader's language for as long as the request lasts."""
    use_language(decisions(current_request().environ).language)


@bp.app_template_global()
def back(still: bool) -> str:
    """Return the address of this page, percent-encoded; without its parameters if `still`.

    A page repeats it for each language, so a long one is cut to its path, or to /.
    """
    path = quote(request.path)
    encoded = path if still else quote(request.full_path.rstrip("?"))
    return next((one for one in (encoded, path) if len(one) <= VALUE), "/")


@bp.app_template_filter()
def tongue(text: str) -> Markup:
    """Mark the names in a text that are in the reader's language, where that is not English.

    Words of the interface and names without a translation stay English (WCAG 2.2, 3.1.2).
    """
    letters, done, pieces = _LETTERS.get(current_language()), 0, [Markup()]
    for match in letters.finditer(text) if letters else ():
        name = Markup('<span lang="{}">{}</span>').format(current_language(), match[0])
        pieces += [escape(text[done : match.start()]), name]
        done = match.end()
    return Markup().join([*pieces, escape(text[done:])])


@bp.get("/language/<tag>")
def switch(tag: str) -> Response:
    """Remember a language and go back to the page that the reader was on."""
    if tag not in LANGUAGES:
        raise NotFound(f"language called {tag}", LANGUAGES, tag)
    answer = redirect(_local_path(request.args.get("back", "")), 303)
    answer.set_cookie(LANGUAGE_COOKIE, tag, max_age=_YEAR, samesite="Lax", httponly=True)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _local_path(path: str) -> str:
    """Return a path on this site, whatever the parameter holds."""
    # No header may hold what is not printable, and `//` begins another site's address.
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"
