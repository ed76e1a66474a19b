"""Values computed once per store, cached for as long as the store lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from kg.model.languages import current_language
from kg.store.store import Store

Read = TypeVar("Read")


def per_store(read: Callable[[Store], Read]) -> Callable[[Store], Read]:
    """Remember what a function reads of each store, and forget it with the store.

    What is read must not hold the store itself, or neither would ever go.
    """
    # Without a lock: two threads may compute the same value at once, which costs time alone.
    values: WeakKeyDictionary[Store, Read] = WeakKeyDictionary()

    @wraps(read)
    def remembered(store: Store) -> Read:
        # One look where the value is there: each makes a weak reference, which takes 0.6 µs.
        try:
            return values[store]
        except KeyError:
            pass
        values[store] = read(store)
        return values[store]

    return remembered


def per_reader(read: Callable[[Store], Read]) -> Callable[[Store], Read]:
    """Remember what a function reads of each store for each language that readers have."""
    by_language = per_store(lambda _: dict[str, Read]())

    @wraps(read)
    def remembered(store: Store) -> Read:
        values = by_language(store)
        if current_language() not in values:
            values[current_language()] = read(store)
        return values[current_language()]

    return remembered
