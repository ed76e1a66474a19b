"""The language that the reader of a page would have names in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What the interface is in, and what names fall back to.
DEFAULT = "en"
# What things are named in.
SPOKEN = {"en": "English", "ja": "日本語", "ru": "Русский"}

_reader: ContextVar[str] = ContextVar("reader", default=DEFAULT)


def current_language() -> str:
    """Return the tag of the reader's language, one of SPOKEN."""
    return _reader.get()


@contextmanager
def reading(tag: str) -> Iterator[None]:
    """Name things in a language for the time being; a tag that is not supported counts as English.

    >>> with reading("ja"):
    ...     current_language()
    'ja'
    >>> current_language()
    'en'
    """
    token = _reader.set(tag if tag in SPOKEN else DEFAULT)
    try:
        yield
    finally:
        _reader.reset(token)


def speak(tag: str) -> None:
    """Name things in a language from now on, in this thread or context."""
    _reader.set(tag if tag in SPOKEN else DEFAULT)
