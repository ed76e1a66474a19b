"""What pages need to know of the terms: names, hierarchy, inverses, order; read once per build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.index.reader import index
from kg.model.languages import DEFAULT, language
from kg.model.prefixes import BASE, TERM, expand
from kg.sparql.named_queries import page_query
from kg.store.memory import per_store
from kg.store.store import Store, Term
from kg.terms.iri_names import spell_local_name, split_outside_iri
from kg.terms.literals import WKT, format_literal

LABEL, ALT_LABEL = expand("rdfs:label"), expand("skos:altLabel")
LAST = 1_000_000

_SUPER = expand("rdfs:subPropertyOf")
_SAME = expand("owl:equivalentProperty")
_INVERSE = expand("owl:inverseOf")
_TYPE = expand("rdf:type")
_SYMMETRIC = expand("owl:SymmetricProperty")


@dataclass
class PropertyRecord:
    """What the ontology says of one property."""

    order: int = LAST
    inverse_label: str = ""
    supers: set[str] = field(default_factory=set)
    inverses: set[str] = field(default_factory=set)
    symmetric: bool = False
    bookkeeping: bool = False


@dataclass
class ClassRecord:
    """What the ontology says of one class."""

    order: int = LAST
    principal: bool = False
    definition: str = ""
    parents: set[str] = field(default_factory=set)


class Vocabulary:
    """The names of everything in a build, and how its classes and properties hang together."""

    def __init__(self, store: Store) -> None:
        """Read the properties and classes of one build; its names are looked up one by one."""
        self.index = index(store)
        self.properties = _properties(store)
        self.classes = _classes(store)
        self._implied: dict[str, frozenset[tuple[str, bool]]] = {}

    def name(self, iri: str) -> str:
        """Return the name to show for an IRI: in the reader's language, else in English, else any.

        An IRI without a name has the empty string.
        """
        return _best(self.index.resource(iri).names, language())[0]

    def name_language(self, iri: str) -> str:
        """Return the language of the name to show, if it is not the interface's."""
        tag = _best(self.index.resource(iri).names, language())[1]
        return "" if tag == DEFAULT else tag

    def label(self, iri: str) -> str:
        """Name an IRI, from its own name if it has no label."""
        known = self.name(iri)
        if known:
            return known
        return (
            spell_local_name(iri)
            if iri.startswith(BASE)
            else " ".join(split_outside_iri(iri)).strip() or iri
        )

    def label_in_text(self, iri: str) -> str:
        """Name an IRI as a sentence would, with an article if its English name takes one."""
        article = "" if self.name_language(iri) else self.index.resource(iri).article
        return f"{article} {self.label(iri)}".lstrip()

    def term_label(self, iri: str) -> str:
        """Name a property or class, ours or not."""
        return self.name(iri) or spell_local_name(iri)

    def status(self, iri: str) -> str:
        """Say in what way a thing did not simply occur; nothing if it did, or nothing is known."""
        return self.index.resource(iri).status

    def order(self, iri: str) -> tuple[str, str]:
        """Return the key by which pages sort: by time (`kg.model.dates`), then by name."""
        return (self.index.resource(iri).moment, self.label(iri).casefold())

    def property_order(self, iri: str) -> tuple[int, str]:
        """Return the key by which pages sort properties."""
        notes = self.properties.get(iri)
        return (notes.order if notes else LAST, self.term_label(iri))

    def bookkeeping(self, iri: str) -> bool:
        """Tell whether what the rules add with a property serves queries more than readers."""
        notes = self.properties.get(iri)
        return notes is not None and notes.bookkeeping

    def inverse_label(self, iri: str) -> str:
        """Say how a statement with this property reads from its other end."""
        notes = self.properties.get(iri)
        if notes and notes.inverse_label:
            return notes.inverse_label
        if notes and notes.symmetric:
            return self.term_label(iri)
        return f"is “{self.term_label(iri)}” of"

    def implied(self, iri: str) -> frozenset[tuple[str, bool]]:
        """Return all that a statement with this property implies, itself too.

        Each is a property and whether subject and object change places.
        """
        if iri not in self._implied:
            self._implied[iri] = frozenset(self._closure(iri))
        return self._implied[iri]

    def ancestors(self, iri: str) -> set[str]:
        """Return all classes above a class, without itself."""
        found: set[str] = set()
        ahead = [iri]
        while ahead:
            notes = self.classes.get(ahead.pop())
            fresh = (notes.parents - found) if notes else set()
            found |= fresh
            ahead.extend(fresh)
        return found - {iri}

    def most_specific(self, classes: Iterable[str]) -> list[str]:
        """Keep our own classes that no other of them is below, by label."""
        ours = {iri for iri in classes if iri.startswith(TERM)}
        above = {ancestor for iri in ours for ancestor in self.ancestors(iri)}
        return sorted(ours - above, key=self.label)

    def _closure(self, iri: str) -> set[tuple[str, bool]]:
        found = {(iri, False)}
        ahead = [(iri, False)]
        while ahead:
            name, flipped = ahead.pop()
            notes = self.properties.get(name, PropertyRecord())
            fresh = {(parent, flipped) for parent in notes.supers}
            fresh |= {(inverse, not flipped) for inverse in notes.inverses}
            fresh |= {(name, not flipped)} if notes.symmetric else set()
            ahead.extend(fresh - found)
            found |= fresh
        return found


