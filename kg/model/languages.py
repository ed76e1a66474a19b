"""The language that the reader of a page would have names in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What the interface is in, and what names fall back to.
DEFAULT = "en"
# What things are named in.
LANGUAGES = {"en": "English", "ja": "日本語", "ru": "Русский"}

# A context variable, so that requests in several threads do not share it.
_reader: ContextVar[str] = ContextVar("reader", default=DEFAULT)


def current_language() -> str:
    """Return the tag of the reader's language, one of LANGUAGES."""
    return _reader.get()


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Name things in a language for the time being; a tag that is not supported counts as English.

    >>> with in_language("ja"):
    ...     current_language()
    'ja'
    >>> current_language()
    'en'
    """
    token = _reader.set(tag if tag in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _reader.reset(token)


def use_language(tag: str) -> None:
    """Name things in a language from now on, in this thread or context."""
    _reader.set(tag if tag in LANGUAGES else DEFAULT)
