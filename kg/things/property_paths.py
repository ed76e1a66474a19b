"""The values at the end of a path of properties, without inferred or wider repetitions."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from kg.index.reader import index
from kg.model.named_graphs import INFERRED
from kg.model.prefixes import TERM, expand
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.literals import text

# Values read per step: a sentence names three and says "20 others" or "others", so more would
# change no word of it.
VALUES_READ = 23
# Parts and wholes are compared pair by pair, which costs the square of their number.
_COMPARED = 8

_PROPERTIES_TO_WHOLES = """
SELECT ?property { ?property <https://w3id.org/aide-memoire/ontology#toWhole> true }
"""


def follow_path(store: Store, iri: str, path: str) -> list[Term]:
    """Return the terms at the end of a path of steps, separated by slashes, from one thing.

    A step is a property, `^` before it to follow it backwards, `@Class` behind it to keep only
    values of that class: `host`, `^locatedIn@City/label`.
    """
    ends: list[Term] = [NamedNode(iri)]
    for step in path.split("/"):
        ends = [value for end in ends[:VALUES_READ] for value in _follow_step(store, end, step)]
    return ends


def _follow_step(store: Store, node: Term, step: str) -> list[Term]:
    if not isinstance(node, NamedNode):
        return []
    name, _, required_class = step.partition("@")
    backwards, local = name.startswith("^"), name.lstrip("^")
    property_ = NamedNode(expand(local) if ":" in local else TERM + local)
    values: list[Term] = (
        list(store.subjects(property_, node, VALUES_READ))
        if backwards
        else store.objects(node, property_, VALUES_READ)
    )
    if required_class:
        of_class = TERM + required_class
        values = [v for v in values if of_class in index(store).values(text(v), "class")]
    # A single value is shown however it came about: better inferred than none.
    if len(values) > 1:
        values = _without_inferred(store, node, property_, values, backwards) or values
        values = _narrowest(store, values, backwards)
    return values


def _without_inferred(
    store: Store, node: NamedNode, property_: NamedNode, values: list[Term], backwards: bool
) -> list[Term]:
    """Leave out what only the rules add: the state around a city, members of members."""
    return [
        value
        for value in values
        if not backwards or isinstance(value, NamedNode)
        if store.graphs_containing(
            Triple(value, property_, node) if backwards else Triple(node, property_, value)  # type: ignore[arg-type]
        )
        != [INFERRED]
    ]


def _narrowest(store: Store, values: list[Term], backwards: bool) -> list[Term]:
    """Of a part and its whole keep the part; among things that point to the subject, the whole."""
    if len(values) > _COMPARED:
        return values
    wholes = {value: _wholes(store, value) for value in values}
    if backwards:
        return [value for value in values if not wholes[value] & {*values} - {value}]
    return [v for v in values if not any(v in wholes[part] for part in values if part != v)]


def _wholes(store: Store, value: Term) -> set[Term]:
    """Return what a thing is part of, directly or through other wholes."""
    wholes: set[Term] = set()
    queue = [value]
    # Bounded, for third-party data may make a thing part of thousands.
    while queue and len(wholes) <= VALUES_READ:
        node = queue.pop()
        if isinstance(node, NamedNode):
            properties = _properties_to_wholes(store)
            wider = {whole for p in properties for whole in store.objects(node, p, _COMPARED)}
            queue.extend(wider - wholes)
            wholes |= wider
    return wholes


@per_store
def _properties_to_wholes(store: Store) -> tuple[NamedNode, ...]:
    rows = store.select(_PROPERTIES_TO_WHOLES)
    return tuple(NamedNode(text(row["property"])) for row in rows)
