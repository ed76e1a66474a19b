"""Sources and their sentences: where each is found and what it supports."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as Answer

from kg.sentence import reported, sentence, sentences_of, sources, supported
from web import urls
from web.graph import store
from web.graphs import send_sentence
from web.negotiate import DATA_TYPES, HTML, PAGE_TYPES, SPOKEN_OF_GRAPHS, choose

bp = Blueprint("sources", __name__)


@bp.get("/source/<name>")
def source(name: str) -> str:
    """Show a document's sentences by their places, and what each supports."""
    iri = urls.source_iri(name)
    listed = sentences_of(store(), iri)
    return render_template(
        "source.html",
        source=sources(store())[iri],
        sentences=listed,
        supported=supported(store(), iri),
    )


@bp.get("/source/<name>/<locator>")
def one_sentence(name: str, locator: str) -> Answer:
    """Show one sentence's place and what it supports, or send it as data."""
    found = sentence(store(), urls.source_iri(name, locator))
    header, asked = request.headers.get("Accept", ""), request.args.get("format", "")
    media = choose(PAGE_TYPES, header, asked, SPOKEN_OF_GRAPHS)
    if media != HTML:
        return send_sentence(found.iri, media)
    order = sentences_of(store(), found.source)
    place = order.index(found)
    page = render_template(
        "sentence.html",
        sentence=found,
        source=sources(store())[found.source],
        statements=supported(store(), found.source).get(found.iri, ()),
        claims=reported(store(), found.iri),
        previous=order[place - 1] if place else None,
        following=order[place + 1] if place + 1 < len(order) else None,
        formats=DATA_TYPES,
    )
    answer = Response(page)
    answer.vary.add("Accept")
    return answer
