"""Complete what is typed into a client: names of things, and properties of a class."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.index.folding import fold_name
from kg.index.name_search import name_search
from kg.lists.identifiers import resolve_identifier
from kg.lists.search import match_names
from kg.model.text_files import read
from kg.reconciliation.kinds import kind_iri
from kg.reconciliation.properties import ReconciliationProperty, reconciliation_properties
from kg.sparql.named_queries import QUERIES
from kg.store.store import Store
from kg.terms.literals import text

# Nobody reads on to a further one.
MOST_SUGGESTED = 1_000
# Of the votes of `name_search`: most words of the text are in a name.
_LIKELY = 0.6


def suggest_things(store: Store, prefix: str, limit: int, skip: int = 0) -> list[str]:
    """Return the things whose names a text begins or resembles, or that it identifies.

    `skip` leaves out the first, for a client that has them already.
    """
    folded = fold_name(prefix)
    identified, _ = resolve_identifier(store, prefix)
    named, _ = match_names(store, folded, or_similar=False) if folded else ({}, False)
    iris = dict.fromkeys((*identified, *named))
    if len(iris) < skip + limit and folded and not identified:
        # Misspelt or in other letters: after those that have the text in a name. What looks like
        # an identifier would only be near to numbers in names.
        iris |= dict.fromkeys(_similar(store, prefix))
    return list(iris)[:MOST_SUGGESTED][skip : skip + limit]


def _similar(store: Store, prefix: str) -> list[str]:
    votes = name_search(store).candidates([prefix])
    return [iri for iri, vote in votes.items() if vote >= _LIKELY]


def propose_properties(store: Store, kind: str, limit: int) -> list[ReconciliationProperty]:
    """Return the properties that things of a class have, the most used first; "" for any class.

    Without a build's description of itself, these are all properties.
    """
    listed = [p for p in reconciliation_properties(store).values() if p.readable]
    if not kind:
        return listed[:limit]
    rows = store.select(
        read(QUERIES / "reconciliation" / "properties-of-class.rq"),
        **{"class": NamedNode(kind_iri(store, kind))},
    )
    used = {text(row["property"]): int(text(row["uses"])) for row in rows}
    general = [one for one in listed if not one.path]
    of_class = [one for one in listed if one.path and one.path[0] in used]
    of_class.sort(key=lambda one: -used[one.path[0]])
    return [*of_class, *general][:limit] if used else listed[:limit]
