"""A review as one HTML page that loads nothing: to read before a source is published."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from kg.authoring.review import Review, ReviewedGraph, ReviewedStatement
from kg.model.text_files import read

_PAGE = Path(__file__).parent / "review.html"


def review_page(reviewed: Review) -> str:
    """Return the page of a review."""
    counts = (f"{kind} {count}" for kind, count in reviewed.counts().items())
    uncited = ""
    if reviewed.uncited:
        uncited = f"<p>Nothing is stated by {escape(', '.join(reviewed.uncited))}.</p>"
    return Template(read(_PAGE)).substitute(
        title=escape(reviewed.title),
        slug=escape(reviewed.slug),
        counts=escape(", ".join(counts).capitalize()),
        uncited=uncited,
        sections="\n".join(map(_section, reviewed.graphs)),
    )


def _section(graph: ReviewedGraph) -> str:
    name, ends = escape(graph.place), escape(graph.ends)
    heading = f"The claim {name}" if graph.is_claim else f"{name} <small>{ends}</small>"
    items = "\n".join(_item(one, graph.is_claim) for one in graph.statements)
    return f'<section id="{name}">\n<h2>{heading}</h2>\n<ul>\n{items}\n</ul>\n</section>'


def _item(one: ReviewedStatement, is_claim: bool) -> str:
    kind = "claimed" if is_claim else one.standing.kind
    subject, property_, value = map(escape, one.words)
    words = f"<b>{kind}</b> <span>{subject} <i>{property_}</i> {value}</span>"
    if one.standing.others:
        words += f" <small>{escape(one.standing.reasons)}</small>"
    return f'<li class="{kind}">{words}</li>'
