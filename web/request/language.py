"""The reader's language: what the address names, else what the browser asks for."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Blueprint, request
from markupsafe import Markup, escape

from kg.model.languages import DEFAULT, LANGUAGES, current_language, use_language
from web import urls
from web.request.current_request import current_request
from web.request.decisions import decisions
from web.request.hosts import address_of

bp = Blueprint("language", __name__)

# Characters of the parameters that links to other languages keep, and that the head repeats.
_LONGEST, _LONGEST_REPEATED = 2_000, 200
# What a query string may have as it is (RFC 3986, 3.4), and what is percent-encoded already.
_AS_SENT = "/?:@!$&'()*+,;=-._~%"
# Runs of words in Latin letters, which are English among Japanese and Russian ones.
_LATIN = "A-Za-zÀ-ɏ"
_ENGLISH = re.compile(f"[{_LATIN}](?:[{_LATIN}\\d\\s.,:;'()/&-]*[{_LATIN}\\d])?")


@bp.before_app_request
def set_language() -> None:
    """Name things in the reader's language for as long as the request lasts."""
    use_language(decisions(current_request().environ).language)


@bp.app_template_global()
def this_page_in(tag: str, cached: bool = False) -> str:
    """Return the path of this page in a language, with its parameters; "" is the reader's choice.

    Without them if the page is `cached` for all parameters, or if they are long: a page repeats its
    address for each language.
    """
    path = urls.path_in_language(tag, quote(request.path))
    parameters = request.query_string.decode("latin-1")
    if cached or not parameters or len(parameters) > _LONGEST:
        return path
    return f"{path}?{quote(parameters, safe=_AS_SENT)}"


@bp.app_template_global()
def alternates(cached: bool = False) -> dict[str, str]:
    """Return where this page is by language, and without one; none where the parameters are long.

    https://html.spec.whatwg.org/multipage/links.html#rel-alternate
    """
    if not cached and len(request.query_string) > _LONGEST_REPEATED:
        return {}
    paths = {tag or "x-default": this_page_in(tag, cached) for tag in (*LANGUAGES, "")}
    return {tag: address_of(path) for tag, path in paths.items()}


@bp.app_template_filter()
def tongue(text: str) -> Markup:
    """Mark the English names in a text, where the reader's language is another (WCAG 2.2, 3.1.2).

    A lead sentence has names that nobody has translated yet beside names in the reader's language.
    """
    if current_language() == DEFAULT:
        return escape(text)
    done, pieces = 0, [Markup()]
    for match in _ENGLISH.finditer(text):
        name = Markup('<span lang="{}">{}</span>').format(DEFAULT, match[0])
        pieces += [escape(text[done : match.start()]), name]
        done = match.end()
    return Markup().join([*pieces, escape(text[done:])])
