"""What a thing can be recognised by: its names, kinds, days, parties and places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.index.folding import fold_name
from kg.inference.derive import derive
from kg.model.dates import period
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import THING
from kg.model.text_files import read
from kg.pipeline.load import SourceTree
from kg.sparql.named_queries import QUERIES
from kg.store.draft_graph import EmbeddedDraft


@dataclass
class Profile:
    """A thing's features; `names` are folded, and the first label is the one to show."""

    slug: str
    label: str = ""
    names: dict[str, str] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    # What any statement ties it to: its authors have seen that already.
    tied: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None
    # Whether all its days are days, not months or years.
    is_exact: bool = True

    def add(self, feature: str, value: Literal | NamedNode) -> None:
        """Add a value of a feature of `kg/queries/authoring/profiles.rq`."""
        if feature == "name":
            self.names.setdefault(fold_name(value.value), value.value)
            if not self.label or getattr(value, "language", None) == "en":
                self.label = value.value
        elif feature == "day":
            self._add_days(value.value)
        else:
            sets = {"kind": self.kinds, "party": self.parties, "place": self.places}
            sets.get(feature, self.tied).add(value.value)

    def _add_days(self, value: str) -> None:
        days = period(value)
        if days:
            self.first = min(self.first or days.first, days.first)
            self.last = max(self.last or days.last, days.last)
            self.is_exact = self.is_exact and days.is_day


def read_profiles(tree: SourceTree) -> dict[str, Profile]:
    """Return the profile of each thing of a tree, with what the rules infer, by its slug."""
    graph = EmbeddedDraft(with_default_graph(tree.origin))
    derive(graph, tree.root / "ontology" / "rules")
    profiles: dict[str, Profile] = {}
    for row in graph.view().select(_query()):
        thing, feature, value = row["thing"], row["feature"], row["value"]
        if isinstance(thing, NamedNode) and isinstance(value, Literal | NamedNode):
            slug = thing.value.removeprefix(THING)
            profiles.setdefault(slug, Profile(slug)).add(_text(feature), value)
    return profiles


def shared_labels(profiles: dict[str, Profile], iris: Iterable[str]) -> str:
    """Return the labels of some things, sorted, for a sentence."""
    slugs = sorted(iri.removeprefix(THING) for iri in iris)
    return ", ".join(profiles[slug].label if slug in profiles else slug for slug in slugs)


def _query() -> str:
    return read(QUERIES / "authoring" / "profiles.rq")


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else str(term)
