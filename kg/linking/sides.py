"""Both sides of a proposal as rows: what a thing of ours and a candidate are, beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pyoxigraph import NamedNode

from kg.linking.candidates.candidate import OutsideCandidate
from kg.linking.link_table import written_id
from kg.linking.ours import OurThing
from kg.linking.review import ProposedLink
from kg.model.dates import Period
from kg.model.prefixes import SOURCE
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary

# Of names and neighbours, so many are shown.
_MOST = 6


def proposal_sides(store: Store, proposal: ProposedLink) -> list[tuple[str, str, str]]:
    """Return rows of (what, ours, theirs); rows that are empty on both sides are left out."""
    thing, other = proposal.thing, proposal.candidate
    rows = (
        ("names", _names(thing.description.labels), _names(other.names)),
        ("what it is", thing.kind, other.description or _kinds(store, other)),
        ("dates", _our_days(thing), _some(_span(*days) for days in other.days)),
        ("coordinates", _points(thing.description.points), _points(other.points)),
        ("tied to", _tied(_first_names(thing), other), _some(other.neighbours)),
        ("stated by", _sources(store, thing), ""),
        ("identifier", f"id:{thing.slug}", written_id(other.iri)),
    )
    return [row for row in rows if row[1] or row[2]]


def _names(names: Iterable[tuple[str, str]]) -> str:
    return _some(f"{text} ({language})" if language else text for text, language in names)


def _kinds(store: Store, candidate: OutsideCandidate) -> str:
    return _some(map(read_vocabulary(store).label, candidate.kinds))


def _our_days(thing: OurThing) -> str:
    days = [_period(one) for one in thing.description.periods]
    return _some([*days, *([f"active {_period(thing.active)}"] if thing.active else [])])


def _period(days: Period) -> str:
    ends = (days.first, date.min), (days.last, date.max)
    return _span(*("" if day == open_end else day.isoformat() for day, open_end in ends))


def _span(first: str, last: str) -> str:
    """Write the days from one to another, either of which may be open.

    >>> _span("2018-04-12", "2018-04-12"), _span("1961-02-03", ""), _span("", "1945")
    ('2018-04-12', 'from 1961-02-03', 'until 1945')
    """
    if first == last:
        return first
    return f"{first}–{last}" if first and last else f"from {first}" if first else f"until {last}"


def _points(points: Iterable[tuple[float, float]]) -> str:
    return _some(f"{north:.3f}, {east:.3f}" for north, east in points)


def _first_names(thing: OurThing) -> list[str]:
    """Return the names of what a thing is tied to: English, where it has an English name."""
    return [
        next((name for name in tie.names if name.isascii()), tie.names[0]) for tie in thing.ties
    ]


def _tied(names: Sequence[str], candidate: OutsideCandidate) -> str:
    """Write neighbours, those first that the candidate has as well."""
    theirs = {name.casefold() for name in candidate.neighbours}
    return _some(sorted(names, key=lambda name: (name.casefold() not in theirs, name)))


def _sources(store: Store, thing: OurThing) -> str:
    node = NamedNode(thing.iri)
    quads = [*store.quads_around(node, outwards=True), *store.quads_around(node, outwards=False)]
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
    sentences = {graph for graph in graphs if graph.startswith(SOURCE)}
    sources = {graph.rpartition("/")[0] for graph in sentences}
    return f"sentences: {len(sentences)}, sources: {len(sources)}" if sentences else "no sentence"


def _some(texts: Iterable[str]) -> str:
    every = list(dict.fromkeys(texts))
    more = f" · and {len(every) - _MOST} more" if len(every) > _MOST else ""
    return " · ".join(every[:_MOST]) + more