@per_store
def read_vocabulary(store: Store) -> Vocabulary:
    """Return a build's vocabulary, read at the first call."""
    return Vocabulary(store)


@lru_cache(maxsize=50_000)
def _best(names: tuple[tuple[str, str, str], ...], wanted: str) -> tuple[str, str]:
    if not names:
        return "", ""
    points = [name for kind, name, _ in names if kind == "point"]
    if points:
        return format_literal(Literal(points[0], datatype=NamedNode(WKT))), ""
    labels = [(name, spoken) for kind, name, spoken in names if kind == "label"]
    labels = labels or [(name, spoken) for _, name, spoken in names]
    # A link needs a text.
    labels = [label for label in labels if label[0].strip()] or [("", "")]
    own = [label for label in labels if label[1] == wanted]
    english = [label for label in labels if label[1] in {"en", ""}]
    return (own or english or labels)[0]


def _properties(store: Store) -> dict[str, PropertyRecord]:
    found: dict[str, PropertyRecord] = defaultdict(PropertyRecord)
    for row in store.select(page_query("properties")):
        subject, kind, value = (text(row[name]) for name in ("term", "property", "value"))
        if not isinstance(row["term"], NamedNode):
            continue
        if kind in {_SUPER, _SAME}:
            found[subject].supers.add(value)
        elif kind == _INVERSE:
            found[subject].inverses.add(value)
            found[value].inverses.add(subject)
        elif kind == _TYPE:
            found[subject].symmetric |= value == _SYMMETRIC
        elif kind == TERM + "bookkeeping":
            found[subject].bookkeeping = value in {"true", "1"}
        elif kind == TERM + "displayOrder":
            found[subject].order = int(value)
        else:
            found[subject].inverse_label = value
        if kind == _SAME:
            found[value].supers.add(subject)
    return dict(found)


def _classes(store: Store) -> dict[str, ClassRecord]:
    found: dict[str, ClassRecord] = defaultdict(ClassRecord)
    for row in store.select(page_query("classes")):
        notes = found[text(row["class"])]
        if "parent" in row:
            notes.parents.add(text(row["parent"]))
        notes.principal |= "principal" in row and text(row["principal"]) == "true"
        notes.order = int(text(row["order"])) if "order" in row else notes.order
        notes.definition = text(row["definition"]) if "definition" in row else notes.definition
    return dict(found)


def text(term: Term) -> str:
    """Return the IRI of a node, or the value of a literal."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
