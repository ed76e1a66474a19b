"""Labels, order and hierarchy of everything in a build, read once per build."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.index.hierarchy import transitive_closure
from kg.index.reader import index
from kg.model.languages import DEFAULT, current_language
from kg.model.prefixes import BASE, TERM, expand
from kg.model.translations import gettext
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.iri_names import spell_local_name, split_outside_iri
from kg.terms.literals import WKT, format_literal
from kg.terms.ontology_records import (
    LAST,
    PropertyRecord,
    read_class_records,
    read_property_records,
)

LABEL, ALT_LABEL = expand("rdfs:label"), expand("skos:altLabel")


class Vocabulary:
    """The labels of everything in a build, and the hierarchy of its classes and properties."""

    def __init__(self, store: Store) -> None:
        """Read the properties and classes of a build; names are looked up one by one."""
        self.index = index(store)
        self.properties = read_property_records(store)
        self.classes = read_class_records(store)
        # Computed on demand: pages need few of the properties, but each many times.
        self._implied: dict[str, frozenset[tuple[str, bool]]] = {}

    def name(self, iri: str) -> str:
        """Return the name of an IRI in the reader's language, else English, else any."""
        return _best_name(self.index.resource(iri).names, current_language())[0]

    def name_language(self, iri: str) -> str:
        """Return the language tag of the name, empty if it is the reader's language.

        A name without a tag, or made from the IRI, counts as English.
        """
        tag = _best_name(self.index.resource(iri).names, current_language())[1] or DEFAULT
        return "" if tag == current_language() else tag

    def label(self, iri: str) -> str:
        """Return the name of an IRI, made from the IRI itself if it has none."""
        name = self.name(iri)
        if name:
            return name
        # The namespace of our terms would be noise; an outside IRI needs the name of its dataset.
        if iri.startswith(BASE):
            return spell_local_name(iri)
        return " ".join(split_outside_iri(iri)).strip() or iri

    def label_in_text(self, iri: str) -> str:
        """Return the label as a sentence has it, with an article in an English sentence."""
        is_english = current_language() == DEFAULT and not self.name_language(iri)
        article = self.index.resource(iri).article if is_english else ""
        return f"{article} {self.label(iri)}".lstrip()

    def term_label(self, iri: str) -> str:
        """Return the label of a property or class, ours or another ontology's."""
        return self.name(iri) or spell_local_name(iri)

    def status(self, iri: str) -> str:
        """Return in what way a thing did not simply occur, such as planned, or an empty string."""
        concepts = self.index.resource(iri).status.split()
        return ", ".join(sorted(map(self.term_label, concepts)))

    def order(self, iri: str) -> tuple[str, str]:
        """Return the sort key of a thing: by time (`kg.model.dates`), then by label."""
        return (self.index.resource(iri).moment, self.label(iri).casefold())

    def property_order(self, iri: str) -> tuple[int, str]:
        """Return the sort key of a property: by display order, then by label."""
        record = self.properties.get(iri)
        return (record.order if record else LAST, self.term_label(iri))

    def bookkeeping(self, iri: str) -> bool:
        """Tell whether inferred statements with a property serve queries more than readers."""
        record = self.properties.get(iri)
        return record is not None and record.bookkeeping

    def inverse_label(self, iri: str) -> str:
        """Return the label of a property as read from the value."""
        record = self.properties.get(iri, PropertyRecord())
        labels = record.inverse_labels
        if labels:
            return labels.get(current_language()) or labels.get(DEFAULT) or min(labels.values())
        if record.symmetric:
            return self.term_label(iri)
        # Readable whatever the label is: a verb, a noun or a third party's local name.
        return gettext("is “%(property)s” of", property=self.term_label(iri))

    def implied(self, iri: str) -> frozenset[tuple[str, bool]]:
        """Return the properties that a statement with this property implies, itself included.

        Each comes with whether subject and object change places.
        """
        if iri not in self._implied:
            self._implied[iri] = frozenset(transitive_closure((iri, False), self._next_implied))
        return self._implied[iri]

    def _next_implied(self, statement: tuple[str, bool]) -> set[tuple[str, bool]]:
        iri, flipped = statement
        record = self.properties.get(iri, PropertyRecord())
        implied = {(wider, flipped) for wider in record.supers}
        implied |= {(inverse, not flipped) for inverse in record.inverses}
        return implied | ({(iri, not flipped)} if record.symmetric else set())

    def ancestors(self, iri: str) -> set[str]:
        """Return all classes above a class, without itself."""
        return transitive_closure(iri, self._parents) - {iri}

    def _parents(self, iri: str) -> set[str]:
        return self.classes[iri].parents if iri in self.classes else set()

    def most_specific(self, classes: Iterable[str]) -> list[str]:
        """Return those of our classes that are above no other of them, by label."""
        ours = {iri for iri in classes if iri.startswith(TERM)}
        above = {ancestor for iri in ours for ancestor in self.ancestors(iri)}
        return sorted(ours - above, key=self.label)


@per_store
def read_vocabulary(store: Store) -> Vocabulary:
    """Return the vocabulary of a build, read at the first call."""
    return Vocabulary(store)


# A page labels some hundred IRIs, and the same ones appear on many pages.
@lru_cache(maxsize=50_000)
def _best_name(names: tuple[tuple[str, str, str], ...], reader: str) -> tuple[str, str]:
    """Return the name, of (kind, text, language), that suits a reader's language."""
    if not names:
        return "", ""
    # A geometry is no name, but its coordinates say more than its IRI.
    points = [name for kind, name, _ in names if kind == "point"]
    if points:
        return format_literal(Literal(points[0], datatype=NamedNode(WKT))), ""
    labels = [(name, tag) for kind, name, tag in names if kind == "label"]
    labels = labels or [(name, tag) for _, name, tag in names]
    # A link needs a text.
    labels = [label for label in labels if label[0].strip()] or [("", "")]
    in_language = [label for label in labels if label[1] == reader]
    # A label without a tag counts as English: third-party data may leave tags out.
    english = [label for label in labels if label[1] in {"en", ""}]
    return (in_language or english or labels)[0]
