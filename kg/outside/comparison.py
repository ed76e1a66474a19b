"""What a record of another dataset states, beside what we state of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.index.folding import fold_name
from kg.index.reader import index
from kg.index.wkt import point
from kg.matching.context_features import kilometres_between
from kg.model.languages import LANGUAGES
from kg.outside.aspects import Aspect, mapping_query, read_aspects
from kg.outside.record import OutsideRecord, values_by_property
from kg.pipeline.comparison.values import ComparedValue, Fineness
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_value
from kg.terms.vocabulary import ALT_LABEL, LABEL, Vocabulary, read_vocabulary

_Terms: TypeAlias = Sequence[NamedNode | Literal]

# No page lists more values of one property.
_LISTED = 12


class Agreement(Enum):
    """How a value there relates to ours; the first that applies is that of the row."""

    AGREES = "agrees"
    FINER = "agrees, more exactly there"
    COARSER = "agrees, less exactly there"
    DIFFERS = "differs"
    ONLY_THERE = "only there"
    ONLY_HERE = "only here"


@dataclass(frozen=True)
class ValueThere:
    """A value of the record, how it relates to ours, and by how much."""

    value: DisplayValue
    agreement: Agreement
    note: str = ""


@dataclass(frozen=True)
class AspectRow:
    """One property, by its IRI, of both sides; names have a row for each language tag, or none."""

    label: str
    iri: str
    language: str
    ours: tuple[DisplayValue, ...]
    theirs: tuple[ValueThere, ...]

    @property
    def agreement(self) -> Agreement:
        """Return how the two sides relate."""
        present = {there.agreement for there in self.theirs} or {Agreement.ONLY_HERE}
        return next(agreement for agreement in Agreement if agreement in present)


def compare_record(store: Store, thing: NamedNode, record: OutsideRecord) -> tuple[AspectRow, ...]:
    """Return what either side states, property by property, in the order of `aspects.toml`."""
    triples = store.construct(mapping_query("ours"), record=thing)
    sides = _Sides(store, thing, values_by_property(tuple(triples)), record)
    return tuple(row for aspect in read_aspects().aspects for row in sides.rows(aspect))


class _Sides:
    def __init__(
        self,
        store: Store,
        thing: NamedNode,
        ours: dict[str, tuple[NamedNode | Literal, ...]],
        record: OutsideRecord,
    ) -> None:
        self._ours, self._theirs = ours, record.values
        self._vocabulary: Vocabulary = read_vocabulary(store)
        self._reach = read_aspects().distance(index(store).values(thing.value, "class"))

    def rows(self, aspect: Aspect) -> Iterator[AspectRow]:
        ours = self._ours.get(aspect.iri, ())
        theirs = self._theirs.get(aspect.iri, ())
        if aspect.kind == "name":
            yield from self._names(aspect)
        elif ours or theirs:
            yield self._row(aspect, "", ours, theirs, _COMPARE[aspect.kind](ours, self._reach))

    def _row(
        self, aspect: Aspect, language: str, ours: _Terms, theirs: _Terms, compare: _Compare
    ) -> AspectRow:
        compared = [(term, *compare(term)) for term in theirs]
        if any(agreement in _AGREEING for _, agreement, _ in compared):
            # Beside a value that agrees, others are further values and no contradiction.
            compared = [
                (term, Agreement.ONLY_THERE if agreement == Agreement.DIFFERS else agreement, note)
                for term, agreement, note in compared
            ]
        order = list(Agreement)
        compared.sort(key=lambda row: (order.index(row[1]), str(row[0])))
        return AspectRow(
            aspect.label,
            aspect.iri,
            language,
            tuple(display_value(self._vocabulary, term) for term in ours[:_LISTED]),
            tuple(
                ValueThere(display_value(self._vocabulary, term), agreement, note)
                for term, agreement, note in compared[:_LISTED]
            ),
        )

    def _names(self, aspect: Aspect) -> Iterator[AspectRow]:
        theirs = self._theirs.get(aspect.iri, ())
        for language in (*LANGUAGES, ""):
            here = _in_language(self._ours.get(LABEL, ()), language)
            there = _in_language(theirs, language)
            # A name without a language may be in any of ours.
            names = here if language else list(self._ours.get(LABEL, ()))
            if there or (here and language):
                yield self._row(aspect, language, here, there, self._name_compared(names))

    def _name_compared(self, here: _Terms) -> _Compare:
        labels = {_words(term.value) for term in here}
        others = {_words(term.value) for term in self._ours.get(ALT_LABEL, ())}
        theirs = {_words(term.value) for term in self._theirs.get(ALT_LABEL, ())}

        def compare(term: NamedNode | Literal) -> _Outcome:
            words = _words(term.value)
            if words in labels:
                return Agreement.AGREES, ""
            if words in others:
                return Agreement.AGREES, "another name here"
            if labels & theirs:
                return Agreement.AGREES, "our name is another name there"
            return (Agreement.DIFFERS if labels else Agreement.ONLY_THERE), ""

        return compare


_Outcome: TypeAlias = tuple[Agreement, str]
_Compare: TypeAlias = Callable[[NamedNode | Literal], _Outcome]
_AGREEING = {Agreement.AGREES, Agreement.FINER, Agreement.COARSER}


def _in_language(terms: _Terms, language: str) -> list[NamedNode | Literal]:
    return [term for term in terms if (getattr(term, "language", None) or "") == language]


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in any order, without dates: as headings of libraries have them.

    >>> _words("Abe, Shinzō, 1954-2022") == _words("Shinzō Abe")
    True
    """
    return tuple(sorted(word for word in fold_name(name).split() if not word.isdecimal()))


def _date_compared(ours: _Terms, _: float) -> _Compare:
    values = [ComparedValue.of(term) for term in ours]
    fineness = Fineness({})

    def compare(term: NamedNode | Literal) -> _Outcome:
        there = ComparedValue.of(term)
        if not values:
            return Agreement.ONLY_THERE, ""
        if any(value.term == term for value in values):
            return Agreement.AGREES, ""
        if any(fineness.refines(there, here) for here in values):
            return Agreement.FINER, ""
        if any(fineness.refines(here, there) for here in values):
            return Agreement.COARSER, ""
        return Agreement.DIFFERS, ""

    return compare


def _point_compared(ours: _Terms, reach: float) -> _Compare:
    here = [position for term in ours if (position := point(term.value))]

    def compare(term: NamedNode | Literal) -> _Outcome:
        there = point(term.value)
        if not here or not there:
            return Agreement.ONLY_THERE, ""
        apart = min(kilometres_between(one[::-1], there[::-1]) for one in here)
        note = f"{apart:,.0f} km apart" if apart >= 1 else "less than 1 km apart"
        return (Agreement.AGREES if apart <= reach else Agreement.DIFFERS), note

    return compare


def _code_compared(ours: _Terms, _: float) -> _Compare:
    codes = {term.value for term in ours}

    def compare(term: NamedNode | Literal) -> _Outcome:
        if not codes:
            return Agreement.ONLY_THERE, ""
        return (Agreement.AGREES if term.value in codes else Agreement.DIFFERS), ""

    return compare


_COMPARE: dict[str, Callable[[_Terms, float], _Compare]] = {
    "date": _date_compared,
    "point": _point_compared,
    "code": _code_compared,
}
