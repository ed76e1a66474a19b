"""Values of properties are complete or an error, and read along paths in both directions."""

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.prefixes import TERM, THING
from kg.reconciliation.errors import ReconciliationLimit
from kg.reconciliation.properties import ReconciliationProperty
from kg.reconciliation.property_values import MOST_VALUES, comparable_values, property_values
from kg.store.store import Store

PART = TERM + "hasPart"
STEP = ReconciliationProperty("part", "part", path=(PART,))
STEPS = ReconciliationProperty("part/part", "part, part", path=(PART, PART))
BACK = ReconciliationProperty("^part", "part", path=("^" + PART,))


def quad(whole: str, part: str) -> Quad:
    ends = NamedNode(THING + whole), NamedNode(THING + part)
    return Quad(ends[0], NamedNode(PART), ends[1], DefaultGraph())


def store_of(wide: int) -> Store:
    middle = [f"m{n}" for n in range(wide)]
    ends = [quad(one, f"{one}-{n}") for one in middle for n in range(wide)]
    return Store.of([*(quad("top", one) for one in middle), *ends])


def test_a_path_is_followed_in_both_directions() -> None:
    store = store_of(2)
    assert [v.value for v in property_values(store, STEPS, THING + "top")] == [
        THING + name for name in ("m0-0", "m0-1", "m1-0", "m1-1")
    ]
    assert property_values(store, BACK, THING + "m1") == [NamedNode(THING + "top")]


def test_values_that_multiply_are_an_error_and_not_compared() -> None:
    wide = 40
    store = store_of(wide)
    assert wide * wide > MOST_VALUES
    assert len(property_values(store, STEP, THING + "top")) == wide
    with pytest.raises(ReconciliationLimit, match="at most 1,000"):
        property_values(store, STEPS, THING + "top")
    assert comparable_values(store, STEPS, THING + "top") == ()
