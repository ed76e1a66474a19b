"""How much a look-up (`kg.sparql.form.is_lookup`) may read of a build."""

from __future__ import annotations

from kg.store.memory import per_store
from kg.store.store import Store


# A look-up reads no more than the statements about one thing and about what they lead to, so it
# needs no process of its own where the graph is in memory and no thing has very many.
@per_store
def widest(store: Store) -> int:
    """Return the most statements that any thing is the subject of."""
    counts = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s")
    return max((int(row["n"].value) for row in counts), default=0)  # type: ignore[union-attr]
